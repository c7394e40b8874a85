"""The patterns by which English tells names of people.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lists import Lists
from audiodrama.script.language.people_patterns import NamePatterns


def name_patterns(lists: Lists) -> NamePatterns:
    """Compile them, with the titles and the small words of the lists."""
    groups = {name: frozenset(words) for name, words in lists.groups.items()}
    word = _WORD.format(title=lists.one_of("abbreviated_titles"))
    link = _LINK.format(first=lists.one_of("name_links"), second=lists.one_of("second_name_links"))
    return NamePatterns(
        name=re.compile(rf"(?<![\w'-]) {word} (?: [ ] {link} {word} )*", re.X),
        behind=re.compile(_BEHIND, re.X),
        small_word=re.compile(r"(?<![\w'-])[a-z]+(?:-[a-z]+)*(?![\w])"),
        own_name=re.compile(rf"{_OWN_NAME} [ ] ( [A-Z]\w+ (?: [ ] [A-Z]\w+ )* )", re.X),
        before_own_name=re.compile(rf"{_OWN_NAME} [ ] $", re.X),
        not_a_name=re.compile(rf"[ ](?:{lists.one_of('not_behind_names')})\b"),
        before_vocative=groups["before_vocative"],
        joiners=groups["name_joiners"],
        plain_men=groups["plain_men"],
        plain_men_written=lists.groups["plain_men_written"],
        bare_surname=groups["bare_surname"],
    )


_WORD = r"""
    (?: (?: {title}  # Mr. Ottaway [speakers/couple-stays-two]
        | [A-Z]  # J. Crane [scripts/initials-and-abbreviations-end-no-sentence]
        ) \. (?=[ ])
    | [A-ZÀ-ÖØ-Þ] [^\W\d_]* (?: ['-] [A-ZÀ-ÖØ-Þ] [^\W\d_]* )*
    # Émile, O'Brien, Anne-Marie [speakers/capital-after-the-mark]
    )
"""
_LINK = r"""
    (?: (?: {first} )  # Queen of Cups, de Winter
        (?: [ ] (?: {second} ) )?  # Maid of the Mill
        [ ]
    )?
"""
_BEHIND = r"""
    ( 's \b )?  # Emma's hat [forms/possessives-behind-a-name]
    ([,.!?;:"')\]-]*) [ ]* ([^\W\d_]+)?
"""
_OWN_NAME = r"""
    (?: \b (?: [Mm]y | [Tt]he ) [ ] name (?: 's | [ ] is )  # My name is Ada [speakers/strangers-who-tell-their-names]
    | (?<! [a-z] [ ] ) \b [Nn]ame's  # Name's Ray [scripts/stranger-who-introduces-himself]
    | \b [Cc]all [ ] me  # Call me Ada [speakers/strangers-who-tell-their-names]
    | \b I'm  # I'm Ada [speakers/strangers-who-tell-their-names]
    | \b I [ ] am  # I am Ada [speakers/strangers-who-tell-their-names]
    )
"""
