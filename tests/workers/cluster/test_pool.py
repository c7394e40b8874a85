"""Many machines make the same bytes as this one alone, also when workers die."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audiodrama.bench.rendering.local_cluster import Cluster
from audiodrama.errors import EngineError, InputError
from audiodrama.pipeline import Options, Production, produce
from audiodrama.workers.cluster import ClusterPool
from tests.conftest import ROOT, SCRIPTS, STORY, Run
from tests.helpers import faulty_engine

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plugin") / "site"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, plugin: Path) -> Iterator[Cluster]:
    environment = faulty_engine.install(plugin)
    with Cluster(tmp_path_factory.mktemp("cluster"), environment) as running:
        running.wait()
        yield running


def run(cluster: Cluster, plugin: Path, folder: Path, *arguments: object) -> Run:
    command = [
        sys.executable,
        "-m",
        "audiodrama",
        *map(str, arguments),
        "--cluster",
        cluster.address,
        "--takes",
        "takes",
    ]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{plugin}"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def faulty_story(folder: Path, text: str) -> Path:
    story = folder / "stories" / "story.txt"
    story.parent.mkdir(exist_ok=True)
    story.write_text(text, encoding="utf-8")
    (story.parent / "casting.yaml").write_text(faulty_engine.CASTING, encoding="utf-8")
    return story


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Production:
    """The story as this machine makes it, with its takes beside it."""
    folder = tmp_path_factory.mktemp("here")
    return produce(SCRIPTS / "music-box.txt", folder / "here.mp3", Options(takes=folder / "takes"), jobs=1)


def test_a_cluster_makes_the_same_bytes_as_this_machine(cluster: Cluster, here: Production, tmp_path: Path) -> None:
    story = SCRIPTS / "music-box.txt"
    with ClusterPool(cluster.address) as pool:
        there = produce(story, tmp_path / "there.mp3", Options(takes=tmp_path / "takes there"), pool=pool)
        assert pool.jobs == 2
    assert here.master.path.read_bytes() == (tmp_path / "there.mp3").read_bytes()
    assert here.made == there.made
    kept = [
        sorted((path.name, path.read_bytes()) for path in takes.rglob("*.*"))
        for takes in (here.master.path.with_name("takes"), tmp_path / "takes there")
    ]
    assert kept[0] == kept[1]


def test_the_logging_of_the_program_around_is_left_as_it_was(cluster: Cluster) -> None:
    names = ("asyncio", "distributed", "distributed.worker", "tornado")
    before = [logging.getLogger(name).level for name in names]
    with ClusterPool(cluster.address):
        assert logging.getLogger("distributed").level == logging.CRITICAL
    assert [logging.getLogger(name).level for name in names] == before


def test_takes_that_are_here_are_not_made_there_and_damaged_ones_are(
    cluster: Cluster, tone_story: Path, tmp_path: Path
) -> None:
    options = Options(takes=tmp_path / "takes")
    with ClusterPool(cluster.address) as pool:
        assert produce(tone_story, tmp_path / "a.mp3", options, pool=pool).made == 9
        for damaged in sorted((tmp_path / "takes").rglob("*.take"))[:2]:
            damaged.write_bytes(damaged.read_bytes()[:-50] + bytes(50))
        for encoded in (tmp_path / "takes").rglob("*.segment"):
            encoded.unlink()
        assert produce(tone_story, tmp_path / "b.mp3", options, pool=pool).made == 2
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_worker_that_is_killed_is_survived(cluster: Cluster, here: Production, tmp_path: Path) -> None:
    story = SCRIPTS / "music-box.txt"
    cluster.wait()
    victim = cluster.pids()[0]
    takes = tmp_path / "takes there"

    def kill() -> None:
        _wait_for_a_take(takes)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    with ClusterPool(cluster.address) as pool:
        killer.start()
        produce(story, tmp_path / "there.mp3", Options(takes=takes), pool=pool)
    killer.join()
    assert here.master.path.read_bytes() == (tmp_path / "there.mp3").read_bytes()


def test_a_line_that_kills_every_worker_is_named_and_other_stories_go_on(
    cluster: Cluster, plugin: Path, tmp_path: Path
) -> None:
    cluster.wait()
    story = faulty_story(tmp_path, STORY + '\n"It is poison," said Maud.\n')
    (story.parent / "well.txt").write_text(STORY, encoding="utf-8")
    made = run(cluster, plugin, tmp_path, "batch", story.parent, "-o", "out")
    assert made.returncode == 3
    assert "the line 'It is poison'" in made.stderr
    assert "Traceback" not in made.stderr
    assert (tmp_path / "out" / "well.mp3").exists()
    assert not (tmp_path / "out" / "story.mp3").exists()


def test_a_worker_with_other_versions_is_refused_by_name(cluster: Cluster, tmp_path: Path, tone_story: Path) -> None:
    about = tmp_path / "site" / "lameenc-0.0.1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: lameenc\nVersion: 0.0.1\n", encoding="utf-8")
    (about.parent / "lameenc.py").write_text("", encoding="utf-8")
    other = {"PYTHONPATH": f"{about.parent}{os.pathsep}{ROOT}"}
    with Cluster(tmp_path, {**os.environ, **other}, workers=1) as skewed:
        skewed.wait(1)
        with pytest.raises(InputError, match=r"The worker tcp://.* \(lameenc 1\..* here, lameenc 0\.0\.1 there\)"):
            ClusterPool(skewed.address)


def test_an_engine_that_the_workers_lack_is_refused_before_anything_is_made(cluster: Cluster, tmp_path: Path) -> None:
    story = faulty_story(tmp_path, STORY)
    hidden = faulty_engine.install(tmp_path / "elsewhere")
    moved = tmp_path / "elsewhere" / "faulty-1.0.dist-info" / "entry_points.txt"
    moved.write_text(moved.read_text(encoding="utf-8").replace("faulty =", "rare ="), encoding="utf-8")
    casting = story.with_name("casting.yaml")
    casting.write_text(faulty_engine.CASTING.replace("engine: faulty", "engine: rare"), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "audiodrama",
        "produce",
        str(story),
        "--cluster",
        cluster.address,
        "--takes",
        "takes",
    ]
    made = subprocess.run(command, cwd=tmp_path, env=hidden, capture_output=True, text=True, timeout=60)
    assert made.returncode == 1
    assert "the engine rare" in made.stderr
    assert not list(tmp_path.rglob("*.take"))


def test_a_scheduler_that_does_not_answer_is_told_within_seconds() -> None:
    begun = time.monotonic()
    with pytest.raises(EngineError, match=r"No dask scheduler answers at tcp://127\.0\.0\.1:9"):
        ClusterPool("tcp://127.0.0.1:9")
    assert time.monotonic() - begun < 15


def test_a_scheduler_that_dies_is_told_in_a_sentence(cluster: Cluster, plugin: Path, tmp_path: Path) -> None:
    story = faulty_story(tmp_path, (STORY + "\n") * 100)
    with Cluster(tmp_path, {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{plugin}"}, 1) as other:
        other.wait(1)

        def kill() -> None:
            _wait_for_a_take(tmp_path)
            other.kill_scheduler()

        killer = threading.Thread(target=kill)
        killer.start()
        made = run(other, plugin, tmp_path, "produce", story)
        killer.join()
    assert made.returncode == 1
    assert made.stderr.splitlines()[-1].startswith("audiodrama: The dask scheduler at tcp://")
    assert "Traceback" not in made.stderr


def _wait_for_a_take(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while not list(folder.rglob("*.take")) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install '\.\[cluster\]'"):
        ClusterPool("tcp://127.0.0.1:9")


def test_jobs_of_this_machine_and_a_cluster_are_not_asked_for_together(
    tone_story: Path, audiodrama: Callable[..., Run]
) -> None:
    made = audiodrama("produce", tone_story, "--jobs", "2", "--cluster", "tcp://127.0.0.1:9")
    assert made.returncode == 2
    assert "--jobs" in made.stderr


@pytest.mark.parametrize("address", ["here", "http://x:1", "tcp://127.0.0.1", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="no scheduler's address"):
        ClusterPool(address)


def test_ctrl_c_stops_the_work_and_leaves_nothing_half_written(cluster: Cluster, plugin: Path, tmp_path: Path) -> None:
    cluster.wait()
    story = faulty_story(tmp_path, (STORY + "\n") * 120)
    command = [
        sys.executable,
        "-m",
        "audiodrama",
        "produce",
        str(story),
        "--cluster",
        cluster.address,
        "--takes",
        "takes",
    ]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{plugin}"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not any(part.stat().st_size for part in tmp_path.glob(".story.mp3.part")) and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("*.part"))
    with ClusterPool(cluster.address) as pool:
        assert list(pool.run(len, ["the cluster is as good as before"])) == [32]
