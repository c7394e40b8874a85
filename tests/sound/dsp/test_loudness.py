"""Loudness and true peak agree with the standard and with other people's meters."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.sound.dsp.loudness import add_power, integrated
from audiodrama.sound.dsp.meter import power, true_peak
from tests.helpers.signals import ebur128, speech_like

Floats = npt.NDArray[np.float32]


def sine(seconds: float, decibels: float, hertz: float = 1000.0, rate: int = 48000) -> Floats:
    time = np.arange(round(seconds * rate)) / rate
    return (10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def stereo(heard: Floats, rate: int = 48000) -> float:
    """Loudness of the same in both channels."""
    return integrated([2 * value for value in power(heard, rate)])


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(20, -23)], -23),
        ([(20, -33)], -33),
        ([(10, -36), (60, -23), (10, -36)], -23),
        ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23),
        ([(20, -26), (20.1, -20), (20, -26)], -23),
    ],
)
def test_the_meter_passes_the_test_signals_of_ebu_tech_3341(
    rate: int, parts: list[tuple[float, float]], expected: float
) -> None:
    heard = np.concatenate([sine(seconds, level, rate=rate) for seconds, level in parts])
    assert stereo(heard, rate) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("rate", [11025, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("hertz", [60.0, 200.0, 1000.0, 4000.0])
def test_the_weighting_is_that_of_the_standard_at_every_rate(rate: int, hertz: float) -> None:
    # Relative to 1 kHz, from the filters that the standard tabulates at 48 kHz.
    z = np.exp(-2j * np.pi * np.array([hertz, 1000.0]) / 48000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    gains = 20 * np.log10(np.abs(shelf * high_pass))
    measured = stereo(sine(5, -20, hertz, rate), rate) - stereo(sine(5, -20, 1000.0, rate), rate)
    assert measured == pytest.approx(gains[0] - gains[1], abs=0.2)


def test_a_programme_measures_as_ffmpeg_measures_it(tmp_path: Path) -> None:
    parts = [speech_like(7, level, 44100, seed) for seed, level in enumerate((0.1, 0.02, 0.2, 0.05))]
    pcm = np.concatenate([part for each in parts for part in (each, np.zeros(30000, np.int16))])
    path = tmp_path / "programme.wav"
    soundfile.write(path, np.stack((pcm, pcm // 2), axis=1), 44100)
    left, right = (power((channel / 32768).astype(np.float32), 44100) for channel in (pcm, pcm // 2))
    ours = integrated([a + b for a, b in zip(left, right, strict=True)])
    loudness, peak = ebur128(path)
    assert ours == pytest.approx(loudness, abs=0.1)
    assert 20 * math.log10(true_peak((pcm / 32768).astype(np.float32))) == pytest.approx(peak, abs=0.2)


def test_silence_has_no_loudness_and_no_peak() -> None:
    assert integrated([]) == -math.inf
    assert integrated([0.0] * 50) == -math.inf
    assert power(np.zeros(0, np.float32), 44100) == []
    assert true_peak(np.zeros(100, np.float32)) == 0.0
    assert true_peak(np.zeros(0, np.float32)) == 0.0


def test_something_shorter_than_a_block_has_a_loudness() -> None:
    assert -40 < stereo(sine(0.15, -20)) < -20


@pytest.mark.parametrize(("divisor", "phase"), [(4, 0), (4, 45), (6, 60), (8, 67.5)])
def test_true_peaks_between_samples_are_found_as_ebu_tech_3341_asks(divisor: int, phase: float) -> None:
    turns = 2 * np.pi * np.arange(4800) / divisor + np.radians(phase)
    heard = (0.5 * np.sin(turns) * np.hanning(4800) ** 0.1).astype(np.float32)
    assert -0.4 <= 20 * math.log10(true_peak(heard) / 0.5) <= 0.2


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.lists(st.floats(0, 1), max_size=9)), max_size=9))
def test_adding_powers_to_a_grid_keeps_the_energy(parts: list[tuple[float, list[float]]]) -> None:
    grid: list[float] = []
    for tenths, values in parts:
        add_power(grid, values, tenths, 2.0)
    assert math.fsum(grid) == pytest.approx(2 * math.fsum(value for _, values in parts for value in values))
