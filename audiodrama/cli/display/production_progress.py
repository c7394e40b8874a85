"""Turn the progress of a production into what the user sees: bars on a terminal, plain lines in a pipe, or nothing.

Progress goes to standard error, so that standard output holds results only.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class WarningsOnly:
    """Shows warnings only. The subclasses show more; ``pipeline.Progress`` documents the methods."""

    def begin(self, step: str, total: int) -> None:
        """Ignore the beginning of a step."""

    def advance(self, count: int = 1) -> None:
        """Ignore progress."""

    def end(self) -> None:
        """Ignore a step's end."""

    def note(self, sentence: str) -> None:
        """Ignore a sentence that the user may want to know."""

    def warn(self, sentence: str) -> None:
        """Print a sentence that the user should know."""
        with suppress(BrokenPipeError):
            print(f"audiodrama: {sentence}", file=sys.stderr, flush=True)

    def __enter__(self) -> WarningsOnly:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


class Lines(WarningsOnly):
    """A plain line at each step: for pipes and log files."""

    def begin(self, step: str, total: int) -> None:
        """Print which step begins and how much there is to do."""
        amount = f" ({total})" if total > 1 else ""
        with suppress(BrokenPipeError):
            print(f"{step}{amount} ...", file=sys.stderr, flush=True)

    def note(self, sentence: str) -> None:
        """Print a sentence that the user may want to know."""
        self.warn(sentence)


class Bars(WarningsOnly):
    """A bar that grows: for terminals."""

    def __init__(self) -> None:
        self._progress: RichProgress | None = None
        self._task: TaskID | None = None

    def begin(self, step: str, total: int) -> None:
        """Draw an empty bar."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.end()
        # Refreshed by hand: a refreshing thread would make it unsafe to fork workers.
        self._progress = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._task = self._progress.add_task(step, total=max(1, total))
        self._progress.start()
        self._progress.refresh()

    def advance(self, count: int = 1) -> None:
        """Let the bar grow."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, count)
            self._progress.refresh()

    def end(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def note(self, sentence: str) -> None:
        """Print a sentence that the user may want to know above the bar."""
        self.warn(sentence)

    def warn(self, sentence: str) -> None:
        """Print a sentence above the bar."""
        if self._progress is not None:
            self._progress.console.print(f"audiodrama: {sentence}", markup=False, highlight=False, soft_wrap=True)
        else:
            super().warn(sentence)


def display(quiet: bool) -> WarningsOnly:
    """The display that suits standard error: a terminal, a pipe, or silence."""
    if quiet:
        return WarningsOnly()
    return Bars() if sys.stderr.isatty() else Lines()
