"""The nouns of sound: what is spoken, what is heard when, and the finished file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

GapReason = Literal["head", "same speaker", "reply", "paragraph", "scene", "chapter", "asked", "tail"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to be spoken: all that decides how its take sounds."""

    text: str
    """As the engine is to speak it, respelled words included."""
    engine: str
    """The engine's name."""
    voice: str
    """As the engine writes it."""
    rate: float = 1.0
    """Speed against the voice's own."""
    pitch: float = 0.0
    """Semitones against the voice's own."""
    pitch_range: float = 1.0
    """Span of the melody against the voice's own: 0 is monotone, 2 doubles it."""
    retake: int = 0
    """Another reading of the same words."""


class Word(NamedTuple):
    """When a word begins in a take."""

    milliseconds: int
    """From the take's first sample."""
    start: int
    """Its first character in the reading's text."""
    length: int
    """Characters."""


@dataclass(frozen=True, slots=True)
class Take:
    """A reading that was spoken, kept in a file."""

    key: str
    """Hash of the reading and the engine's version."""
    file: Path
    """Where its samples are."""
    samples: int
    """How many, after the silence around them was trimmed."""
    rate: int
    """Samples per second."""
    power: Sequence[float]
    """K-weighted mean square of each tenth of a second (ITU-R BS.1770), full scale 1."""
    peak: float
    """The largest sample, full scale 1."""
    words: tuple[Word, ...] = ()
    """If the engine tells."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A take on the timeline."""

    take: Take
    """What is heard."""
    gain: float
    """Decibels: the voice's levelling, the role's gain and the manner's."""
    pan: float
    """-1 left to 1 right."""
    line: int
    """Index of the line in ``Script.lines()``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence on the timeline."""

    milliseconds: int
    """How long."""
    reason: GapReason
    """Why it is there."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A mark in the master."""

    title: str
    """As it is shown by a player."""
    line: int
    """Index of the line in ``Script.lines()`` that it begins with."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is heard when. Durations are stored, positions are computed."""

    items: tuple[Clip | Gap, ...]
    """One after the other."""
    chapters: tuple[Chapter, ...] = ()
    """In order."""


@dataclass(frozen=True, slots=True)
class Master:
    """The finished file, as measured."""

    path: Path
    """The file."""
    seconds: float
    """Its exact duration."""
    sample_rate: int
    """Samples per second."""
    channels: int
    """1 or 2."""
    lufs: float
    """Integrated loudness of the encoded file (ITU-R BS.1770-4)."""
    true_peak_db: float
    """Largest true peak of the encoded file, dBTP."""
    chapters: tuple[tuple[str, float], ...] = ()
    """(title, start in seconds)."""
