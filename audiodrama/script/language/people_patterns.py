"""Name the patterns and word sets of a language by which people are found: names, descriptions, pronouns, callings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from re import Pattern

from audiodrama.model import Age


@dataclass(frozen=True, slots=True)
class NamePatterns:
    """What tells the names of people, and what stands around them."""

    name: Pattern[str]
    """Search: capitalised words, perhaps joined by small ones: "Mr. Ralph Ottaway", "Queen of Cups"."""
    behind: Pattern[str]
    """Match behind a name: group 1 its possessive ending, group 2 the marks, group 3 the next word."""
    small_word: Pattern[str]
    """Search: a word written without a capital."""
    own_name: Pattern[str]
    """Search in a speech: its speaker tells the own name, group 1: "My name is Ada Finch"."""
    before_own_name: Pattern[str]
    """Search in the speech before a name: the speaker tells that name as the own one: "My name is "."""
    not_a_name: Pattern[str]
    """Match behind a word that is seldom a name: it is a verb there, or another common word: "May I"."""
    before_vocative: frozenset[str]
    """Words right before a name that is called: "dear"."""
    joiners: frozenset[str]
    """Small words that join a rank and a realm, and otherwise part two names: "of" in "Queen of Cups"."""
    plain_men: frozenset[str]
    """Titles of men who have no other one: "mr"."""
    plain_men_written: tuple[str, ...]
    """As a text writes the commonest of them: "Mr."."""
    bare_surname: frozenset[str]
    """Titles of those that a narrator also calls by the bare surname: "captain"."""


@dataclass(frozen=True, slots=True)
class DescriptionPatterns:
    """What tells descriptions of people that stand for a name: "the waiter", "her old aunt"."""

    inverted_tag: Pattern[str]
    """Match at the start of narration behind a speech: group 1 the verb, 2 adjectives, 3 a noun: "said the old man"."""
    opening: Pattern[str]
    """Match at the start of narration: an article and, group 1, the words behind it: "The old man laughed"."""
    reply: Pattern[str]
    """Match at the start of narration behind a speech: group 1 adjectives, 2 the noun: "was the man's answer"."""
    next_sentence: Pattern[str]
    """Search: the end of a sentence before one that may open with a description."""
    calling_of: Callable[[str], Pattern[str]]
    """Compiles, for a noun, the search for the name whose calling it is, in one of its groups: "Ada was the cook"."""
    phrase: Pattern[str]
    """Search: an article, group 1, and up to four words, group 2, one of which may stand for a person."""
    article: Pattern[str]
    """Match: the article at the start of a role's name: "the " of "the waiter"."""
    article_words: frozenset[str]
    """Those articles and possessive pronouns, lower case."""
    definite: str
    """The definite article."""
    indefinite: frozenset[str]
    """The indefinite articles, which bring a stranger in."""
    further: frozenset[str]
    """Words behind a noun that describe it further: "on" of "the man on the stairs"."""
    of: str
    """What makes a noun behind a name no calling: "the brother of"."""


@dataclass(frozen=True, slots=True)
class TraitPatterns:
    """What the words around a mention tell of a person: gender, age, calling, grammar."""

    pronoun: Pattern[str]
    """Search: a personal pronoun that stands for a person."""
    gendered: Pattern[str]
    """Search: a pronoun of the third person, group 1 if it is male, group 2 if female: "his"."""
    gender_of: Mapping[str, int]
    """Personal pronoun, lower case -> MALE or FEMALE, for those that tell one."""
    first_person: str
    """The narrator's pronoun, lower case."""
    first_person_word: Pattern[str]
    """Search: that pronoun as the text writes it."""
    first_person_tag: Pattern[str]
    """Search: that pronoun and a verb, in group 1 or 2: "I said", "said I"."""
    behind_mention: Pattern[str]
    """Match behind a mention: 1 its possessive ending, 2 a comma, 3 to 5 the next words."""
    conjunctions: frozenset[str]
    """Words with a capital that look like a preposition, and are none: "For Emma had"."""
    aside_openers: frozenset[str]
    """Words that open an aside between a subject and its verb: "Emma, who"."""
    auxiliary: str
    """The auxiliary verb that may stand apart from its verb: "had never once thought"."""
    apposition: Pattern[str]
    """Match behind a name's comma: group 1 what the person is: ", the old schoolmaster"."""
    before_name: Pattern[str]
    """Search before a name: group 1 what the person is: "her brother "."""
    age_word: Pattern[str]
    """Search before a name: group 1 a word that tells the age: "old "."""
    epithet_ages: Mapping[str, Age]
    """That word -> the age."""
    years: Pattern[str]
    """Search: group 1 a name, group 2 an age in years: "Wren, who was eight"."""
    old_years: frozenset[str]
    """Those ages that are a great one."""
    adjective_ages: Mapping[str, Age]
    """Adjective of a description -> the age that it tells, the stronger ones first."""
    diminutive: str
    """The adjective that makes a child of a young person: "the little girl"."""
    boys: frozenset[str]
    """Titles of boys, where no other title is used."""
    men: frozenset[str]
    """Titles of grown men."""
