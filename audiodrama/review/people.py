"""Turn a Script into a list of its characters: how much each speaks, and how often each of their names is used."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from audiodrama.model import NARRATOR, Person, Script


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A character who speaks, or UNKNOWN or CROWD."""

    person: Person
    """The character."""
    lines: int
    """How many lines they have."""
    unsure: int
    """How many of these are in doubt."""
    names: tuple[tuple[str, int], ...] = ()
    """(name, how often it is in the text), the most frequent first; a longer name does not count as a shorter one."""


def people(script: Script, below: float) -> tuple[PersonSummary, ...]:
    """All who speak but the narrator, those with most lines first.

    Args:
        script: the drama.
        below: lines that are less sure than this are in doubt.
    """
    lines = [line for line in script.lines() if line.speaker != NARRATOR]
    spoken = Counter(line.speaker for line in lines)
    unsure = Counter(line.speaker for line in lines if line.confidence < below)
    people_by_name = {person.name: person for person in script.people}
    counts = _names_in("\n".join(line.text for line in script.lines()), script.people)
    summaries = []
    for speaker, count in spoken.most_common():
        person = people_by_name.get(speaker, Person(speaker))
        mentions = {name: counts[name] for name in (person.name, *person.aliases) if counts[name]}
        names = tuple(sorted(mentions.items(), key=lambda item: (-item[1], item[0])))
        summaries.append(PersonSummary(person, count, unsure[speaker], names))
    return tuple(summaries)


def describe(summaries: tuple[PersonSummary, ...]) -> list[dict[str, Any]]:
    """The same as plain values for JSON."""
    return [
        {
            "name": summary.person.name,
            "aliases": list(summary.person.aliases),
            "gender": summary.person.gender,
            "age": summary.person.age,
            "narrates": summary.person.narrates,
            "lines": summary.lines,
            "unsure": summary.unsure,
            "mentioned": dict(summary.names),
        }
        for summary in summaries
    ]


def _names_in(text: str, people: tuple[Person, ...]) -> Counter[str]:
    """How often each name is in a text, whole words, the longest that fits."""
    distinct = {name for person in people for name in (person.name, *person.aliases) if name != "I"}
    names = sorted(distinct, key=len, reverse=True)
    if not names:
        return Counter()
    folded = {name.casefold(): name for name in reversed(names)}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    return Counter(folded[word.casefold()] for word in pattern.findall(text) if word[:1].isupper() or word in names)
