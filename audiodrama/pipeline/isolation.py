"""Turn a step on a long story into the same step in a child process, whose memory ends with it.

Adapting a novel takes much memory for a moment, and this process lives on for the hours that its workers take.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from audiodrama.errors import EngineError
from audiodrama.pipeline.options import NullProgress, Progress, Stopwatch
from audiodrama.sound import engines
from audiodrama.workers import run_in_child

SHORT_STORY = 30_000
"""Bytes of a story below which it leaves less memory behind than a child process would cost (measured: a copy of this
process, some 20 ms, against about 1 MB)."""

Result = TypeVar("Result")
Step = Callable[[Progress, Stopwatch], Result]
"""A step that tells its progress and takes its time."""


def run_isolated(
    step: Step[Result], story: Path, progress: Progress, watch: Stopwatch, *, shows_progress: bool = False
) -> Result:
    """Run a step: in a child process if the story is long, else in this one.

    Args:
        step: what to run; its result must pickle.
        story: the file whose size decides.
        progress: hears the step's warnings; of a child process, when it has ended.
        watch: gets the step's times.
        shows_progress: whether the step has more to show than warnings, such as each answer of a language model; then
            it runs in this process.

    Raises:
        Exception: the step's own.
    """
    if shows_progress or _is_short(story):
        return step(progress, watch)
    with contextlib.suppress(EngineError):
        engines.engine(engines.default_engine()).voices()  # Loaded once for all child processes.
    result, warnings, seconds = run_in_child(_collected, step)
    for sentence in warnings:
        progress.warn(sentence)
    for name, spent in seconds.items():
        watch.seconds[name] = watch.seconds.get(name, 0.0) + spent
    return result


class _WarningCollector(NullProgress):
    """Keeps a child process's warnings for its parent."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def warn(self, sentence: str) -> None:
        self.sentences.append(sentence)


def _collected(step: Step[Result]) -> tuple[Result, list[str], dict[str, float]]:
    collector, watch = _WarningCollector(), Stopwatch()
    result = step(collector, watch)
    return result, collector.sentences, watch.seconds


def _is_short(story: Path) -> bool:
    try:
        return story.stat().st_size < SHORT_STORY
    except OSError:
        return True  # The step that reads it says what is wrong.
