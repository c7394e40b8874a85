"""Turn a story into a finished file, step by step: the only place that knows the order of the steps.

    read -> adapt -> fill -> record -> arrange -> mix -> master

Each step is a function of its act over plain values; this room hands the results on, lets a crew do the heavy work,
and says how far it is.
"""

from __future__ import annotations

from pathlib import Path

from audiodrama import sound
from audiodrama.files import paths
from audiodrama.model import Cast, Script
from audiodrama.pipeline import throughput
from audiodrama.pipeline.mastering import mix_and_master
from audiodrama.pipeline.options import Options, Production, Progress, Stopwatch
from audiodrama.pipeline.preparation import lay_out, prepare
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.pipeline.recording import TakeRepairer, record
from audiodrama.workers import WorkerPool


def make(
    story: Path,
    output: Path,
    options: Options,
    pool: WorkerPool,
    progress: Progress,
    watch: Stopwatch,
    *,
    alone: bool = False,
) -> Production:
    """Make ``output`` of ``story`` as ``options`` say, with ``pool``, and note it for the next run.

    With nobody else to work for, ``alone``, the crew is let go as soon as the file is made.

    Raises:
        AudiodramaError: see ``produce``.
    """
    diary = ProductionRecord(story, output, options)
    with diary.locked(), sound.in_use(paths.takes_folder(options.takes)):
        production = _made(story, output, options, pool, progress, diary, watch, alone)
        diary.write(production)
    return production


def _made(
    story: Path,
    output: Path,
    options: Options,
    pool: WorkerPool,
    progress: Progress,
    diary: ProductionRecord,
    watch: Stopwatch,
    alone: bool,
) -> Production:
    kept, jobs = paths.takes_folder(options.takes), pool.jobs
    with watch.step("extract"):
        diary.fingerprint()  # As they are before they are read: what is edited meanwhile makes the next run work again.
    plan = prepare(story, options, progress, watch)
    with watch.step("record"):
        recording = record(plan.need, pool, kept, story.parent, progress)
    with watch.step("arrange"):
        layout = lay_out(story, plan, recording, kept)
    mend = TakeRepairer(plan.drama, recording, kept, story.parent)
    with watch.step("master"):
        master = mix_and_master(layout.mix, plan.label, output, pool, progress, mend, kept)
    if alone:
        pool.close()
    (drama, cast), (made, reused) = plan.drama(), mend.counts()
    production = Production(
        master=master,
        script=drama,
        cast=cast,
        times=layout.times(),
        voices=_voices(drama, cast),
        made=made,
        reused=reused,
        seconds=tuple(watch.seconds.items()),
        degraded=(*plan.complaints, *layout.failures),
    )
    throughput.update_throughput(paths.throughput_file(), drama, cast, production, jobs)
    return production


def _voices(drama: Script, cast: Cast) -> tuple[str, ...]:
    names = {line.speaker: cast.role_of(line.speaker).voice.name for line in drama.lines() if line.kind != "cue"}
    return tuple("" if line.kind == "cue" else names[line.speaker] for line in drama.lines())
