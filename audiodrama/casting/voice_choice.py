"""Turn a part without a voice into one that suits it and is clearly not one of the voices around it.

Every part ranks the voices by a hash of its own name, the palette's first ones a little more likely in front (weighted
rendezvous hashing: Thaler and Ravishankar 1998), and takes the first that is free and far enough from those it meets.
Parts choose in the order of their entrance (serial dictatorship), so what a part gets depends on nothing but those
who entered before it: whoever enters after the others changes nobody's voice, however much they say.

Walk-ons have voices to themselves, raised and lowered ones that are ENOUGH apart from every voice as it is. Nobody
else wants these or minds who has them, so a walk-on changes no voice but those of later walk-ons, wherever they enter.
Only for children and the old, of whose voices there are few, and when voices run out, do all choose from the same.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from audiodrama.model import Age, Gender, VoiceInfo

CLEARLY = 4.0
"""How far a leading part's voice is from those around it, in semitones or what is worth as much."""
ENOUGH = 3.0
"""How far any part's voice is from those around it."""
BARELY = 2.0
"""How far at least, before a voice is raised or lowered to make another one of it."""
SHIFT = 3.0
"""Semitones by which a voice is raised or lowered to make another one of it, which is then ENOUGH apart from it."""
FEWEST = 3
"""Voices of a gender and age that there have to be before walk-ons have raised and lowered ones to themselves."""
BEYOND = 2.0
"""Semitones by which these may be higher or lower than all voices of that gender and age are by themselves."""
EVENNESS = 24
"""Places down the palette at which a voice is liked half as often as the first: the more, the fewer like the same."""
FULL_HOUSE = 300
"""Parts beyond this share the voices there are without being compared."""

_DISTANCE_CAP = 7.0


class TunedVoice(NamedTuple):
    """A voice as it is heard: a card and how it is set."""

    card: VoiceInfo
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
    """Names of those who entered before them and speak just before or after them."""
    walks_on: bool = False
    """Whether they say so little that nobody's voice shall depend on theirs."""


class CastPart(NamedTuple):
    """Somebody who has a voice."""

    sound: TunedVoice
    """The voice."""
    part: Part
    """Theirs."""
    aside: bool
    """Whether the voice is one of those that walk-ons have to themselves."""


@dataclass(slots=True)
class VoiceChooser:
    """The voices that are taken so far; ``choose`` gives the next part one and takes it."""

    narrator: TunedVoice | None = None
    """Heard everywhere; its voice is nobody else's."""
    taken: dict[TunedVoice, set[int]] = field(default_factory=dict)
    """Scenes by voice."""
    holders: list[CastPart] = field(default_factory=list)
    """Everybody who has a voice, in the order in which they got it."""
    by_name: dict[str, TunedVoice] = field(default_factory=dict)
    """Their voices."""

    def take(self, sound: TunedVoice, part: Part, aside: bool = False) -> None:
        """Note that a part has a voice."""
        self.taken.setdefault(sound, set()).update(part.scenes)
        self.holders.append(CastPart(sound, part, aside))
        self.by_name[part.name] = sound

    def choose(self, part: Part, cards: tuple[VoiceInfo, ...]) -> TunedVoice:
        """The voice for a part, out of at least one card; it is taken afterwards."""
        roomy = len(self.holders) < FULL_HOUSE
        aside = self._aside(part, cards) if roomy and part.walks_on else None
        sound = aside or (self._fresh_or_shifted(part, cards) if roomy else None) or self._shared(part, cards)
        self.take(sound, part, aside is not None)
        return sound

    def _aside(self, part: Part, cards: tuple[VoiceInfo, ...]) -> TunedVoice | None:
        """One of the voices that walk-ons have to themselves, best of a card that nobody has."""
        # The best tier, as it is: for a child or an old person another voice is set, and there are few to set.
        own = {sound.card for sound in suitable(part, self._free(cards))[0] if (sound.rate, sound.pitch) == (1.0, 0.0)}
        if len(own) < FEWEST:
            return None
        kept = _set_aside(tuple(card for card in cards if card.automatic) or cards)
        order = ranked(part.name, [sound for sound in kept if sound.card in own])
        used = {_card(holder.sound) for holder in self.holders}
        fresh = [sound for sound in order if _card(sound) not in used]
        free = [sound for sound in order if sound not in self.taken]
        return self._clear(part, fresh, self.holders) or self._clear(part, free, self.holders)

    def _fresh_or_shifted(self, part: Part, cards: tuple[VoiceInfo, ...]) -> TunedVoice | None:
        tiers = [ranked(part.name, tier) for tier in suitable(part, self._free(cards))]
        shown = [holder for holder in self.holders if not holder.aside]
        used = {_card(holder.sound) for holder in shown}
        for tier in tiers:
            if found := self._clear(part, [sound for sound in tier if _card(sound) not in used], shown):
                return found
        shifted = [[sound for sound in _versions(tier) if sound not in self.taken] for tier in tiers]
        for tier in shifted:
            if found := self._clear(part, tier, self.holders):
                return found
        # Then the voice of somebody whom the part never meets.
        everything = [sound for tier in (*tiers, *shifted) for sound in tier]
        return self._clear(part, everything, self.holders, (ENOUGH, BARELY, 1.0))

    def _clear(
        self, part: Part, sounds: list[TunedVoice], holders: list[CastPart], needs: tuple[float, ...] = ()
    ) -> TunedVoice | None:
        """The first voice that keeps the first distance that can be kept from the narrator and those the part meets.

        CLEARLY is for two leading parts; from smaller ones ENOUGH is enough for anybody.
        """
        met = [(other.sound, other.part.leads) for other in holders if not other.part.scenes.isdisjoint(part.scenes)]
        met += [(self.narrator, True)] if self.narrator else []
        for need in needs or ((CLEARLY, ENOUGH, BARELY) if part.leads else (ENOUGH, BARELY)):
            less = min(need, ENOUGH)
            for sound in sounds:
                if all(apart(sound, other) >= (need if leads else less) for other, leads in met):
                    return sound
        return None

    def _shared(self, part: Part, cards: tuple[VoiceInfo, ...]) -> TunedVoice:
        """A voice that others have too: best nobody in these scenes, else nobody who speaks next to the part."""
        tier = next(tier for tier in suitable(part, self._free(cards)) if tier)
        order = ranked(part.name, [*tier, *_versions(tier)])
        unheard = (sound for sound in order if self.taken.get(sound, set()).isdisjoint(part.scenes))
        near = {self.by_name[name] for name in part.nearby if name in self.by_name}
        return next(unheard, None) or next((sound for sound in order if sound not in near), order[0])

    def _free(self, cards: tuple[VoiceInfo, ...]) -> tuple[VoiceInfo, ...]:
        """Those that automatic casting may use; the narrator's only if there is no other."""
        willing = tuple(card for card in cards if card.automatic) or cards
        if self.narrator is None:
            return willing
        own = self.narrator.card
        return tuple(card for card in willing if (card.engine, card.name) != (own.engine, own.name)) or willing


def _card(sound: TunedVoice) -> tuple[str, str]:
    """Which voice it is, however it is set."""
    return sound.card.engine, sound.card.name


def _versions(sounds: Iterable[TunedVoice]) -> Iterator[TunedVoice]:
    """Each voice raised and lowered."""
    for sound in sounds:
        for shift in (SHIFT, -SHIFT):
            yield sound._replace(pitch=sound.pitch + shift, rate=round(sound.rate * (1 - shift / 50), 2))


@cache
def _set_aside(cards: tuple[VoiceInfo, ...]) -> tuple[TunedVoice, ...]:
    """The voices for walk-ons: the raised and lowered ones that are ENOUGH apart from every voice as it is.

    None is much higher or lower than the voices of its gender and age are (BEYOND). Where there is none that is far
    enough from the others, the nearer ones have to do.
    """
    plain = [TunedVoice(card) for card in cards]
    natural = [sound for sound in _versions(plain) if _is_natural(sound, cards)]
    lone = [sound for sound in natural if all(apart(sound, other) >= ENOUGH for other in plain)]
    served = {(sound.card.gender, sound.card.age) for sound in lone}
    return tuple(sound for sound in natural if sound in lone or (sound.card.gender, sound.card.age) not in served)


def _is_natural(sound: TunedVoice, cards: tuple[VoiceInfo, ...]) -> bool:
    if not sound.card.hertz:
        return True
    alike = [card.hertz for card in cards if (card.gender, card.age) == (sound.card.gender, sound.card.age)]
    hertz, beyond = sound.card.hertz * 2 ** (sound.pitch / 12), 2 ** (BEYOND / 12)
    return min(alike) / beyond <= hertz <= max(alike) * beyond


def apart(one: TunedVoice, other: TunedVoice) -> float:
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


def suitable(part: Part, cards: tuple[VoiceInfo, ...]) -> list[list[TunedVoice]]:
    """The cards that suit a part's gender and age, as groups from the best to the last resort; none is left out.

    Where no voice has the age, another is set to it: children are voiced by women's voices raised, as on the radio,
    the old by slower and lower ones.
    """
    wanted = [card for card in cards if part.gender in ("unknown", card.gender) or card.gender == "unknown"]
    women = [card for card in cards if card.gender == "female" and card.age in ("adult", "young")]
    grown = [card for card in wanted if card.age in ("adult", "young")]
    same = [TunedVoice(card) for card in wanted if card.age == part.age]
    if part.age == "child":
        raised = [TunedVoice(card, 1.05, 3.5 if part.gender == "female" else 2.5) for card in women]
        children = [TunedVoice(card) for card in cards if card.age == "child"]
        groups = [same, raised, children, [TunedVoice(card, 1.05, 4) for card in grown]]
    elif part.age == "old":
        groups = [same, [TunedVoice(card, 0.9, -1.5) for card in grown]]
    else:
        groups = [same, [TunedVoice(card) for card in grown if card.age != part.age]]
    groups = [group for group in groups if group]
    return groups or [[TunedVoice(card) for card in wanted or cards]]


def ranked(name: str, sounds: Iterable[TunedVoice]) -> list[TunedVoice]:
    """The voices in the order in which ``name`` likes them: by chance, the same for ever, the first ones favoured."""
    scored = [(_liking(name, sound, place), place, sound) for place, sound in enumerate(sounds)]
    return [sound for _, _, sound in sorted(scored, key=lambda entry: (-entry[0], entry[1]))]


def _liking(name: str, sound: TunedVoice, place: int) -> float:
    digest = hashlib.sha256(f"{name}\0{sound.card.engine}\0{sound.card.name}\0{sound.pitch:g}".encode()).digest()
    chance = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 2)
    return -1 / ((1 + place / EVENNESS) * math.log(chance))
