"""Say how clearly a listener can tell two voices, and which shifted voices are far enough from all others.

A distance is in semitones between the voices' median pitches, and the other differences are worth semitones by the
table below. The table was chosen by hand and has not been tested with listeners. It is known to be too kind to
accents: of espeak's voices the same variant in two accents is nearly one voice by its spectrum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from audiodrama.model import VoiceInfo

LEAD_DISTANCE = 4.0
"""Distance of a leading part's voice from the other leading parts it meets: a major third."""
MIN_DISTANCE = 3.0
"""Distance of any part's voice from the parts it meets: a minor third, or another gender at the same pitch."""
LEAST_DISTANCE = 2.0
"""Distance with which a part is content before a voice is raised or lowered to make another one of it."""
MAX_PITCH_DISTANCE = 7.0
"""Semitones beyond which pitch tells two voices no better: a fifth."""
GENDER_DISTANCE = 3.0
"""Worth of another gender: as much as MIN_DISTANCE, so that a man and a woman may have one pitch."""
ACCENT_DISTANCE = 2.0
"""Worth of another accent: too little by itself, enough with another voice of the engine."""
VOICE_DISTANCE = 1.0
"""Worth of another voice at the same pitch, for its timbre: too little by itself."""
AGE_DISTANCE = 1.0
"""Worth of another age: too little by itself, for pitch and rate show age too."""
RATE_DISTANCE = 4.0
"""Worth of double speed: a tenth faster counts as 0.4 semitones."""

SHIFT = 3.0
"""Semitones by which a voice is raised or lowered to make another one of it, MIN_DISTANCE from what it was."""
_SHIFTS = ((SHIFT, 0.94), (-SHIFT, 1.06))
"""(semitones, rate): a raised voice speaks slower and a lowered one faster, 2 percent a semitone, so that they differ
in pace as well. Chosen by hand."""
NATURAL_MARGIN = 2.0
"""Semitones by which a walk-on's voice may lie above or below all voices of its gender and age as they are."""
_OCTAVE = 12
"""Semitones of doubled frequency."""


class TunedVoice(NamedTuple):
    """A voice as a listener hears it: what an engine offers, and how it is set."""

    info: VoiceInfo
    """The engine's voice."""
    rate: float = 1.0
    """Speed as a multiple of the voice's own."""
    pitch: float = 0.0
    """Semitones above the voice's own pitch."""

    @property
    def identity(self) -> tuple[str, str]:
        """(engine, name): equal for all settings of one voice."""
        return self.info.engine, self.info.name


def distance(first: TunedVoice, second: TunedVoice) -> float:
    """How clearly two voices differ, in semitones: 0 is one voice, MIN_DISTANCE is enough in a conversation."""
    total = 0.0
    if first.info.hertz and second.info.hertz:
        semitones = _OCTAVE * math.log2(first.info.hertz / second.info.hertz) + first.pitch - second.pitch
        total += min(abs(semitones), MAX_PITCH_DISTANCE)
    elif first.identity != second.identity:
        # Voices whose pitch was never measured count as different enough, or no engine without measures could cast.
        total += MIN_DISTANCE
    else:
        total += min(abs(first.pitch - second.pitch), MAX_PITCH_DISTANCE)
    if "unknown" not in (first.info.gender, second.info.gender) and first.info.gender != second.info.gender:
        total += GENDER_DISTANCE
    if first.identity != second.identity:
        total += VOICE_DISTANCE
    if first.info.accent != second.info.accent:
        total += ACCENT_DISTANCE
    if first.info.age != second.info.age:
        total += AGE_DISTANCE
    return total + RATE_DISTANCE * abs(first.rate - second.rate)


def shifted(voices: Iterable[TunedVoice]) -> Iterator[TunedVoice]:
    """Each voice raised and lowered by SHIFT semitones."""
    for voice in voices:
        for semitones, rate in _SHIFTS:
            yield voice._replace(pitch=voice.pitch + semitones, rate=round(voice.rate * rate, 2))


@cache
def walk_on_voices(offered: tuple[VoiceInfo, ...]) -> tuple[TunedVoice, ...]:
    """The voices for walk-ons: the shifted ones that are MIN_DISTANCE from every voice as it is.

    None is more than NATURAL_MARGIN higher or lower than the voices of its gender and age are. Where no voice of a
    gender and age is far enough from the others, the nearer ones have to do.
    """
    plain = [TunedVoice(info) for info in offered]
    natural = [voice for voice in shifted(plain) if _is_natural(voice, offered)]
    separate = [voice for voice in natural if all(distance(voice, other) >= MIN_DISTANCE for other in plain)]
    served = {(voice.info.gender, voice.info.age) for voice in separate}
    return tuple(voice for voice in natural if voice in separate or (voice.info.gender, voice.info.age) not in served)


def _is_natural(voice: TunedVoice, offered: tuple[VoiceInfo, ...]) -> bool:
    """Whether the voice's pitch is near those of its gender and age; always true for a voice that was not measured."""
    if not voice.info.hertz:
        return True
    alike = [info.hertz for info in offered if (info.gender, info.age) == (voice.info.gender, voice.info.age)]
    hertz, margin = voice.info.hertz * 2 ** (voice.pitch / _OCTAVE), 2 ** (NATURAL_MARGIN / _OCTAVE)
    return min(alike) / margin <= hertz <= max(alike) * margin
