"""Name what becomes of the stories of a batch: their Outcomes, and the BatchProgress that hears of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from audiodrama.model import Master
from audiodrama.pipeline import NullProgress, Production, Progress
from audiodrama.reports import json_report

Result = Literal["made", "unchanged", "degraded", "failed", "waiting"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one story of a batch. It holds no script and no timeline: there may be thousands of stories."""

    story: Path
    """The story or script."""
    output: Path
    """The file that was made, or should have been."""
    master: Master | None = None
    """How the file measures; None if it was not made."""
    lines: int = 0
    """Lines of the script."""
    made: int = 0
    """Takes that were made now."""
    reused: int = 0
    """Takes that were in the cache."""
    voices: tuple[tuple[str, str], ...] = ()
    """(speaker, voice), the narrator first."""
    seconds: tuple[tuple[str, float], ...] = ()
    """(step, wall seconds). Productions overlap, so that a step's time is also that of others."""
    degraded: tuple[str, ...] = ()
    """What is not as it was asked for, a sentence each."""
    unchanged: bool = False
    """Whether the file was there already, and nothing that decides it had changed."""
    error: str = ""
    """Why it failed, one sentence."""

    @property
    def result(self) -> Result:
        """In a word."""
        if self.error:
            return "failed"
        if self.master is None:
            return "waiting"
        if self.degraded:
            return "degraded"
        return "unchanged" if self.unchanged else "made"

    @property
    def good(self) -> bool:
        """Whether it was made just as it was asked for."""
        return self.result in ("made", "unchanged")


class BatchProgress(Protocol):
    """A listener who hears how far a batch is. Several threads call it."""

    def expect(self, stories: Sequence[Path]) -> None:
        """The batch begins: these stories are to be made."""
        ...

    def follow(self, story: Path) -> Progress:
        """One of the stories begins; the result hears how far it is."""
        ...

    def finish(self, outcome: Outcome) -> None:
        """One of the stories is finished."""
        ...

    def note(self, sentence: str) -> None:
        """The user may want to know this sentence."""
        ...

    def warn(self, sentence: str) -> None:
        """The user should know this sentence; the work goes on."""
        ...


class NullBatchProgress:
    """A listener who ignores all of it."""

    def expect(self, stories: Sequence[Path]) -> None:
        """Ignore it."""

    def follow(self, story: Path) -> Progress:
        """Another listener who ignores all of it."""
        return NullProgress()

    def finish(self, outcome: Outcome) -> None:
        """Ignore it."""

    def note(self, sentence: str) -> None:
        """Ignore it."""

    def warn(self, sentence: str) -> None:
        """Ignore it."""


def of_production(story: Path, production: Production) -> Outcome:
    """The outcome of a production that was finished."""
    cast = production.cast
    return Outcome(
        story=story,
        output=production.master.path,
        master=production.master,
        lines=len(production.script.lines()),
        made=production.made,
        reused=production.reused,
        voices=tuple((role.name, role.voice.name) for role in (cast.narrator, *cast.roles)),
        seconds=production.seconds,
        degraded=production.degraded,
        unchanged=production.unchanged,
    )


def describe(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain values for JSON."""
    return {
        "story": str(outcome.story),
        "result": outcome.result,
        "error": outcome.error,
        "output": str(outcome.output),
        "master": None if outcome.master is None else json_report.of_master(outcome.master),
        "cast": dict(outcome.voices),
        "lines": outcome.lines,
        "takes": {"made": outcome.made, "reused": outcome.reused},
        "degraded": list(outcome.degraded),
        "seconds": {step: round(seconds, 3) for step, seconds in outcome.seconds},
    }


def totals(outcomes: Sequence[Outcome]) -> Mapping[str, int]:
    """How many stories there are of each result."""
    results: tuple[Result, ...] = ("made", "unchanged", "degraded", "failed", "waiting")
    return {result: sum(outcome.result == result for outcome in outcomes) for result in results}
