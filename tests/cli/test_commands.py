"""The command line: what a user types, what it prints, and which files it leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, STORY, TONE_CASTING, Run

CLI = Callable[..., Run]


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if "cache" not in path.relative_to(folder).parts}


def sentences(run: Run) -> list[str]:
    return [line for line in run.stderr.splitlines() if line.startswith("audiodrama: ")]


def test_help_names_every_command(audiodrama: CLI) -> None:
    run = audiodrama("--help")
    assert run.returncode == 0
    for command in ("produce", "extract", "people", "review", "cast", "batch", "voices", "measure"):
        assert command in run.stdout


def test_a_story_becomes_an_mp3_named_after_it(audiodrama: CLI, story: Path, tmp_path: Path) -> None:
    run = audiodrama("produce", story)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "kettle.mp3").stat().st_size > 10_000
    assert "Maud" in run.stdout
    assert "Walter" in run.stdout


def test_a_pipe_gets_plain_lines_and_quiet_gets_none(audiodrama: CLI, tone_story: Path) -> None:
    loud = audiodrama("produce", tone_story)
    assert "record" in loud.stderr
    assert "\x1b" not in loud.stderr + loud.stdout
    quiet = audiodrama("produce", tone_story, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_the_report_has_all_that_was_decided_and_measured(audiodrama: CLI, tone_story: Path, tmp_path: Path) -> None:
    assert audiodrama("produce", tone_story, "-o", "out/k.mp3", "--report", "r.json").returncode == 0
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert {"path", "seconds", "sample_rate", "channels", "lufs", "true_peak_db", "chapters"} == set(report["master"])
    assert report["takes"] == {"made": 9, "reused": 0}
    assert {line["voice"] for line in report["lines"]} == {"200Hz", "350Hz", "500Hz"}
    ends = [0, *(line["end_ms"] for line in report["lines"])]
    starts = [*(line["start_ms"] for line in report["lines"]), report["master"]["seconds"] * 1000]
    assert all(end < start for end, start in zip(ends, starts, strict=True))


def test_an_extracted_script_is_produced_like_its_story(audiodrama: CLI, tone_story: Path, tmp_path: Path) -> None:
    assert audiodrama("extract", tone_story).returncode == 0
    script = tone_story.with_name("kettle.script.yaml")
    assert audiodrama("produce", tone_story, "-o", "story.mp3").returncode == 0
    assert audiodrama("produce", script, "-o", "script.mp3").returncode == 0
    assert (tmp_path / "story.mp3").read_bytes() == (tmp_path / "script.mp3").read_bytes()


def test_an_edited_script_is_not_written_over(audiodrama: CLI, story: Path) -> None:
    audiodrama("extract", story)
    script = story.with_name("kettle.script.yaml")
    assert audiodrama("extract", story).returncode == 0, "the same script may be written again"
    edited = script.read_text(encoding="utf-8").replace("Maud", "Mabel")
    script.write_text(edited, encoding="utf-8")
    run = audiodrama("extract", story)
    assert run.returncode == 1
    assert "--force" in run.stderr
    assert script.read_text(encoding="utf-8") == edited
    assert audiodrama("extract", story, "--force").returncode == 0
    assert "Mabel" not in script.read_text(encoding="utf-8")


def test_spans_are_the_dialogue_in_source_characters(audiodrama: CLI, story: Path) -> None:
    spans = json.loads(audiodrama("extract", story, "--format", "spans").stdout)
    assert [(STORY[span["start"] : span["end"]], span["speaker"]) for span in spans] == [
        ("Somebody ought to see to that,", "Maud"),
        ("Somebody ought,", "Walter"),
        ("Is it you?", "Walter"),
        ("It was me yesterday,", "Maud"),
    ]


def test_cast_drafts_a_file_that_produce_then_uses(audiodrama: CLI, story: Path) -> None:
    assert audiodrama("cast", story).returncode == 0
    casting = story.with_name("casting.yaml")
    before = casting.read_text(encoding="utf-8")
    assert "Maud" in before
    again = audiodrama("cast", story)
    assert "nothing was changed" in again.stdout
    assert casting.read_text(encoding="utf-8") == before
    run = audiodrama("produce", story)
    assert run.returncode == 0
    assert "automatic" not in run.stdout


def test_voices_can_be_listed_and_heard(audiodrama: CLI, tmp_path: Path) -> None:
    listed = audiodrama("voices", "list", "--engine", "espeak", "--gender", "female")
    assert listed.returncode == 0
    assert len(listed.stdout.splitlines()) > 10
    assert audiodrama("voices", "preview", "en-us+f3", "-o", "f3.mp3").returncode == 0
    assert (tmp_path / "f3.mp3").stat().st_size > 10_000


def test_an_audio_file_can_be_measured(audiodrama: CLI, tone_story: Path) -> None:
    audiodrama("produce", tone_story)
    run = audiodrama("measure", "kettle.mp3")
    assert run.returncode == 0
    assert "LUFS" in run.stdout


BAD_STORIES = {
    "missing": (None, "does not exist"),
    "empty": (b"", "empty"),
    "blank": (b" \n\n \t\n", "empty"),
    "binary": (b"\x7fELF\x00\x01\x02" * 200, "not text"),
}


@pytest.mark.parametrize("name", BAD_STORIES)
def test_a_story_that_cannot_be_read_gets_one_sentence(name: str, audiodrama: CLI, tmp_path: Path) -> None:
    content, _ = BAD_STORIES[name]
    path = tmp_path / "bad.txt"
    if content is not None:
        path.write_bytes(content)
    before = left_in(tmp_path)
    run = audiodrama("produce", path, "-o", "bad.mp3")
    assert run.returncode == 1
    assert run.stdout == ""
    assert len(sentences(run)) == len(run.stderr.splitlines()) == 1
    assert "bad.txt" in run.stderr
    assert left_in(tmp_path) == before


def test_a_story_without_dialogue_is_read_by_the_narrator_and_said_so(audiodrama: CLI, tmp_path: Path) -> None:
    (tmp_path / "calm.txt").write_text("The sea was flat. Nothing moved on it.\n", encoding="utf-8")
    run = audiodrama("produce", "calm.txt")
    assert run.returncode == 0
    assert [sentence for sentence in sentences(run) if "No dialogue" in sentence]
    assert (tmp_path / "calm.mp3").exists()


BAD_CASTINGS = {
    "an unknown key": (TONE_CASTING.replace("gender: female", "gendre: female"), "casting.yaml:7", "gender"),
    "an unknown voice": ("roles:\n  Maud: en-us+annie\n", "casting.yaml:2", "Annie"),
    "an unknown engine": ("engine: espeek\nnarrator: en-us\n", "casting.yaml:1", "espeak"),
    "broken YAML": ("roles:\n  Maud: [en-us\n", "casting.yaml:", ""),
}


@pytest.mark.parametrize("name", BAD_CASTINGS)
def test_a_casting_with_a_mistake_says_where_and_what_is_nearest(name: str, audiodrama: CLI, story: Path) -> None:
    text, place, near = BAD_CASTINGS[name]
    story.with_name("casting.yaml").write_text(text, encoding="utf-8")
    run = audiodrama("produce", story)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == len(sentences(run)) == 1
    assert place in run.stderr
    assert near in run.stderr


@pytest.mark.parametrize("output", ["/proc/nowhere/x.mp3", "/dev/null/x.mp3", "kettle.doc", "."])
def test_a_place_that_cannot_be_written_is_refused_at_once(output: str, audiodrama: CLI, tone_story: Path) -> None:
    before = left_in(tone_story.parent)
    run = audiodrama("produce", tone_story, "-o", output)
    assert run.returncode == 1
    assert len(sentences(run)) == len(run.stderr.splitlines()) == 1
    assert left_in(tone_story.parent) == before


def test_a_wrong_command_line_exits_with_two(audiodrama: CLI) -> None:
    assert audiodrama("produce").returncode == 2
    assert audiodrama("perform", "x.txt").returncode == 2
    assert audiodrama("produce", "x.txt", "--jobs", "0").returncode == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_nothing_half_written_and_keeps_the_takes(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text((STORY + "\n") * 400, encoding="utf-8")
    (tmp_path / "long.mp3").write_bytes(b"an older master")
    command = [sys.executable, "-m", "audiodrama", "produce", "long.txt", "--takes", "takes", "--force"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".long.mp3.part")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("audiodrama: Stopped.")
    assert "Traceback" not in said
    assert (tmp_path / "long.mp3").read_bytes() == b"an older master"
    assert left_in(tmp_path) - left_in(tmp_path / "takes") == {"long.txt", "long.mp3", "takes"}
    assert not list(tmp_path.rglob("*.part"))
    assert list((tmp_path / "takes").rglob("*.take"))


def test_a_batch_goes_on_when_a_story_fails_and_says_so(audiodrama: CLI, tone_story: Path, tmp_path: Path) -> None:
    folder = tone_story.parent
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "second.md").write_text('# Two\n\n"Good," said Walter.\n', encoding="utf-8")
    run = audiodrama("batch", folder, "-o", "out", "--report", "batch.json")
    assert run.returncode == 3
    assert left_in(tmp_path / "out") == {"kettle.mp3", "second.mp3", "summary.json"}
    assert "2 of 3 stories good" in run.stdout
    stories = json.loads((tmp_path / "batch.json").read_text(encoding="utf-8"))["stories"]
    assert [bool(story["error"]) for story in stories] == [True, False, False]


FOLDERS = (".", "..", "/")
"""Names of folders that a person may type where a file is wanted; "." and "/" have no name of their own."""


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    "command",
    [
        ("produce", "story.txt", "-o"),
        ("produce", "story.txt", "--dry-run", "-o"),
        ("produce", "story.txt", "-o", "story.mp3", "--report"),
        ("produce", "story.txt", "-o", "story.mp3", "--picture"),
        ("extract", "story.txt", "-o"),
        ("extract", "story.txt", "--format", "spans", "-o"),
        ("cast", "story.txt", "-o"),
        ("voices", "preview", "200Hz", "--engine", "tone", "-o"),
    ],
    ids=" ".join,
)
def test_a_folder_where_a_file_is_to_be_written_is_one_sentence(
    audiodrama: CLI, tone_story: Path, command: tuple[str, ...], folder: str
) -> None:
    tone_story.replace(tone_story.parent / "story.txt")
    run = audiodrama(*command, folder, folder=tone_story.parent)
    assert run.returncode == 1
    assert len(sentences(run)) == 1
    assert f"{folder} is a folder" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("command", ["produce", "extract", "cast", "people"])
def test_a_folder_instead_of_a_story_is_one_sentence(audiodrama: CLI, command: str, folder: str) -> None:
    run = audiodrama(command, folder)
    assert run.returncode == 1
    assert len(sentences(run)) == 1
    assert "is a folder" in run.stderr
    assert "Traceback" not in run.stderr
