"""Turn kills at random moments into a figure: how often a batch comes to the same bytes all the same."""

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
from audiodrama.bench.rendering.synthetic_stories import write_anecdotes

JOBS = 2


def killed_batches(moments: int, stories: int, seed: int) -> Iterator[str]:
    """Kill a batch at random moments, one a batch, then let it go on to the end.

    Args:
        moments: how many.
        stories: in each batch.
        seed: of the moments.
    """
    dice = Random(seed)
    good = twice = 0
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        stories_in = Path(place) / "stories"
        write_anecdotes(stories_in, stories)
        begin = time.perf_counter()
        expected = _finish(Path(place) / "undisturbed", stories_in)
        took = time.perf_counter() - begin
        for number in range(1, moments + 1):
            desk = Path(place) / str(number)
            moment = took * dice.random()
            with _start(desk, stories_in) as process:
                time.sleep(moment)
                process.send_signal(signal.SIGKILL)
            # What the workers were at when their parent was killed is in flight: they finish that and end.
            time.sleep(1.0)
            kept = {path.name: path.stat().st_mtime_ns for path in (desk / "takes").rglob("*.take")}
            same = _finish(desk, stories_in) == expected
            again = sum(
                path.stat().st_mtime_ns != kept.get(path.name, path.stat().st_mtime_ns)
                for path in (desk / "takes").rglob("*.take")
            )
            good, twice = good + same, twice + again
            yield f"killed after {moment:5.2f}s: {len(kept)} takes kept, {'same' if same else 'OTHER'} bytes"
    yield f"{good} of {moments} end with the same bytes as an undisturbed run; {twice} kept takes were made again"


def killed_workers(times: int, stories: int, seed: int) -> Iterator[str]:
    """Kill a worker of a cluster at a random moment of a batch, again and again.

    Args:
        times: how many batches.
        stories: in each batch.
        seed: of the moments and the victims.
    """
    dice = Random(seed)
    good = 0
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        stories_in = Path(place) / "stories"
        write_anecdotes(stories_in, stories)
        expected = _finish(Path(place) / "undisturbed", stories_in)
        with Cluster(Path(place), os.environ) as cluster:
            cluster.wait()
            begin = time.perf_counter()
            _finish(Path(place) / "cluster", stories_in, cluster.address)
            took = time.perf_counter() - begin
            for number in range(1, times + 1):
                cluster.wait()
                victim, moment = dice.choice(cluster.pids()), took * (0.2 + 0.7 * dice.random())
                killer = threading.Timer(moment, os.kill, (victim, signal.SIGKILL))
                killer.start()
                same = _finish(Path(place) / str(number), stories_in, cluster.address) == expected
                killer.join()
                good += same
                yield f"worker {victim} killed after {moment:5.2f}s: {'same' if same else 'OTHER'} bytes"
    yield f"{good} of {times} end with the same bytes"


def _start(desk: Path, stories: Path, cluster: str = "") -> subprocess.Popen[bytes]:
    desk.mkdir(exist_ok=True)
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
    return subprocess.Popen(command, cwd=desk, env={**os.environ, "XDG_CACHE_HOME": str(desk / "cache")})


def _finish(desk: Path, stories: Path, cluster: str = "") -> dict[str, bytes]:
    """Run a batch to its end; the files that it made."""
    with _start(desk, stories, cluster) as process:
        process.wait()
    return {path.name: path.read_bytes() for path in sorted((desk / "out").glob("*.mp3"))}
