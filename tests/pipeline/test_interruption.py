"""Whatever stops a production - a kill, a full disk, another run - costs what was in flight and nothing else."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT, TONE_CASTING

pytestmark = pytest.mark.xdist_group("interruption")
"""One process makes the story that all of them are compared with."""
PARAGRAPHS = 28


def tale() -> str:
    """Enough different lines for a second or two of work."""
    dice = Random(7)
    words = ("harbour", "lantern", "weather", "ladder", "biscuit", "morning", "river", "window", "copper", "candle")
    parts = []
    for number in range(PARAGRAPHS):
        said = " ".join(dice.choice(words) for _ in range(dice.randint(4, 12)))
        who = dice.choice(("Maud", "Walter"))
        parts += [f'"{number} times the {said}," said {who}.', f"The {dice.choice(words)} was number {number}."]
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    (folder / "tale.txt").write_text(tale(), encoding="utf-8")
    (folder / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(stories: Path) -> bytes:
    with start(stories, stories / "fresh") as process:
        assert process.wait(120) == 0
    return (stories / "fresh" / "tale.mp3").read_bytes()


def start(stories: Path, place: Path, limit: int | None = None) -> subprocess.Popen[str]:
    """A production of the tale with all it leaves behind in ``place``; files may have ``limit`` bytes."""
    place.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "audiodrama", "produce", stories / "tale.txt", "--jobs", "2"]
    return subprocess.Popen(
        [*map(str, command), "--takes", "takes", "--report", "report.json"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(place / "cache")},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=None if limit is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )


def finish(stories: Path, place: Path) -> int:
    """Run to the end; how many takes were made."""
    with start(stories, place) as process:
        assert process.wait(120) == 0, process.communicate()
    return int(json.loads((place / "report.json").read_text(encoding="utf-8"))["takes"]["made"])


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def members(group: int) -> Iterator[str]:
    """The processes of a group that are alive."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its) == group and state != "Z":
            yield path.parent.name


def takes(place: Path) -> dict[str, tuple[int, int]]:
    """Each kept take's identity; one that is written again has another."""
    found = {}
    for path in place.rglob("*.take"):
        known = path.stat()
        found[path.name] = (known.st_ino, known.st_mtime_ns)
    return found


MOMENTS: list[Callable[[Path, Random], object]] = [
    lambda place, dice: time.sleep(dice.uniform(0.0, 0.3)),
    lambda place, dice: until(lambda: len(takes(place)) > dice.randint(1, 36)),
    lambda place, dice: until(lambda: len(takes(place)) > dice.randint(36, 70)),
    lambda place, dice: until(lambda: len(list(place.rglob("*.segment"))) > dice.randint(1, 10)),
    lambda place, dice: until((place / ".tale.mp3.part").exists),
]


@pytest.mark.parametrize("seed", range(4))
def test_after_a_kill_the_next_run_goes_on_and_ends_with_the_same_bytes(
    seed: int, stories: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    dice = Random(seed)
    for moment in dice.sample(MOMENTS, 2):
        with start(stories, tmp_path) as process:
            moment(tmp_path, dice)
            # Alone, the parent leaves its workers behind; with the group it is like a power cut.
            (os.kill if dice.random() < 0.5 else os.killpg)(process.pid, signal.SIGKILL)
            process.wait(60)
            until(lambda group=process.pid: not any(members(group)), 20)  # type: ignore[misc]
        assert not (tmp_path / "tale.mp3").exists() or (tmp_path / "tale.mp3").read_bytes() == undisturbed
    before = takes(tmp_path)
    made = finish(stories, tmp_path)
    after = takes(tmp_path)
    assert (tmp_path / "tale.mp3").read_bytes() == undisturbed
    assert {name: after[name] for name in before} == before, "what was finished was not made again"
    assert made == len(after) - len(before)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(("limit", "says"), [(900, "Cannot keep takes"), (150_000, "Cannot write")])
def test_a_disk_without_room_is_told_and_the_next_run_goes_on(
    limit: int, says: str, stories: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    with start(stories, tmp_path, limit) as process:
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    (sentence,) = [line for line in said.splitlines() if line.startswith("audiodrama: Cannot")]
    assert said.splitlines()[-1] == sentence
    assert says in sentence
    assert "room" in sentence
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("*.part"))
    assert not (tmp_path / "tale.mp3").exists()
    before = takes(tmp_path)
    assert finish(stories, tmp_path) == len(takes(tmp_path)) - len(before)
    assert (tmp_path / "tale.mp3").read_bytes() == undisturbed


def test_of_two_runs_into_one_file_the_second_says_so_at_once(
    stories: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    with start(stories, tmp_path) as first:
        # A take is made under the lock; the lock's file is there a moment before it is held.
        until(lambda: list(tmp_path.rglob("*.take")))
        os.killpg(first.pid, signal.SIGSTOP)
        try:
            with start(stories, tmp_path) as second:
                _, said = second.communicate(timeout=60)
        finally:
            os.killpg(first.pid, signal.SIGCONT)
        assert first.wait(120) == 0
    assert second.returncode == 1
    assert "tale.mp3: another run is making it at this moment" in said
    assert "Traceback" not in said
    assert (tmp_path / "tale.mp3").read_bytes() == undisturbed
    assert not list(tmp_path.rglob("*.lock"))


def test_two_runs_of_different_stories_may_share_their_takes(stories: Path, undisturbed: bytes, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        place.mkdir()
        (place / "takes").symlink_to(tmp_path / "takes")
    (tmp_path / "takes").mkdir()
    with start(stories, one) as first, start(stories, two) as second:
        assert first.wait(120) == second.wait(120) == 0
    assert (one / "tale.mp3").read_bytes() == (two / "tale.mp3").read_bytes() == undisturbed
