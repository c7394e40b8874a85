"""Turn a Segment into samples: load its takes, resample, set gain and place, add them up. Worker processes only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import soxr

from audiodrama.sound.dsp.decibels import amplitude_ratio
from audiodrama.sound.takes.flac import Floats, load
from audiodrama.sound.timeline.segments import PlacedClip, Segment, shares


def mix(segment: Segment, gain: float) -> Floats:
    """The samples of ``segment`` made louder by ``gain`` dB, full scale 1: shape (1 or 2, samples).

    They begin ``segment.before`` samples before its first one and end ``segment.after`` behind its last one. There is
    one row if all that is heard in it is in the middle, where both channels are the same.

    Raises:
        DamagedTakeError: a take is missing or damaged.
    """
    centred = all(clip.pan == 0.0 for clip in segment.clips)
    length = segment.before + segment.samples + segment.after
    out: Floats = np.zeros((1 if centred else 2, length), np.float32)
    for clip in segment.clips:
        begin = segment.before + clip.start
        heard = _at_rate(clip, segment.rate)[max(0, -begin) : length - begin]
        begin = max(0, begin)
        end = begin + len(heard)
        volume = amplitude_ratio(clip.gain + gain)
        if centred:
            heard *= np.float32(volume)
            out[0, begin:end] += heard
            continue
        for row, share in zip(out, shares(clip.pan), strict=True):
            row[begin:end] += heard * np.float32(volume * share)
    return out


def _at_rate(clip: PlacedClip, rate: int) -> npt.NDArray[np.float32]:
    """The clip's take at ``rate``, exactly as long as the clip."""
    heard, own = load(clip.key, clip.file)
    if own != rate:
        heard = soxr.resample(heard, own, rate, quality="HQ")
    if len(heard) < clip.samples:
        heard = np.pad(heard, (0, clip.samples - len(heard)))
    return heard[: clip.samples]
