"""Turn a Timeline into positions, and into Segments that can be encoded apart and joined without a seam.

What is heard in a segment and where depends on nothing outside of it, unless it is joined (see ``cuts``): behind a cut
in silence, the silence that is left before the first clip always has the same length, and what whole frames ask for is
added to or taken from the silence before the cut. So an edit in chapter one leaves the bytes of chapter two as they
were.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from audiodrama.model import Clip, Timeline
from audiodrama.sound.mpeg import FRAME
from audiodrama.sound.timeline.cuts import clip_samples, find_cuts

PREROLL = 4 * FRAME
"""Samples that a joined segment is encoded with before its first one. A frame's transform reaches 1135 samples back;
the rest is there for the encoder to have forgotten that it begins in the middle."""
POSTROLL = FRAME
"""Samples behind its last one that a segment before a joined one is encoded with: the encoder looks 224 ahead."""


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A take in a segment."""

    key: str
    """The take's key."""
    file: Path
    """The take's file."""
    start: int
    """Sample of the segment at which it begins; negative if it begins in the segment before."""
    samples: int
    """Its length, at the segment's rate."""
    gain: float
    """Decibels."""
    pan: float
    """-1 left to 1 right."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the programme that is encoded in one go."""

    clips: tuple[PlacedClip, ...]
    """In the order of their starts; those that are heard only in ``before`` or ``after`` as well."""
    samples: int
    """Its length; a multiple of FRAME, but for the last one."""
    rate: int
    """Samples per second."""
    start: int
    """Sample of the programme at which it begins."""
    last: bool
    """Whether the programme ends with it."""
    before: int = 0
    """Samples before its first one that it is encoded with and that are then dropped; 0 unless it is joined."""
    after: int = 0
    """Samples behind its last one that it is encoded with and that are then dropped; 0 unless the next is joined."""


def positions(timeline: Timeline, rate: int) -> tuple[int, ...]:
    """The first sample of each item of ``timeline``, and at the end the length of the whole, at ``rate``.

    A clip is ceil(samples x rate / take's rate) long, a gap round(milliseconds x rate / 1000). A gap in which a
    segment ends is up to 576 samples (13 ms) longer or shorter, to make a whole number of frames; one that is shorter
    than 576 samples itself up to 1152 (26 ms) longer.
    """
    return find_cuts(timeline, rate).starts


def chapter_starts(timeline: Timeline, rate: int) -> tuple[tuple[str, float], ...]:
    """(title, second at which it begins) of each chapter; one that opens the programme begins at 0.

    Args:
        timeline: the programme.
        rate: samples per second at which it is cut.
    """
    starts = positions(timeline, rate)
    clips = [(item.line, at) for item, at in zip(timeline.items, starts, strict=False) if isinstance(item, Clip)]
    chapters: list[tuple[str, float]] = []
    for chapter in timeline.chapters:
        # A line without a take has no clip: the chapter begins with the next line that has one.
        next_clip = bisect_left(clips, (chapter.line, 0))
        start = clips[next_clip][1] if next_clip < len(clips) else starts[-1]
        chapters.append((chapter.title, 0.0 if chapter.line == 0 else start / rate))
    return tuple(chapters)


def cut(timeline: Timeline, rate: int) -> tuple[Segment, ...]:
    """The segments of ``timeline`` at ``rate`` samples per second, in order; one empty segment if it is empty."""
    plan = find_cuts(timeline, rate)
    placed = [(start, item) for start, item in zip(plan.starts, timeline.items, strict=False) if isinstance(item, Clip)]
    starts = [start for start, _ in placed]
    ends = [start + clip_samples(clip, rate) for start, clip in placed]
    segments: list[Segment] = []
    for begin, end in pairwise(plan.cuts):
        preroll = PREROLL if begin in plan.joined else 0
        postroll = POSTROLL if end in plan.joined else 0
        heard = slice(bisect_right(ends, begin - preroll), bisect_left(starts, end + postroll))
        clips = tuple(_placed(clip, start - begin, rate) for start, clip in placed[heard])
        segments.append(Segment(clips, end - begin, rate, begin, end == plan.cuts[-1], preroll, postroll))
    return tuple(segments)


def shares(pan: float) -> tuple[float, float]:
    """The factors, from 0 to sqrt 2, of the left and the right channel at ``pan``, from -1 (left) to 1 (right).

    Constant-power pan: both factors' squares sum to 2 everywhere, so the middle is left as it is (1, 1).
    """
    angle = (pan + 1.0) * math.pi / 4.0
    return math.sqrt(2.0) * math.cos(angle), math.sqrt(2.0) * math.sin(angle)


def _placed(clip: Clip, start: int, rate: int) -> PlacedClip:
    take = clip.take
    return PlacedClip(take.key, take.file, start, clip_samples(clip, rate), clip.gain, clip.pan)
