"""Turn the characters of many stories into voices for those who come back: the same one in each of their stories.

They are cast together, as if their stories were the scenes of one long play; all others are cast story by story,
around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audiodrama.casting.fill import VoicesOnOffer, fill
from audiodrama.model import Casting, Gender, Line, Person, Role, Scene, Script, name_key


@dataclass(frozen=True, slots=True)
class StorySpeakers:
    """The named characters of a story and their lines in each scene: all that shared casting needs of it."""

    people: tuple[Person, ...]
    """The characters with a proper name; "the waiter" of one story is not the waiter of another."""
    scenes: tuple[tuple[str, ...], ...]
    """For each scene, the name of each line's speaker, in order."""


def story_speakers(script: Script) -> StorySpeakers:
    """The named characters of a script and their lines."""
    people = tuple(person for person in script.people if person.name[:1].isupper() and not _described(person.name))
    named = {name: person.name for person in people for name in (*person.aliases, person.name)}
    scenes = tuple(
        tuple(named[line.speaker] for line in scene.lines if line.speaker in named) for scene in script.scenes
    )
    return StorySpeakers(people, tuple(scene for scene in scenes if scene))


def recurring_roles(
    stories: Sequence[StorySpeakers], casting: Casting, offer: VoicesOnOffer
) -> tuple[tuple[Role, ...], ...]:
    """For each story, the roles of those of its characters who speak in other stories too, with their voices.

    Args:
        stories: the speakers of each story.
        casting: the one that the stories share; a character who has a voice in it needs no other.
        offer: the voices there are.

    Raises:
        CastingError: as ``casting.fill``.
    """
    identities = _identities(stories)
    counts = Counter(identity for names in identities for identity in set(names.values()))
    cast_by_hand = {name_key(name) for role in casting.roles if role.voice.name for name in (role.name, *role.aliases)}
    back = {
        identities[index][person.name]
        for index, story in enumerate(stories)
        for person in story.people
        if counts[identities[index][person.name]] > 1
        and cast_by_hand.isdisjoint(map(name_key, (person.name, *person.aliases)))
    }
    if not back:
        return tuple(() for _ in stories)
    roles = {role.name: role for role in fill(_play(stories, identities, back), casting, offer).roles}
    return tuple(
        tuple(
            replace(roles[identities[index][person.name]], name=person.name, aliases=person.aliases)
            for person in story.people
            if identities[index][person.name] in roles
        )
        for index, story in enumerate(stories)
    )


def _identities(stories: Sequence[StorySpeakers]) -> list[dict[str, str]]:
    """For each story, (its name for a character -> a name that only this character has among all stories)."""
    people = [person for story in stories for person in story.people]
    full: defaultdict[str, set[str]] = defaultdict(set)
    for person in people:
        # A story that always says "Ida Marsh" does not list "Ida", but another may call her that.
        for alias in {*person.aliases, person.name.split()[0]} - {person.name}:
            full[alias].add(person.name)
    # "Ida" of one story is "Ida Marsh" of another, unless two people of the stories are called Ida.
    longer = {alias: names.pop() for alias, names in full.items() if len(names) == 1}
    genders: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    for person in people:
        if person.gender != "unknown":
            genders[longer.get(person.name, person.name)][person.gender] += 1
    return [
        {
            person.name: _identity(longer.get(person.name, person.name), person.gender, genders)
            for person in story.people
        }
        for story in stories
    ]


def _identity(name: str, gender: Gender, genders: Mapping[str, Counter[Gender]]) -> str:
    """Two characters of one name and different genders are two; one of unknown gender is the more frequent of them."""
    counts = genders.get(name, Counter())
    most = min(counts, key=lambda candidate: (-counts[candidate], candidate), default=gender)
    return name if gender in ("unknown", most) else f"{name} ({gender})"


def _play(stories: Sequence[StorySpeakers], identities: list[dict[str, str]], back: set[str]) -> Script:
    """The long play: each scene of each story, with the lines of those who come back."""
    people: dict[str, Person] = {}
    scenes: list[Scene] = []
    for index, story in enumerate(stories):
        for person in story.people:
            if (name := identities[index][person.name]) in back:
                people[name] = _merged(people.get(name), person, name)
        for scene in story.scenes:
            speakers = [identities[index][name] for name in scene if identities[index][name] in back]
            lines = tuple(Line("dialogue", speaker, "") for speaker in speakers)
            scenes += [Scene(lines)] if lines else []
    return Script(tuple(scenes), tuple(people.values()))


def _merged(earlier: Person | None, person: Person, name: str) -> Person:
    """A character as all stories so far know it: the first story that knows gender or age decides."""
    gender = earlier.gender if earlier is not None and earlier.gender != "unknown" else person.gender
    age = earlier.age if earlier is not None and earlier.age != "adult" else person.age
    return Person(name, gender=gender, age=age)


def _described(name: str) -> bool:
    """Whether a character is known by a description ("the waiter") instead of a name."""
    return name.casefold().startswith(("the ", "a ", "an "))
