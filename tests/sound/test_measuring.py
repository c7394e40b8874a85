"""Any audio file can be measured."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audiodrama.errors import InputError
from audiodrama.sound import measure
from tests.sound.studio import FFMPEG, ebur128, murmur


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    parts = [part for seed in range(4) for part in (murmur(6, 0.1, 44100, seed), np.zeros(20000, np.int16))]
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
    found = measure(path)
    loudness, peak = ebur128(path)
    assert found.lufs == pytest.approx(loudness, abs=0.1)
    assert found.true_peak_db == pytest.approx(peak, abs=0.2)
    assert found.seconds == pytest.approx(24 + 80000 / 44100, abs=0.06)
    assert (found.sample_rate, found.channels) == (44100, 2)


def test_silence_measures_as_the_bottom_of_the_scales(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(44100, np.int16), 44100)
    found = measure(path)
    assert (found.lufs, found.true_peak_db, found.channels) == (-70.0, -120.0, 1)


@pytest.mark.parametrize("name", ["missing.mp3", "text.txt", "empty.wav"])
def test_what_is_no_audio_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.txt").write_text("No audio here.")
    (tmp_path / "empty.wav").touch()
    with pytest.raises(InputError, match=name):
        measure(tmp_path / name)
