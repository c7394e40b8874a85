"""A story may come from standard input, a pipe or a FIFO: each command reads it, and once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, STORY, TONE_CASTING, Run

CLI = Callable[..., Run]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs /dev/stdin")


@pytest.mark.parametrize("path", ["-", "/dev/stdin"])
def test_a_story_from_a_pipe_becomes_the_same_file_as_a_story_of_the_disk(
    audiodrama: CLI, tmp_path: Path, path: str
) -> None:
    (tmp_path / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    (tmp_path / "Untitled.txt").write_text(STORY, encoding="utf-8")
    assert audiodrama("produce", "Untitled.txt", "-o", "disk.mp3", "-q").returncode == 0
    run = audiodrama("produce", path, typed=STORY)
    assert (run.returncode, run.stderr.count("audiodrama:")) == (0, 0)
    assert (tmp_path / "Untitled.mp3").read_bytes() == (tmp_path / "disk.mp3").read_bytes()
    again = audiodrama("produce", path, typed=STORY)
    assert "unchanged" in again.stdout
    other = audiodrama("produce", path, typed=STORY.replace("kettle", "tea urn"))
    assert "unchanged" not in other.stdout


def test_every_command_that_reads_a_story_reads_a_pipe(audiodrama: CLI, tmp_path: Path) -> None:
    assert "Maud    2" in audiodrama("people", "-", typed=STORY).stdout
    assert "audiodrama cast STORY" in audiodrama("people", "-", typed=STORY).stdout
    assert "will be made" in audiodrama("produce", "-", "--dry-run", typed=STORY).stdout
    assert "less than 80% sure" in audiodrama("review", "-", typed=STORY).stdout
    assert audiodrama("cast", "-", typed=STORY).returncode == 0
    assert audiodrama("extract", "-", typed=f"# A Kettle\n\n{STORY}").returncode == 0
    assert "title: A Kettle" in (tmp_path / "Untitled.script.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "casting.yaml").is_file()


def test_a_script_may_come_from_a_pipe_too(audiodrama: CLI, tmp_path: Path) -> None:
    script = "# edited\nschema: audiodrama/script 1\nlines:\n- Maud: Hello.\n- Walter: Yes?\n"
    assert "2 of 2 lines" in audiodrama("produce", "-", "--dry-run", typed=script).stdout
    assert "is a script already" in audiodrama("extract", "-", typed=script).stderr


def test_a_shell_may_put_a_command_in_place_of_the_story(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text(STORY, encoding="utf-8")
    run = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m audiodrama people <(cat s.txt) --casting <(echo 'narrator: en-us')"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "Walter  2" in run.stdout


def test_a_batch_asks_for_files(audiodrama: CLI) -> None:
    run = audiodrama("batch", "-", "-o", "out", typed=STORY)
    assert run.returncode == 1
    assert "use `audiodrama produce`, or save it as a file" in run.stderr


@pytest.mark.parametrize("command", ["produce", "extract", "people", "review", "cast"])
@pytest.mark.parametrize("place", [".", ".."])
def test_a_folder_is_no_story_for_any_command(audiodrama: CLI, command: str, place: str) -> None:
    run = audiodrama(command, place)
    assert run.returncode == 1
    assert (
        run.stderr
        == f"audiodrama: {place} is a folder; give the story's file, or use `audiodrama batch` for a folder.\n"
    )


def test_a_name_of_255_bytes_is_good_for_story_casting_and_result(audiodrama: CLI, tmp_path: Path) -> None:
    story, result, casting = ("a" * 251 + ".txt", "b" * 251 + ".mp3", "c" * 250 + ".yaml")
    (tmp_path / story).write_text(STORY, encoding="utf-8")
    (tmp_path / casting).write_text(TONE_CASTING, encoding="utf-8")
    run = audiodrama("produce", story, "-o", result, "--casting", casting, "-q")
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / result).is_file()
    assert audiodrama("extract", story, "-o", "d" * 250 + ".yaml", "-q").returncode == 0
