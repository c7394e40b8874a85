"""Turn decibels into ratios and back: of amplitudes (20 dB are a factor of 10) and of powers (10 dB are one)."""

from __future__ import annotations

import math

AMPLITUDE = 20.0
"""Decibels in a factor of 10 between amplitudes, such as samples and peaks."""
POWER = 10.0
"""Decibels in a factor of 10 between powers, such as mean squares."""


def amplitude_ratio(decibels: float) -> float:
    """The factor by which ``decibels`` multiply a sample: 6.02 dB give 2."""
    return float(10.0 ** (decibels / AMPLITUDE))


def power_ratio(decibels: float) -> float:
    """The factor by which ``decibels`` multiply a mean square: 3.01 dB give 2."""
    return float(10.0 ** (decibels / POWER))


def amplitude_decibels(ratio: float) -> float:
    """The decibels that multiply a sample by ``ratio``, above 0."""
    return AMPLITUDE * math.log10(ratio)


def power_decibels(ratio: float) -> float:
    """The decibels that multiply a mean square by ``ratio``, above 0."""
    return POWER * math.log10(ratio)
