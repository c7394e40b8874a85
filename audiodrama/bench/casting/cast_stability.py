"""Turn random stories into the share of a cast that keeps its voices when somebody joins it.

Each story is cast twice, by the rules and without a casting file: once as it is, once with a newcomer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from random import Random

from audiodrama.casting import fill
from audiodrama.casting.speakers import LEAD
from audiodrama.casting.voice_distance import LEAD_DISTANCE, MIN_DISTANCE, TunedVoice, distance
from audiodrama.model import Age, Cast, Casting, Gender, Line, Person, Role, Scene, Script, VoiceInfo
from audiodrama.sound.engines import VoiceCatalog

_WOMEN = """
Ada Agnes Alma Beatrix Bess Bridget Carol Celia Clara Dora Edith Elena Esther Fay Flora Frieda Greta Hester Ida Irene
Joan Judith Kate Lena Lotte Mabel Maud Mina Nell Nora Olive Pearl Rosa Ruth Sal Sylvia Tess Una Vera Winnie
"""
_MEN = """
Abel Amos Basil Bernard Caleb Cyril Daniel Dobbs Edgar Ezra Felix Frank George Gus Harold Hugo Ivor Jasper Jem Karl
Lewis Lovell Martin Miles Ned Oscar Pell Percy Quentin Ralph Rufus Saul Silas Tobias Tom Victor Walter Will Yorick Zack
"""
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(_WOMEN.split(), "female"),
    **dict.fromkeys(_MEN.split(), "male"),
}
_AGES: tuple[Age, ...] = ("adult",) * 8 + ("young", "old")
_LINES = (1, 2, 3, 4, 6, 8, 11, 15)
"""How many lines a person of a made-up story may have."""
CASTS = (4, 8)
NEWCOMERS = (1, 3, 10)
"""Lines of the newcomer."""
PLACES = ("anywhere", "after the others have entered", "in a new scene at the end")

Caster = Callable[[Script], Cast]
"""Gives everybody in a script a voice."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept when somebody joined."""

    people: int
    """In the cast that the newcomer joins."""
    lines: int
    """Of the newcomer."""
    place: str
    """Of the newcomer's lines."""
    voices: float
    """Share of the others whose voice stayed what it was."""
    stories: float
    """Share of the stories in which everybody's did."""


@dataclass(frozen=True, slots=True)
class Clear:
    """How clearly those who meet can be told apart."""

    people: int
    """In the cast."""
    same: int
    """Pairs of people who have one voice."""
    enough: float
    """Share of the pairs, the narrator's included, that are MIN_DISTANCE apart."""
    leads: float
    """Share of the pairs of leading parts that are LEAD_DISTANCE apart."""
    place: float
    """Place in the palette, on average, of the voices of leading parts."""


def by_the_rules(script: Script) -> Cast:
    """The cast that a story gets without a casting file."""
    return fill(script, Casting(), VoiceCatalog("espeak"))


def kept(caster: Caster = by_the_rules, stories: int = 200, seed: int = 1) -> Iterator[Kept]:
    """What is kept by ``caster``, for each size of the cast, part of the newcomer and place."""
    for people in CASTS:
        for lines in NEWCOMERS:
            for place in PLACES:
                dice = Random(f"{seed} {people} {lines} {place}")
                shares = [_share(caster, dice, people, lines, place) for _ in range(stories)]
                whole = sum(share == 1.0 for share in shares)
                yield Kept(people, lines, place, sum(shares) / stories, whole / stories)


def clear(caster: Caster = by_the_rules, stories: int = 200, seed: int = 1) -> Iterator[Clear]:
    """How clearly those whom ``caster`` casts differ, for each size of the cast; everybody meets everybody."""
    cards = {card.name: (place, card) for place, card in enumerate(VoiceCatalog("espeak").voices("espeak"))}
    for people in CASTS:
        dice = Random(f"{seed} {people}")
        told = [_tell(caster, dice, people, cards) for _ in range(stories)]
        same, enough, leads, places = (list(chain.from_iterable(one)) for one in zip(*told, strict=True))
        yield Clear(people, int(sum(same)), _mean(enough), _mean(leads), _mean(places))


def reshuffling_table(stories: int, seed: int) -> Iterator[str]:
    """Both figures as the benchmark prints them."""
    yield "when somebody joins a cast: percent of the others' voices that stay / of stories in which all stay"
    yield f"{'people':>6}{'newcomer':>12}" + "".join(f"{place:>32}" for place in PLACES)
    rows = list(kept(stories=stories, seed=seed))
    for at in range(0, len(rows), len(PLACES)):
        row = rows[at : at + len(PLACES)]
        cells = "".join(f"{100 * one.voices:26.1f} /{100 * one.stories:4.0f}" for one in row)
        yield f"{row[0].people:6}{row[0].lines:6} lines{cells}"
    yield ""
    yield "in a scene where everybody meets: percent of pairs that are far enough apart"
    yield f"{'people':>6}{'one voice':>12}{'all':>8}{'leading':>9}{'place in the palette':>22}"
    for one in clear(stories=stories, seed=seed):
        yield f"{one.people:6}{one.same:12}{100 * one.enough:8.1f}{100 * one.leads:9.1f}{one.place:22.1f}"


def _share(caster: Caster, dice: Random, count: int, lines: int, place: str) -> float:
    *people, newcomer = _people(dice, count + 1)
    scenes = _scenes(dice, people)
    before = {role.name: role.voice for role in caster(_play(scenes, people)).roles}
    grown = _joined(dice, scenes, newcomer.name, lines, place)
    after = {role.name: role.voice for role in caster(_play(grown, [*people, newcomer])).roles}
    return sum(after[name] == voice for name, voice in before.items()) / len(before)


def _tell(caster: Caster, dice: Random, count: int, cards: dict[str, tuple[int, VoiceInfo]]) -> tuple[list[float], ...]:
    """For pairs: whether they have one voice, are MIN_DISTANCE apart, are leads LEAD_DISTANCE apart; leads' places."""
    people = _people(dice, count)
    scenes = _scenes(dice, people)[:1]
    cast = caster(_play(scenes, people))
    sizes = {name: scenes[0].count(name) for name in scenes[0]}

    def heard(role: Role) -> TunedVoice:
        return TunedVoice(cards[role.voice.name][1], role.voice.rate, role.voice.pitch)

    pairs = list(combinations((cast.narrator, *cast.roles), 2))
    leads = [role for role in cast.roles if sizes[role.name] >= LEAD]
    return (
        [one.voice == other.voice for one, other in pairs],
        [distance(heard(one), heard(other)) >= MIN_DISTANCE for one, other in pairs],
        [distance(heard(one), heard(other)) >= LEAD_DISTANCE for one, other in combinations(leads, 2)],
        [cards[role.voice.name][0] for role in leads],
    )


def _people(dice: Random, count: int) -> list[Person]:
    return [Person(name, (), _GENDERS[name], dice.choice(_AGES)) for name in dice.sample(sorted(_GENDERS), count)]


def _scenes(dice: Random, people: Sequence[Person]) -> list[list[str]]:
    """The speakers of one to three scenes, in any order."""
    turns = [person.name for person in people for _ in range(dice.choice(_LINES))]
    dice.shuffle(turns)
    cuts = sorted(dice.sample(range(1, len(turns)), dice.randint(0, min(2, len(turns) - 1))))
    return [turns[start:end] for start, end in zip([0, *cuts], [*cuts, len(turns)], strict=True)]


def _joined(dice: Random, scenes: list[list[str]], name: str, lines: int, place: str) -> list[list[str]]:
    if place == PLACES[2]:
        return [*scenes, [name] * lines]
    turns = [(index, who) for index, scene in enumerate(scenes) for who in scene]
    speakers = [who for _, who in turns]
    entered = max(map(speakers.index, speakers)) + 1
    for _ in range(lines):
        at = dice.randint(0 if place == PLACES[0] else entered, len(turns))
        turns.insert(at, (turns[max(at - 1, 0)][0], name))
    return [[who for index, who in turns if index == one] for one in range(len(scenes))]


def _play(scenes: list[list[str]], people: Sequence[Person]) -> Script:
    lines = (tuple(Line("dialogue", name, "Hm.") for name in scene) for scene in scenes)
    return Script(tuple(map(Scene, lines)), tuple(people))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
