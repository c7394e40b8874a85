"""Produce one audio drama: start the workers, then make the file, unless the very same file is there already.

The workers load their libraries while this process loads those that read and adapt a story; so none of these is
imported here before the workers are started.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.pipeline.options import NullProgress, Options, Production, Progress, Stopwatch
from audiodrama.workers import LocalPool

if TYPE_CHECKING:
    from audiodrama.workers import WorkerPool

ENDINGS = (".mp3",)
"""File name endings that a result may have."""


@checked
def produce(
    story: StrPath,
    output: StrPath,
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
        progress: hears of every step.

    Raises:
        AudiodramaError: see ``audiodrama.errors``; nothing half-written is left behind.
    """
    options, progress, watch = options or Options(), progress or NullProgress(), Stopwatch()
    story, output = as_path(story, "a story"), as_path(output, "a result")
    paths.check_output(output, ENDINGS)
    with watch.step("check"):
        last = _same_production(story, output, options)
    if last is not None:
        takes = last.made + last.reused
        return replace(last, made=0, reused=takes, seconds=tuple(watch.seconds.items()), unchanged=True)
    with nullcontext(pool) if pool is not None else LocalPool(jobs, _preload) as workers:
        from audiodrama.pipeline.journey import Request, make

        return make(Request(story, output, options, progress, watch), workers, close=pool is None)


def _same_production(story: Path, output: Path, options: Options) -> Production | None:
    """The last production, if making it again would give the very same file."""
    if not os.path.exists(output) or not paths.record_of(output).exists():
        return None
    from audiodrama.pipeline.production_record import ProductionRecord

    return ProductionRecord(story, output, options).finished()


def _preload() -> None:
    """Load the libraries that a worker needs."""
    from audiodrama.sound.preload import preload

    preload()
