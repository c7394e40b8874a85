"""Turn espeak-ng's voice files into names that exist, and a wish for a pitch into its parameters.

espeak-ng itself takes an unknown variant for none and an unknown voice for English, without a word. So names are
checked here, against the files.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import cache

from audiodrama.sound.engines.espeak.libespeak import data_folder

DEFAULT_PITCH = (82, 118)
"""Low and high of a voice whose files name none, in hertz."""
OWN, HIGHEST = 50, 99.0
"""PITCH and RANGE of the voice as its file has it, and the highest that there is (``espeak_SetParameter``)."""
BASE_BELOW, STEP_HERTZ, STEP_SCALE, SHIFT_STEPS = 9, 108, 8192, 36
"""Numbers of ``SetPitch2`` in espeak-ng 1.52's synthesize.c; see ``Melody.parameters``."""
LOWEST_FACTOR = 0.5
"""Of the base frequency: PITCH 0."""
SEMITONES = 12
"""In an octave."""
MIDDLE = 61
"""Where between low and high (0 and 255) the median of running speech lies; measured over the palette."""


@cache
def languages() -> dict[str, str]:
    """The file of each language below ``lang``: {"en-us": "gmw/en-US", "en-gb": "gmw/en", "en": "gmw/en", ...}."""
    root = os.path.join(data_folder(), "lang")
    by_name: dict[str, str] = {}
    by_file: dict[str, str] = {}
    for folder, folders, files in os.walk(root):
        folders.sort()
        for file in sorted(files):
            path = os.path.relpath(os.path.join(folder, file), root).replace(os.sep, "/")
            name = next((words[1] for words in _lines(os.path.join(folder, file)) if words[0] == "language"), "")
            if name:
                by_name.setdefault(name.lower(), path)
            by_file.setdefault(file.lower(), path)
    return by_file | by_name


@cache
def variants() -> tuple[str, ...]:
    """The names of all variants, as their files are spelled: ("Alex", ..., "f3", ...)."""
    return tuple(sorted(os.listdir(os.path.join(data_folder(), "voices", "!v"))))


def parts(voice: str) -> tuple[str, str]:
    """The language and the variant of a voice's name: ("en-us", "f3")."""
    language, _, variant = voice.partition("+")
    return language, variant


def exists(voice: str) -> bool:
    """Whether ``voice`` is a language of espeak-ng, alone or with a variant after a plus sign."""
    language, variant = parts(voice)
    return language in languages() and (variant in variants() if "+" in voice else True)


def most_like(voice: str) -> str:
    """The existing voice whose name is most like ``voice``; capitals count least."""
    import difflib

    def best(wanted: str, choice: tuple[str, ...]) -> str:
        def likeness(name: str) -> tuple[float, int]:
            return difflib.SequenceMatcher(None, wanted.lower(), name.lower()).ratio(), -len(name)

        return max(choice, key=likeness)

    language, variant = parts(voice.strip())
    language = language.rsplit("/", 1)[-1].replace("_", "-")
    if not variant and language not in languages() and language in variants():
        return f"en-us+{language}"
    language = language if language in languages() else best(language, tuple(languages()))
    return f"{language}+{best(variant, variants())}" if variant else language


@dataclass(frozen=True, slots=True)
class Melody:
    """How high a voice speaks and how far up and down, in espeak-ng's terms."""

    low: int
    """Hertz, as its file says."""
    high: int
    """Hertz, as its file says."""

    def parameters(self, semitones: float, pitch_range: float) -> tuple[int, int]:
        """The parameters PITCH and RANGE that transpose the voice and widen its melody by the factor ``pitch_range``.

        espeak-ng 1.52 (``SetPitch2`` in synthesize.c) computes the frequency at height p of 0 to 255 as
        ``base * 2**((PITCH - 50) / 50) - 36 * step * (RANGE / 50 - 1) + p * step * RANGE / 50``
        with ``base = low - 9`` and ``step = 108 * (high - low) / 8192`` hertz. To transpose and not only shift, the
        range grows with the pitch; PITCH is solved for the median of running speech. Both are clamped to 0 ... 99,
        which leaves about 9 semitones downward and 10 upward.
        """
        base, step = self.low - BASE_BELOW, STEP_HERTZ * (self.high - self.low) / STEP_SCALE
        factor = 2 ** (semitones / SEMITONES)
        span = round(min(HIGHEST, max(0.0, OWN * factor * pitch_range)))
        wide = span / OWN
        wanted = (factor * (base + MIDDLE * step) + SHIFT_STEPS * step * (wide - 1) - MIDDLE * step * wide) / base
        pitch = OWN + OWN * math.log2(max(wanted, LOWEST_FACTOR))
        return round(min(HIGHEST, max(0.0, pitch))), span


@cache
def melody(voice: str) -> Melody:
    """The melody of an existing voice; its variant's file goes before its language's."""
    language, variant = parts(voice)
    low, high = DEFAULT_PITCH
    for file in (os.path.join("lang", *languages()[language].split("/")), os.path.join("voices", "!v", variant)):
        for words in _lines(os.path.join(data_folder(), file)) if variant or "!v" not in file else ():
            if words[0] == "pitch" and len(words) > 2:
                low, high = int(words[1]), int(words[2])
    return Melody(low, high)


def _lines(file: str) -> list[list[str]]:
    with open(file, encoding="utf-8", errors="replace") as lines:
        return [words for line in lines if (words := line.split("//")[0].split())]
