"""Measure on random stories which share of a cast keeps its voices when a character joins, and how voices differ.

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
"""Lines that a character of a random story may have, of which one number is drawn."""
CAST_SIZES = (4, 8)
"""Characters of a cast."""
NEWCOMER_LINES = (1, 3, 10)
"""Lines of the newcomer."""
PLACES = ("anywhere", "after the others have entered", "in a new scene at the end")
"""Where the newcomer's lines stand."""
_PERCENT = 100
_MOST_CUTS = 2
"""Scene breaks of a random story at most."""

Caster = Callable[[Script], Cast]
"""Fills a cast for a script."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How many voices stay when a character joins a cast."""

    people: int
    """Characters of the cast that the newcomer joins."""
    lines: int
    """Lines of the newcomer."""
    place: str
    """Where they stand, one of PLACES."""
    voices: float
    """Share of the others whose voice stayed what it was, 0 to 1."""
    stories: float
    """Share of the stories in which all of them did, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Distinctness:
    """How clearly the voices of characters who meet differ."""

    people: int
    """Characters of the cast."""
    same: int
    """Pairs that have one voice."""
    enough: float
    """Share of the pairs, the narrator's included, that are MIN_DISTANCE apart, 0 to 1."""
    leads: float
    """Share of the pairs of leading parts that are LEAD_DISTANCE apart, 0 to 1."""
    place: float
    """Mean index in the palette of the voices of leading parts; 0 is the best."""


def cast_by_rules(script: Script) -> Cast:
    """The cast that a story gets without a casting file."""
    return fill(script, Casting(), VoiceCatalog("espeak"))


def stability(caster: Caster = cast_by_rules, stories: int = 200, seed: int = 1) -> Iterator[Stability]:
    """The stability of ``caster``'s casts, for each size of the cast, lines of the newcomer and place of them."""
    for people in CAST_SIZES:
        for lines in NEWCOMER_LINES:
            for place in PLACES:
                dice = Random(f"{seed} {people} {lines} {place}")
                shares = [_stable_share(caster, dice, people, lines, place) for _ in range(stories)]
                whole = sum(share == 1.0 for share in shares)
                yield Stability(people, lines, place, sum(shares) / stories, whole / stories)


def distinctness(caster: Caster = cast_by_rules, stories: int = 200, seed: int = 1) -> Iterator[Distinctness]:
    """The distinctness of ``caster``'s casts, for each size of the cast; all characters meet in one scene."""
    cards = {card.name: (place, card) for place, card in enumerate(VoiceCatalog("espeak").voices("espeak"))}
    for people in CAST_SIZES:
        dice = Random(f"{seed} {people}")
        figures = [_distinct_shares(caster, dice, people, cards) for _ in range(stories)]
        same, enough, leads, places = (list(chain.from_iterable(values)) for values in zip(*figures, strict=True))
        yield Distinctness(people, int(sum(same)), _mean(enough), _mean(leads), _mean(places))


def stability_table(stories: int, seed: int) -> Iterator[str]:
    """The lines of both tables."""
    yield "when somebody joins a cast: percent of the others' voices that stay / of stories in which all stay"
    yield f"{'people':>6}{'newcomer':>12}" + "".join(f"{place:>32}" for place in PLACES)
    rows = list(stability(stories=stories, seed=seed))
    for at in range(0, len(rows), len(PLACES)):
        row = rows[at : at + len(PLACES)]
        cells = "".join(f"{_PERCENT * cell.voices:26.1f} /{_PERCENT * cell.stories:4.0f}" for cell in row)
        yield f"{row[0].people:6}{row[0].lines:6} lines{cells}"
    yield ""
    yield "in a scene where everybody meets: percent of pairs that are far enough apart"
    yield f"{'people':>6}{'one voice':>12}{'all':>8}{'leading':>9}{'place in the palette':>22}"
    for size in distinctness(stories=stories, seed=seed):
        enough, leads = _PERCENT * size.enough, _PERCENT * size.leads
        yield f"{size.people:6}{size.same:12}{enough:8.1f}{leads:9.1f}{size.place:22.1f}"


def _stable_share(caster: Caster, dice: Random, count: int, lines: int, place: str) -> float:
    """Share of the others whose voice stays when a character joins one random story, 0 to 1."""
    *people, newcomer = _people(dice, count + 1)
    scenes = _scenes(dice, people)
    voices = {role.name: role.voice for role in caster(_script(scenes, people)).roles}
    grown = _with_newcomer(dice, scenes, newcomer.name, lines, place)
    grown_voices = {role.name: role.voice for role in caster(_script(grown, [*people, newcomer])).roles}
    return sum(grown_voices[name] == voice for name, voice in voices.items()) / len(voices)


def _distinct_shares(
    caster: Caster, dice: Random, count: int, cards: dict[str, tuple[int, VoiceInfo]]
) -> tuple[list[float], ...]:
    """For pairs: whether they have one voice, are MIN_DISTANCE apart, are leads LEAD_DISTANCE apart; leads' places.

    Args:
        caster: fills the cast.
        dice: draws the story.
        count: characters of the cast.
        cards: name of a voice -> (its place in the palette, the voice).
    """
    people = _people(dice, count)
    scenes = _scenes(dice, people)[:1]
    cast = caster(_script(scenes, people))
    sizes = {name: scenes[0].count(name) for name in scenes[0]}

    def tuned(role: Role) -> TunedVoice:
        """A role's voice with its settings."""
        return TunedVoice(cards[role.voice.name][1], role.voice.rate, role.voice.pitch)

    pairs = list(combinations((cast.narrator, *cast.roles), 2))
    leads = [role for role in cast.roles if sizes[role.name] >= LEAD]
    return (
        [first.voice == second.voice for first, second in pairs],
        [distance(tuned(first), tuned(second)) >= MIN_DISTANCE for first, second in pairs],
        [distance(tuned(first), tuned(second)) >= LEAD_DISTANCE for first, second in combinations(leads, 2)],
        [cards[role.voice.name][0] for role in leads],
    )


def _people(dice: Random, count: int) -> list[Person]:
    """Characters of a random cast, of different names."""
    return [Person(name, (), _GENDERS[name], dice.choice(_AGES)) for name in dice.sample(sorted(_GENDERS), count)]


def _scenes(dice: Random, people: Sequence[Person]) -> list[list[str]]:
    """The speakers of one to three scenes, in any order."""
    turns = [person.name for person in people for _ in range(dice.choice(_LINES))]
    dice.shuffle(turns)
    cuts = sorted(dice.sample(range(1, len(turns)), dice.randint(0, min(_MOST_CUTS, len(turns) - 1))))
    return [turns[start:end] for start, end in zip([0, *cuts], [*cuts, len(turns)], strict=True)]


def _with_newcomer(dice: Random, scenes: list[list[str]], name: str, lines: int, place: str) -> list[list[str]]:
    """The scenes with the newcomer's lines in them."""
    if place == PLACES[2]:
        return [*scenes, [name] * lines]
    turns = [(index, speaker) for index, scene in enumerate(scenes) for speaker in scene]
    speakers = [speaker for _, speaker in turns]
    entered = max(map(speakers.index, speakers)) + 1
    for _ in range(lines):
        at = dice.randint(0 if place == PLACES[0] else entered, len(turns))
        turns.insert(at, (turns[max(at - 1, 0)][0], name))
    return [[speaker for index, speaker in turns if index == scene] for scene in range(len(scenes))]


def _script(scenes: list[list[str]], people: Sequence[Person]) -> Script:
    """A script of lines without meaning."""
    lines = (tuple(Line("dialogue", name, "Hm.") for name in scene) for scene in scenes)
    return Script(tuple(map(Scene, lines)), tuple(people))


def _mean(values: Sequence[float]) -> float:
    """The mean; 0 of no values."""
    return sum(values) / max(1, len(values))
