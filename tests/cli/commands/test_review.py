"""The commands ``people`` and ``review``: what is asked, what is understood, what is kept, also when it is killed."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audiodrama.files import load_decisions, parse_script
from tests.conftest import ROOT, Run

CLI = Callable[..., Run]
SPOKEN = ["Somebody ought to see to that,", "Somebody ought,", "Is it you?", "It was me yesterday,"]


def kept(story: Path) -> dict[str, str]:
    return {one.text: one.speaker for one in load_decisions(story.with_name("kettle.decisions.yaml"))}


def test_people_are_listed_with_their_lines_and_names(audiodrama: CLI, story: Path) -> None:
    run = audiodrama("people", story)
    assert run.returncode == 0, run.stderr
    rows = {line.split()[0]: line for line in run.stdout.splitlines() if line.strip()}
    assert rows["Maud"].split()[1] == "2"
    assert "female" in rows["Maud"]
    assert "Maud (2)" in rows["Maud"]
    assert "Walter (1)" in rows["Walter"]
    assert f"audiodrama cast {story}" in run.stdout


def test_people_can_be_had_as_json(audiodrama: CLI, story: Path) -> None:
    found = json.loads(audiodrama("people", story, "--json").stdout)
    assert {one["name"]: (one["lines"], one["gender"]) for one in found} == {
        "Maud": (2, "female"),
        "Walter": (2, "male"),
    }


def test_a_list_asks_nothing_and_keeps_nothing(audiodrama: CLI, story: Path) -> None:
    run = audiodrama("review", story, "--list", "--all", typed="1\n1\n1\n1\n")
    assert run.returncode == 0
    assert [run.stdout.index(text) for text in SPOKEN] == sorted(run.stdout.index(text) for text in SPOKEN)
    assert "Who?" not in run.stdout
    assert f"{story}:3" in run.stdout
    assert kept(story) == {}


def test_where_nobody_answers_the_lines_are_listed(audiodrama: CLI, story: Path) -> None:
    assert audiodrama("review", story, "--all").stdout == audiodrama("review", story, "--all", "--list").stdout


def test_only_lines_below_the_threshold_are_asked_about(audiodrama: CLI, story: Path) -> None:
    assert "0 lines" in audiodrama("review", story, "--below", "0").stdout
    assert "4 lines" in audiodrama("review", story, "--below", "1").stdout


def test_answers_come_from_a_pipe_one_in_a_line(audiodrama: CLI, story: Path) -> None:
    run = audiodrama("review", story, "--all", typed="y\n\nmaud\nthe Vicar\n")
    assert run.returncode == 0, run.stderr
    assert kept(story) == {SPOKEN[0]: "Maud", SPOKEN[2]: "Maud", SPOKEN[3]: "the Vicar"}
    assert "the Vicar is new here" in run.stdout
    assert "3 decisions kept" in run.stdout


def test_the_number_of_a_candidate_is_the_candidate(audiodrama: CLI, story: Path) -> None:
    run = audiodrama("review", story, "--all", typed="2\nq\n")
    second = run.stdout.split("2 ", 1)[1].split()[0]
    assert kept(story) == {SPOKEN[0]: second}
    assert second != "Maud"


def test_back_asks_the_line_before_again(audiodrama: CLI, story: Path) -> None:
    run = audiodrama("review", story, "--all", typed="b\nWalter\nb\nMaud\nq\n")
    assert "This is the first line." in run.stdout
    assert "Walter: you decided" in run.stdout
    assert kept(story) == {SPOKEN[0]: "Maud"}
    assert "1 decision kept" in run.stdout


@pytest.mark.parametrize("answer", ["0", "99", "-1", "x", "!", "?"])
def test_what_is_no_answer_is_asked_again(answer: str, audiodrama: CLI, story: Path) -> None:
    run = audiodrama("review", story, "--all", typed=f"{answer}\nWalter\n")
    assert kept(story) == {SPOKEN[0]: "Walter"}
    assert ("a number" if answer == "?" else "is no answer") in run.stdout


def test_a_decision_is_used_by_extract_and_not_asked_about_again(audiodrama: CLI, story: Path) -> None:
    audiodrama("review", story, "--below", "1", typed="Walter\n" * 4)
    assert set(kept(story).values()) == {"Walter"}
    assert "0 lines" in audiodrama("review", story, "--below", "1").stdout
    spans = json.loads(audiodrama("extract", story, "--format", "spans").stdout)
    assert {span["speaker"] for span in spans} == {"Walter"}


def test_an_edited_script_keeps_its_speakers_over_a_new_extraction(audiodrama: CLI, story: Path) -> None:
    audiodrama("extract", story)
    script = story.with_name("kettle.script.yaml")
    text = script.read_text(encoding="utf-8")
    edited = text.replace("- Walter: Is it you?", "- Clement: Is it you?")
    assert edited != text
    script.write_text(edited, encoding="utf-8")
    refused = audiodrama("extract", story)
    assert refused.returncode == 1
    assert f"audiodrama review {story} --from {script}" in refused.stderr
    run = audiodrama("review", story, "--from", script)
    assert run.returncode == 0, run.stderr
    assert "1 speaker taken" in run.stdout
    assert kept(story) == {"Is it you?": "Clement"}
    assert audiodrama("extract", story, "--force").returncode == 0
    lines = parse_script(script.read_text(encoding="utf-8"), "x").lines()
    assert [line.speaker for line in lines if line.text == "Is it you?"] == ["Clement"]
    assert script.with_name("kettle.script.yaml.bak").read_text(encoding="utf-8") == edited


def test_a_review_says_that_the_script_is_older(audiodrama: CLI, story: Path) -> None:
    audiodrama("extract", story)
    assert f"audiodrama extract {story} --force" in audiodrama("review", story, "--all", typed="Walter\n").stdout


@pytest.mark.parametrize("command", ["review", "extract", "people", "produce", "cast"])
def test_a_broken_file_of_decisions_gets_one_sentence_with_its_line(command: str, audiodrama: CLI, story: Path) -> None:
    path = story.with_name("kettle.decisions.yaml")
    path.write_text("schema: audiodrama/decisions 1\ndecisions:\n- line: Yes.\n  who: Maud\n", encoding="utf-8")
    run = audiodrama(command, story)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith(f"audiodrama: {path}:4: ")
    assert "speaker" in run.stderr


def test_a_decision_whose_line_is_gone_is_told(audiodrama: CLI, story: Path) -> None:
    audiodrama("review", story, "--all", typed="Maud\nMaud\n")
    text = story.read_text(encoding="utf-8").replace("“", '"').replace("Somebody ought,", "Let it,")
    story.write_text(text, encoding="utf-8")
    for command in ("extract", "review"):
        run = audiodrama(command, story)
        assert run.returncode == 0
        assert "1 decision fits no line any more" in run.stderr
        assert run.stderr.startswith("audiodrama: ")
    assert len(kept(story)) == 2


@contextmanager
def at_a_terminal(*arguments: object) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A command with a real terminal for its input and output."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "audiodrama", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment) as process:
        os.close(slave)
        try:
            yield process, master
        finally:
            process.kill()
            os.close(master)


def shows(terminal: int, wanted: str) -> str:
    """What the terminal shows until the words appear."""
    seen, deadline = b"", time.monotonic() + 60
    while wanted.encode() not in seen:
        assert select.select([terminal], [], [], max(0.0, deadline - time.monotonic()))[0], seen.decode()
        seen += os.read(terminal, 4096)
    return seen.decode()


def test_a_person_at_a_terminal_answers_and_stops(story: Path) -> None:
    with at_a_terminal("review", story, "--all") as (process, terminal):
        assert SPOKEN[0] in shows(terminal, "? = help: ")
        os.write(terminal, b"Walter\n")
        assert SPOKEN[1] in shows(terminal, "? = help: ")
        os.write(terminal, b"\n")
        assert SPOKEN[2] in shows(terminal, "? = help: ")
        os.write(terminal, b"1\n")
        assert SPOKEN[3] in shows(terminal, "? = help: ")
        os.write(terminal, b"\x04")
        assert "2 decisions kept" in shows(terminal, "in doubt.")
        assert process.wait(60) == 0
    assert list(kept(story)) == [SPOKEN[0], SPOKEN[2]]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 130)])
def test_a_review_that_is_stopped_has_kept_every_answer(number: signal.Signals, code: int, story: Path) -> None:
    with at_a_terminal("review", story, "--all") as (process, terminal):
        for answer in (b"Walter\n", b"Maud\n"):
            shows(terminal, "? = help: ")
            os.write(terminal, answer)
        shows(terminal, "? = help: ")
        process.send_signal(number)
        assert process.wait(60) == code
    assert kept(story) == {SPOKEN[0]: "Walter", SPOKEN[1]: "Maud"}
    assert not list(story.parent.glob(".*"))
