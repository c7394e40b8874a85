"""Sound files of any format become takes."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from audiodrama.errors import InputError
from audiodrama.sound import ImportOrder, import_sound
from audiodrama.sound.takes.flac import load
from tests.conftest import ROOT
from tests.helpers.signals import FFMPEG, tone


@pytest.fixture
def bell(tmp_path: Path) -> Path:
    path = tmp_path / "bell.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44100)
        pcm = tone(1.5, 880, 0.3, 44100)
        file.writeframes(np.stack((pcm, pcm), axis=1).tobytes())
    return path


@pytest.mark.parametrize("ending", ["wav", "mp3", "ogg", "flac", "m4a"])
def test_a_sound_of_any_format_keeps_its_length_and_pitch(bell: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"converted.{ending}"
    subprocess.run([FFMPEG, "-v", "error", "-i", bell, path], check=True)
    made = import_sound(ImportOrder(path, tmp_path / "takes"))
    assert made.samples / made.rate == pytest.approx(1.5, abs=0.06)
    heard, rate = load(made.key, made.file)
    spectrum = np.abs(np.fft.rfft(heard))
    assert np.argmax(spectrum) * rate / len(heard) == pytest.approx(880, abs=2)
    assert made.peak == pytest.approx(0.3, abs=0.05)


def test_a_sound_is_imported_once_and_found_by_its_content(bell: Path, tmp_path: Path) -> None:
    made = import_sound(ImportOrder(bell, tmp_path / "takes"))
    moved = bell.rename(tmp_path / "moved.wav")
    assert import_sound(ImportOrder(moved, tmp_path / "takes")) == made
    moved.write_bytes(moved.read_bytes()[:-4000])
    assert import_sound(ImportOrder(moved, tmp_path / "takes")).key != made.key


@pytest.mark.parametrize("name", ["missing.wav", "folder", "text.mp3", "text.wav", "empty.ogg", "empty.wav"])
def test_what_is_no_sound_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.mp3").write_text("This is no sound at all.")
    (tmp_path / "text.wav").write_text("This is no sound at all.")
    (tmp_path / "empty.ogg").touch()
    (tmp_path / "empty.wav").touch()
    with pytest.raises(InputError, match=name) as caught:
        import_sound(ImportOrder(tmp_path / name, tmp_path / "takes"))
    assert "\n" not in str(caught.value)


def test_importing_a_sound_warns_of_nothing_on_a_machine_without_ffmpeg(bell: Path, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from audiodrama import sound; "
        f"sound.import_sound(sound.ImportOrder(Path({str(bell)!r}), Path({str(tmp_path)!r})))"
    )
    command = [sys.executable, "-W", "always::RuntimeWarning", "-c", code]
    run = subprocess.run(command, cwd=ROOT, env={"PATH": "/nonexistent"}, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
