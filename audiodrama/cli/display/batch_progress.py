"""Turn the progress of many productions into what the user sees: a live table on a terminal, plain lines in a pipe.

Several threads call it at once. There is no drawing thread: the thread whose story advanced draws the table, at most
ten times a second.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from audiodrama.cli.display.batch_table import named
from audiodrama.cli.display.summaries import amount, clock

if TYPE_CHECKING:
    from rich.live import Live
    from rich.table import Table

    from audiodrama.batch import Outcome

_INTERVAL = 0.1
"""Seconds between two pictures of the table."""
_MAX_FINISHED = 5
"""How many of the finished stories the table shows."""


class StoryProgress:
    """The progress of one story, handed on to that of the batch. ``pipeline.Progress`` documents the methods."""

    def __init__(self, batch: BatchWarnings, story: Path) -> None:
        """Hand the progress of ``story`` on to ``batch``."""
        self._batch, self._story = batch, story
        self.step = "extract"
        self.done = self.total = 0

    def begin(self, step: str, total: int) -> None:
        """Take note of a step."""
        self.step, self.done, self.total = step, 0, total
        self._batch.redraw()

    def advance(self, count: int = 1) -> None:
        """Take note of progress."""
        self.done += count
        self._batch.redraw()

    def end(self) -> None:
        """Take note of a step's end."""

    def note(self, sentence: str) -> None:
        """Hand on a sentence that the user may want to know."""
        self._batch.note(f"{self._story.name}: {sentence}")

    def warn(self, sentence: str) -> None:
        """Hand on a sentence that the user should know."""
        self._batch.warn(f"{self._story.name}: {sentence}")


class BatchWarnings:
    """Shows warnings and failures only. The subclasses show more; ``batch.BatchProgress`` documents the methods."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.running: dict[Path, StoryProgress] = {}
        self.finished: dict[Path, Outcome] = {}
        self.sizes: dict[Path, int] = {}
        self._start = time.monotonic()

    def expect(self, stories: Sequence[Path]) -> None:
        """Take note of the stories."""
        with self.lock:
            self.sizes = {story: _size(story) for story in stories}
        self.redraw()

    def follow(self, story: Path) -> StoryProgress:
        """The progress of a story that begins."""
        with self.lock:
            progress = self.running[story] = StoryProgress(self, story)
        self.redraw()
        return progress

    def finish(self, outcome: Outcome) -> None:
        """Take note of the end of a story; a failed one may begin again."""
        with self.lock:
            self.running.pop(outcome.story, None)
            self.finished.pop(outcome.story, None)
            self.finished[outcome.story] = outcome
            self.tell(outcome)
        self.redraw()

    def tell(self, outcome: Outcome) -> None:
        """Show what became of a story, if it failed or is degraded."""
        if outcome.error:
            self.warn(f"failed: {named(outcome.story, outcome.error)}")
        for sentence in outcome.degraded:
            self.warn(f"{outcome.story.name}: {sentence}")

    def redraw(self) -> None:
        """Show the present state; called whenever it changes."""

    def note(self, sentence: str) -> None:
        """Ignore a sentence that the user may want to know."""

    def warn(self, sentence: str) -> None:
        """Print a sentence that the user should know."""
        with self.lock, suppress(BrokenPipeError):
            print(f"audiodrama: {sentence}", file=sys.stderr, flush=True)

    def seconds_left(self) -> float | None:
        """Seconds until all is done, by how fast the stories so far were; None until the first is done."""
        bytes_done = sum(self.sizes[story] for story, outcome in self.finished.items() if outcome.made or outcome.error)
        bytes_left = sum(size for story, size in self.sizes.items() if story not in self.finished)
        return (time.monotonic() - self._start) * bytes_left / bytes_done if bytes_done else None

    def __enter__(self) -> BatchWarnings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class BatchLines(BatchWarnings):
    """A plain line for each story that is finished: for pipes and log files."""

    def tell(self, outcome: Outcome) -> None:
        """Print what became of a story."""
        super().tell(outcome)
        if outcome.master is not None:
            count = f"{len(self.finished)} of {len(self.sizes)}"
            takes = f"{amount(outcome.made, 'take')} made, {outcome.reused} reused"
            with suppress(BrokenPipeError):
                time_ = clock(outcome.master.seconds)
                print(f"{count}: {outcome.output} ({time_}, {takes})", file=sys.stderr, flush=True)

    def note(self, sentence: str) -> None:
        """Print a sentence that the user may want to know."""
        self.warn(sentence)


class BatchTable(BatchWarnings):
    """A table that is drawn again and again: for terminals."""

    def __init__(self) -> None:
        super().__init__()
        self._live: Live | None = None
        self._drawn = 0.0

    def redraw(self) -> None:
        """Draw the table, if it was not drawn just now."""
        with self.lock:
            seconds = time.monotonic()
            if self._live is not None and seconds - self._drawn >= _INTERVAL:
                self._drawn = seconds
                self._live.update(self.table(), refresh=True)

    def note(self, sentence: str) -> None:
        """Print a sentence that the user may want to know above the table."""
        self.warn(sentence)

    def warn(self, sentence: str) -> None:
        """Print a sentence above the table."""
        with self.lock:
            if self._live is None:
                super().warn(sentence)
            else:
                text = f"audiodrama: {sentence}"
                self._live.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def table(self) -> Table:
        """The latest of the finished stories, the running ones, and how much is left."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, show_footer=True)
        left = self.seconds_left()
        table.add_column("story", f"{len(self.finished)} of {len(self.sizes)}", no_wrap=True)
        table.add_column("step", f"about {clock(left)} left" if left else "", no_wrap=True)
        table.add_column("progress", no_wrap=True)
        for outcome in list(self.finished.values())[-_MAX_FINISHED:]:
            length = clock(outcome.master.seconds) if outcome.master else ""
            table.add_row(outcome.story.name, outcome.result, length, style="dim")
        for story, progress in self.running.items():
            table.add_row(story.name, progress.step, f"{progress.done} of {progress.total}" if progress.total else "")
        return table

    def __enter__(self) -> BatchTable:
        from rich.console import Console
        from rich.live import Live

        self._live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def batch_progress(quiet: bool) -> BatchWarnings:
    """The display that suits standard error: a terminal, a pipe, or silence."""
    if quiet:
        return BatchWarnings()
    return BatchTable() if sys.stderr.isatty() else BatchLines()


def _size(story: Path) -> int:
    """Bytes: what there is to do, roughly."""
    try:
        return max(1, story.stat().st_size)
    except OSError:
        return 1
