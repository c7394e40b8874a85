"""Turn a story into a finished file, step by step: the only place that knows the order of the steps.

    read -> adapt -> fill -> record -> arrange -> render

Each step is a function over plain values. A dry run, a voice preview and the files that a user edits call the same
functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from audiodrama import sound
from audiodrama.files import paths
from audiodrama.model import Cast, Master, Script
from audiodrama.pipeline import throughput
from audiodrama.pipeline.isolation import run_isolated
from audiodrama.pipeline.mastering import render
from audiodrama.pipeline.options import NullProgress, Options, Production, Progress, Stopwatch
from audiodrama.pipeline.performance import Layout, Performance, arrange
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.pipeline.recording import Recording, TakeRepairer, record
from audiodrama.pipeline.second_opinion import consult
from audiodrama.pipeline.steps import adapt, asked_narrator, fill, read, warn_about
from audiodrama.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be made of which story."""

    story: Path
    """A story or a script."""
    output: Path
    """The file to make."""
    options: Options = field(default_factory=Options)
    """How it is to be made."""
    progress: Progress = field(default_factory=NullProgress)
    """Hears of every step."""
    watch: Stopwatch = field(default_factory=Stopwatch)
    """Takes the time of every step."""


def make(request: Request, pool: WorkerPool, *, close: bool = False) -> Production:
    """Make a story's file with ``pool``, and record it for the next run.

    Args:
        request: what is to be made.
        pool: the workers.
        close: whether the pool is closed as soon as the file is made.

    Raises:
        AudiodramaError: see ``produce``.
    """
    record_file = ProductionRecord(request.story, request.output, request.options)
    takes, workers = paths.takes_folder(request.options.takes), pool.jobs
    with record_file.locked(), sound.in_use(takes):
        with request.watch.step("extract"):
            # Taken before the files are read: what the user edits meanwhile makes the next run work again.
            record_file.fingerprint()
        production = perform(request, pool, takes)
        if close:
            pool.close()
        throughput.update_throughput(paths.throughput_file(), production, workers)
        record_file.write(production)
    return production


def perform(request: Request, pool: WorkerPool, takes: Path) -> Production:
    """Do the six steps; ``takes`` is the folder where takes are kept.

    Raises:
        AudiodramaError: see ``produce``.
    """
    story, options, progress, watch = request.story, request.options, request.progress, request.watch

    def prepare(progress: Progress, watch: Stopwatch) -> Performance:
        with watch.step("extract"):
            material = read(story, options)
            script = adapt(material, options)
            warn_about(script, story, progress, asked_narrator(material.casting, options))
        with watch.step("extract" if options.llm is None else "ask"):
            script, complaints = consult(story, script, material.casting, options, progress)
        with watch.step("cast"):
            cast = fill(script, material.casting, options)
        with watch.step("record"):
            return Performance.of(_wanted(script, cast, options), cast, takes, paths.stem(story), complaints)

    def recorded(performance: Performance) -> tuple[Recording, Layout]:
        with watch.step("record"):
            recording = record(performance.need, pool, paths.folder_of(story), progress)
        with watch.step("arrange"):
            return recording, run_isolated(lambda *_: arrange(performance, recording), story, progress, watch)

    performance = run_isolated(prepare, story, progress, watch, shows_progress=options.llm is not None)
    recording, layout = recorded(performance)
    made_before = 0
    if options.excerpt is not None and options.excerpt.seconds:
        made_before = recording.made
        performance = performance.shortened(sound.within(layout.times(), options.excerpt.seconds))
        recording, layout = recorded(performance)
    repairer = TakeRepairer(performance.script_and_cast, recording)
    with watch.step("master"):
        master = render(layout.mix, performance.tags, request.output, pool, progress, repairer, takes)
    return _production(master, performance, layout, _counts(repairer, made_before), watch)


def _wanted(script: Script, cast: Cast, options: Options) -> Script:
    """What is to be heard of a script: all of it, or an excerpt, whose title says so."""
    if options.excerpt is None:
        return script
    part = sound.excerpt(script, cast, options.excerpt)
    return replace(part, title=f"{script.title} (excerpt)" if script.title else "")


def _counts(repairer: TakeRepairer, made_before: int) -> tuple[int, int]:
    """(takes made, takes reused), where ``made_before`` takes, some of them not needed, were made in a first step."""
    made, reused = repairer.counts()
    made_before = min(made_before, reused)
    return made + made_before, reused - made_before


def _production(
    master: Master, performance: Performance, layout: Layout, counts: tuple[int, int], watch: Stopwatch
) -> Production:
    script, cast = performance.script_and_cast()
    made_takes, reused_takes = counts
    return Production(
        master=master,
        script=script,
        cast=cast,
        times=layout.times(),
        voices=_voices(script, cast),
        made=made_takes,
        reused=reused_takes,
        seconds=tuple(watch.seconds.items()),
        degraded=(*performance.complaints, *layout.failures),
    )


def _voices(script: Script, cast: Cast) -> tuple[str, ...]:
    """The voice of each line; empty for a cue."""
    voices = {line.speaker: cast.role_of(line.speaker).voice.name for line in script.lines() if line.kind != "cue"}
    return tuple("" if line.kind == "cue" else voices[line.speaker] for line in script.lines())
