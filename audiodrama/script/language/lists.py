"""Turn a language's word lists, a folder of text files, into one value of sets and tables.

The lists are plain text: ``#`` opens a comment, words are parted by blanks; each file's first lines tell its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from audiodrama.model import Age

MALE, FEMALE, ANY = 1, -1, 0
"""Gender as a sign: products of two of them tell agreement."""

_SIGNS = {"male": MALE, "female": FEMALE, "any": ANY}

Inflect = Callable[[str], tuple[str, ...]]
"""Turns an entry of a verb list ("laugh", "spit spat spits") into the verb's forms."""


@dataclass(frozen=True, slots=True)
class RoleWord:
    """What a common noun tells of the person it stands for."""

    gender: int
    """MALE, FEMALE or ANY."""
    age: Age
    """By the word alone."""
    kind: str
    """"loose" is said of any person, "kin" names a relation, "post" a calling, "creature" a talking animal or robot."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of one language; all words are lower case."""

    speech_verbs: frozenset[str]
    """Forms that name speaking wherever they stand: "said", "growled", "asks"."""
    voice_verbs: frozenset[str]
    """Forms that name speaking only beside a speech: "laughed", "began", "went"."""
    plain_verbs: frozenset[str]
    """Speech and voice forms that say nothing of the delivery: "said", "went"."""
    finite_verbs: frozenset[str]
    """Forms that follow a subject and that no ending tells: "was", "took", "says"."""
    titles: Mapping[str, int]
    """Title without its full stop -> MALE, FEMALE or ANY."""
    title_nouns: Mapping[str, str]
    """Title that is no noun for a person itself -> that noun: "dr" -> "doctor"."""
    roles: Mapping[str, RoleWord]
    """Common noun -> what it tells: "waiter", "aunt", "owl"."""
    nicknames: Mapping[str, frozenset[str]]
    """Short form -> the names that it is short for."""
    men: frozenset[str]
    """First names of men and boys."""
    women: frozenset[str]
    """First names of women and girls."""
    not_names: frozenset[str]
    """Words that are no person's name although a capital may open them."""
    seldom_names: frozenset[str]
    """Words that are a name only where they speak: "said March"."""
    prepositions: frozenset[str]
    """Words that govern the noun behind them: "to", "beside"."""
    link_words: frozenset[str]
    """Small words inside a name: "de", "von"."""
    place_words: frozenset[str]
    """Last words of names of places: "street", "abbey"."""
    adverbs: frozenset[str]
    """Words between a subject and its verb: "also", "never"."""
    articles: frozenset[str]
    """Words that open a description: "the", "his", "another"."""
    called_by: frozenset[str]
    """Titles that stand for the person alone: "the Colonel"."""
    fillers: frozenset[str]
    """Words between a verb of speech and its inverted subject: "said poor old Tom"."""
    formal: frozenset[str]
    """Titles that are never followed by "of"."""
    lifeless_verbs: frozenset[str]
    """Verbs that winter, silence and rain have, too."""
    married: frozenset[str]
    """Titles of married women."""
    no_heads: frozenset[str]
    """Last words of descriptions that say nothing of a person: "the crowd", "the other"."""
    no_praise: frozenset[str]
    """Words between a verb of speech and a name that are no praise: "said nothing Emma would mind"."""
    no_verbs: frozenset[str]
    """Words in -s that follow a subject and are no verbs: "perhaps"."""
    not_manner: frozenset[str]
    """Words in -ly that tell no delivery: "only"."""
    parts: frozenset[str]
    """Parts of a person that act for the person: "Emma's voice"."""
    place_first: frozenset[str]
    """Words that open the name of a place: "Port", "New"."""
    place_prepositions: frozenset[str]
    """Prepositions of place: "in", "near"."""
    ranks: frozenset[str]
    """Titles that no person has beside "Mr.": "sir"."""
    short_titles: frozenset[str]
    """Shortened titles that are first names, too, where nothing follows them: "Col sighed"."""
    stop_heads: frozenset[str]
    """Words that end a description."""
    subordinators: frozenset[str]
    """Words that open a subordinate clause: "when", "because"."""
    with_first_name: frozenset[str]
    """Titles that go with a first name: "Aunt Polly"."""
    young_or_single: frozenset[str]
    """Titles of the unmarried and of boys: "Miss", "Master"."""
    common_words: frozenset[str]
    """The commonest words: by their share a text is known to be in this language."""
    groups: Mapping[str, tuple[str, ...]]
    """Every small set of words by its name, in the order of its file: what patterns are made of."""

    def one_of(self, *names: str) -> str:
        """The words of groups as alternatives for a pattern, in the order of their file: "said|asked|cried".

        Raises:
            KeyError: the language has no group of one of these names.
        """
        return "|".join(re.escape(word) for name in names for word in self.groups[name])

    def first_name_gender(self, name: str) -> int:
        """MALE or FEMALE by the lists of first names, ANY if they do not know it or know it for both."""
        low = name.lower()
        return (low in self.men) - (low in self.women)

    def is_title(self, word: str) -> bool:
        """Whether a word, with or without its full stop, is a title."""
        return word.rstrip(".").lower() in self.titles


def read_lists(folder: Traversable, inflect: Inflect) -> Lists:
    """Read the lists of a language.

    Args:
        folder: where its text files lie.
        inflect: what an entry of the lists of verbs stands for.

    Raises:
        OSError: a list is not there.
    """

    def lines(name: str) -> list[str]:
        rows = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        return [row for row in map(str.strip, rows) if row and not row.startswith("#")]

    speech, voice = _Verbs(lines("verbs_of_speech"), inflect), _Verbs(lines("verbs_of_voice"), inflect)
    spoken, voiced = frozenset(speech.verb_of), frozenset(voice.verb_of) - frozenset(speech.verb_of)
    groups = _groups([*lines("groups"), *lines("verb_groups")])
    words = {name: frozenset(" ".join(lines(name)).split()) for name in (*_OF_WORDS, "irregular_verbs")}
    return Lists(
        speech_verbs=spoken,
        voice_verbs=voiced,
        plain_verbs=speech.plain_forms() | voice.plain_forms(),
        finite_verbs=words.pop("irregular_verbs") | frozenset(f for f in spoken | voiced if not f.endswith("ing")),
        titles=_titles(lines("titles")),
        title_nouns={title: noun for noun, titles in map(_headed, lines("title_nouns")) for title in titles.split()},
        roles=_roles(lines("roles")),
        nicknames={short: frozenset(names.split()) for short, names in map(_headed, lines("nicknames"))},
        groups=groups,
        **words,
        **{name: frozenset(groups[name]) for name in _OF_GROUPS},
    )


_OF_WORDS = (
    "common_words",
    "men",
    "not_names",
    "place_words",
    "prepositions",
    "seldom_names",
    "women",
)
"""Fields of ``Lists`` that are a file of words, of the same name."""
_OF_GROUPS = (
    "adverbs",
    "articles",
    "called_by",
    "fillers",
    "formal",
    "lifeless_verbs",
    "link_words",
    "married",
    "no_heads",
    "no_praise",
    "no_verbs",
    "not_manner",
    "parts",
    "place_first",
    "place_prepositions",
    "ranks",
    "short_titles",
    "stop_heads",
    "subordinators",
    "with_first_name",
    "young_or_single",
)
"""Fields of ``Lists`` that are a group, of the same name."""


class _Verbs:
    """A list of verbs: entries parted by commas, those of a "plain:" line without a delivery of their own."""

    def __init__(self, rows: Iterable[str], inflect: Inflect) -> None:
        self.verb_of: dict[str, str] = {}
        """Finite or -ing form -> verb."""
        self._plain: set[str] = set()
        for row in rows:
            for entry in row.removeprefix("plain:").split(","):
                verb = entry.split()[0]
                if row.startswith("plain:"):
                    self._plain.add(verb)
                named = entry.split()[1:]
                self.verb_of.update((form, verb) for form in inflect(entry) if form != verb or form in named)

    def plain_forms(self) -> frozenset[str]:
        """Forms that say nothing of the delivery."""
        return frozenset(form for form, verb in self.verb_of.items() if verb in self._plain)


def _headed(row: str) -> tuple[str, str]:
    """What stands before and behind the first colon of a row."""
    head, _, rest = row.partition(":")
    return head, rest


def _titles(rows: Iterable[str]) -> dict[str, int]:
    return {word: _SIGNS[sign] for sign, rest in map(_headed, rows) for word in rest.split()}


def _roles(rows: Iterable[str]) -> dict[str, RoleWord]:
    table: dict[str, RoleWord] = {}
    for head, rest in map(_headed, rows):
        sign, age, kind = head.split()
        for word in rest.split():
            table.setdefault(word, RoleWord(_SIGNS[sign], age, kind))  # type: ignore[arg-type]
    return table


def _groups(rows: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name, rest in map(_headed, rows):
        table[name] = (*table.get(name, ()), *rest.split())
    return table
