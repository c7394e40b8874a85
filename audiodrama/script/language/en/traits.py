"""The patterns by which English tells gender, age and calling of people, and the part that they have in a sentence.

Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that fails without it.
"""

from __future__ import annotations

import re

from audiodrama.model import Age
from audiodrama.script.language.lists import FEMALE, MALE, Lists
from audiodrama.script.language.people_patterns import TraitPatterns


def trait_patterns(lists: Lists) -> TraitPatterns:
    """Compile them, with the pronouns and the words of age of the lists."""
    groups = {name: frozenset(words) for name, words in lists.groups.items()}
    he, she = lists.one_of("male_pronouns"), lists.one_of("female_pronouns")
    young, old = lists.one_of("years_of_children"), lists.one_of("years_of_old_age")
    ages: tuple[tuple[str, Age], ...] = (("old", "old"), ("young", "young"), ("child", "child"))
    epithets = {word: age for name, age in ages for word in lists.groups[f"{name}_epithets"]}
    return TraitPatterns(
        pronoun=re.compile(_PRONOUN, re.X),
        gendered=re.compile(rf"\b(?:({he})|({she}))\b", re.I),
        gender_of={"he": MALE, "she": FEMALE},
        first_person="i",
        first_person_word=re.compile(_FIRST_PERSON, re.X),
        first_person_tag=re.compile(_FIRST_PERSON_TAG, re.X),
        behind_mention=re.compile(_BEHIND_MENTION, re.X),
        conjunctions=groups["opening_conjunctions"],
        aside_openers=groups["aside_openers"],
        auxiliary="had",
        apposition=re.compile(_APPOSITION, re.X),
        before_name=re.compile(_BEFORE_NAME, re.I | re.X),
        age_word=re.compile(rf"\b({'|'.join(epithets)})[ ]$", re.I),
        epithet_ages=epithets,
        years=re.compile(_YEARS.format(years=f"{young}|{old}"), re.X),
        old_years=groups["years_of_old_age"],
        adjective_ages={word: age for name, age in ages[:2] for word in lists.groups[f"{name}_adjectives"]},
        diminutive="little",
        boys=groups["boys"],
        men=groups["grown_men"],
    )


_PRONOUN = r"""
    (?<![\w'-])
    (?: [Hh]e | [Ss]he | HE | SHE  # he laughed [scripts/capital-pronoun-after-the-mark]
    | I  # I laughed [forms/pronouns-as-subjects]
    | [Tt]hey | [Ww]e  # they laughed [forms/pronouns-as-subjects]
    )
    (?![\w-])
"""
_FIRST_PERSON = r"""
    (?<![\w'-]) I
    (?! [\w-] | \.[ ] )  # not: I. Crane
"""
_FIRST_PERSON_TAG = r"""
    \b I (?: [ ] [a-z]+ly )? [ ] ([a-z]+)  # I said, I slowly said [speakers/narrator-in-the-first-person]
    | \b ([a-z]+) [ ] I \b  # said I [scripts/turned-first-person-tag]
"""
_BEHIND_MENTION = r"""
    ( 's? (?![\w]) )?  # Emma's voice, the Bennets' voice
    (,)? [ ]* ([^\W\d_]+)? (?: [ ] ([^\W\d_]+) )? (?: [ ] ([^\W\d_]+) )?
"""
_APPOSITION = r"""
    ,? [ ]
    (?: (?: who [ ] )? was [ ]  # , who was the schoolmaster [scripts/ages-and-callings-beside-a-name]
    | is [ ]  # is the schoolmaster [forms/callings-in-apposition]
    )?
    (?: the | an? | his | her | my | their | our ) [ ]
    ( (?: [a-z-]+ [ ] ){0,3} [a-z-]+ )  # , the old schoolmaster
"""
_BEFORE_NAME = r"""
    (?: the | his | her | my | their | our | an? ) [ ]
    ( (?: [a-z-]+ [ ] ){0,2} [a-z-]+ ) ,? [ ] $  # her brother Tom; the inspector, Mr. Crane
"""
_YEARS = r"""
    (?<![\w'-]) ([A-Z]\w+)
    (?: ,? [ ] (?: who [ ] )? (?: was | is )  # Wren Tully, who was eight [scripts/ages-and-callings-beside-a-name]
    | , (?: [ ] aged? )?  # Hatch, aged ninety [scripts/ages-and-callings-beside-a-name]
    ) [ ]
    (?: only [ ] | just [ ] | not [ ] yet [ ] | barely [ ] )?  # Wren was only eight
    ({years}) (?: [ ] years [ ] old )?
    (?= [,.;] | [ ] and [ ] )
"""
