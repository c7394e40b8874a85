"""Measure what a short story costs in a batch, and what a cluster costs over this machine alone."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from audiodrama.bench.rendering.local_cluster import Cluster
from audiodrama.bench.rendering.production import Cost, run_measured
from audiodrama.bench.rendering.synthetic_novel import novel
from audiodrama.bench.rendering.synthetic_stories import write_stories

SINGLE_RUNS = 9
"""Stories that are produced alone, spread over those of the batch."""


def batch_table(stories: int, jobs: int) -> Iterator[str]:
    """The lines of a table: what a story costs in a batch, over a story alone, each with empty caches.

    Args:
        stories: stories in the batch.
        jobs: worker processes, for the batch and for each story alone.
    """
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        folder = Path(place)
        written = write_stories(folder / "stories", stories)
        common = ["-q", "--jobs", str(jobs), "--takes"]
        alone: list[Cost] = []

        def run_alone(count: int) -> None:
            """Produce the next ``count`` of the stories that are produced alone."""
            for _ in range(count):
                story = written[len(alone) * stories // SINGLE_RUNS]
                takes = f"takes{len(alone)}"
                alone.append(run_measured("alone", [*_audiodrama("produce"), str(story), *common, takes], folder))

        run_alone(SINGLE_RUNS // 2)
        batch = [*_audiodrama("batch"), "stories", "-o", "out", *common, "takes"]
        together = run_measured("together", batch, folder)
        run_alone(SINGLE_RUNS - len(alone))
        again = run_measured("again", batch, folder)
    wall, processor = median(cost.wall for cost in alone), median(cost.processor for cost in alone)
    memory = median(cost.memory for cost in alone)
    yield f"{'':<26} {'wall':>8} {'processor':>10} {'memory':>9}"
    yield f"{'a story alone (median)':<26} {wall:7.2f}s {processor:9.2f}s {memory:6.0f} MB"
    cells = f"{together.wall / stories:7.2f}s {together.processor / stories:9.2f}s {together.memory:6.0f} MB"
    yield f"{f'a story in a batch of {stories}':<26} {cells}"
    yield f"{'ratio':<26} {together.wall / stories / wall:8.3f} {together.processor / stories / processor:10.3f}"
    yield f"{'second run / first':<26} {again.wall / together.wall:8.3f} {again.processor / together.processor:10.3f}"


def cluster_table(words: int, rounds: int) -> Iterator[str]:
    """What two workers of dask on this machine cost over ``--jobs 2``, for a novel, each with empty caches.

    Args:
        words: the novel's length.
        rounds: how often both are run, in turns.
    """
    with tempfile.TemporaryDirectory(prefix="audiodrama-bench-") as place:
        folder = Path(place)
        (folder / "novel.txt").write_text(novel(words), encoding="utf-8")
        with Cluster(folder, os.environ) as cluster:
            cluster.wait()
            ratios = []
            for turn in range(rounds):
                command = [*_audiodrama("produce"), "novel.txt", "-q"]
                here = [*command, "-o", f"here{turn}.mp3", "--takes", f"here{turn}", "--jobs", "2"]
                there = [*command, "-o", f"there{turn}.mp3", "--takes", f"there{turn}", "--cluster", cluster.address]
                local = run_measured("--jobs 2", here, folder)
                begin = cluster.processor_seconds()
                remote = run_measured("--cluster", there, folder)
                processor = remote.processor + cluster.processor_seconds() - begin
                same = (folder / f"here{turn}.mp3").read_bytes() == (folder / f"there{turn}.mp3").read_bytes()
                ratios.append((remote.wall / local.wall, processor / local.processor))
                times = (
                    f"wall {local.wall:.1f}s, {remote.wall:.1f}s  processor {local.processor:.1f}s, {processor:.1f}s"
                )
                yield f"{times}  {'the same bytes' if same else 'OTHER BYTES'}"
        walls, processors = (median(values) for values in zip(*ratios, strict=True))
        yield f"dask workers over --jobs 2, medians: wall {walls:.3f}, processor {processors:.3f}"


def _audiodrama(command: str) -> list[str]:
    """The beginning of a command line."""
    return [sys.executable, "-m", "audiodrama", command]
