"""Measure what it costs to produce a synthetic novel: cold, again unchanged, with one role recast, and shorter.

Every step runs the command line in processes of its own, so that the time measured is the time a user waits. On a
machine that is busy, the ratios of processor time say more than those of wall time.
"""

from __future__ import annotations

import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from audiodrama.bench.rendering.synthetic_novel import QUIET_SPEAKER, novel
from audiodrama.errors import InputError

RECAST_VOICES = ("en-us+m3", "en-us+Andy", "en-us+f4")
"""Voices to recast with, of which the first that is not in the casting is taken."""
SAMPLING_INTERVAL = 0.2
"""Seconds between two readings of the processes' memory."""
_SESSION = 3
"""Index of the session among the fields of ``/proc/PID/stat`` behind the name (field 6 of proc(5))."""
_KILOBYTES = 1024
"""Kilobytes of a megabyte in ``/proc``."""
_SHORTER = 10
"""The second novel has this fraction of the words, to show how memory grows with length."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a command."""

    step: str
    """What the command did, as the table names it."""
    wall: float
    """Seconds from its start to its end."""
    processor: float
    """Seconds of processor time of all its processes together."""
    memory: float
    """Largest use of memory, in megabytes: proportional set sizes, summed over its processes."""


def run_measured(step: str, command: Sequence[str], folder: Path) -> Cost:
    """Run a command in ``folder``, with a cache of its own there, and measure it.

    Raises:
        InputError: the command failed.
    """
    at_start, begin, most = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), [0.0]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder)}
    # An installed program is compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True) as process:
        watcher = threading.Thread(target=_watch, args=(process, most))
        watcher.start()
        code = process.wait()
        wall = time.perf_counter() - begin
        watcher.join()
    if code:
        raise InputError(f"{shlex.join(command)} ended with {code}.")
    at_end = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = at_end.ru_utime + at_end.ru_stime - at_start.ru_utime - at_start.ru_stime
    return Cost(step, wall, processor, most[0])


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    """Read the memory of a process's session until it ends; ``most[0]`` becomes the largest sum, in megabytes."""
    while process.poll() is None:
        most[0] = max(most[0], sum(_memory(number) for number in _members(process.pid)))
        time.sleep(SAMPLING_INTERVAL)


def _members(session: int) -> list[str]:
    """The process ids of a session."""
    members = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION]) == session:
            members.append(path.parent.name)
    return members


def _memory(process: str) -> float:
    """A process's proportional set size in megabytes; 0 once it is gone."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(match[1]) / _KILOBYTES if match else 0.0


def costs(words: int, jobs: int, floor: str = "") -> list[Cost]:
    """Produce a synthetic novel: cold, unchanged, with one role recast; then one of a tenth of its length.

    Args:
        words: the novel's length.
        jobs: worker processes.
        floor: a command to compare with, such as a synthesis in one voice;
            ``{text}``, ``{jobs}`` and ``{output}`` are filled in.
    """
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        folder = Path(place)
        (folder / "novel.txt").write_text(novel(words), encoding="utf-8")
        produce = [sys.executable, "-m", "audiodrama", "produce", "-q", "--jobs", str(jobs)]
        once = [*produce, "novel.txt", "-o", "novel.mp3", "--takes", "takes"]
        cast = [sys.executable, "-m", "audiodrama", "cast", "-q", "novel.txt"]
        subprocess.run(cast, cwd=folder, check=True)
        steps = []
        if floor:
            filled = floor.format(text="novel.txt", jobs=jobs, output="floor.mp3")
            steps.append(run_measured("floor", shlex.split(filled), folder))
        steps.append(run_measured("cold", once, folder))
        steps.append(run_measured("unchanged", once, folder))
        _recast(folder / "casting.yaml")
        steps.append(run_measured("recast", once, folder))
        (folder / "short.txt").write_text(novel(words // _SHORTER), encoding="utf-8")
        steps.append(run_measured("a tenth", [*produce, "short.txt", "-o", "short.mp3", "--takes", "other"], folder))
    return steps


def _recast(casting: Path) -> None:
    """Give QUIET_SPEAKER another voice in the casting file."""
    text = casting.read_text(encoding="utf-8")
    voice = next(name for name in RECAST_VOICES if name not in text)
    new, count = re.subn(rf"(?m)^(  {QUIET_SPEAKER}: ).*", rf"\g<1>{voice}", text)
    if count != 1:
        raise InputError(f"{QUIET_SPEAKER} is not in {casting}.")
    casting.write_text(new, encoding="utf-8")


def cost_table(steps: Sequence[Cost]) -> list[str]:
    """The lines of a table, a row a step, with its ratios to the cold run."""
    cold = next(cost for cost in steps if cost.step == "cold")
    rows = [f"{'step':<10} {'wall':>8} {'/ cold':>7} {'processor':>10} {'/ cold':>7} {'memory':>9}"]
    for cost in steps:
        wall, processor = cost.wall / cold.wall, cost.processor / cold.processor
        times = f"{cost.wall:7.1f}s {wall:7.3f} {cost.processor:9.1f}s {processor:7.3f}"
        rows.append(f"{cost.step:<10} {times} {cost.memory:6.0f} MB")
    short = next((cost for cost in steps if cost.step == "a tenth"), None)
    if short is not None:
        rows.append(f"memory of ten times the length: {cold.memory / short.memory - 1.0:+.1%}")
    return rows


def compare_pairs(story: Path, jobs: int, floor: str, rounds: int) -> Iterator[str]:
    """Produce a story cold and run another command, in turns; a line a round, then the medians of the ratios.

    Args:
        story: the story's file.
        jobs: worker processes.
        floor: the other command, as for ``costs``.
        rounds: how often both are run.

    Raises:
        InputError: there is no other command, or one of them failed.
    """
    if not floor:
        raise InputError("--story compares with another command; give that with --floor.")
    ratios = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
            folder = Path(place)
            filled = floor.format(text=shlex.quote(str(story.resolve())), jobs=jobs, output="floor.mp3")
            other = run_measured("floor", shlex.split(filled), folder)
            command = [sys.executable, "-m", "audiodrama", "produce", "-q", "--jobs", str(jobs), "--takes", "takes"]
            cold = run_measured("cold", [*command, str(story.resolve()), "-o", "cold.mp3"], folder)
        ratios.append((cold.wall / other.wall, cold.processor / other.processor))
        walls, processors = f"{cold.wall:.2f}s, {other.wall:.2f}s", f"{cold.processor:.2f}s, {other.processor:.2f}s"
        yield f"cold, floor: wall {walls}  processor {processors}  memory {cold.memory:.0f} MB"
    wall, processor = (median(values) for values in zip(*ratios, strict=True))
    yield f"cold over floor, medians of the pairs: wall {wall:.3f}, processor {processor:.3f}"
