"""Kill processes of a batch at random moments, and count how often it still comes to the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from audiodrama.bench.rendering.local_cluster import Cluster
from audiodrama.bench.rendering.synthetic_stories import write_stories

JOBS = 2
"""Worker processes of a batch."""
_ENDING = 1.0
"""Seconds that the workers of a killed process are given to finish the take they are at."""
_EARLIEST, _SPREAD = 0.2, 0.7
"""A worker is killed after 20 to 90 percent of the time that a batch takes: earlier the cluster has no work yet."""


def kill_batches(moments: int, stories: int, seed: int) -> Iterator[str]:
    """Kill a batch at a random moment, then run it again to the end; a line for each, then a summary.

    Args:
        moments: how many batches are killed.
        stories: stories in each batch.
        seed: another seed gives other moments.
    """
    dice = Random(seed)
    good = twice = 0
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        stories_in = Path(place) / "stories"
        write_stories(stories_in, stories)
        begin = time.perf_counter()
        expected = _finish(Path(place) / "undisturbed", stories_in)
        took = time.perf_counter() - begin
        for number in range(1, moments + 1):
            folder = Path(place) / str(number)
            moment = took * dice.random()
            with _start(folder, stories_in) as process:
                time.sleep(moment)
                process.send_signal(signal.SIGKILL)
            # Workers whose parent was killed finish the take that they are at, and end.
            time.sleep(_ENDING)
            takes_before = {path.name: path.stat().st_mtime_ns for path in (folder / "takes").rglob("*.take")}
            same = _finish(folder, stories_in) == expected
            again = sum(
                path.stat().st_mtime_ns != takes_before.get(path.name, path.stat().st_mtime_ns)
                for path in (folder / "takes").rglob("*.take")
            )
            good, twice = good + same, twice + again
            yield f"killed after {moment:5.2f}s: {len(takes_before)} takes kept, {'same' if same else 'OTHER'} bytes"
    yield f"{good} of {moments} end with the same bytes as an undisturbed run; {twice} kept takes were made again"


def kill_workers(times: int, stories: int, seed: int) -> Iterator[str]:
    """Kill a worker of a cluster at a random moment of a batch; a line for each batch, then a summary.

    Args:
        times: how many batches are run.
        stories: stories in each batch.
        seed: another seed gives other moments and other workers.
    """
    dice = Random(seed)
    good = 0
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        stories_in = Path(place) / "stories"
        write_stories(stories_in, stories)
        expected = _finish(Path(place) / "undisturbed", stories_in)
        with Cluster(Path(place), os.environ) as cluster:
            cluster.wait()
            begin = time.perf_counter()
            _finish(Path(place) / "cluster", stories_in, cluster.address)
            took = time.perf_counter() - begin
            for number in range(1, times + 1):
                cluster.wait()
                victim, moment = dice.choice(cluster.pids()), took * (_EARLIEST + _SPREAD * dice.random())
                killer = threading.Timer(moment, os.kill, (victim, signal.SIGKILL))
                killer.start()
                same = _finish(Path(place) / str(number), stories_in, cluster.address) == expected
                killer.join()
                good += same
                yield f"worker {victim} killed after {moment:5.2f}s: {'same' if same else 'OTHER'} bytes"
    yield f"{good} of {times} end with the same bytes"


def _start(folder: Path, stories: Path, cluster: str = "") -> subprocess.Popen[bytes]:
    """Start a batch in ``folder``, whose caches are its own; ``cluster`` is the address of a scheduler."""
    folder.mkdir(exist_ok=True)
    workers = ("--cluster", cluster) if cluster else ("--jobs", str(JOBS))
    command = [
        sys.executable,
        "-m",
        "audiodrama",
        "batch",
        str(stories),
        "-o",
        "out",
        "--takes",
        "takes",
        "-q",
        *workers,
    ]
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder)}
    )


def _finish(folder: Path, stories: Path, cluster: str = "") -> dict[str, bytes]:
    """Run a batch to its end, and give the MP3 files that it made: name -> bytes."""
    with _start(folder, stories, cluster) as process:
        process.wait()
    return {path.name: path.read_bytes() for path in sorted((folder / "out").glob("*.mp3"))}
