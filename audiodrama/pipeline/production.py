"""Produce one audio drama: have the workers started first, then make what is not there already.

The workers load their libraries while this process loads what reads and adapts a story; so nothing of that is
imported here before they are started.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.files import paths
from audiodrama.pipeline.options import NullProgress, Options, Production, Progress, Stopwatch
from audiodrama.workers import LocalPool

if TYPE_CHECKING:
    from audiodrama.workers import WorkerPool

ENDINGS = (".mp3",)
"""File name endings that a result may have."""


def produce(
    story: Path,
    output: Path,
    options: Options | None = None,
    *,
    jobs: int | None = None,
    pool: WorkerPool | None = None,
    progress: Progress | None = None,
) -> Production:
    """Make one audio file of a story or a script.

    Args:
        story: a story (.txt, .md) or a drama script (.yaml).
        output: the MP3 to write; it appears when it is complete, and an older file of that name stays until then.
        options: how it is to be made.
        jobs: worker processes; one for each core if None. The file's bytes do not depend on it.
        pool: workers to share among productions; ``jobs`` is not used then.
        progress: told of every step.

    Raises:
        AudiodramaError: see ``audiodrama.errors``; nothing half-written is left behind.
    """
    options, progress, watch = options or Options(), progress or NullProgress(), Stopwatch()
    paths.check_output(output, ENDINGS)
    with watch.step("check"):
        made = _made_before(story, output, options)
    if made is not None:
        spoken = made.made + made.reused
        return replace(made, made=0, reused=spoken, seconds=tuple(watch.seconds.items()), unchanged=True)
    with nullcontext(pool) if pool is not None else LocalPool(jobs, _load) as workers:
        from audiodrama.pipeline.journey import make

        return make(story, output, options, workers, progress, watch, alone=pool is None)


def _made_before(story: Path, output: Path, options: Options) -> Production | None:
    """The last production, if making it again would give the very same file."""
    if not output.exists() or not paths.record_of(output).exists():
        return None
    from audiodrama.pipeline.production_record import ProductionRecord

    return ProductionRecord(story, output, options).finished()


def _load() -> None:
    """Have a worker load what it will need."""
    from audiodrama.sound.preload import preload

    preload()
