"""What a production is asked for, whom it tells how far it is, and what comes of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audiodrama.model import Cast, Master, Role, Script

if TYPE_CHECKING:
    from audiodrama.script.second_opinion import Endpoint


@dataclass(frozen=True, slots=True)
class Options:
    """How a production is to be made. The defaults are what most people want."""

    casting: Path | None = None
    """The casting file; None looks for ``casting.yaml`` beside the story, then in the working directory."""
    keep_notes: bool = False
    """Whether the narrator reads the author's notes."""
    drop_tags: bool = False
    """Whether bare speech tags are left out."""
    takes: Path | None = None
    """Where takes are kept; None for the platform's cache folder."""
    recurring_roles: tuple[Role, ...] = ()
    """People of this story who speak in other stories too, with the voices that they have there."""
    llm: Endpoint | None = None
    """The language model to ask who speaks the unsure lines; None asks nobody."""


class Progress(Protocol):
    """Whoever wants to know how far a production is."""

    def begin(self, step: str, total: int) -> None:
        """A step begins that has ``total`` things to do."""
        ...

    def advance(self, count: int = 1) -> None:
        """``count`` of them are done."""
        ...

    def end(self) -> None:
        """The step is over."""
        ...

    def note(self, sentence: str) -> None:
        """Something that a person may want to know."""
        ...

    def warn(self, sentence: str) -> None:
        """Something that a person should know; the work goes on."""
        ...


class NullProgress:
    """The progress of a caller who does not want to know."""

    def begin(self, step: str, total: int) -> None:
        """Say nothing."""

    def advance(self, count: int = 1) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""

    def note(self, sentence: str) -> None:
        """Say nothing."""

    def warn(self, sentence: str) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Production:
    """A finished production: what was made, and all that was decided on the way."""

    master: Master
    """The file."""
    script: Script
    """What was performed."""
    cast: Cast
    """By whom."""
    times: tuple[tuple[int, int], ...]
    """(start, end) of each of ``script.lines()``, milliseconds; equal where nothing is heard."""
    voices: tuple[str, ...]
    """The voice of each of ``script.lines()``; empty for a cue."""
    made: int
    """Takes that were spoken anew."""
    reused: int
    """Takes that were there already."""
    seconds: tuple[tuple[str, float], ...]
    """(step, wall seconds), in the order of the journey."""
    degraded: tuple[str, ...] = ()
    """What is not as it was asked for, a sentence each."""
    unchanged: bool = False
    """Whether it had been made before just so: nothing was done."""


@dataclass(slots=True)
class Stopwatch:
    """How long each step took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the step's."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
