"""Turn a made-up novel into figures: what it costs to produce it, again unchanged, with one role recast, and longer.

Every step runs the command line in processes of its own, so that what is measured is what a person waits for. On a
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

from audiodrama.bench.rendering.synthetic_novel import THE_QUIET_ONE, novel
from audiodrama.errors import InputError

OTHERS = ("en-us+m3", "en-us+Andy", "en-us+f4")
"""Voices to recast with: the first that nobody has."""
EVERY = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    step: str
    """Which."""
    wall: float
    """Seconds."""
    processor: float
    """Seconds of all its processes together."""
    memory: float
    """Megabytes at most: proportional set sizes, summed over its processes."""


def measured(step: str, command: Sequence[str], folder: Path) -> Cost:
    """Run a command in ``folder``, with a cache of its own there.

    Raises:
        InputError: it failed.
    """
    before, begin, most = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), [0.0]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
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
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(step, wall, processor, most[0])


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(_memory(number) for number in _members(process.pid)))
        time.sleep(EVERY)


def _members(session: int) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            found.append(path.parent.name)
    return found


def _memory(process: str) -> float:
    """A process's proportional set size in megabytes; 0 once it is gone."""
    try:
        said = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", said, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def costs(words: int, jobs: int, floor: str = "") -> list[Cost]:
    """Produce a made-up novel: cold, unchanged, with one role recast; then one of a tenth of its length.

    Args:
        words: the novel's length.
        jobs: worker processes.
        floor: another command to compare with; ``{text}``, ``{jobs}`` and ``{output}`` are filled in.
    """
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        folder = Path(place)
        (folder / "novel.txt").write_text(novel(words), encoding="utf-8")
        produce = [sys.executable, "-m", "audiodrama", "produce", "-q", "--jobs", str(jobs)]
        once = [*produce, "novel.txt", "-o", "novel.mp3", "--takes", "takes"]
        cast = [sys.executable, "-m", "audiodrama", "cast", "-q", "novel.txt"]
        subprocess.run(cast, cwd=folder, check=True)
        found = []
        if floor:
            filled = floor.format(text="novel.txt", jobs=jobs, output="floor.mp3")
            found.append(measured("floor", shlex.split(filled), folder))
        found.append(measured("cold", once, folder))
        found.append(measured("unchanged", once, folder))
        _recast(folder / "casting.yaml")
        found.append(measured("recast", once, folder))
        (folder / "short.txt").write_text(novel(words // 10), encoding="utf-8")
        found.append(measured("a tenth", [*produce, "short.txt", "-o", "short.mp3", "--takes", "other"], folder))
    return found


def _recast(casting: Path) -> None:
    """Give the one who speaks little another voice."""
    text = casting.read_text(encoding="utf-8")
    voice = next(name for name in OTHERS if name not in text)
    new, count = re.subn(rf"(?m)^(  {THE_QUIET_ONE}: ).*", rf"\g<1>{voice}", text)
    if count != 1:
        raise InputError(f"{THE_QUIET_ONE} is not in {casting}.")
    casting.write_text(new, encoding="utf-8")


def cost_table(found: Sequence[Cost]) -> list[str]:
    """A row a step, with its ratios to the cold run."""
    cold = next(cost for cost in found if cost.step == "cold")
    rows = [f"{'step':<10} {'wall':>8} {'/ cold':>7} {'processor':>10} {'/ cold':>7} {'memory':>9}"]
    for cost in found:
        wall, processor = cost.wall / cold.wall, cost.processor / cold.processor
        times = f"{cost.wall:7.1f}s {wall:7.3f} {cost.processor:9.1f}s {processor:7.3f}"
        rows.append(f"{cost.step:<10} {times} {cost.memory:6.0f} MB")
    short = next((cost for cost in found if cost.step == "a tenth"), None)
    if short is not None:
        rows.append(f"memory of ten times the length: {cold.memory / short.memory - 1.0:+.1%}")
    return rows


def pairs(story: Path, jobs: int, floor: str, rounds: int) -> Iterator[str]:
    """Produce a story cold and run another command, in turns; a row each, then the medians of the ratios.

    Args:
        story: what is produced.
        jobs: worker processes.
        floor: the other command, as for ``costs``.
        rounds: how often.

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
            other = measured("floor", shlex.split(filled), folder)
            command = [sys.executable, "-m", "audiodrama", "produce", "-q", "--jobs", str(jobs), "--takes", "takes"]
            cold = measured("cold", [*command, str(story.resolve()), "-o", "cold.mp3"], folder)
        ratios.append((cold.wall / other.wall, cold.processor / other.processor))
        walls, processors = f"{cold.wall:.2f}s, {other.wall:.2f}s", f"{cold.processor:.2f}s, {other.processor:.2f}s"
        yield f"cold, floor: wall {walls}  processor {processors}  memory {cold.memory:.0f} MB"
    wall, processor = (median(each) for each in zip(*ratios, strict=True))
    yield f"cold over floor, medians of the pairs: wall {wall:.3f}, processor {processor:.3f}"
