"""Turn the word lists of ``lexicon/`` into sets and tables, once per process.

The lists are plain text: ``#`` opens a comment, words are parted by blanks; each file's first lines tell its form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from audiodrama.model import Age

MALE, FEMALE, ANY = 1, -1, 0
"""Gender as a sign: products of two of them tell agreement."""

_SIGNS = {"male": MALE, "female": FEMALE, "any": ANY}


@dataclass(frozen=True, slots=True)
class RoleWord:
    """What a common noun tells of the person it stands for."""

    gender: int
    """MALE, FEMALE or ANY."""
    age: Age
    """By the word alone."""
    kind: str
    """"loose" is said of anybody, "kin" names a relation, "post" a calling, "creature" a talking animal or the like."""


def _lines(name: str) -> list[str]:
    # Beside this module lies the folder of the same name, so it is found through the parent package.
    text = (files("audiodrama.script.language") / "en" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """Every word of a list that is nothing but words: "men", "not_names", "prepositions", ..."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def group(name: str) -> frozenset[str]:
    """A small set of ``groups.txt``: "parts", "fillers", ..."""
    heads = [line.partition(":") for line in _lines("groups")]
    return frozenset(word for head, _, rest in heads if head == name for word in rest.split())


def _inflect(entry: str) -> tuple[str, ...]:
    verb, *irregular = entry.split()
    if irregular:
        present = [verb] if verb != "quoth" else []
        return (*irregular, *present)
    if verb.endswith("e"):
        return verb, verb + "d", verb + "s", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb, verb + "ed", verb + "es", verb + "ing"
    return verb, verb + "ed", verb + "s", verb + "ing"


@cache
def _verbs(name: str) -> tuple[dict[str, str], frozenset[str]]:
    """(finite or -ing form -> verb, the verbs that tell no manner)."""
    forms: dict[str, str] = {}
    plain: set[str] = set()
    for line in _lines(name):
        is_plain = line.startswith("plain:")
        for entry in line.removeprefix("plain:").split(","):
            verb = entry.split()[0]
            if is_plain:
                plain.add(verb)
            forms.update((form, verb) for form in _inflect(entry) if form != verb or form in entry.split()[1:])
    return forms, frozenset(plain)


@cache
def speech_verbs() -> frozenset[str]:
    """Forms that name speaking wherever they stand: "said", "growled", "asks"."""
    return frozenset(_verbs("verbs_of_speech")[0])


@cache
def voice_verbs() -> frozenset[str]:
    """Forms that name speaking only beside a speech: "laughed", "began", "went"."""
    return frozenset(_verbs("verbs_of_voice")[0]) - speech_verbs()


@cache
def plain_forms() -> frozenset[str]:
    """Speech and voice forms that say nothing of the manner."""
    tables = (_verbs("verbs_of_speech"), _verbs("verbs_of_voice"))
    return frozenset(form for forms, plain in tables for form, verb in forms.items() if verb in plain)


@cache
def finite_verbs() -> frozenset[str]:
    """Forms that follow a subject and do not end in -ed."""
    return words("irregular_verbs") | frozenset(f for f in speech_verbs() | voice_verbs() if not f.endswith("ing"))


@cache
def titles() -> dict[str, int]:
    """Title without its full stop, lower case -> gender."""
    table: dict[str, int] = {}
    for line in _lines("titles"):
        sign, _, rest = line.partition(":")
        table.update((word, _SIGNS[sign]) for word in rest.split())
    return table


@cache
def roles() -> dict[str, RoleWord]:
    """Common noun -> what it tells."""
    table: dict[str, RoleWord] = {}
    for line in _lines("roles"):
        head, _, rest = line.partition(":")
        sign, age, kind = head.split()
        for word in rest.split():
            table.setdefault(word, RoleWord(_SIGNS[sign], age, kind))  # type: ignore[arg-type]
    return table


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Short form -> the names it is short for, lower case."""
    table = {}
    for line in _lines("nicknames"):
        short, _, rest = line.partition(":")
        table[short] = frozenset(rest.split())
    return table


def first_name_gender(name: str) -> int:
    """MALE or FEMALE by the lists of first names, ANY if they do not know it or know it for both."""
    low = name.lower()
    return (low in words("men")) - (low in words("women"))


def is_title(word: str) -> bool:
    """Whether a word, with or without its full stop, is a title."""
    return word.rstrip(".").lower() in titles()
