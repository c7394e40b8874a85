"""The patterns by which English tells the subject of a verb of speech.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.tag_patterns import ClausePatterns


def clause_patterns(lists: Lists) -> ClausePatterns:
    """Compile them, with the adverbs, the conjunctions and the nouns of speech of the lists."""
    groups = {name: frozenset(words) for name, words in lists.groups.items()}
    beside, cuts = lists.one_of("between_subject_and_verb"), lists.one_of("clause_openers")
    return ClausePatterns(
        unknown_noun=re.compile(_UNKNOWN_NOUN.format(article=lists.one_of("noun_openers")), re.X),
        beside=re.compile(_BESIDE.format(beside=beside), re.X),
        aside=re.compile(_ASIDE, re.DOTALL | re.X),
        opens=re.compile(_OPENS, re.I | re.X),
        cut=re.compile(rf"[,;:()—–]|--|\b(?:{cuts})\b"),
        own_words=re.compile(_OWN_WORDS.format(words=lists.one_of("own_words")), re.X),
        heard=re.compile(_HEARD, re.X),
        voice_of_one=re.compile(r"\b(?:voice|tones?)[ ]of[ ](?:the[ ])?$"),
        voice_of=re.compile(_VOICE_OF, re.X),
        particles=groups["verb_particles"],
        praise_openers=groups["praise_openers"],
        relative=(", who", " who "),
        by=(", by ", " by "),
    )


_UNKNOWN_NOUN = r"""
    [ ]
    ( (?: {article} ) [ ] (?: [a-z]+ [ ] ){{0,3}}? [A-Za-z-]+ )  # said the thing on the stairs
    (?= [,.;:!?"] | $ | [ ] [a-z] )
"""
_BESIDE = r"""
    (?: [ ]
        (?: [a-z]+ly  # Emma slowly said [forms/words-between-subject-and-verb]
        | {beside}  # Emma at last said [forms/words-between-subject-and-verb]
        )
    )* [ ]
"""
_ASIDE = r"""
    (?: 's [^,]* )?  # Helen's aunt, in a dignified voice, said
    , (?! [ ] (?: and | but | or | then | so ) \b )
    .* , [ ]  # Helen, in a dignified voice, said
    (?: (?: and | but ) [ ] )?  # Helen, in a dignified voice, and slowly, said
    (?: [a-z]+ly [ ] | then [ ] | at [ ] last [ ] )?  # Helen, in a dignified voice, at last said
"""
_OPENS = r"""
    (?: ^ | [,.;:!?"()—–-] [ ]?  # He rose. Helen [forms/openings-of-a-clause]
    | \b (?: and | but | or | then | so  # and Helen [forms/openings-of-a-clause]
        | here | now | for | at [ ] last  # at last Helen [forms/openings-of-a-clause]
        ) [ ]
    ) $
"""
_OWN_WORDS = r"""
    (?: 's?  # Emma's [forms/words-that-belong-to-a-speaker]
    |)  # my [forms/words-that-belong-to-a-speaker]
    [ ] (?: [a-z]+ [ ] ){{0,3}}? (?: {words} ) \b  # Emma's only answer
"""
_HEARD = r"""
    \b (?: heard | hear | hearing  # he heard her say [forms/people-who-are-heard-and-made-to-speak]
    | made | let | make  # he made her say [forms/people-who-are-heard-and-made-to-speak]
    ) [ ]
    (?: [a-z]+ [ ] )? (him | her) [ ] (?: [a-z]+ly [ ] )? $
"""
_VOICE_OF = r"""
    [ ] (?: the | an? | that ) [ ] (?: [a-z-]+ [ ] ){0,3}
    (?: voice | voices | tones? | accents?  # said the well-known voice of Tom [scripts/voice-of-somebody]
    | cry | whisper  # came the cry of Tom [forms/voices-of-people]
    ) [ ]
    (?: of | from ) [ ]
"""
