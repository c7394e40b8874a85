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
from audiodrama.pipeline.options import Production, Progress, Stopwatch, Wishes
from audiodrama.pipeline.preparation import laid_out, planned
from audiodrama.pipeline.production_record import Diary
from audiodrama.pipeline.recording import Mender, record
from audiodrama.workers import Workers


def make(
    story: Path,
    output: Path,
    wishes: Wishes,
    crew: Workers,
    progress: Progress,
    watch: Stopwatch,
    *,
    alone: bool = False,
) -> Production:
    """Make ``output`` of ``story`` as ``wishes`` say, with ``crew``, and note it for the next run.

    With nobody else to work for, ``alone``, the crew is let go as soon as the file is made.

    Raises:
        AudiodramaError: see ``produce``.
    """
    diary = Diary(story, output, wishes)
    with diary.claimed(), sound.in_use(paths.takes_folder(wishes.takes)):
        production = _made(story, output, wishes, crew, progress, diary, watch, alone)
        diary.write(production)
    return production


def _made(
    story: Path,
    output: Path,
    wishes: Wishes,
    crew: Workers,
    progress: Progress,
    diary: Diary,
    watch: Stopwatch,
    alone: bool,
) -> Production:
    kept, jobs = paths.takes_folder(wishes.takes), crew.jobs
    with watch.step("extract"):
        diary.papers()  # As they are before they are read: what is edited meanwhile makes the next run work again.
    plan = planned(story, wishes, progress, watch)
    with watch.step("record"):
        recording = record(plan.need, crew, kept, story.parent, progress)
    with watch.step("arrange"):
        layout = laid_out(story, plan, recording, kept)
    mend = Mender(plan.drama, recording, kept, story.parent)
    with watch.step("master"):
        master = mix_and_master(layout.mix, plan.label, output, crew, progress, mend, kept)
    if alone:
        crew.dismiss()
    (drama, cast), (made, reused) = plan.drama(), mend.counted()
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
    throughput.learn(paths.pace_file(), drama, cast, production, jobs)
    return production


def _voices(drama: Script, cast: Cast) -> tuple[str, ...]:
    names = {line.speaker: cast.role_of(line.speaker).voice.name for line in drama.lines() if line.kind != "cue"}
    return tuple("" if line.kind == "cue" else names[line.speaker] for line in drama.lines())
