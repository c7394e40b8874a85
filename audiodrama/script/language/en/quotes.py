"""The patterns by which English tells what is said.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.quote_patterns import QuotePatterns, TagWords


def quote_patterns(lists: Lists) -> QuotePatterns:
    """Compile them, with the verbs of the lists."""
    groups = {name: frozenset(words) for name, words in lists.groups.items()}
    return QuotePatterns(
        single_opens=re.compile(_SINGLE_OPENS, re.I | re.X),
        elision=re.compile(_ELISION, re.I | re.X),
        dropped_end=re.compile(_DROPPED_END, re.I | re.X),
        verb_soon=re.compile(rf"\s*(?:\w+\s+){{0,3}}?(?:{lists.one_of('common_verbs', 'common_tag_verbs')})\b"),
        verb_and_subject=re.compile(rf"(?:{lists.one_of('common_verbs')})[ ](?:he|she|I|they|the|[A-Z])"),
        lost_apostrophe=re.compile(_LOST_APOSTROPHE, re.X),
        present_or_past=re.compile(
            rf"\b(?:({lists.one_of('telling_present_verbs')})|(?:{lists.one_of('telling_past_verbs')}))\b"
        ),
        supposed=re.compile(_SUPPOSED.format(say=lists.one_of("supposed_verbs")), re.I | re.X),
        voiceless=re.compile(_VOICELESS.format(says=lists.one_of("voiceless_verbs")), re.I | re.X),
        leads_to_term=re.compile(_LEADS_TO_TERM, re.I | re.X),
        joiners=groups["joiners"],
        as_clause=re.compile(r"\bas\b|^As\b"),
        reported=re.compile(_REPORTED, re.X),
        leading_verbs=groups["leading_verbs"],
        personal=groups["personal"],
        present_verbs=groups["present_auxiliaries"],
        light_words=groups["light_words"],
        thought_after=re.compile(_THOUGHT_AFTER.format(thought=lists.one_of("thought_verbs")), re.X),
        thought_before=re.compile(_THOUGHT_BEFORE.format(thinks=lists.one_of("thought_verbs", "thinking_verbs")), re.X),
        tags_behind_dash=TagWords(
            before=groups["tag_subjects"],
            behind=groups["tag_subjects"] | groups["tag_determiners"],
            never_before=groups["never_subject"],
            inverted_endings=("d", "says", "asks"),
        ),
        tags_unmarked=TagWords(
            before=groups["sure_subjects"],
            behind=groups["sure_subjects"] | groups["sure_determiners"],
            never_before=groups["first_person"],
            inverted_endings=("",),
        ),
    )


_SINGLE_OPENS = r"""
    (?<! [\w.,!?;:'’")] ) ['‘] (?=[\w"“])
    (?! (?: tis | twas | em | cause | til | bout ) \b )  # 'Tis cold; get 'em
"""
_ELISION = r"""
    (?: tis | twas | twere | twill | twould | twasn  # 'Tis cold [quotes/british-singles]
    | em | im | er  # get 'em [quotes/british-singles]
    | bout | cause | cos | coz | til | till | round | neath | gainst | fore | un | cept | scuse | nother
    # 'bout time [quotes/dropped-letters-in-single-marks]
    | ud | ave | ad | as | ere | ome | ouse | ow | ead | eard | alf | arf | ope | orse | urt | appen
    # I 'ave an 'ouse [quotes/dropped-letters-in-single-marks]
    | is | and | kay | sup  # 'is 'and [quotes/dropped-letters-in-single-marks]
    | s | d | ll | ve  # that 's it [quotes/dropped-letters-in-single-marks]
    | n  # rock 'n' roll [forms/elisions-of-one-letter]
    | \d\d?s?  # the '90s [quotes/british-singles]
    ) (?![^\W_])
"""
_DROPPED_END = r"""
    (?: in  # goin' [forms/endings-that-are-dropped]
    | an | o | th | wi | ol | t | d  # bread an' butter, th' night, ol' Tom [forms/endings-that-are-dropped]
    | lil | mo | fo | yo | i  # lil' Tom, yo' hat [forms/endings-that-are-dropped]
    ) $
"""
_LOST_APOSTROPHE = r"""
    (?<=[^\W\d_]) [ ] (?= (?: s | ll | ve | re | d | m ) \b )  # Emma s hat, I ll go [forms/apostrophes-that-are-lost]
    | (?<=n) [ ] (?= t \b )  # did n t [forms/apostrophes-that-are-lost]
"""
_SUPPOSED = r"""
    \b
    (?: (?: would | could | might | should | must ) [ ]
        (?: (?: not | never | almost | fain | well ) [ ] )? have
        # He would never have said [quotes/words-that-were-not-said]
    | as [ ] (?: if | though | who [ ] should | who [ ] would ) (?: [ ] to )?  # as if to [scripts/hypothetical-quote]
    | (?: felt | feel ) [ ] (?: like | inclined [ ] to )  # felt inclined to [quotes/formulaic-and-hypothetical]
    | (?: want | wish | long | yearn ) (?: ed | s | ing )? [ ] to  # longed to [quotes/formulaic-and-hypothetical]
    | instead [ ] of | without | never | did [ ] not | not | n[’']t  # without saying [quotes/words-that-were-not-said]
    | lips [ ] to | tongue [ ] to  # She opened her lips to say [quotes/words-that-were-not-said]
    ) [ ]
    (?: {say} )
    (?: [ ] (?: out | aloud | back | to | him | her | me | them | himself | herself ) )*
    [,:]? (?: --? | — )? $
"""
_VOICELESS = r"""
    \b
    (?: eyes? | looks? | glances? | face | smile | silence | gesture | attitude
    # Her eyes said [quotes/words-without-a-voice]
    | heart | conscience | brain  # His heart said [quotes/words-without-a-voice]
    | signs? | notice | label | placard | board | poster | banner  # a sign that said [quotes/words-and-signs]
    | plate | inscription  # The inscription ran [quotes/words-without-a-voice]
    | headline | motto | proverb  # The motto said [quotes/words-without-a-voice]
    | letters? | notes? | telegram | card  # The telegram said [quotes/words-without-a-voice]
    )
    (?: ,? [ ] (?: that | which ) )?
    (?: [ ] (?: above | on | over | of | in | at ) [ ] the [ ] \w+ )?  # the sign above the door
    (?: [ ]
        (?: had | was | only | simply | plainly | almost | still | it | \w+ly
        # The notice plainly said [quotes/words-without-a-voice]
        | seemed [ ] to | appeared [ ] to | tried [ ] to | as [ ] much [ ] as [ ] to
        # The card in the window seemed to say [quotes/words-without-a-voice]
        )
    )*
    [ ] (?: {says} ) \W* $
"""
_LEADS_TO_TERM = r"""
    \b
    (?: called | named | entitled | titled | termed | labell?ed | marked | headed | christened | nicknamed | dubbed
    # a dog called [quotes/words-and-signs]
    | styled | inscribed | spelled | spelt | signed | pronounced | pleaded  # pleaded [scripts/formulaic-plea]
    | words? | phrases? | terms? | expression | name | title | so-called
    # the word, the so-called [quotes/long-words-that-are-a-part-of-a-sentence]
    | during  # during the [quotes/long-words-that-are-a-part-of-a-sentence]
    | an? | the | his | her | their | its | my | our | your | this | that | these | those | such
    # the [quotes/long-words-that-are-a-part-of-a-sentence]
    | of | in | from | about | like | as | by | on | for | between | into | at | to
    # the meaning of [quotes/long-words-that-are-a-part-of-a-sentence]
    | is | was | were | are | be | been  # The title was [quotes/long-words-that-are-a-part-of-a-sentence]
    | and | or | but  # "this" and [forms/conjunctions-before-a-term]
    | no | any | some | very | not | than | most  # no [quotes/long-words-that-are-a-part-of-a-sentence]
    ) $
"""
_REPORTED = r"""
    \b (?: s?he | they ) [ ]
    (?: \w+ly [ ] | had [ ] | never [ ] | not [ ] )?
    (?: would | could | might | must | should ) \b  # "... that he never would come."
"""
_THOUGHT_AFTER = r"""
    [\s,—–-]*
    (?: (?: he | she | I | they | [A-Z][\w.'’-]+ (?: [ ] [A-Z][\w'’-]+ )? | the [ ] \w+ ) [ ]
        (?: \w+ly [ ] )? (?: {thought} )  # , she suddenly thought [scripts/thought-in-italics]
    | (?: {thought} ) [ ] (?: he | she | I | they | the | [A-Z]\w* )  # , thought Emma [scripts/thought-in-marks]
    ) \b
    (?! [ ] (?: aloud | out [ ] loud | about | of | for | over | it [ ] over | twice | hard ) \b )  # he thought aloud
"""
_THOUGHT_BEFORE = r"""
    \b (?: {thinks} )
    (?: [ ] to [ ] (?: himself | herself | myself | themselves ) )?  # he thought to himself:
    [,:] (?: --? | — )? $
"""
