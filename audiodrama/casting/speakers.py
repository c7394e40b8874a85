"""Turn the lines of a Script into its speakers: each once, with all their names and the scenes they are heard in.

The names of a speaker come from three sides: the lines, the script's people and the casting's roles. Aliases in a
casting join two speakers that the extractor kept apart.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from audiodrama.casting.voice_choice import Part
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Age, Casting, Gender, Line, Person, Role, Script, name_key

STAND_IN_FOR = {
    UNKNOWN: "person",
    CROWD: "crowd",
    "unknown man": "man",
    "unknown woman": "woman",
    "unknown person": "person",
}
"""Name of an unknown speaker in a script -> name of the stand-in whose voice it gets."""
STAND_INS: dict[str, Gender] = {"man": "male", "woman": "female", "person": "unknown", "crowd": "unknown"}
"""Name of a stand-in -> the gender of its voice."""
LEAD = 4
"""Lines that make a leading part. Chosen by hand: a speaker who comes back three times is one a listener must know."""
_Named = TypeVar("_Named", Person, Role)
_TURNS = 2
"""Speakers at most so many turns apart are near each other: the one who is answered and the one before."""


@dataclass(slots=True)
class Speaker:
    """A speaker while the role is put together."""

    name: str
    """The casting's name for the speaker, else the script's."""
    stand_in: str = ""
    """"man", "woman", "person" or "crowd" for an unknown speaker; empty for a character."""
    role: Role = field(default_factory=lambda: Role(""))
    """What the casting says of the speaker."""
    people: list[Person] = field(default_factory=list)
    """The script's entries for the speaker; several where the casting joins them."""
    called: dict[str, None] = field(default_factory=dict)
    """All names of the speaker, in the order in which they came up."""
    lines: int = 0
    """Number of lines."""
    scenes: set[int] = field(default_factory=set)
    """Indexes of the scenes in which the speaker is heard."""
    nearby: set[str] = field(default_factory=set)
    """Names of the speakers who entered earlier and speak just before or after this one."""

    @property
    def narrates(self) -> bool:
        """Whether the speaker tells the story in the first person."""
        # A casting may serve another story too, which this character tells: of this one its script knows best.
        return any(person.narrates for person in self.people) if self.people else self.role.narrates

    def part(self) -> Part:
        """What decides the speaker's voice; the casting's word on gender and age goes before the script's."""
        genders: tuple[Gender, ...] = (self.role.gender, *(person.gender for person in self.people))
        gender: Gender = next((certain for certain in genders if certain != "unknown"), "unknown")
        if gender == "unknown" and self.stand_in:
            gender = STAND_INS[self.stand_in]
        ages: list[Age] = [person.age for person in self.people if person.age != "adult"]
        age: Age = self.role.age or (ages[0] if ages else "adult")
        leads = self.lines >= LEAD
        # A speaker for whom a user has written an entry in the casting is no walk-on, however few the lines.
        walks_on = (self.lines == 1 or bool(self.stand_in)) and self.role == Role(self.name)
        return Part(self.name, gender, age, frozenset(self.scenes), leads, frozenset(self.nearby), walks_on)


def speakers(script: Script, casting: Casting) -> tuple[Speaker, ...]:
    """All speakers of a script but the narrator, in the order of their first line."""
    index = _NameIndex(script.people, casting)
    by_own_name: dict[str, Speaker] = {}
    by_name: dict[str, Speaker] = {}
    for scene, line in _spoken(script):
        speaker = by_name.get(line.speaker)
        if speaker is None:
            new = index.speaker(line.speaker)
            speaker = by_name[line.speaker] = by_own_name.setdefault(new.name, new)
            if speaker is not new:
                speaker.people += [person for person in new.people if person not in speaker.people]
                speaker.called |= new.called
        speaker.lines += 1
        speaker.scenes.add(scene)
    _take_names_once(by_own_name)
    _find_nearby(script, by_name, by_own_name)
    return tuple(by_own_name.values())


def _spoken(script: Script) -> Iterator[tuple[int, Line]]:
    """(index of the scene, line) for all lines that the narrator does not speak."""
    for number, scene in enumerate(script.scenes):
        for line in scene.lines:
            if line.kind != "cue" and line.speaker != NARRATOR:
                yield number, line


def _take_names_once(by_own_name: dict[str, Speaker]) -> None:
    """Leave each name to one speaker: to the one whose own name it is, else to the first one whose alias it is."""
    claimed = set(by_own_name)
    for speaker in by_own_name.values():
        speaker.called = {name: None for name in speaker.called if name == speaker.name or name not in claimed}
        claimed.update(speaker.called)


def _find_nearby(script: Script, by_name: dict[str, Speaker], by_own_name: dict[str, Speaker]) -> None:
    """Note for each speaker which of those who entered earlier speak within _TURNS turns before or after.

    Turns of speakers who entered later are passed over, so that a newcomer does not change who is near each other.
    """
    names = list(by_own_name)
    entrance = {name: place for place, name in enumerate(names)}
    last_scene, recent = -1, dict[str, None]()
    # Entrances of the speakers whose last turn has not had _TURNS answers yet, sorted, and who has answered so far.
    waiting, answers = list[int](), dict[int, set[str]]()
    for scene, line in _spoken(script):
        name = by_name[line.speaker].name
        if scene != last_scene:
            last_scene, recent, waiting = scene, {}, []
        elif next(reversed(recent)) == name:
            continue
        place = entrance[name]
        earlier = (other for other in reversed(recent) if entrance[other] < place)
        by_own_name[name].nearby.update(islice(earlier, min(_TURNS, place)))
        for later in waiting[bisect(waiting, place) :]:
            by_own_name[names[later]].nearby.add(name)
            answers[later].add(name)
            if len(answers[later]) == _TURNS:
                waiting.remove(later)
        if place not in waiting:
            insort(waiting, place)
        answers[place] = set()
        recent.pop(name, None)
        recent[name] = None


class _NameIndex:
    """Looks the script's people and the casting's roles up by any of their names, own names first."""

    def __init__(self, people: tuple[Person, ...], casting: Casting) -> None:
        self._people = _index(people)
        self._roles = _index(casting.roles)
        self._stand_ins = dict(casting.stand_ins)

    def speaker(self, name: str) -> Speaker:
        """The speaker of that name, without lines so far."""
        person = _named(self._people, name)
        role = _named(self._roles, name) or (self._role_of(person) if person else None)
        stand_in = STAND_IN_FOR.get(name, "") if role is None else ""
        if stand_in:
            role = self._stand_ins.get(stand_in)
        own = name if stand_in else role.name if role else person.name if person else name
        called = [own, name]
        called += [person.name, *person.aliases] if person else []
        called += role.aliases if role and not stand_in else ()
        return Speaker(own, stand_in, role or Role(own), [person] if person else [], dict.fromkeys(called))

    def _role_of(self, person: Person) -> Role | None:
        """The role for any name of a person that no other person has."""
        names = (person.name, *(alias for alias in person.aliases if self._people.get(alias) == person))
        return next(filter(None, (_named(self._roles, name) for name in names)), None)


def _index(entries: tuple[_Named, ...]) -> dict[str, _Named]:
    """Entries by name, and by every alias that only one of them has; by the keys of both behind these."""
    shared = Counter(alias for entry in entries for alias in set(entry.aliases))
    by_alias = {alias: entry for entry in entries for alias in entry.aliases if shared[alias] == 1}
    by_name = by_alias | {entry.name: entry for entry in reversed(entries)}
    same = Counter(name_key(name) for name in by_name)
    return {name_key(name): entry for name, entry in by_name.items() if same[name_key(name)] == 1} | by_name


def _named(index: dict[str, _Named], name: str) -> _Named | None:
    """The entry of that name, or of one that differs in letter case alone."""
    return index.get(name) or index.get(name_key(name))
