"""Turn a story into a Plan, and that into a Layout; for a long one in passing processes, which leave no memory behind.

What they return takes little room while the workers are at it, which for a long book is hours.
"""

from __future__ import annotations

import contextlib
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import cast as typed

from audiodrama import files, script, sound
from audiodrama.casting import fill
from audiodrama.errors import EngineError
from audiodrama.files import paths
from audiodrama.model import Cast, Casting, Script
from audiodrama.pipeline.compressed import compress, decompress
from audiodrama.pipeline.edit_files import extract, read_casting
from audiodrama.pipeline.mastering import Mix, times
from audiodrama.pipeline.options import NullProgress, Options, Progress, Stopwatch
from audiodrama.pipeline.recording import Need, Recording, failures, need, takes_of
from audiodrama.pipeline.second_opinion import consult
from audiodrama.sound import engines
from audiodrama.sound.engines import VoiceCatalog
from audiodrama.workers import run_in_child

SHORT = 30_000
"""Bytes of a story below which it leaves less behind than another process would cost."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be performed and by whom, put away."""

    content: bytes
    """The script and its cast; ``drama`` takes them out."""
    label: sound.FileTags
    """What a player shows."""
    need: Need
    """What is to be recorded."""
    complaints: tuple[str, ...]
    """What is not as it was asked for, a sentence each."""

    def drama(self) -> tuple[Script, Cast]:
        """The script and its cast."""
        return typed(tuple[Script, Cast], decompress(self.content))


@dataclass(frozen=True, slots=True)
class Layout:
    """What is heard when."""

    mix: Mix
    """What is to be mixed."""
    edges: array[int]
    """Start and end of each line in turn, milliseconds."""
    failures: tuple[str, ...]
    """Lines that are silent, a sentence each."""

    def times(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each line, milliseconds."""
        return tuple(zip(self.edges[::2], self.edges[1::2], strict=True))


def prepare(story: Path, options: Options, progress: Progress, watch: Stopwatch) -> Plan:
    """Read a story, adapt it, find voices for it, and see what has to be recorded.

    Raises:
        AudiodramaError: the story or its casting cannot be used.
    """
    # What is asked and answered is to be told at once.
    if options.llm is not None or _is_short(story):
        return _plan(story, options, progress, watch)
    with contextlib.suppress(EngineError):
        engines.engine(engines.default_engine()).voices()  # Loaded once for the processes to come.
    plan, sentences, seconds = run_in_child(_plan_quietly, story, options)
    for sentence in sentences:
        progress.warn(sentence)
    for step, each in seconds.items():
        watch.seconds[step] = watch.seconds.get(step, 0.0) + each
    return plan


def lay_out(story: Path, plan: Plan, recording: Recording, folder: Path) -> Layout:
    """Lay out what was recorded of ``story`` in ``folder``."""
    arguments = plan, recording, folder
    return _layout(*arguments) if _is_short(story) else run_in_child(_layout, *arguments)


def _is_short(story: Path) -> bool:
    try:
        return story.stat().st_size < SHORT
    except OSError:
        return True  # Whoever reads it will say so.


class _WarningCollector(NullProgress):
    """Remembers what a person should know."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def warn(self, sentence: str) -> None:
        self.sentences.append(sentence)


def _plan_quietly(story: Path, options: Options) -> tuple[Plan, list[str], dict[str, float]]:
    listener, watch = _WarningCollector(), Stopwatch()
    plan = _plan(story, options, listener, watch)
    return plan, listener.sentences, watch.seconds


def _plan(story: Path, options: Options, progress: Progress, watch: Stopwatch) -> Plan:
    with watch.step("extract"):
        casting = read_casting(story, options.casting)
        drama = extract(story, casting, options)
        _warn_about(drama, story, progress)
    with watch.step("extract" if options.llm is None else "ask"):
        drama, complaints = consult(story, drama, casting, options, progress)
    with watch.step("cast"):
        cast = fill(drama, files.join(Casting(roles=options.recurring_roles), casting), VoiceCatalog())
    with watch.step("record"):
        wanted = need(drama, cast, paths.takes_folder(options.takes))
    label = sound.FileTags(drama.title or paths.stem(story), drama.author)
    return Plan(compress((drama, cast)), label, wanted, complaints)


def _warn_about(drama: Script, story: Path, progress: Progress) -> None:
    if not any(line.kind == "dialogue" for line in drama.lines()):
        progress.warn(f"No dialogue was found in {story}: the narrator reads all of it.")
    # A play, a chat and a script say themselves who speaks: nothing in them is guessed.
    guessed = any(line.kind == "dialogue" and line.confidence < 1 for line in drama.lines())
    if guessed and not paths.is_script(story) and not script.seems_english(drama):
        progress.warn(
            f"{story} does not look like English; who speaks is guessed with English rules and will often be wrong: "
            f"check it with `audiodrama review {story}`."
        )


def _layout(plan: Plan, recording: Recording, folder: Path) -> Layout:
    drama, cast = plan.drama()
    timeline = sound.arrange(drama, cast, takes_of(drama, cast, recording, folder), VoiceCatalog().levels)
    heard = times(timeline, len(drama.lines()), sound.RATE)
    edges = array("q", (edge for both in heard for edge in both))
    return Layout(Mix.of(timeline), edges, failures(drama, cast, recording))
