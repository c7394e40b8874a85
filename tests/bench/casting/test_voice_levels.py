"""The measuring of voices, against signals whose figures are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from audiodrama.bench.casting.voice_levels import loudness, pitch
from audiodrama.model import Utterance
from audiodrama.sound.engines.tone import ToneEngine

SECONDS = np.arange(5 * 22050) / 22050


def test_a_full_sine_of_997_hertz_has_minus_3_01_lufs() -> None:
    assert loudness(np.sin(2 * np.pi * 997 * SECONDS), 22050) == pytest.approx(-3.01, abs=0.03)


def test_silence_has_no_loudness_and_no_pitch() -> None:
    assert loudness(0 * SECONDS, 22050) == -math.inf
    assert pitch(0 * SECONDS, 22050) == 0


def test_long_silence_does_not_count() -> None:
    tone = np.sin(2 * np.pi * 997 * SECONDS)
    assert loudness(np.concatenate((tone, 0 * tone)), 22050) == pytest.approx(loudness(tone, 22050), abs=0.2)


@pytest.mark.parametrize("hertz", [70, 131.5, 220, 349.2, 466])
def test_the_pitch_of_a_tone_is_its_frequency(hertz: float) -> None:
    speech = ToneEngine().speak(Utterance("a tone of some length", "tone", f"{hertz:g}Hz"))
    assert pitch(np.frombuffer(speech.pcm, "<i2") / 32768, speech.rate) == pytest.approx(hertz, rel=0.005)


def test_noise_has_no_pitch() -> None:
    assert pitch(np.random.default_rng(5).normal(0, 0.1, 22050), 22050) == 0
