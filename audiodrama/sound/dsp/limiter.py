"""Turn samples that may be too loud into samples that are not: a look-ahead limiter. Worker processes only.

The gain is worked out once for each millisecond and drawn as straight lines between, so the cost is that of looking
for peaks. What bounds the result: the gain that each window needs is spread over its neighbours by a sliding
minimum before it is smoothed, and the smoothing reaches no further than the minimum did. So every smoothed value of a
window and its neighbours is an average of values none of which is larger than the window needs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

WINDOW = 0.001
"""Seconds of a window."""
PIECE = 1 << 15
"""Samples whose gain is drawn at once."""
REACH = 5
"""Windows on either side over which the gain falls and rises."""


def limit(heard: npt.NDArray[np.float32], ceiling: float, rate: int) -> npt.NDArray[np.float32]:
    """``heard`` with no sample's magnitude above ``ceiling``; the same array if none was.

    Args:
        heard: Shape (channels, samples), full scale 1; all channels get the same gain, so nothing moves.
        ceiling: Largest magnitude allowed, above 0.
        rate: Samples per second.
    """
    if not heard.size or max(float(heard.max()), -float(heard.min())) <= ceiling:
        return heard
    size = max(round(WINDOW * rate), 1)
    peaks = _peaks(heard, size).astype(np.float64)
    count = len(peaks)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    # The lines drawn below reach half a window beyond each window: one neighbour more has to be low enough.
    lowest = _sliding(np.pad(needed, 2 * REACH + 2, constant_values=1.0), 2 * (REACH + 1) + 1)
    bell = np.hanning(2 * REACH + 3)[1:-1]
    smooth = np.convolve(lowest, bell / bell.sum(), mode="valid").astype(np.float64)
    # smooth has a value for each window and for one more on either side.
    middles = (np.arange(-1.0, count + 1.0) + 0.5) * size
    return _apply(heard, smooth, middles, ceiling)


def _peaks(heard: npt.NDArray[np.float32], size: int) -> npt.NDArray[np.float32]:
    """The largest magnitude in each window; the last may be shorter."""
    starts = np.arange(0, heard.shape[1], size)
    highest, lowest = np.maximum.reduceat(heard, starts, axis=1), np.minimum.reduceat(heard, starts, axis=1)
    peaks: npt.NDArray[np.float32] = np.maximum(highest, -lowest).max(axis=0)
    return peaks


def _sliding(values: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    minima: npt.NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(values, width).min(axis=1)
    return minima


def _apply(
    heard: npt.NDArray[np.float32],
    smooth: npt.NDArray[np.float64],
    middles: npt.NDArray[np.float64],
    ceiling: float,
) -> npt.NDArray[np.float32]:
    """Multiply by the gain, only where it is below 1."""
    limited = heard.copy()
    length = heard.shape[1]
    low = np.flatnonzero(smooth < 1.0)
    runs = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
    for run in runs:
        begin = max(int(middles[max(run[0] - 1, 0)]), 0)
        end = min(int(middles[min(run[-1] + 1, len(middles) - 1)]) + 1, length)
        # Piece by piece: all of a long take can be one run.
        for piece in range(begin, end, PIECE):
            stop = min(piece + PIECE, end)
            limited[:, piece:stop] *= np.interp(np.arange(piece, stop) + 0.5, middles, smooth).astype(np.float32)
    # Rounding to 32 bits may leave a sample a hair above; this takes off no more than that.
    bound = np.float32(ceiling)
    return np.clip(limited, -bound, bound, out=limited)
