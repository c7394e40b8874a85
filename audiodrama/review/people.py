"""Turn a Script into who is in it: how much everybody speaks, and by which names they are called how often."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from audiodrama.model import NARRATOR, Person, Script


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """Somebody who speaks, or UNKNOWN or CROWD."""

    person: Person
    """Who it is."""
    lines: int
    """How many lines they have."""
    unsure: int
    """How many of these are in doubt."""
    names: tuple[tuple[str, int], ...] = ()
    """(name, how often it is in the text), the most frequent first; a longer name does not count as a shorter one."""


def people(script: Script, below: float) -> tuple[PersonSummary, ...]:
    """Everybody but the narrator who speaks, those with most lines first.

    Args:
        script: the drama.
        below: lines that are less sure than this are in doubt.
    """
    lines = [line for line in script.lines() if line.speaker != NARRATOR]
    spoken = Counter(line.speaker for line in lines)
    unsure = Counter(line.speaker for line in lines if line.confidence < below)
    known = {person.name: person for person in script.people}
    counts = _names_in("\n".join(line.text for line in script.lines()), script.people)
    found = []
    for speaker, count in spoken.most_common():
        person = known.get(speaker, Person(speaker))
        called = {name: counts[name] for name in (person.name, *person.aliases) if counts[name]}
        names = tuple(sorted(called.items(), key=lambda item: (-item[1], item[0])))
        found.append(PersonSummary(person, count, unsure[speaker], names))
    return tuple(found)


def describe(found: tuple[PersonSummary, ...]) -> list[dict[str, Any]]:
    """The same as plain values for JSON."""
    return [
        {
            "name": one.person.name,
            "aliases": list(one.person.aliases),
            "gender": one.person.gender,
            "age": one.person.age,
            "narrates": one.person.narrates,
            "lines": one.lines,
            "unsure": one.unsure,
            "mentioned": dict(one.names),
        }
        for one in found
    ]


def _names_in(text: str, persons: tuple[Person, ...]) -> Counter[str]:
    """How often each name is in a text, whole words, the longest that fits."""
    names = sorted({name for one in persons for name in (one.name, *one.aliases) if name != "I"}, key=len, reverse=True)
    if not names:
        return Counter()
    folded = {name.casefold(): name for name in reversed(names)}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    return Counter(folded[word.casefold()] for word in pattern.findall(text) if word[:1].isupper() or word in names)
