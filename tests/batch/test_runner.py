"""A batch: one casting and one pool for many stories, and a failure for one of them only."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from audiodrama.batch import Outcome, produce_all
from audiodrama.batch.shared_cast import speakers_of
from audiodrama.errors import InputError
from audiodrama.pipeline import Options
from tests.conftest import ROOT, STORY, Run
from tests.helpers import faulty_engine

CLI = Callable[..., Run]

TALKS = {
    "anchor": '"Who moved the anchor?" asked Ida Marsh.\n\n"I did," said Ida Marsh again. She laughed.\n',
    "bridge": '"The bridge is up," said Tobias.\n\n"It was up before," Ida said. She turned her head.\n',
    "candle": '"No more candles," said Tobias. He sighed.\n\n"Then we wait," said Wilhelmina. She sat down.\n',
    "desert": '"Sand again," said Ida Marsh. She spat.\n\n"It gets everywhere," Wilhelmina answered.\n',
}
"""Stories whose people come back."""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with four stories and a casting that leaves it to us who has which voice."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name, text in TALKS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "casting.yaml").write_text("engine: tone\n", encoding="utf-8")
    return folder


def produce_in(shelf: Path, *stories: str, jobs: int = 1) -> dict[str, Outcome]:
    """Produce stories of the shelf, all of them if none is named."""
    places = tuple(shelf / story for story in stories) or (shelf,)
    outcomes = produce_all(places, shelf.parent / "out", Options(takes=shelf.parent / "takes"), jobs=jobs)
    return {outcome.story.stem: outcome for outcome in outcomes}


def voices(outcomes: Mapping[str, Outcome]) -> dict[str, set[str]]:
    """The voices of each person over all stories."""
    found: dict[str, set[str]] = {}
    for outcome in outcomes.values():
        for name, voice in outcome.voices:
            found.setdefault(name, set()).add(voice)
    return found


def summary(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return content


def test_who_comes_back_has_one_voice_in_all_stories(shelf: Path) -> None:
    found = voices(produce_in(shelf))
    assert {len(found[name]) for name in ("narrator", "Tobias", "Wilhelmina")} == {1}
    assert len(found["Ida Marsh"] | found.get("Ida", set())) == 1
    assert len({voice for name in found for voice in found[name]}) == 4


def test_a_voice_does_not_hang_on_what_becomes_of_other_stories(shelf: Path) -> None:
    whole = produce_in(shelf)
    (shelf / "bridge.casting.yaml").write_text("roles:\n  Tobias: no such voice\n", encoding="utf-8")
    partly = produce_in(shelf)
    assert partly["bridge"].error
    assert {name: one.voices for name, one in partly.items() if name != "bridge"} == {
        name: one.voices for name, one in whole.items() if name != "bridge"
    }


def test_a_storys_own_casting_has_the_last_word_for_it_alone(shelf: Path) -> None:
    shared = "engine: tone\nnarrator: 200Hz\nroles:\n  Tobias: {voice: 300Hz, pan: 0.5}\n"
    (shelf / "casting.yaml").write_text(shared, encoding="utf-8")
    own = shelf / "bridge.casting.yaml"
    own.write_text("roles:\n  Tobias: {voice: 350Hz}\npauses: {reply: 900}\n", encoding="utf-8")
    plain = produce_in(shelf)
    assert dict(plain["bridge"].voices)["Tobias"] == "350Hz"
    assert dict(plain["candle"].voices)["Tobias"] == "300Hz"
    assert dict(plain["bridge"].voices)["narrator"] == dict(plain["candle"].voices)["narrator"] == "200Hz"
    own.write_text("roles:\n  Tobias: {voice: 350Hz}\n", encoding="utf-8")
    shorter = produce_in(shelf, "bridge.txt")["bridge"].master
    assert plain["bridge"].master is not None
    assert shorter is not None
    assert plain["bridge"].master.seconds > shorter.seconds


def test_who_is_cast_for_one_story_is_not_put_into_the_shared_casting(shelf: Path, audiodrama: CLI) -> None:
    (shelf / "bridge.casting.yaml").write_text("roles:\n  Tobias: 350Hz\n", encoding="utf-8")
    assert audiodrama("cast", shelf / "bridge.txt").returncode == 0
    shared = (shelf / "casting.yaml").read_text(encoding="utf-8")
    assert "Ida" in shared
    assert "Tobias" not in shared


def test_one_process_and_three_make_the_same_files(shelf: Path) -> None:
    alone = {name: one.output.read_bytes() for name, one in produce_in(shelf).items()}
    for path in (shelf.parent / "out").glob("*.mp3"):
        path.unlink()
    together = {name: one.output.read_bytes() for name, one in produce_in(shelf, jobs=3).items()}
    assert alone == together


def test_a_second_run_makes_no_take(shelf: Path) -> None:
    first, second = produce_in(shelf), produce_in(shelf)
    assert all(one.made for one in first.values())
    assert not any(one.made for one in second.values())


def test_a_second_run_makes_only_what_has_changed_or_is_missing(shelf: Path) -> None:
    first = produce_in(shelf)
    (shelf / "anchor.txt").write_text(TALKS["anchor"].replace("anchor", "sail"), encoding="utf-8")
    first["candle"].output.unlink()
    second = produce_in(shelf)
    assert {name: one.result for name, one in second.items()} == {
        "anchor": "made",
        "bridge": "unchanged",
        "candle": "made",
        "desert": "unchanged",
    }
    assert second["anchor"].made == 1


def test_the_summary_says_what_became_of_every_story(shelf: Path) -> None:
    (shelf / "empty.txt").write_text("", encoding="utf-8")
    produce_in(shelf)
    told = summary(shelf.parent / "out")
    assert told["totals"] == {"made": 4, "unchanged": 0, "degraded": 0, "failed": 1, "waiting": 0}
    by_name = {Path(story["story"]).stem: story for story in told["stories"]}
    assert by_name["empty"]["error"]
    assert by_name["anchor"]["master"]["seconds"] > 1
    assert by_name["anchor"]["cast"]["narrator"].endswith("Hz")


def test_stories_that_would_become_the_same_file_are_refused(shelf: Path) -> None:
    (shelf / "anchor.md").write_text("Another anchor.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"anchor\.md and .*anchor\.txt would both become anchor\.mp3"):
        produce_in(shelf)


def test_a_shells_list_of_everything_in_a_folder_is_as_good_as_the_folder(shelf: Path, audiodrama: CLI) -> None:
    (shelf / "bridge.casting.yaml").write_text("pauses: {reply: 900}\n", encoding="utf-8")
    assert audiodrama("extract", shelf / "anchor.txt").returncode == 0
    produce_in(shelf)
    folder = summary(shelf.parent / "out")
    run = audiodrama("batch", *sorted(shelf.iterdir()), "-o", "out", "--takes", "takes", folder=shelf.parent)
    assert run.returncode == 0, run.stderr
    again = summary(shelf.parent / "out")
    assert [story["story"] for story in again["stories"]] == [story["story"] for story in folder["stories"]]
    assert again["stories"][0]["story"].endswith("anchor.script.yaml")


def test_folders_in_folders_are_not_searched_and_this_is_said(shelf: Path, audiodrama: CLI) -> None:
    (shelf / "drafts").mkdir()
    (shelf / "drafts" / "late.txt").write_text(STORY, encoding="utf-8")
    run = audiodrama("batch", str(shelf), "-o", shelf / "out", "--takes", "takes")
    assert run.returncode == 0
    assert str(shelf / "drafts") in run.stderr
    assert not (shelf / "out" / "late.mp3").exists()
    again = audiodrama("batch", str(shelf), "-o", shelf / "out", "--takes", "takes")
    assert "4 of 4 stories good" in again.stdout, "results inside of the folder are no stories"


def test_a_file_that_cannot_be_read_fails_alone(shelf: Path) -> None:
    (shelf / "bridge.txt").unlink()
    (shelf / "bridge.txt").symlink_to("/proc/self/mem")
    assert [name for name, one in produce_in(shelf).items() if one.error] == ["bridge"]


def test_on_a_terminal_a_table_shows_stories_steps_and_what_is_left(shelf: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "audiodrama", "batch", str(shelf), "-o", "out", "--jobs", "2", "--takes", "takes"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=theirs, stdout=subprocess.PIPE, text=True
    ) as process:
        os.close(theirs)
        drawn = b""
        while piece := _read(ours):
            drawn += piece
        assert process.wait(60) == 0
    os.close(ours)
    # Which of a story's steps are seen depends on how fast they pass.
    for word in (b"anchor.txt", b"step", b"of 4", b"\x1b["):
        assert word in drawn


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def run_faulty_batch(folder: Path, stories: dict[str, str]) -> tuple[Run, dict[str, Any]]:
    """Run a batch of stories with the faulty engine."""
    sources = folder / "stories"
    sources.mkdir(exist_ok=True)
    (sources / "casting.yaml").write_text(faulty_engine.CASTING, encoding="utf-8")
    for name, text in stories.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    options = ("-o", "out", "--jobs", "2", "--takes", "takes")
    command = [sys.executable, "-m", "audiodrama", "batch", str(sources), *options]
    environment = faulty_engine.install(folder / "plugin")
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return run, {Path(story["story"]).stem: story for story in summary(folder / "out")["stories"]}


def test_a_line_that_kills_its_worker_fails_its_story_and_is_named(tmp_path: Path) -> None:
    run, stories = run_faulty_batch(tmp_path, {"a": STORY, "b": STORY + '\n"It is poison," said Maud.\n', "c": STORY})
    assert run.returncode == 3
    assert [stories[name]["result"] for name in "abc"] == ["made", "failed", "made"]
    assert "the line 'It is poison'" in stories["b"]["error"]
    assert "Traceback" not in run.stderr
    assert faulty_engine.spoken(tmp_path / "plugin").count("It is poison") == 3


def test_a_worker_that_dies_once_is_survived(tmp_path: Path) -> None:
    run, stories = run_faulty_batch(tmp_path, {"a": STORY, "b": STORY + '\n"Do not stumble," said Maud.\n'})
    assert run.returncode == 0, run.stderr
    assert {story["result"] for story in stories.values()} == {"made"}


def test_a_story_whose_engine_fails_is_tried_again_at_the_end(tmp_path: Path) -> None:
    run, stories = run_faulty_batch(tmp_path, {"a": "I refuse this.\n", "b": STORY})
    assert stories["a"]["result"] == "made", stories["a"]["error"]
    assert run.returncode == 0


def test_a_story_that_is_wrong_is_not_tried_again(tmp_path: Path) -> None:
    run, stories = run_faulty_batch(tmp_path, {"a": "", "b": STORY})
    assert run.returncode == 3
    assert run.stderr.count("a.txt is empty") == 1
    assert stories["b"]["result"] == "made"


def test_the_logging_of_the_program_around_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text('"Yes," said Ida.\n', encoding="utf-8")
    logging.disable(logging.INFO)
    try:
        speakers_of((tmp_path / "one.txt", Options()))
        assert logging.root.manager.disable == logging.INFO
        assert logging.getLogger("audiodrama").level == logging.NOTSET
    finally:
        logging.disable(logging.NOTSET)
