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
from audiodrama.pipeline.options import Production, Progress, Silent, Stopwatch, Wishes
from audiodrama.workers import Crew

if TYPE_CHECKING:
    from audiodrama.workers import Workers

ENDINGS = (".mp3",)
"""File name endings that a result may have."""


def produce(
    story: Path,
    output: Path,
    wishes: Wishes | None = None,
    *,
    jobs: int | None = None,
    crew: Workers | None = None,
    progress: Progress | None = None,
) -> Production:
    """Make one audio file of a story or a script.

    Args:
        story: a story (.txt, .md) or a drama script (.yaml).
        output: the MP3 to write; it appears when it is complete, and an older file of that name stays until then.
        wishes: how it is to be made.
        jobs: worker processes; one for each core if None. The file's bytes do not depend on it.
        crew: workers to share among productions; ``jobs`` is not used then.
        progress: told of every step.

    Raises:
        AudiodramaError: see ``audiodrama.errors``; nothing half-written is left behind.
    """
    wishes, progress, watch = wishes or Wishes(), progress or Silent(), Stopwatch()
    paths.check_output(output, ENDINGS)
    with watch.step("check"):
        made = _made_before(story, output, wishes)
    if made is not None:
        spoken = made.made + made.reused
        return replace(made, made=0, reused=spoken, seconds=tuple(watch.seconds.items()), unchanged=True)
    with nullcontext(crew) if crew is not None else Crew(jobs, _load) as workers:
        from audiodrama.pipeline.journey import make

        return make(story, output, wishes, workers, progress, watch, alone=crew is None)


def _made_before(story: Path, output: Path, wishes: Wishes) -> Production | None:
    """The last production, if making it again would give the very same file."""
    if not output.exists() or not paths.note_of(output).exists():
        return None
    from audiodrama.pipeline.production_record import Diary

    return Diary(story, output, wishes).finished()


def _load() -> None:
    """Have a worker load what it will need."""
    from audiodrama.sound.preload import load

    load()
