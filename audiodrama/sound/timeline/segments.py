"""Turn a Timeline into positions, and into Segments that can be encoded apart and joined without a seam.

An MP3 frame holds 1152 samples, so a segment is a whole number of frames long, and it ends in silence that is long
enough to hide the encoder's memory of what came before (1105 samples of delay plus a frame of overlap). What is heard
in a segment and where depends on nothing outside of it: behind a cut, the silence that is left before the first clip
always has the same length, and what whole frames ask for is added to or taken from the silence before the cut. So an
edit in chapter one leaves the bytes of chapter two as they were.
"""

from __future__ import annotations

import math
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from audiodrama.model import Clip, Gap, Timeline

FRAME = 1152
"""Samples in an MP3 frame."""
DELAY = 1105
"""Samples by which a decoder's output comes late: 576 of the encoder, 529 of the decoder."""
QUIET_BEFORE = DELAY + FRAME
"""Silent samples that a segment ends with, at least."""
QUIET_AFTER = FRAME // 2
"""Silent samples that a segment begins with, at least."""
SHORTEST, LONGEST = 4.0, 7.0
"""Seconds between which a segment ends, if there is silence long enough; long takes can make it longer. Short ones
cost no more to encode, and the fewer lines share one, the less is encoded again when a line changes."""


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A take in a segment."""

    key: str
    """The take's key."""
    file: Path
    """The take's file."""
    start: int
    """Sample of the segment at which it begins."""
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
    """In the order of their starts."""
    samples: int
    """Its length; a multiple of FRAME, but for the last one."""
    rate: int
    """Samples per second."""
    start: int
    """Sample of the programme at which it begins."""
    last: bool
    """Whether the programme ends with it."""


@dataclass(frozen=True, slots=True)
class _CutPlan:
    starts: tuple[int, ...]
    cuts: tuple[int, ...]
    """Where segments begin; ends with the programme's length."""


def positions(timeline: Timeline, rate: int) -> tuple[int, ...]:
    """The first sample of each item of ``timeline``, and at the end the length of the whole, at ``rate``.

    A clip is ceil(samples x rate / take's rate) long, a gap round(milliseconds x rate / 1000), but a gap in which a
    segment ends is up to 576 samples (13 ms) longer or shorter, to make a whole number of frames.
    """
    return _plan(timeline, rate).starts


def chapter_starts(timeline: Timeline, rate: int) -> tuple[tuple[str, float], ...]:
    """(title, second at which it begins) of each chapter; one that opens the programme begins at 0."""
    starts = positions(timeline, rate)
    clips = [(item.line, at) for item, at in zip(timeline.items, starts, strict=False) if isinstance(item, Clip)]
    found: list[tuple[str, float]] = []
    for chapter in timeline.chapters:
        # A line without a take has no clip: the chapter begins with the next line that has one.
        next_clip = bisect_left(clips, (chapter.line, 0))
        start = clips[next_clip][1] if next_clip < len(clips) else starts[-1]
        found.append((chapter.title, 0.0 if chapter.line == 0 else start / rate))
    return tuple(found)


def cut(timeline: Timeline, rate: int) -> tuple[Segment, ...]:
    """The segments of ``timeline`` at ``rate``, in order; one empty segment if nothing is in it."""
    plan = _plan(timeline, rate)
    segments: list[Segment] = []
    placed = [(start, item) for start, item in zip(plan.starts, timeline.items, strict=False) if isinstance(item, Clip)]
    at = 0
    for begin, end in pairwise(plan.cuts):
        clips: list[PlacedClip] = []
        while at < len(placed) and placed[at][0] < end:
            start, clip = placed[at]
            clips.append(_placed(clip, start - begin, rate))
            at += 1
        segments.append(Segment(tuple(clips), end - begin, rate, begin, end == plan.cuts[-1]))
    return tuple(segments)


def clip_samples(clip: Clip, rate: int) -> int:
    """How long a clip is at ``rate``."""
    return -(-clip.take.samples * rate // clip.take.rate)


def shares(pan: float) -> tuple[float, float]:
    """Constant-power pan: both channels' squares sum to 2 everywhere, so the middle is left as it is."""
    angle = (pan + 1.0) * math.pi / 4.0
    return math.sqrt(2.0) * math.cos(angle), math.sqrt(2.0) * math.sin(angle)


def _placed(clip: Clip, start: int, rate: int) -> PlacedClip:
    take = clip.take
    return PlacedClip(take.key, take.file, start, clip_samples(clip, rate), clip.gain, clip.pan)


def _plan(timeline: Timeline, rate: int) -> _CutPlan:
    starts: list[int] = []
    cuts = [0]
    position = 0
    items = timeline.items
    for index, item in enumerate(items):
        starts.append(position)
        if isinstance(item, Clip):
            position += clip_samples(item, rate)
            continue
        length = round(item.milliseconds * rate / 1000)
        following = items[index + 1] if index + 1 < len(items) else None
        after = length - QUIET_BEFORE - FRAME // 2
        if isinstance(following, Clip) and after >= QUIET_AFTER and _ends(item, following, position - cuts[-1], rate):
            frames = -(-(position + QUIET_BEFORE - cuts[-1]) // FRAME)
            cuts.append(cuts[-1] + frames * FRAME)
            position = cuts[-1] + after
        else:
            position += length
    return _CutPlan((*starts, position), (*cuts, position))


def _ends(gap: Gap, next_clip: Clip, so_far: int, rate: int) -> bool:
    """Whether a segment of ``so_far`` samples ends in this gap.

    Between the bounds of length, one gap in two is chosen by the clip behind it and not by its position: so the same
    places are found again when something earlier becomes longer or shorter (content-defined chunking).
    """
    if so_far < SHORTEST * rate:
        return False
    if so_far >= LONGEST * rate or gap.reason in ("scene", "chapter"):
        return True
    return zlib.crc32(next_clip.take.key.encode()) % 2 == 0
