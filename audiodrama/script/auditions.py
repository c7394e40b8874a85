"""Turn a part without a voice into one that suits it and is clearly not one of the voices around it.

Every part ranks the voices by a hash of its own name, the palette's first ones more likely in front (weighted
rendezvous hashing: Thaler and Ravishankar 1998), and takes the first that is free and far enough from those it meets.
So what a part gets depends on nothing but the parts that chose before it and want the same: a newcomer who chooses
last changes nobody's voice.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from audiodrama.model import Age, Gender, VoiceCard

CLEARLY = 4.0
"""How far a leading part's voice is from those around it, in semitones or what is worth as much."""
ENOUGH = 3.0
"""How far any part's voice is from those around it."""
BARELY = 2.0
"""How far at least, before a voice is raised or lowered to make another one of it."""
SHIFT = 2.5
"""Semitones by which a voice that is taken is raised or lowered to make another one of it."""
FULL_HOUSE = 300
"""Parts beyond this share the voices there are without being compared."""

_DISTANCE_CAP = 7.0


class Sound(NamedTuple):
    """A voice as it is heard: a card and how it is set."""

    card: VoiceCard
    rate: float = 1.0
    """Times its own speed."""
    pitch: float = 0.0
    """Semitones above its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who needs a voice."""

    name: str
    """Decides which voices they like best."""
    gender: Gender
    """Of the voice."""
    age: Age
    """Of the voice."""
    scenes: frozenset[int] = frozenset()
    """Where they are heard; those who share one meet."""
    leads: bool = False
    """Whether they say so much that they must be told from everybody at once."""
    nearby: frozenset[str] = frozenset()
    """Names of those who speak just before or after them."""


@dataclass(slots=True)
class Auditions:
    """The voices that are taken so far; ``choose`` gives the next part one and takes it."""

    narrator: Sound | None = None
    """Heard everywhere; its voice is nobody else's."""
    taken: dict[Sound, set[int]] = field(default_factory=dict)
    """Scenes by voice."""
    holders: dict[Sound, set[str]] = field(default_factory=dict)
    """Names by voice."""
    parts: int = 0
    """How many have a voice."""

    def take(self, sound: Sound, part: Part) -> None:
        """Note that a part has a voice."""
        self.parts += 1
        self.taken.setdefault(sound, set()).update(part.scenes)
        self.holders.setdefault(sound, set()).add(part.name)

    def choose(self, part: Part, cards: tuple[VoiceCard, ...]) -> Sound:
        """The voice for a part, out of at least one card; it is taken afterwards."""
        found = self._fresh_or_shifted(part, cards) if self.parts < FULL_HOUSE else None
        sound = found or self._shared(part, cards)
        self.take(sound, part)
        return sound

    def _fresh_or_shifted(self, part: Part, cards: tuple[VoiceCard, ...]) -> Sound | None:
        tiers = [ranked(part.name, tier) for tier in suited(part, self._free(cards))]
        used = {(sound.card.engine, sound.card.name) for sound in self.taken}
        fresh = [[sound for sound in tier if (sound.card.engine, sound.card.name) not in used] for tier in tiers]
        shifted = [list(self._shifts(tier)) for tier in tiers]
        met = self._met(part)
        for group in (fresh, shifted):
            for tier in group:
                found = _clear_of(met, tier, (CLEARLY, ENOUGH, BARELY) if part.leads else (ENOUGH, BARELY))
                if found:
                    return found
        # Then the voice of somebody whom the part never meets.
        return _clear_of(met, [sound for tier in (*tiers, *shifted) for sound in tier], (ENOUGH, BARELY, 1.0))

    def _shared(self, part: Part, cards: tuple[VoiceCard, ...]) -> Sound:
        """A voice that others have too: best nobody in these scenes, else nobody who speaks next to the part."""
        tier = next(tier for tier in suited(part, self._free(cards)) if tier)
        order = ranked(part.name, [*tier, *self._shifts(tier, taken_too=True)])
        unheard = (sound for sound in order if self.taken.get(sound, set()).isdisjoint(part.scenes))
        distant = (sound for sound in order if self.holders.get(sound, set()).isdisjoint(part.nearby))
        return next(unheard, None) or next(distant, order[0])

    def _free(self, cards: tuple[VoiceCard, ...]) -> tuple[VoiceCard, ...]:
        """Those that automatic casting may use; the narrator's only if there is no other."""
        willing = tuple(card for card in cards if card.automatic) or cards
        if self.narrator is None:
            return willing
        own = self.narrator.card
        return tuple(card for card in willing if (card.engine, card.name) != (own.engine, own.name)) or willing

    def _shifts(self, tier: Iterable[Sound], taken_too: bool = False) -> Iterator[Sound]:
        for sound in tier:
            for shift in (SHIFT, -SHIFT):
                moved = sound._replace(pitch=sound.pitch + shift, rate=round(sound.rate * (1 - shift / 50), 2))
                if taken_too or moved not in self.taken:
                    yield moved

    def _met(self, part: Part) -> list[Sound]:
        met = [sound for sound, scenes in self.taken.items() if not scenes.isdisjoint(part.scenes)]
        return met if self.narrator is None else [self.narrator, *met]


def _clear_of(met: list[Sound], sounds: list[Sound], needs: tuple[float, ...]) -> Sound | None:
    """The first voice that keeps the first distance that can be kept."""
    for need in needs:
        for sound in sounds:
            if all(apart(sound, other) >= need for other in met):
                return sound
    return None


def apart(one: Sound, other: Sound) -> float:
    """How clearly two voices differ: semitones between them, and what accent, gender, age and pace are worth.

    The weights are a judgement: another voice at the same height counts as much as a semitone, another accent as much
    as two, another gender as much as three.
    """
    distance = 0.0
    if one.card.hertz and other.card.hertz:
        semitones = 12 * math.log2(one.card.hertz / other.card.hertz) + one.pitch - other.pitch
        distance += min(abs(semitones), _DISTANCE_CAP)
    elif (one.card.engine, one.card.name) != (other.card.engine, other.card.name):
        distance += ENOUGH
    else:
        distance += min(abs(one.pitch - other.pitch), _DISTANCE_CAP)
    if "unknown" not in (one.card.gender, other.card.gender) and one.card.gender != other.card.gender:
        distance += 3.0
    if (one.card.engine, one.card.name) != (other.card.engine, other.card.name):
        distance += 1.0
    if one.card.accent != other.card.accent:
        distance += 2.0
    if one.card.age != other.card.age:
        distance += 1.0
    return distance + 4.0 * abs(one.rate - other.rate)


def suited(part: Part, cards: tuple[VoiceCard, ...]) -> list[list[Sound]]:
    """The cards that suit a part's gender and age, as groups from the best to the last resort; none is left out.

    Where no voice has the age, another is set to it: children are voiced by women's voices raised, as on the radio,
    the old by slower and lower ones.
    """
    wanted = [card for card in cards if part.gender in ("unknown", card.gender) or card.gender == "unknown"]
    women = [card for card in cards if card.gender == "female" and card.age in ("adult", "young")]
    grown = [card for card in wanted if card.age in ("adult", "young")]
    same = [Sound(card) for card in wanted if card.age == part.age]
    if part.age == "child":
        raised = [Sound(card, 1.05, 3.5 if part.gender == "female" else 2.5) for card in women]
        children = [Sound(card) for card in cards if card.age == "child"]
        groups = [same, raised, children, [Sound(card, 1.05, 4) for card in grown]]
    elif part.age == "old":
        groups = [same, [Sound(card, 0.9, -1.5) for card in grown]]
    else:
        groups = [same, [Sound(card) for card in grown if card.age != part.age]]
    groups = [group for group in groups if group]
    return groups or [[Sound(card) for card in wanted or cards]]


def ranked(name: str, sounds: Iterable[Sound]) -> list[Sound]:
    """The voices in the order in which ``name`` likes them: by chance, the same for ever, the first ones favoured."""
    scored = [(_liking(name, sound, place), place, sound) for place, sound in enumerate(sounds)]
    return [sound for _, _, sound in sorted(scored, key=lambda entry: (-entry[0], entry[1]))]


def _liking(name: str, sound: Sound, place: int) -> float:
    digest = hashlib.sha256(f"{name}\0{sound.card.engine}\0{sound.card.name}\0{sound.pitch:g}".encode()).digest()
    chance = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 2)
    return -1 / ((1 + place / 6) * math.log(chance))
