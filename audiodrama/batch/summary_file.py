"""Turn outcomes, as they come in, into a summary file that is always up to date, and into a report at the end."""

from __future__ import annotations

import contextlib
import json
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from audiodrama.batch.outcomes import Outcome, describe, totals
from audiodrama.errors import OutputError
from audiodrama.pipeline import Production
from audiodrama.reports import json_report

SUMMARY = "summary.json"
"""The summary's name in the folder of the results."""
WRITE_INTERVAL = 20.0
"""Pause between two writes of the summary, in durations of a write: so writing takes a twentieth of the time."""


class SummaryFile:
    """The outcomes of a batch, in the order of its stories."""

    def __init__(self, stories: Sequence[Path], outputs: Sequence[Path], folder: Path, *, detailed: bool) -> None:
        """Begin with stories that wait and the file of each; ``detailed`` keeps the lines of each for ``save``."""
        self.outcomes = [Outcome(story, output) for story, output in zip(stories, outputs, strict=True)]
        self._path = folder / SUMMARY
        self._detailed = detailed
        self._lines: dict[int, bytes] = {}
        self._next = 0.0

    def enter(self, place: int, outcome: Outcome, production: Production | None) -> None:
        """Enter what became of the story at that index, and write the summary if it is time to."""
        self.outcomes[place] = outcome
        if self._detailed and production is not None:
            # The lines of a hundred novels fit into memory when they are compressed.
            self._lines[place] = zlib.compress(json.dumps(json_report.describe(production)).encode("utf-8"), 1)
        if time.monotonic() >= self._next:
            # A full disk must not end the batch before its stories say so themselves.
            with contextlib.suppress(OutputError):
                self.write()

    def write(self) -> None:
        """Write the summary.

        Raises:
            OutputError: it cannot be written.
        """
        start = time.monotonic()
        json_report.save(self._described(describe), self._path, "-o")
        end = time.monotonic()
        self._next = end + WRITE_INTERVAL * (end - start)

    def save(self, path: Path) -> None:
        """Write a report: the summary with all lines of all stories.

        Raises:
            OutputError: it cannot be written.
        """
        by_story = {id(outcome): place for place, outcome in enumerate(self.outcomes)}

        def full(outcome: Outcome) -> dict[str, Any]:
            compressed = self._lines.get(by_story[id(outcome)])
            return describe(outcome) | (json.loads(zlib.decompress(compressed)) if compressed else {})

        json_report.save(self._described(full), path)

    def _described(self, describe_outcome: Callable[[Outcome], dict[str, Any]]) -> dict[str, Any]:
        return {"totals": totals(self.outcomes), "stories": [describe_outcome(outcome) for outcome in self.outcomes]}
