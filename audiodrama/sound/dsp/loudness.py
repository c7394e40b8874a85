"""Turn K-weighted power into loudness, as ITU-R BS.1770-4 defines it. Plain numbers; ``meter`` measures the power.

Power is a sequence of K-weighted mean squares, one for each tenth of a second, full scale 1, summed over channels.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import MutableSequence, Sequence
from itertools import islice

from audiodrama.sound.dsp.decibels import power_decibels, power_ratio

ABSOLUTE_GATE = -70.0
"""LUFS below which a block does not count."""
RELATIVE_GATE = -10.0
"""LU below the loudness of what passed the absolute gate."""
BLOCK = 4
"""Tenths of a second in a gating block; blocks begin every tenth of a second (75 % overlap)."""
OFFSET = -0.691
"""dB that make the K-weighted level of a 997 Hz sine its level."""


def level(power: float) -> float:
    """LUFS of a mean square; minus infinity for silence."""
    return OFFSET + power_decibels(power) if power > 0.0 else -math.inf


def integrated(power: Sequence[float]) -> float:
    """Gated loudness in LUFS of a programme; minus infinity if nothing passes the gates.

    A programme shorter than one block of 0.4 seconds counts as one block with silence after it.
    """
    padded = power if len(power) >= BLOCK else [*power, *[0.0] * (BLOCK - len(power))]
    later = (islice(padded, begin, None) for begin in range(BLOCK))
    floor = _power(ABSOLUTE_GATE)
    # A running sum would pile up rounding errors over hours; four additions do not. An array: hours have many tenths.
    blocks = ((a + b + c + d) / BLOCK for a, b, c, d in zip(*later, strict=False))
    loud = array("d", (block for block in blocks if block > floor))
    if not loud:
        return -math.inf
    gate = math.fsum(loud) / len(loud) * power_ratio(RELATIVE_GATE)
    count = sum(block > gate for block in loud)
    return level(math.fsum(block for block in loud if block > gate) / count) if count else -math.inf


def _power(lufs: float) -> float:
    return power_ratio(lufs - OFFSET)


def add_power(onto: MutableSequence[float], power: Sequence[float], tenths: float, gain: float = 1.0) -> None:
    """Add ``power`` times ``gain`` to ``onto``, beginning at the tenth of a second nearest to ``tenths``.

    ``onto`` grows as needed. To share each value between two tenths would be nearer in time, but it would blur the
    edges of speech, and the gate would let more of the silence in.
    """
    first = round(tenths)
    onto.extend([0.0] * (first + len(power) - len(onto)))
    for index, value in enumerate(power, first):
        onto[index] += value * gain
