"""A second opinion from the command line: what is asked, said, written, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, STORY, Run
from tests.helpers.llm_endpoint import API_KEY, EndpointServer, Reply, serving

CLI = Callable[..., Run]

MEETING = """Five of them sat round the table in the boathouse: Anna, Bert, Clara, Dov and Edith.

"The boat was tied up," said Anna.

"I saw it too," said Bert.

"So did I," said Clara.

"Not at nine," said Dov.

"At ten, then," said Edith.

The lamp went out, and somebody laughed.

"Who has the matches?"

"Not here."

"Try the drawer."

"Which drawer?"

Nobody knew.
"""
"""A story in which who speaks in the dark is anybody's guess."""


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIODRAMA_LLM_KEY", API_KEY)


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    path = tmp_path / "stories" / "meeting.txt"
    path.parent.mkdir()
    path.write_text(MEETING, encoding="utf-8")
    return path


def clara(reply: Reply) -> None:
    reply.names("Clara")


def options(endpoint: EndpointServer) -> tuple[str, ...]:
    return ("--llm", endpoint.url, "--llm-model", "parrot:1b")


def said(run: Run) -> list[str]:
    return [line for line in run.stderr.splitlines() if line.startswith("audiodrama: ")]


def assert_no_key(run: Run, folder: Path) -> None:
    assert API_KEY not in run.stdout + run.stderr
    for path in folder.rglob("*"):
        assert not path.is_file() or API_KEY.encode() not in path.read_bytes(), path


def test_extract_asks_once_and_writes_the_same_script_again(audiodrama: CLI, meeting: Path, tmp_path: Path) -> None:
    script = meeting.with_name("meeting.script.yaml")
    with serving(clara) as endpoint:
        run = audiodrama("extract", meeting, *options(endpoint))
        assert run.returncode == 0, run.stderr
        asked = sum(len(one.numbers) for one in endpoint.requests)
        assert asked >= 3
        assert said(run) == [
            f"audiodrama: asking parrot:1b about {asked} unsure lines in 1 request, "
            f"{said(run)[0].partition('1 request, ')[2]}"
        ]
        assert "tokens" in run.stderr
        first = script.read_bytes()
        assert first.count(b"second opinion: parrot:1b") == asked
        again = audiodrama("extract", meeting, *options(endpoint))
        assert (again.returncode, script.read_bytes()) == (0, first)
        assert len(endpoint.requests) == 1
        assert "answered before" in again.stderr
    assert_no_key(run, tmp_path)


def test_produce_goes_on_without_an_endpoint_and_exits_with_three(
    audiodrama: CLI, meeting: Path, tmp_path: Path
) -> None:
    with serving(lambda reply: reply.status(401, f'{{"error": "{API_KEY} is wrong"}}'.encode())) as endpoint:
        run = audiodrama("produce", meeting, *options(endpoint), "--report", "r.json", "--quiet")
    assert run.returncode == 3
    (complaint,) = run.stderr.splitlines()
    assert complaint.startswith(f"audiodrama: parrot:1b at {endpoint.url} gave no second opinion")
    assert (tmp_path / "meeting.mp3").stat().st_size > 10_000
    assert len(json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["degraded"]) == 1
    assert_no_key(run, tmp_path)


def test_produce_casts_who_was_named(audiodrama: CLI, meeting: Path, tmp_path: Path) -> None:
    with serving(clara) as endpoint:
        run = audiodrama("produce", meeting, *options(endpoint), "--report", "r.json")
    assert run.returncode == 0, run.stderr
    lines = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["lines"]
    asked = sum(len(one.numbers) for one in endpoint.requests)
    assert sum((line["speaker"], line["why"]) == ("Clara", "second opinion: parrot:1b") for line in lines) == asked > 0


def test_extract_degrades_like_produce(audiodrama: CLI, meeting: Path, tmp_path: Path) -> None:
    assert audiodrama("extract", meeting, "-o", "offline.yaml").returncode == 0
    with serving(lambda reply: reply.says("Clara, I suppose.")) as endpoint:
        run = audiodrama("extract", meeting, *options(endpoint), "-o", "online.yaml")
        spans = audiodrama("extract", meeting, *options(endpoint), "--format", "spans")
    assert (run.returncode, spans.returncode) == (3, 3)
    assert [sentence for sentence in said(run) if "no second opinion" in sentence]
    assert (tmp_path / "online.yaml").read_bytes() == (tmp_path / "offline.yaml").read_bytes()
    assert len(json.loads(spans.stdout)) == 9


def test_a_batch_with_an_endpoint_that_fails_is_degraded(audiodrama: CLI, meeting: Path, tmp_path: Path) -> None:
    (meeting.parent / "sure.txt").write_text(STORY, encoding="utf-8")
    with serving(lambda reply: reply.status(403)) as endpoint:
        run = audiodrama("batch", meeting.parent, "-o", "out", *options(endpoint))
    assert run.returncode == 3
    assert {path.name for path in (tmp_path / "out").glob("*.mp3")} == {"meeting.mp3", "sure.mp3"}
    complaints = [sentence for sentence in said(run) if "no second opinion" in sentence]
    assert sum("meeting.txt" in complaint for complaint in complaints) == 1


@pytest.mark.parametrize("command", ["extract", "produce", "batch"])
def test_an_estimate_asks_and_writes_nothing(command: str, audiodrama: CLI, meeting: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    with serving(clara) as endpoint:
        run = audiodrama(command, meeting, "-o", "out.mp3", *options(endpoint), "--llm-estimate")
    assert run.returncode == 0, run.stderr
    assert endpoint.requests == []
    assert run.stdout.startswith("meeting.txt: asking parrot:1b about ")
    assert len(run.stdout.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_script_is_not_asked_about_because_a_person_may_have_edited_it(audiodrama: CLI, meeting: Path) -> None:
    assert audiodrama("extract", meeting).returncode == 0
    with serving(clara) as endpoint:
        run = audiodrama("produce", meeting.with_name("meeting.script.yaml"), *options(endpoint))
    assert run.returncode == 0
    assert endpoint.requests == []
    assert "is a script" in run.stderr


def test_a_line_that_a_person_decided_is_not_asked_about(audiodrama: CLI, meeting: Path) -> None:
    decided = "schema: audiodrama/decisions 1\ndecisions:\n- line: Who has the matches?\n  speaker: Edith\n"
    meeting.with_name("meeting.decisions.yaml").write_text(decided, encoding="utf-8")
    with serving(clara) as endpoint:
        assert audiodrama("extract", meeting, *options(endpoint)).returncode == 0
    assert 'Edith: "Who has the matches?"' in endpoint.requests[0].passage
    assert "- Edith: Who has the matches?" in meeting.with_name("meeting.script.yaml").read_text(encoding="utf-8")


def test_an_endpoint_that_takes_too_long_is_left_when_its_minutes_are_over(audiodrama: CLI, meeting: Path) -> None:
    start = time.monotonic()
    with serving(lambda reply: time.sleep(20)) as endpoint:
        run = audiodrama("extract", meeting, *options(endpoint), "--llm-minutes", "0.01")
    assert run.returncode == 3
    assert "in time" in run.stderr
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--llm", "http://localhost:1"], 2),
        (["--llm-model", "m"], 2),
        (["--llm-estimate"], 2),
        (["--llm-minutes", "3"], 2),
        (["--llm", "gopher://localhost", "--llm-model", "m"], 1),
        (["--llm", "http://localhost:1", "--llm-model", "m", "--llm-minutes", "-1"], 1),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_done(
    arguments: list[str], code: int, audiodrama: CLI, meeting: Path
) -> None:
    run = audiodrama("extract", meeting, *arguments)
    assert run.returncode == code
    assert "--llm" in run.stderr or "time" in run.stderr
    assert not meeting.with_name("meeting.script.yaml").exists()


@pytest.mark.parametrize("command", ["extract", "produce"])
def test_ctrl_c_during_a_request_stops_at_once(command: str, meeting: Path, tmp_path: Path) -> None:
    asked = threading.Event()

    def behave(reply: Reply) -> None:
        asked.set()
        time.sleep(30)

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with serving(behave) as endpoint:
        arguments = [sys.executable, "-m", "audiodrama", command, str(meeting), *options(endpoint)]
        with subprocess.Popen(arguments, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert asked.wait(60)
            start = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - start < 10
    assert told.splitlines()[-1].startswith("audiodrama: Stopped.")
    assert "Traceback" not in told
