"""Turn a Timeline into positions and cuts: where each item begins, and where each segment does.

An MP3 frame holds 1152 samples, so a cut is a whole number of frames behind the one before it. There are two kinds:

- **In silence** that is long enough to hide the encoder's memory of what came before (DELAY samples and a frame of
  overlap). Nothing outside of the segment decides its bytes. Nearly all cuts are of this kind.
- **In a gap that is too short for that**, if no long one came for SOONEST_JOIN seconds: two frames before the clip
  behind the gap, so mostly in the last syllable of the clip before it.

A segment behind a cut of the second kind is *joined*: it is encoded with what is heard before its first
sample (``Segment.before``), so that the frames on both sides of the cut overlap as if they had been encoded in one go.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from audiodrama.model import Clip, Gap, Timeline
from audiodrama.sound.mpeg import DELAY, FRAME

QUIET_BEFORE = DELAY + FRAME
"""Silent samples that a segment ends with, at least, before a cut in silence."""
QUIET_AFTER = FRAME // 2
"""Silent samples that a segment begins with, at least, behind a cut in silence."""
SHORTEST, LONGEST = 4.0, 7.0
"""Seconds between which a segment ends, if there is silence long enough; long takes can make it longer. Short ones
cost no more to encode, and the fewer lines share one, the less is encoded again when a line changes."""
SOONEST_JOIN, LATEST_JOIN = 30.0, 60.0
"""Seconds between which a segment ends in a gap however short, if there is no long one."""
LEAD = 2 * FRAME
"""Samples between a cut in a short gap and the clip behind it. The bit reservoir is empty behind a cut, and the onset
of speech needs many bits: two frames of a fading syllable save most of them (measured at 38 onsets in espeak's voices:
up to 51 bytes were missing with no lead, 40 with one frame). ``master.encode.SPARING`` makes up for the rest."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the items of a timeline and its segments begin, in samples."""

    starts: tuple[int, ...]
    """Of each item, and at the end the programme's length."""
    cuts: tuple[int, ...]
    """Of each segment, and at the end the programme's length."""
    joined: frozenset[int]
    """Those of the cuts that are not in silence."""


def clip_samples(clip: Clip, rate: int) -> int:
    """How many samples a clip has at ``rate`` samples per second: rounded up."""
    return -(-clip.take.samples * rate // clip.take.rate)


def find_cuts(timeline: Timeline, rate: int) -> Cuts:
    """The cuts of ``timeline`` at ``rate`` samples per second."""
    starts: list[int] = []
    cuts = [0]
    joined: set[int] = set()
    position = 0
    for index, item in enumerate(timeline.items):
        starts.append(position)
        if isinstance(item, Clip):
            position += clip_samples(item, rate)
            continue
        length = round(item.milliseconds * rate / 1000)
        next_clip = timeline.items[index + 1] if index + 1 < len(timeline.items) else None
        after = length - QUIET_BEFORE - FRAME // 2
        if not isinstance(next_clip, Clip):
            position += length
        elif after >= QUIET_AFTER and _ends(item, next_clip, position - cuts[-1], rate):
            frames = -(-(position + QUIET_BEFORE - cuts[-1]) // FRAME)
            cuts.append(cuts[-1] + frames * FRAME)
            position = cuts[-1] + after
        elif after < QUIET_AFTER and _joins(next_clip, position + length - cuts[-1], rate):
            # Half a frame of the gap may go; what whole frames ask for besides is added to it.
            frames = -(-(position + length - min(length, FRAME // 2) - LEAD - cuts[-1]) // FRAME)
            cuts.append(cuts[-1] + frames * FRAME)
            joined.add(cuts[-1])
            position = cuts[-1] + LEAD
        else:
            position += length
    return Cuts((*starts, position), (*cuts, position), frozenset(joined))


def _ends(gap: Gap, next_clip: Clip, so_far: int, rate: int) -> bool:
    """Whether a segment of ``so_far`` samples ends in this gap.

    Between the bounds of length, one gap in two is chosen by the clip behind it and not by its position: so the same
    places are found again when an earlier clip becomes longer or shorter (content-defined chunking).
    """
    if so_far < SHORTEST * rate:
        return False
    if so_far >= LONGEST * rate or gap.reason in ("scene", "chapter"):
        return True
    return zlib.crc32(next_clip.take.key.encode()) % 2 == 0


def _joins(next_clip: Clip, so_far: int, rate: int) -> bool:
    """Whether a segment of ``so_far`` samples ends before this clip though there is no silence to end in."""
    if so_far < SOONEST_JOIN * rate:
        return False
    return so_far >= LATEST_JOIN * rate or zlib.crc32(next_clip.take.key.encode()) % 4 == 0
