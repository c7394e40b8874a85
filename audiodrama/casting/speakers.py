"""Turn the lines of a Script into its parts: each speaker once, with all their names and the scenes they are heard in.

The names of a part come from three sides: the lines, the script's people and the casting's roles. A casting's aliases
join what the extractor took for two people.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from audiodrama.casting.voice_choice import Part
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Age, Casting, Gender, Line, Person, Role, Script

STAND_IN_FOR = {
    UNKNOWN: "person",
    CROWD: "crowd",
    "unknown man": "man",
    "unknown woman": "woman",
    "unknown person": "person",
}
"""Which stand-in speaks for whom."""
STAND_INS: dict[str, Gender] = {"man": "male", "woman": "female", "person": "unknown", "crowd": "unknown"}
"""The stand-ins and the gender of their voices."""
LEAD = 4
"""Lines that make a leading part."""
_Named = TypeVar("_Named", Person, Role)
_TURNS = 2
"""Those who speak at most so many turns apart are near each other."""


@dataclass(slots=True)
class Speaker:
    """A speaker while their role is put together."""

    name: str
    """The casting's name for them, else the script's."""
    stand_in: str = ""
    """"man", "woman", "person" or "crowd" if nobody could be found for them."""
    role: Role = field(default_factory=lambda: Role(""))
    """What the casting says of them."""
    people: list[Person] = field(default_factory=list)
    """Who they are in the script."""
    called: dict[str, None] = field(default_factory=dict)
    """All their names, in the order in which they were found."""
    lines: int = 0
    """How many lines they have."""
    scenes: set[int] = field(default_factory=set)
    """Where they are heard."""
    nearby: set[str] = field(default_factory=set)
    """Who of those who entered before them speaks just before or after them."""

    @property
    def narrates(self) -> bool:
        """Whether they tell the story in the first person."""
        # A casting may cast another story, too, which they tell: of this one its script knows best.
        return any(person.narrates for person in self.people) if self.people else self.role.narrates

    def part(self) -> Part:
        """What decides their voice; the casting's word on gender and age goes before the script's."""
        genders: tuple[Gender, ...] = (self.role.gender, *(person.gender for person in self.people))
        gender: Gender = next((given for given in genders if given != "unknown"), "unknown")
        if gender == "unknown" and self.stand_in:
            gender = STAND_INS[self.stand_in]
        ages: list[Age] = [person.age for person in self.people if person.age != "adult"]
        age: Age = self.role.age or (ages[0] if ages else "adult")
        leads = self.lines >= LEAD
        # Whoever is in the casting is no walk-on.
        walks_on = (self.lines == 1 or bool(self.stand_in)) and self.role == Role(self.name)
        return Part(self.name, gender, age, frozenset(self.scenes), leads, frozenset(self.nearby), walks_on)


def speakers(script: Script, casting: Casting) -> tuple[Speaker, ...]:
    """Everybody but the narrator who speaks, in the order of their first line."""
    book = _NameIndex(script.people, casting)
    found: dict[str, Speaker] = {}
    by_name: dict[str, Speaker] = {}
    for scene, line in _spoken(script):
        speaker = by_name.get(line.speaker)
        if speaker is None:
            new = book.speaker(line.speaker)
            speaker = by_name[line.speaker] = found.setdefault(new.name, new)
            if speaker is not new:
                speaker.people += [person for person in new.people if person not in speaker.people]
                speaker.called |= new.called
        speaker.lines += 1
        speaker.scenes.add(scene)
    _keep_names_apart(found)
    _see_who_is_near(script, by_name, found)
    return tuple(found.values())


def _spoken(script: Script) -> Iterator[tuple[int, Line]]:
    """(index of the scene, line) for all lines that a character speaks."""
    for number, scene in enumerate(script.scenes):
        for line in scene.lines:
            if line.kind != "cue" and line.speaker != NARRATOR:
                yield number, line


def _keep_names_apart(found: dict[str, Speaker]) -> None:
    """A name that is somebody's own is nobody else's alias, and an alias is the first one's who has it."""
    claimed = set(found)
    for speaker in found.values():
        speaker.called = {name: None for name in speaker.called if name == speaker.name or name not in claimed}
        claimed.update(speaker.called)


def _see_who_is_near(script: Script, by_name: dict[str, Speaker], found: dict[str, Speaker]) -> None:
    """For everybody, who of those who entered before them is near them.

    Turns of those who entered later are passed over: a newcomer moves nobody away from anybody.
    """
    names = list(found)
    entrance = {name: place for place, name in enumerate(names)}
    scene_before, recent = -1, dict[str, None]()
    # Places of those who wait for answers, sorted, and whose answers they have had.
    waiting, answers = list[int](), dict[int, set[str]]()
    for scene, line in _spoken(script):
        name = by_name[line.speaker].name
        if scene != scene_before:
            scene_before, recent, waiting = scene, {}, []
        elif next(reversed(recent)) == name:
            continue
        place = entrance[name]
        before = (other for other in reversed(recent) if entrance[other] < place)
        found[name].nearby.update(islice(before, min(_TURNS, place)))
        for later in waiting[bisect(waiting, place) :]:
            found[names[later]].nearby.add(name)
            answers[later].add(name)
            if len(answers[later]) == _TURNS:
                waiting.remove(later)
        if place not in waiting:
            insort(waiting, place)
        answers[place] = set()
        recent.pop(name, None)
        recent[name] = None


class _NameIndex:
    """Who is who: looks people and roles up by any of their names, own names first."""

    def __init__(self, people: tuple[Person, ...], casting: Casting) -> None:
        self._people = _index(people)
        self._roles = _index(casting.roles)
        self._stand_ins = dict(casting.stand_ins)

    def speaker(self, name: str) -> Speaker:
        """The speaker of that name, without lines so far."""
        person = self._people.get(name)
        role = self._roles.get(name) or (self._role_of(person) if person else None)
        stand_in = STAND_IN_FOR.get(name, "") if role is None else ""
        if stand_in:
            role = self._stand_ins.get(stand_in)
        own = name if stand_in else role.name if role else person.name if person else name
        known = [own, name]
        known += [person.name, *person.aliases] if person else []
        known += role.aliases if role and not stand_in else ()
        return Speaker(own, stand_in, role or Role(own), [person] if person else [], dict.fromkeys(known))

    def _role_of(self, person: Person) -> Role | None:
        """The role for any name of a person that no other person has."""
        names = (person.name, *(alias for alias in person.aliases if self._people.get(alias) == person))
        return next((self._roles[name] for name in names if name in self._roles), None)


def _index(entries: tuple[_Named, ...]) -> dict[str, _Named]:
    """Entries by name, and by every alias that only one of them has."""
    shared = Counter(alias for entry in entries for alias in set(entry.aliases))
    by_alias = {alias: entry for entry in entries for alias in entry.aliases if shared[alias] == 1}
    return by_alias | {entry.name: entry for entry in reversed(entries)}
