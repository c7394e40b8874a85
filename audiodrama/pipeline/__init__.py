"""Produce one audio drama: the only place that knows the order of the steps.

    read -> adapt -> fill -> record -> arrange -> mix -> master

Each step is a function of its act over plain values; this room hands the results on, lets a crew do the heavy work,
and says how far it is.
"""

from __future__ import annotations

from pathlib import Path

from audiodrama import places, script, sound
from audiodrama.crew import Crew
from audiodrama.model import Cast, Script
from audiodrama.pipeline.audition import measure, preview, voices
from audiodrama.pipeline.mastering import mix_and_master, times
from audiodrama.pipeline.papers import extract, read_casting, spans, write_casting, write_script
from audiodrama.pipeline.recording import record
from audiodrama.pipeline.values import Production, Progress, Silent, Stopwatch, Wishes
from audiodrama.sound.engines import Offer

__all__ = [
    "Production",
    "Progress",
    "Silent",
    "Wishes",
    "extract",
    "measure",
    "mix_and_master",
    "preview",
    "produce",
    "read_casting",
    "record",
    "spans",
    "times",
    "voices",
    "write_casting",
    "write_script",
]


def produce(
    story: Path,
    output: Path,
    wishes: Wishes | None = None,
    *,
    jobs: int | None = None,
    crew: Crew | None = None,
    progress: Progress | None = None,
) -> Production:
    """Make one audio file of a story or a script.

    Args:
        story: a story (.txt, .md) or a drama script (.yaml).
        output: the MP3 to write; it appears when it is complete, and an older file of that name stays until then.
        wishes: how it is to be made.
        jobs: worker processes; one for each core if None. The file's bytes do not depend on it.
        crew: workers to share among productions; ``jobs`` is not used then.
        progress: told of every step.

    Raises:
        AudiodramaError: see ``audiodrama.errors``; nothing half-written is left behind.
    """
    if crew is None:
        with Crew(jobs, sound.load) as own:
            return produce(story, output, wishes, crew=own, progress=progress)
    wishes, progress, watch = wishes or Wishes(), progress or Silent(), Stopwatch()
    places.check_output(output, sound.ENDINGS)
    offer = Offer()
    with watch.step("extract"):
        casting = read_casting(story, wishes.casting)
        drama = extract(story, casting, wishes)
        _tell(drama, story, progress)
    with watch.step("cast"):
        cast = script.fill(drama, casting, offer)
    with watch.step("record"):
        takes = record(drama, cast, crew, places.takes_folder(wishes.takes), story.parent, progress)
    with watch.step("arrange"):
        timeline = sound.arrange(drama, cast, takes.takes, offer.levels)
    with watch.step("master"):
        label = sound.Label(drama.title or places.stem(story), drama.author)
        master = mix_and_master(timeline, label, output, crew, progress, takes.remake)
    return Production(
        master=master,
        script=drama,
        cast=cast,
        timeline=timeline,
        times=times(timeline, len(drama.lines()), master.sample_rate),
        voices=_voices(drama, cast),
        made=takes.made,
        reused=takes.reused,
        seconds=tuple(watch.seconds.items()),
        degraded=takes.failures,
    )


def _tell(drama: Script, story: Path, progress: Progress) -> None:
    if not any(line.kind == "dialogue" for line in drama.lines()):
        progress.warn(f"No dialogue was found in {story}: the narrator reads all of it.")


def _voices(drama: Script, cast: Cast) -> tuple[str, ...]:
    names = {line.speaker: cast.role_of(line.speaker).voice.name for line in drama.lines() if line.kind != "cue"}
    return tuple("" if line.kind == "cue" else names[line.speaker] for line in drama.lines())
