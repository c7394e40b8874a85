"""Turn a part without a voice into one that suits it and differs clearly from the voices around it.

Every part ranks the voices by a hash of its own name, the palette's first ones a little more likely in front (weighted
rendezvous hashing: Thaler and Ravishankar 1998), and takes the first that is free and far enough from those it meets.
Parts choose in the order of their entrance (serial dictatorship), so the voice of a part depends on nothing but the
parts that entered before it: a part that enters after the others changes no voice, however many lines it has.

Walk-ons have voices to themselves, raised and lowered ones that are MIN_DISTANCE from every voice as it is. No other
part wants these or minds which walk-on has them, so a walk-on changes no voice but those of later walk-ons, wherever it
enters. Only for children and the old, of whose voices there are few, and when voices run out, do all choose from the
same.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from audiodrama.casting.voice_distance import (
    LEAD_DISTANCE,
    LEAST_DISTANCE,
    MIN_DISTANCE,
    TunedVoice,
    distance,
    shifted,
    walk_on_voices,
)
from audiodrama.model import Age, Gender, VoiceInfo

MIN_WALK_ON_VOICES = 3
"""Free voices of a gender and age that there have to be before its walk-ons get shifted voices of their own."""
HALVING_PLACES = 24
"""Places down the palette at which a voice is liked half as often as the first. Chosen by hand: fewer would bring the
same few voices into every story, more would give leading parts poorer ones; ``python -m audiodrama.bench casting``
prints the mean place of their voices."""
MAX_COMPARED_PARTS = 300
"""Parts beyond this number share voices without being compared, for comparing takes time by the square of the parts."""

# Bytes of the hash that make the random number of a name and a voice.
_HASH_BYTES = 8
_HASHES = 256**_HASH_BYTES
# How a grown voice is set to pass for a child or an old person: (rate, semitones), chosen by hand. Girls and boys are
# both spoken by women's voices, girls a semitone higher. The old speak a tenth slower and a little lower.
_GIRL = (1.05, 3.5)
_BOY = (1.05, 2.5)
_CHILD_BY_ANY_VOICE = (1.05, 4)
_OLD = (0.9, -1.5)


@dataclass(frozen=True, slots=True)
class Part:
    """A speaker of the script who needs a voice."""

    name: str
    """The speaker's name, which decides the order in which the part likes the voices."""
    gender: Gender
    """The gender that the voice is to have."""
    age: Age
    """The age that the voice is to have."""
    scenes: frozenset[int] = frozenset()
    """Indexes of the scenes in which the speaker is heard; speakers who share one meet."""
    leads: bool = False
    """Whether the speaker has so many lines that a listener must know the voice at once."""
    nearby: frozenset[str] = frozenset()
    """Names of the speakers who entered before this one and speak just before or after it."""
    walks_on: bool = False
    """Whether the speaker has so few lines that no other part's voice is to depend on this one's."""


class CastPart(NamedTuple):
    """A part that has a voice."""

    voice: TunedVoice
    """The voice, as it is set for the part."""
    part: Part
    """The part."""
    for_walk_ons: bool
    """Whether the voice is one of those that walk-ons have to themselves."""


@dataclass(slots=True)
class VoiceChooser:
    """The voices that parts have so far; ``choose`` finds the next part a voice and assigns it."""

    narrator: TunedVoice | None = None
    """The narrator's voice, which is heard in all scenes; no part gets it."""
    scenes: dict[TunedVoice, set[int]] = field(default_factory=dict)
    """Assigned voice -> the scenes in which it is heard."""
    assigned: list[CastPart] = field(default_factory=list)
    """The parts that have a voice, in the order in which they got it."""
    by_name: dict[str, TunedVoice] = field(default_factory=dict)
    """Name of a part -> its voice."""

    def assign(self, voice: TunedVoice, part: Part, *, for_walk_ons: bool = False) -> None:
        """Give ``voice`` to ``part``, which keeps other parts from it."""
        self.scenes.setdefault(voice, set()).update(part.scenes)
        self.assigned.append(CastPart(voice, part, for_walk_ons))
        self.by_name[part.name] = voice

    def choose(self, part: Part, offered: tuple[VoiceInfo, ...]) -> TunedVoice:
        """Choose a voice for ``part`` from at least one that an engine offers, and assign it."""
        compared = len(self.assigned) < MAX_COMPARED_PARTS
        own = self._of_walk_ons(part, offered) if compared and part.walks_on else None
        voice = own or (self._distinct(part, offered) if compared else None) or self._shared(part, offered)
        self.assign(voice, part, for_walk_ons=own is not None)
        return voice

    def _of_walk_ons(self, part: Part, offered: tuple[VoiceInfo, ...]) -> TunedVoice | None:
        """One of the voices that walk-ons have to themselves; best of a voice that no part has, however it is set."""
        # Only the best group and only voices as they are: for a child or an old person grown voices are set, and there
        # are too few of those to set aside some.
        best = suitable(part, self._available(offered))[0]
        unset = {voice.info for voice in best if (voice.rate, voice.pitch) == (1.0, 0.0)}
        if len(unset) < MIN_WALK_ON_VOICES:
            return None
        voices = walk_on_voices(tuple(info for info in offered if info.automatic) or offered)
        order = ranked(part.name, [voice for voice in voices if voice.info in unset])
        used = {cast.voice.identity for cast in self.assigned}
        fresh = [voice for voice in order if voice.identity not in used]
        free = [voice for voice in order if voice not in self.scenes]
        return self._far_enough(part, fresh, self.assigned) or self._far_enough(part, free, self.assigned)

    def _distinct(self, part: Part, offered: tuple[VoiceInfo, ...]) -> TunedVoice | None:
        """A voice far enough from those that the part meets: as it is, else shifted, else of parts it never meets."""
        groups = [ranked(part.name, group) for group in suitable(part, self._available(offered))]
        regular = [cast for cast in self.assigned if not cast.for_walk_ons]
        used = {cast.voice.identity for cast in regular}
        for group in groups:
            if voice := self._far_enough(part, [voice for voice in group if voice.identity not in used], regular):
                return voice
        shifted_groups = [[voice for voice in shifted(group) if voice not in self.scenes] for group in groups]
        for group in shifted_groups:
            if voice := self._far_enough(part, group, self.assigned):
                return voice
        everything = [voice for group in (*groups, *shifted_groups) for voice in group]
        return self._far_enough(part, everything, self.assigned, (MIN_DISTANCE, LEAST_DISTANCE, LEAST_DISTANCE / 2))

    def _far_enough(
        self, part: Part, voices: list[TunedVoice], cast_parts: list[CastPart], needs: tuple[float, ...] = ()
    ) -> TunedVoice | None:
        """The first voice that keeps the largest distance that can be kept from the narrator and the parts it meets.

        LEAD_DISTANCE is for two leading parts; between any other two MIN_DISTANCE is enough.
        """
        met = [(other.voice, other.part.leads) for other in cast_parts if not other.part.scenes.isdisjoint(part.scenes)]
        met += [(self.narrator, True)] if self.narrator else []
        usual = (LEAD_DISTANCE, MIN_DISTANCE, LEAST_DISTANCE) if part.leads else (MIN_DISTANCE, LEAST_DISTANCE)
        for need in needs or usual:
            less = min(need, MIN_DISTANCE)
            for voice in voices:
                if all(distance(voice, other) >= (need if leads else less) for other, leads in met):
                    return voice
        return None

    def _shared(self, part: Part, offered: tuple[VoiceInfo, ...]) -> TunedVoice:
        """A voice that other parts have too: best of none in these scenes, else of none that speaks beside the part."""
        group = next(group for group in suitable(part, self._available(offered)) if group)
        order = ranked(part.name, [*group, *shifted(group)])
        unheard = (voice for voice in order if self.scenes.get(voice, set()).isdisjoint(part.scenes))
        nearby = {self.by_name[name] for name in part.nearby if name in self.by_name}
        return next(unheard, None) or next((voice for voice in order if voice not in nearby), order[0])

    def _available(self, offered: tuple[VoiceInfo, ...]) -> tuple[VoiceInfo, ...]:
        """The voices that automatic casting may use; the narrator's only if there is no other."""
        automatic = tuple(info for info in offered if info.automatic) or offered
        if self.narrator is None:
            return automatic
        own = self.narrator.identity
        return tuple(info for info in automatic if (info.engine, info.name) != own) or automatic


def suitable(part: Part, offered: tuple[VoiceInfo, ...]) -> list[list[TunedVoice]]:
    """The voices that suit a part's gender and age, in groups from the best to the last resort; none is empty.

    Where no voice has the age, another is set to it: children are voiced by women's voices raised, as on the radio,
    the old by slower and lower ones.
    """
    wanted = [info for info in offered if part.gender in ("unknown", info.gender) or info.gender == "unknown"]
    women = [info for info in offered if info.gender == "female" and info.age in ("adult", "young")]
    grown = [info for info in wanted if info.age in ("adult", "young")]
    same = [TunedVoice(info) for info in wanted if info.age == part.age]
    if part.age == "child":
        raised = [TunedVoice(info, *(_GIRL if part.gender == "female" else _BOY)) for info in women]
        children = [TunedVoice(info) for info in offered if info.age == "child"]
        groups = [same, raised, children, [TunedVoice(info, *_CHILD_BY_ANY_VOICE) for info in grown]]
    elif part.age == "old":
        groups = [same, [TunedVoice(info, *_OLD) for info in grown]]
    else:
        groups = [same, [TunedVoice(info) for info in grown if info.age != part.age]]
    groups = [group for group in groups if group]
    return groups or [[TunedVoice(info) for info in wanted or offered]]


def ranked(name: str, voices: Iterable[TunedVoice]) -> list[TunedVoice]:
    """The voices in the order in which the part ``name`` likes them: random but always the same, the first favoured."""
    scored = [(_preference(name, voice, place), place, voice) for place, voice in enumerate(voices)]
    return [voice for _, _, voice in sorted(scored, key=lambda entry: (-entry[0], entry[1]))]


def _preference(name: str, voice: TunedVoice, place: int) -> float:
    """How much the part ``name`` likes a voice: the logarithmic method of weighted rendezvous hashing.

    Args:
        name: the part's name.
        voice: hashed together with the name into a number between 0 and 1.
        place: the voice's place in the palette, whose weight is 1 for the first and a half for HALVING_PLACES.
    """
    digest = hashlib.sha256(f"{name}\0{voice.info.engine}\0{voice.info.name}\0{voice.pitch:g}".encode()).digest()
    # The first bits, strictly between 0 and 1, so that the logarithm is finite and not 0.
    chance = (int.from_bytes(digest[:_HASH_BYTES], "big") + 1) / (_HASHES + 2)
    return -1 / ((1 + place / HALVING_PLACES) * math.log(chance))
