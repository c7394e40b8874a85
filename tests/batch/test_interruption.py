"""A batch that is interrupted: nothing half-written, nothing lost, nothing made twice but what was in flight."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audiodrama.batch import produce_all
from audiodrama.bench.rendering.synthetic_stories import write_stories
from audiodrama.pipeline import Options
from audiodrama.workers.protocol import MAX_ATTEMPTS
from tests.conftest import ROOT
from tests.helpers import faulty_engine

pytestmark = pytest.mark.xdist_group("batch")
"""One process makes the files that all of them are compared with."""
JOBS = 2
IN_FLIGHT = 30
"""Readings that two workers may have been sent when they are killed: two bundles each, of at most seven."""


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def start(folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    options = ("-o", "out", "--takes", "takes", "--jobs", str(JOBS))
    command = [sys.executable, "-m", "audiodrama", "batch", "stories", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=pipe, stdout=pipe, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with stories to produce."""
    return with_stories(tmp_path)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What comes of them if nobody interrupts."""
    folder = with_stories(tmp_path_factory.mktemp("undisturbed"))
    with start(folder, {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder)}) as process:
        process.communicate(timeout=100)
    return bytes_in(folder / "out")


def with_stories(folder: Path) -> Path:
    write_stories(folder / "stories", 3)
    (folder / "stories" / "casting.yaml").write_text("engine: tone\n", encoding="utf-8")
    return folder


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.mp3")}


@pytest.mark.parametrize("seed", range(4))
def test_a_batch_killed_at_any_moment_goes_on_to_the_same_bytes(
    seed: int, folder: Path, undisturbed: dict[str, bytes]
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    chance = random.Random(seed)
    with start(folder, environment) as process:
        time.sleep(0.2 + 1.5 * chance.random())
        process.kill()
    finished = bytes_in(folder / "out") if (folder / "out").exists() else {}
    assert len(undisturbed) == 3
    assert all(undisturbed[name] == content for name, content in finished.items()), (
        "a file is there only if it is whole"
    )
    with start(folder, environment) as process:
        _, said = process.communicate(timeout=100)
    assert process.returncode == 0, said
    assert bytes_in(folder / "out") == undisturbed
    assert not list((folder / "out").glob(".*"))


def test_no_take_is_made_twice_but_those_in_flight(folder: Path) -> None:
    (folder / "stories" / "casting.yaml").write_text("engine: faulty\n", encoding="utf-8")
    environment = faulty_engine.install(folder / "plugin")
    with start(folder, environment) as process:
        while len(faulty_engine.spoken(folder / "plugin")) < 20 and process.poll() is None:
            time.sleep(0.005)
        process.kill()
    with start(folder, environment) as process:
        _, said = process.communicate(timeout=100)
    assert process.returncode == 0, said
    spoken, takes = faulty_engine.spoken(folder / "plugin"), list((folder / "takes").rglob("*.take"))
    assert len(takes) <= len(spoken) <= len(takes) + IN_FLIGHT


def test_a_batch_outlives_its_workers(folder: Path, undisturbed: dict[str, bytes]) -> None:
    killed: set[int] = set()
    with start(folder, {**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        # One kill fewer than an order is given up after: at worst, all of them hit the same order.
        while len(killed) < MAX_ATTEMPTS - 1 and process.poll() is None:
            time.sleep(0.25)
            for child in [child for child in children(process.pid) if child not in killed][:1]:
                os.kill(child, signal.SIGKILL)
                killed.add(child)
        _, said = process.communicate(timeout=100)
    assert killed
    assert process.returncode == 0, said
    assert bytes_in(folder / "out") == undisturbed


def test_ctrl_c_leaves_whole_files_and_a_summary_of_them(folder: Path) -> None:
    write_stories(folder / "stories", 60)
    with start(folder, {**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        while not bytes_in(folder / "out") if (folder / "out").exists() else True:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("audiodrama: Stopped.")
    assert "Traceback" not in said
    assert not list(folder.rglob("*.part"))
    told = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))["totals"]
    assert told["waiting"] > 0
    assert told["failed"] == 0


def test_the_file_of_an_earlier_run_stays_until_the_new_one_is_whole(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "stories" / "wrong.txt").write_bytes(b"\x7fELF\x00\x01" * 50)
    (folder / "out" / "wrong.mp3").write_bytes(b"an older master")
    outcomes = produce_all((folder / "stories",), folder / "out", Options(takes=folder / "takes"), jobs=1)
    assert [outcome.story.name for outcome in outcomes if outcome.error] == ["wrong.txt"]
    assert (folder / "out" / "wrong.mp3").read_bytes() == b"an older master"
