"""Turn the people of many stories into voices for those who come back: the same one in each of their stories.

They are cast together, as if their stories were the scenes of one long play; everybody else is cast story by story,
around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audiodrama.casting.fill import VoicesOnOffer, fill
from audiodrama.model import Casting, Gender, Line, Person, Role, Scene, Script


@dataclass(frozen=True, slots=True)
class StorySpeakers:
    """Who speaks in a story, and how often in each of its scenes: all that casting it needs."""

    people: tuple[Person, ...]
    """Those with a name of their own; "the waiter" of one story is not the waiter of another."""
    scenes: tuple[tuple[str, ...], ...]
    """The speakers of each scene, one entry a line."""


def story_speakers(script: Script) -> StorySpeakers:
    """The company of a script."""
    people = tuple(person for person in script.people if person.name[:1].isupper() and not _described(person.name))
    named = {name: person.name for person in people for name in (*person.aliases, person.name)}
    scenes = tuple(
        tuple(named[line.speaker] for line in scene.lines if line.speaker in named) for scene in script.scenes
    )
    return StorySpeakers(people, tuple(scene for scene in scenes if scene))


def recurring_roles(
    companies: Sequence[StorySpeakers], casting: Casting, offer: VoicesOnOffer
) -> tuple[tuple[Role, ...], ...]:
    """For each story, the roles of those of its people who speak in other stories too, with their voices.

    Args:
        companies: one for each story.
        casting: the one that the stories share; whom it gives a voice needs no other.
        offer: the voices there are.

    Raises:
        CastingError: as ``casting.fill``.
    """
    who = _identities(companies)
    told = Counter(identity for story in who for identity in set(story.values()))
    cast_by_hand = {name for role in casting.roles if role.voice.name for name in (role.name, *role.aliases)}
    back = {
        who[index][person.name]
        for index, story in enumerate(companies)
        for person in story.people
        if told[who[index][person.name]] > 1 and cast_by_hand.isdisjoint((person.name, *person.aliases))
    }
    if not back:
        return tuple(() for _ in companies)
    roles = {role.name: role for role in fill(_play(companies, who, back), casting, offer).roles}
    return tuple(
        tuple(
            replace(roles[who[index][person.name]], name=person.name, aliases=person.aliases)
            for person in story.people
            if who[index][person.name] in roles
        )
        for index, story in enumerate(companies)
    )


def _identities(companies: Sequence[StorySpeakers]) -> list[dict[str, str]]:
    """For each story, who each of its people is among the people of all stories: a name that only they have."""
    everybody = [person for story in companies for person in story.people]
    full: defaultdict[str, set[str]] = defaultdict(set)
    for person in everybody:
        # A story that always says "Ida Marsh" does not list "Ida", but another may call her that.
        for alias in {*person.aliases, person.name.split()[0]} - {person.name}:
            full[alias].add(person.name)
    # "Ida" of one story is "Ida Marsh" of another, unless two people of the stories are called Ida.
    longer = {alias: names.pop() for alias, names in full.items() if len(names) == 1}
    genders: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    for person in everybody:
        if person.gender != "unknown":
            genders[longer.get(person.name, person.name)][person.gender] += 1
    return [
        {
            person.name: _identity(longer.get(person.name, person.name), person.gender, genders)
            for person in story.people
        }
        for story in companies
    ]


def _identity(name: str, gender: Gender, genders: Mapping[str, Counter[Gender]]) -> str:
    """Two of one name and different genders are two people; whose gender is not known is the more frequent one."""
    known = genders.get(name, Counter())
    most = min(known, key=lambda one: (-known[one], one), default=gender)
    return name if gender in ("unknown", most) else f"{name} ({gender})"


def _play(companies: Sequence[StorySpeakers], who: list[dict[str, str]], back: set[str]) -> Script:
    """The long play: each scene of each story, with the lines of those who come back."""
    people: dict[str, Person] = {}
    scenes: list[Scene] = []
    for index, story in enumerate(companies):
        for person in story.people:
            if (name := who[index][person.name]) in back:
                people[name] = _merged(people.get(name), person, name)
        for scene in story.scenes:
            lines = tuple(Line("dialogue", who[index][name], "") for name in scene if who[index][name] in back)
            scenes += [Scene(lines)] if lines else []
    return Script(tuple(scenes), tuple(people.values()))


def _merged(before: Person | None, person: Person, name: str) -> Person:
    """What all stories know of a person, the first word on each point."""
    gender = before.gender if before is not None and before.gender != "unknown" else person.gender
    age = before.age if before is not None and before.age != "adult" else person.age
    return Person(name, gender=gender, age=age)


def _described(name: str) -> bool:
    return name.casefold().startswith(("the ", "a ", "an "))
