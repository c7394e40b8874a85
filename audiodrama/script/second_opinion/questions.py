"""Turn a Script into Questions: its unsure lines, in batches with what surrounds them and who may have spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audiodrama.model import CROWD, UNKNOWN, Line, Person, Script

UNSURE = 0.8
"""Dialogue whose speaker has less confidence than this, 0 to 1, is asked about."""
ASKED = 8
"""The most lines asked about at once: few enough for a small model to keep apart."""
BEFORE, AFTER = 8, 4
"""Lines of context; who speaks shows more often before a line than after it."""
CHARACTERS = 6000
"""Characters of a question's passage at most, unless its only line needs more."""
LONGEST_TEXT = 600
"""The most characters of one line that are shown; its middle is left out."""
NEAR = 100
"""Lines before and after, in this scene and its neighbours, whose speakers may be the speaker."""
MOST_NAMES = 40
"""Names that a question lists at most."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Question:
    """Some unsure lines of one scene, asked about together."""

    asked: tuple[int, ...]
    """Places in ``script.lines()``, ascending."""
    excerpts: tuple[tuple[int, int], ...]
    """(first, end) of the stretches of ``script.lines()`` that are shown; they hold the lines asked about."""
    roster: tuple[Person, ...]
    """The characters who may have spoken, besides UNKNOWN."""


def is_unsure(line: Line) -> bool:
    """Whether a line is asked about."""
    return line.kind == "dialogue" and line.confidence < UNSURE


def questions(script: Script, other_people: Sequence[Person] = ()) -> tuple[Question, ...]:
    """All that is to be asked, in the order of the script; linear in its length.

    Args:
        script: the script as it was adapted.
        others: people who speak no line of it, but may be the ones who do: those that a casting file names.
    """
    lines = script.lines()
    people = (*script.people, *other_people)
    mentions = _Mentions(people)
    ranks = {person.name: rank for rank, person in enumerate(people)}
    bounds = _bounds(script)
    result = []
    for scene, (first, end) in enumerate(bounds):
        reach = bounds[max(0, scene - 1)][0], bounds[min(len(bounds) - 1, scene + 1)][1]
        for asked, excerpts in _batches(lines, first, end):
            named = _near(lines, asked, excerpts, reach, mentions)
            roster = _people(named, people, ranks)
            if roster:
                result.append(Question(asked, excerpts, roster))
    return tuple(result)


def _bounds(script: Script) -> list[tuple[int, int]]:
    """For each scene (first line, line behind the last), indexes in ``script.lines()``."""
    bounds, at = [], 0
    for scene in script.scenes:
        bounds.append((at, at + len(scene.lines)))
        at += len(scene.lines)
    return bounds


def _batches(
    lines: Sequence[Line], first: int, end: int
) -> Iterator[tuple[tuple[int, ...], tuple[tuple[int, int], ...]]]:
    """The unsure lines of a scene in groups, each with the stretches to show."""
    asked: list[int] = []
    excerpts: list[tuple[int, int]] = []
    shown = 0
    for place in range(first, end):
        if not is_unsure(lines[place]):
            continue
        low, high = max(first, place - BEFORE), min(end, place + AFTER + 1)
        joins = bool(excerpts) and low <= excerpts[-1][1]
        fresh = range(excerpts[-1][1] if joins else low, high)
        more = sum(min(len(lines[index].text), LONGEST_TEXT) for index in fresh)
        if asked and (len(asked) == ASKED or shown + more > CHARACTERS):
            yield tuple(asked), tuple(excerpts)
            asked, excerpts, joins = [], [], False
            shown = more = sum(min(len(lines[index].text), LONGEST_TEXT) for index in range(low, high))
        else:
            shown += more
        asked.append(place)
        excerpts[-1:] = [(excerpts[-1][0], high)] if joins else [*excerpts[-1:], (low, high)]
    if asked:
        yield tuple(asked), tuple(excerpts)


def _near(
    lines: Sequence[Line],
    asked: Sequence[int],
    excerpts: Sequence[tuple[int, int]],
    reach: tuple[int, int],
    mentions: _Mentions,
) -> Iterator[str]:
    """Names of characters who may have spoken: who speaks nearby, the nearest first; then who is mentioned."""
    low, high = max(reach[0], asked[0] - NEAR), min(reach[1], asked[-1] + NEAR + 1)
    middle = range(asked[0], asked[-1] + 1)
    around = sorted({*range(low, high)} - {*middle}, key=lambda place: max(asked[0] - place, place - asked[-1]))
    yield from (lines[place].speaker for place in (*middle, *around) if lines[place].kind in ("dialogue", "thought"))
    for first, end in excerpts:
        for place in range(first, end):
            yield from mentions.within(shortened(lines[place].text))


def _people(named: Iterable[str], people: Sequence[Person], ranks: dict[str, int]) -> tuple[Person, ...]:
    """The characters of these names in the script's order, MOST_NAMES at most; CROWD is last unless it is listed."""
    chosen: dict[str, None] = {}
    for name in named:
        if (name in ranks or name == CROWD) and name != UNKNOWN and len(chosen) < MOST_NAMES:
            chosen[name] = None
    crowd = (Person(CROWD),) if CROWD in chosen and CROWD not in ranks else ()
    return tuple(people[rank] for rank in sorted(ranks[name] for name in chosen if name in ranks)) + crowd


class _Mentions:
    """Finds people by their names and aliases without reading a text once for each of them."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._by_word: dict[str, list[tuple[str, frozenset[str], str]]] = {}
        for person in people:
            for name in (person.name, *person.aliases):
                words = _WORD.findall(name.casefold())
                if words:
                    entry = (name.casefold(), frozenset(words), person.name)
                    # The longest word is the rarest: "the old gentleman" is looked up under its last.
                    self._by_word.setdefault(max(words, key=len), []).append(entry)

    def within(self, text: str) -> Iterator[str]:
        """The names of the people that a text mentions."""
        folded = text.casefold()
        words = dict.fromkeys(_WORD.findall(folded))
        for word in words:
            for name, parts, person in self._by_word.get(word, ()):
                if parts <= words.keys() and name in folded:
                    yield person


def shortened(text: str) -> str:
    """A text on one line, as a question shows it: of a very long one the beginning and the end."""
    if len(text) > LONGEST_TEXT:
        half = LONGEST_TEXT // 2
        text = f"{text[:half]} [...] {text[-half:]}"
    return " ".join(text.split())
