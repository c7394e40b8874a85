"""The patterns by which English describes people that it does not name: "the old waiter", "her aunt".

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re
from re import Pattern

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.people_patterns import DescriptionPatterns


def description_patterns(lists: Lists) -> DescriptionPatterns:
    """Compile them, with the articles and the nouns of the lists."""
    groups = {name: frozenset(words) for name, words in lists.groups.items()}
    reply = lists.one_of("described_replies")
    return DescriptionPatterns(
        inverted_tag=re.compile(rf"^ [ ,]* ([a-zA-Z]+) [ ] {_DESCRIBED} {_BEHIND_TAG}", re.X),
        opening=re.compile(rf"^ [ ,]* {_ARTICLE} [ ] ( (?: {_NOUN} (?: 's )? [ ] )+ {_NOUN} )", re.X),
        reply=re.compile(rf"^ [ ,]* was [ ] {_DESCRIBED} 's [ ] (?: {reply} ) \b", re.X),
        next_sentence=re.compile(r"[.!?][ ](?=[TAHM])"),
        calling_of=_calling_of,
        phrase=re.compile(_PHRASE, re.X),
        article=re.compile(rf"(?:{lists.one_of('role_articles')})[ ]", re.I),
        article_words=groups["determiners"],
        definite="the",
        indefinite=groups["indefinite_articles"],
        further=groups["relative_words"] | lists.prepositions,
        of="of",
    )


_NOUN = r"[^\W\d_]+ (?: - [^\W\d_]+ )*"
_ARTICLE = r"""
    (?: [Tt]he  # the waiter [scripts/calling-with-a-hyphen]
    | [Aa]n?  # a waiter [scripts/speakers-by-every-article]
    | [Hh]is | [Hh]er | [Mm]y  # her aunt [scripts/speakers-by-every-article]
    )
"""
_DESCRIBED = rf"{_ARTICLE} [ ] ( (?: {_NOUN} (?: 's )? [ ] ){{0,3}}? ) ( {_NOUN} )"
_BEHIND_TAG = r"""
    (?= [,.;:!?] | $
    | [ ]
        (?: to | with | in | as | who | of | at | from | and | when | while | again | for | on
        # said the waiter to him [forms/descriptions-in-a-tag]
        | [a-z]+ly  # said the waiter dryly [scripts/speakers-by-every-article]
        | [a-z]+ing  # said the waiter bowing [scripts/speakers-by-every-article]
        ) \b
    )
"""
_PHRASE = r"""
    \b
    ( [Tt]he | [Aa]n?  # the waiter [speakers/waiter-by-calling]
    | [Hh]is | [Hh]er | [Mm]y | [Tt]heir | [Oo]ur | [Yy]our  # her aunt [forms/descriptions-in-the-narration]
    | [Tt]h (?: is | at )  # this man [forms/descriptions-in-the-narration]
    | [Oo]ne | [Aa]nother  # one man [forms/descriptions-in-the-narration]
    | [Pp]oor | [Oo]ld  # old man [forms/descriptions-in-the-narration]
    ) [ ]
    ( (?: [^\W\d_]+ (?: - [^\W\d_]+ )* (?: 's )? [ ] ){0,3}
      [^\W\d_]+ (?: - [^\W\d_]+ )* )
"""
_CALLING_OF = r"""
    ([A-Z]\w+) (?: , | [ ] was | [ ] is | , [ ] who [ ] was ) [ ] (?: the | an? | our | their ) [ ]
        (?: [a-z-]+ [ ] ){{0,3}} {noun} \b  # Phoebe was the youngest reporter [scripts/description-of-a-known-person]
    | \b [Tt]he [ ] (?: [a-z-]+ [ ] ){{0,2}} {noun} , [ ] (?: [A-Z]\w+ \.? [ ] )* ([A-Z]\w+)
    # the inspector, Mr. Crane [forms/people-whose-calling-is-told]
    | {noun} \b [^.!?]{{0,80}} [.!?] [ ] (?: He | She | It ) [ ] was [ ] [^.!?]{{0,60}}
        (?: called | named ) [ ] (?: [A-Z]\w+ \.? [ ] )* ([A-Z]\w+)
        # the cook. She was a widow called Ann Moor [forms/people-whose-calling-is-told]
"""


def _calling_of(noun: str) -> Pattern[str]:
    return re.compile(_CALLING_OF.format(noun=re.escape(noun)), re.X)
