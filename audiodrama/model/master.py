"""The nouns of sound: what an engine speaks, what a listener hears when, and the finished file.

The words are the field's: an utterance is what speech synthesis makes at one call, a take what a studio records, and
a timeline holds clips and gaps as in OpenTimelineIO.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

GapReason = Literal["head", "same speaker", "reply", "paragraph", "scene", "chapter", "sentence", "asked", "tail"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an engine speaks at one call: everything that decides how its take sounds.

    ``take_key`` of ``sound/takes/cache.py`` lists the fields one by one. Add a new field there too: without it, two
    utterances that differ in this field alone share a take; with it, every key changes and every take is made again.
    """

    text: str
    """What the engine gets: the line's text after normalisation, with the casting's respellings."""
    engine: str
    """The engine's name, "espeak"."""
    voice: str
    """The voice's name as the engine writes it, "en-us+f3"."""
    rate: float = 1.0
    """Speed as a multiple of the voice's own (SSML ``rate``): 1.1 is a tenth faster."""
    pitch: float = 0.0
    """Semitones above the voice's own pitch (SSML ``pitch``)."""
    pitch_range: float = 1.0
    """Span of the melody as a multiple of the voice's own (SSML ``range``): 0 is monotone, 2 doubles it."""
    retake: int = 0
    """The number of the retake that a user asked for: another number is another take of the same words."""


class Word(NamedTuple):
    """Where an engine begins a word in a take."""

    milliseconds: int
    """Time from the take's first sample."""
    start: int
    """Index of the word's first character in the utterance's text."""
    length: int
    """The word's characters."""


@dataclass(frozen=True, slots=True)
class Take:
    """An utterance as an engine spoke it, or an imported sound, kept in a file of the take cache: one channel."""

    key: str
    """Hash of the utterance's fields and the engine's version, in hexadecimal."""
    file: Path
    """The file of the cache that holds the samples."""
    samples: int
    """Samples, after the engine's silence at both ends was trimmed."""
    rate: int
    """Samples per second."""
    power: Sequence[float]
    """K-weighted mean square of each tenth of a second (ITU-R BS.1770), one value each, full scale 1."""
    peak: float
    """The largest absolute sample, full scale 1."""
    words: tuple[Word, ...] = ()
    """Where each word begins, in order; empty if the engine does not say."""
    silence_before: int = 0
    """Milliseconds of silence with which the engine began, and which were trimmed."""
    silence_after: int = 0
    """Milliseconds of silence with which the engine ended, and which were trimmed."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A take on the timeline."""

    take: Take
    """The take that the listener hears, whole."""
    gain: float
    """Decibels: the voice's levelling, the role's gain and the delivery's, added up."""
    pan: float
    """Position between the loudspeakers: -1 left, 0 middle, 1 right."""
    line: int
    """Index of the line in ``Script.lines()``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence on the timeline."""

    milliseconds: int
    """The silence's length."""
    reason: GapReason
    """Which pause of the casting it is; "asked" is one that the script gives for its line, "sentence" the engine's own
    within a line of several takes."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter mark of the programme."""

    title: str
    """The title that a player shows."""
    line: int
    """Index of the line in ``Script.lines()`` that it begins with."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the listener hears when: one track. Items have durations; their positions are computed from these."""

    items: tuple[Clip | Gap, ...]
    """Clips and gaps, each beginning where the one before ends."""
    chapters: tuple[Chapter, ...] = ()
    """The chapter marks, in the order of their lines."""


@dataclass(frozen=True, slots=True)
class Master:
    """The finished file, as measured after encoding."""

    path: Path
    """Where the MP3 file is."""
    seconds: float
    """Duration, exact to the sample."""
    sample_rate: int
    """Samples per second."""
    channels: int
    """1 or 2."""
    lufs: float
    """Integrated loudness of the encoded file, LUFS (ITU-R BS.1770-4)."""
    true_peak_db: float
    """Largest true peak of the encoded file, dBTP."""
    chapters: tuple[tuple[str, float], ...] = ()
    """(title, start in seconds) of each chapter, in order."""
