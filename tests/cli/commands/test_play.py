"""A story, a part of it, or an audio file is heard through a player of the system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audiodrama.cli import app, players
from audiodrama.cli.options import lines_of, seconds_of
from audiodrama.sound.measure import measure_file
from tests.conftest import ROOT

PLAYER = """#!{python}
import shutil, sys, time
open({log!r}, "a").write(" ".join(sys.argv[1:]) + "\\n")
shutil.copy(sys.argv[-1], {heard!r})
time.sleep({seconds})
sys.exit({code})
"""


class Loudspeaker:
    """A real program in the place of a player: it writes down its arguments, and keeps what it is given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.log, self.heard = folder / "bin", folder / "log", folder / "heard"
        self.folder.mkdir()
        monkeypatch.setenv("PATH", str(self.folder))
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)

    def install(self, name: str, seconds: float = 0.0, code: int = 0) -> None:
        program = self.folder / name
        values = {"python": sys.executable, "log": str(self.log), "heard": str(self.heard)}
        program.write_text(PLAYER.format(**values, seconds=seconds, code=code), encoding="utf-8")
        program.chmod(0o755)

    @property
    def seconds(self) -> float:
        """How long what was heard lasts."""
        return measure_file(self.heard).seconds


@pytest.fixture
def loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loudspeaker:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Loudspeaker(tmp_path, monkeypatch)


def play(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["play", *map(str, arguments)], catch_exceptions=False)


def test_a_story_is_made_and_heard(tone_story: Path, loudspeaker: Loudspeaker) -> None:
    loudspeaker.install("mpg123")
    assert play(tone_story, "-q", "-j", "1").exit_code == 0
    assert loudspeaker.log.read_text().startswith("-q -- ")
    assert loudspeaker.heard.read_bytes()[:3] == b"ID3"
    assert not tone_story.with_suffix(".mp3").exists()


def test_some_lines_and_the_first_seconds_are_heard_alone(tone_story: Path, loudspeaker: Loudspeaker) -> None:
    loudspeaker.install("ffplay")
    lengths = []
    for part in ([], ["--first", "8s"], ["--lines", "2-3"], ["--lines", "2"]):
        assert play(tone_story, "-q", "-j", "1", *part).exit_code == 0
        lengths.append(loudspeaker.seconds)
    whole, first, two, one = lengths
    assert whole > 8.5 > first > two > one


def test_a_player_that_wants_wav_gets_wav(tone_story: Path, loudspeaker: Loudspeaker) -> None:
    loudspeaker.install("aplay")
    assert play(tone_story, "-q", "-j", "1", "--lines", "1").exit_code == 0
    assert loudspeaker.heard.read_bytes()[:4] == b"RIFF"
    assert loudspeaker.log.read_text().endswith(f"{tone_story.stem}.wav\n")


def test_an_audio_file_is_heard_as_it_is(tmp_path: Path, loudspeaker: Loudspeaker) -> None:
    loudspeaker.install("paplay")
    (tmp_path / "bell.wav").write_bytes(b"RIFF of a bell")
    assert play(tmp_path / "bell.wav").exit_code == 0
    assert loudspeaker.heard.read_bytes() == b"RIFF of a bell"
    missing = CliRunner().invoke(app, ["play", "no.mp3"])
    assert "no.mp3 does not exist" in str(missing.exception)


def test_without_a_player_it_is_said_where_the_file_is(tone_story: Path, loudspeaker: Loudspeaker) -> None:
    result = play(tone_story, "-q", "-j", "1", "--lines", "1")
    assert result.exit_code == 0
    file = Path(result.stdout.split(" is ready, but no player was found")[0])
    assert file.read_bytes()[:3] == b"ID3"


def test_a_player_that_fails_is_told(tone_story: Path, loudspeaker: Loudspeaker) -> None:
    loudspeaker.install("mpv", code=2)
    result = play(tone_story, "-q", "-j", "1", "--lines", "1")
    assert result.exit_code == 1
    assert result.stderr.startswith("mpv could not play ")


def test_ctrl_c_stops_the_player_too(tmp_path: Path, loudspeaker: Loudspeaker) -> None:
    loudspeaker.install("mpv", seconds=60)
    (tmp_path / "bell.wav").write_bytes(b"RIFF of a bell")
    command = [sys.executable, "-m", "audiodrama", "play", "bell.wav"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not loudspeaker.heard.exists():
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, message = process.communicate(timeout=20)
    assert process.returncode == 130
    assert message.startswith("audiodrama: Stopped.")


def test_lines_that_are_not_there_are_one_sentence(tone_story: Path, loudspeaker: Loudspeaker) -> None:
    result = CliRunner().invoke(app, ["play", str(tone_story), "--lines", "90-95", "-q", "-j", "1"])
    assert "There are no lines 90-95: the script has 9" in str(result.exception)


def test_lines_and_a_time_are_not_asked_for_together(tone_story: Path) -> None:
    result = play(tone_story, "--lines", "1", "--first", "5s")
    assert result.exit_code == 2
    assert "give one" in result.stderr


@pytest.mark.parametrize(
    ("text", "seconds"), [("60", 60), ("60s", 60), ("2m", 120), ("1:30", 90), ("1m30s", 90), ("1.5 s", 1.5)]
)
def test_a_time_may_be_written_in_many_ways(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["soon", "", "0", "-5s", "1:2:3", "5 h"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Exception, match="write it like 60s, 2m or 1:30"):
        seconds_of(text)


@pytest.mark.parametrize("text", ["0", "5-2", "a-b", "", "1-2-3"])
def test_what_names_no_lines_is_refused(text: str) -> None:
    with pytest.raises(Exception, match="write them like 10-20"):
        lines_of(text)


def test_the_players_are_looked_for_in_their_order(loudspeaker: Loudspeaker) -> None:
    for name in ("aplay", "mpg123", "mpv"):
        loudspeaker.install(name)
        found = players.find_player(Path("x.mp3"))
        assert found is not None
        assert found.command[0] == name
