"""Any audio file can be measured."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audiodrama.errors import InputError
from audiodrama.sound import measure_file
from audiodrama.sound.dsp.meter import true_peak
from audiodrama.sound.measure import level_db
from tests.helpers.signals import FFMPEG, ebur128, speech_like


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    parts = [part for seed in range(4) for part in (speech_like(6, 0.1, 44100, seed), np.zeros(20000, np.int16))]
    pcm = np.concatenate(parts)
    path = tmp_path / "programme.wav"
    soundfile.write(path, np.stack((pcm, pcm // 3), axis=1), 44100)
    return path


@pytest.mark.parametrize("ending", ["wav", "mp3", "flac", "ogg", "m4a"])
def test_a_file_of_any_format_measures_as_ffmpeg_measures_it(programme: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"converted.{ending}"
    if ending != "wav":
        subprocess.run([FFMPEG, "-v", "error", "-y", "-i", programme, path], check=True)
    else:
        path = programme
    found = measure_file(path)
    loudness, peak = ebur128(path)
    assert found.lufs == pytest.approx(loudness, abs=0.1)
    assert found.true_peak_db == pytest.approx(peak, abs=0.2)
    assert found.seconds == pytest.approx(24 + 80000 / 44100, abs=0.06)
    assert (found.sample_rate, found.channels) == (44100, 2)


def hum(seconds: float) -> NDArray[np.float32]:
    """A tone that is at its crest after every whole second."""
    return (0.5 * np.cos(2 * np.pi * 50 * np.arange(round(seconds * 44100)) / 44100)).astype(np.float32)


def test_a_long_file_has_no_peak_where_one_look_at_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "hum.wav"
    rising = np.linspace(0, 12, 12 * 44100)
    faded = hum(12) * np.minimum(1.0, np.minimum(rising, rising[::-1]))
    soundfile.write(path, faded, 44100, subtype="FLOAT")
    assert measure_file(path).true_peak_db == pytest.approx(ebur128(path)[1], abs=0.1)
    assert measure_file(path).true_peak_db == pytest.approx(-6.02, abs=0.01)


@pytest.mark.parametrize("more", [0, 3, 20, 40, 5000])
def test_a_file_that_is_looked_at_in_pieces_has_the_peak_of_the_whole(tmp_path: Path, more: int) -> None:
    path = tmp_path / "hum.wav"
    whole = hum(10 + more / 44100)
    soundfile.write(path, whole, 44100, subtype="FLOAT")
    assert measure_file(path).true_peak_db == level_db(true_peak(whole))


def test_silence_measures_as_the_bottom_of_the_scales(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(44100, np.int16), 44100)
    found = measure_file(path)
    assert (found.lufs, found.true_peak_db, found.channels) == (-70.0, -120.0, 1)


@pytest.mark.parametrize("name", ["missing.mp3", "text.txt", "empty.wav"])
def test_what_is_no_audio_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.txt").write_text("No audio here.")
    (tmp_path / "empty.wav").touch()
    with pytest.raises(InputError, match=name):
        measure_file(tmp_path / name)
