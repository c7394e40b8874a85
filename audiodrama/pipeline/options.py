"""Name what goes into a production and what comes out: its Options, its Progress, the Production."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from audiodrama.files.arguments import check_fields
from audiodrama.files.file_path import StrPath, as_path_or_none
from audiodrama.model import Cast, Casting, Excerpt, Master, Role, Script

if TYPE_CHECKING:
    from audiodrama.script.second_opinion import Endpoint


@dataclass(frozen=True, slots=True)
class Options:
    """How a production is to be made. The defaults are what most users want. A text that names a file becomes a Path.

    Raises:
        InputError: a name cannot be that of a file, or a value is of another type.
    """

    casting: StrPath | None = None
    """The casting file; None looks for ``casting.yaml`` beside the story, then in the working directory."""
    keep_notes: bool = False
    """Whether the narrator reads the author's notes."""
    drop_tags: bool = False
    """Whether bare speech tags are left out."""
    takes: StrPath | None = None
    """Where takes are kept; None for the platform's cache folder."""
    recurring_roles: tuple[Role, ...] = ()
    """Characters of this story who speak in other stories of the batch too, with the voices that they have there."""
    llm: Endpoint | None = None
    """The language model to ask who speaks the unsure lines; None asks none."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Name or alias of a speaker -> the name of the voice, whatever the casting file says."""
    narrator: str = ""
    """The narrator's voice, whatever the casting file says; empty leaves it to that."""
    engine: str = ""
    """The engine of these voices and of those that the casting file does not name; empty leaves it to that."""
    title: str = ""
    """What players, the report and the picture show; empty for the story's own title."""
    author: str = ""
    """The author that players show; empty for the one that the story names."""
    excerpt: Excerpt | None = None
    """The part that is made; None for all of it. Voices, takes and line numbers are those of the whole."""
    default_casting: Casting = field(default_factory=Casting)
    """What applies where the casting file says nothing. Its engine speaks for it, and the voices that no file names."""
    default_author: str = ""
    """The author that players show where neither ``author`` nor the story names one."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "casting", as_path_or_none(self.casting, "a casting file"))
        object.__setattr__(self, "takes", as_path_or_none(self.takes, "a folder"))
        check_fields(self)


class Progress(Protocol):
    """A listener who hears how far a production is."""

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
        """The user may want to know this sentence."""
        ...

    def warn(self, sentence: str) -> None:
        """The user should know this sentence; the work goes on."""
        ...


class NullProgress:
    """A listener who ignores all of it."""

    def begin(self, step: str, total: int) -> None:
        """Ignore it."""

    def advance(self, count: int = 1) -> None:
        """Ignore it."""

    def end(self) -> None:
        """Ignore it."""

    def note(self, sentence: str) -> None:
        """Ignore it."""

    def warn(self, sentence: str) -> None:
        """Ignore it."""


@dataclass(frozen=True, slots=True, repr=False)
class Production:
    """A finished production: the file, and all that was decided on the way. It prints in a few lines, and a notebook
    shows it with a table, a player and the picture of who speaks when.
    """

    master: Master
    """The file."""
    script: Script
    """What was performed."""
    cast: Cast
    """By which voices."""
    times: tuple[tuple[int, int], ...]
    """(start, end) of each of ``script.lines()``, milliseconds; equal where nothing is heard."""
    voices: tuple[str, ...]
    """The voice of each of ``script.lines()``; empty for a cue."""
    made: int
    """Takes that were made now."""
    reused: int
    """Takes that were in the cache."""
    seconds: tuple[tuple[str, float], ...]
    """(step, wall seconds), in the order of the journey."""
    degraded: tuple[str, ...] = ()
    """What is not as it was asked for, a sentence each."""
    unchanged: bool = False
    """Whether the very same file had been made before: nothing was done."""

    def __repr__(self) -> str:
        from audiodrama.reports.notebook import words_of

        return words_of(self)

    def _repr_html_(self) -> str:
        from audiodrama.reports.notebook import page_of

        return page_of(self)


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
