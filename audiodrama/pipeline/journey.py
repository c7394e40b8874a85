"""Turn a story into a finished file, step by step: the only place that knows the order of the steps.

    read -> adapt -> fill -> record -> arrange -> mix -> master

Each step is a function of its act over plain values; this room hands the results on, lets a crew do the heavy work,
and says how far it is.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audiodrama import files, places, script, sound
from audiodrama.crew import Workers
from audiodrama.model import Cast, Casting, Script
from audiodrama.pipeline import pace
from audiodrama.pipeline.advice import consult
from audiodrama.pipeline.diary import Diary
from audiodrama.pipeline.mastering import Mix, mix_and_master, times
from audiodrama.pipeline.papers import extract, read_casting
from audiodrama.pipeline.recording import record
from audiodrama.pipeline.values import Production, Progress, Stopwatch, Wishes
from audiodrama.sound.engines import Offer


def make(story: Path, output: Path, wishes: Wishes, crew: Workers, progress: Progress, watch: Stopwatch) -> Production:
    """Make ``output`` of ``story`` as ``wishes`` say, with ``crew``, and note it for the next run.

    Raises:
        AudiodramaError: see ``produce``.
    """
    diary = Diary(story, output, wishes)
    with diary.claimed(), sound.in_use(places.takes_folder(wishes.takes)):
        production = _made(story, output, wishes, crew, progress, diary, watch)
        diary.write(production)
    return production


def _made(
    story: Path, output: Path, wishes: Wishes, crew: Workers, progress: Progress, diary: Diary, watch: Stopwatch
) -> Production:
    offer, kept = Offer(), places.takes_folder(wishes.takes)
    with watch.step("extract"):
        diary.papers()  # As they are before they are read: what is edited meanwhile makes the next run work again.
        casting = read_casting(story, wishes.casting)
        drama = extract(story, casting, wishes)
        _tell(drama, story, progress)
    with watch.step("extract" if wishes.llm is None else "ask"):
        drama, complaints = consult(story, drama, casting, wishes, progress)
    with watch.step("cast"):
        cast = script.fill(drama, files.join(Casting(roles=wishes.ensemble), casting), offer)
    with watch.step("record"):
        takes = record(drama, cast, crew, kept, story.parent, progress)
    with watch.step("arrange"):
        timeline = sound.arrange(drama, cast, takes.takes, offer.levels)
        heard, mix = times(timeline, len(drama.lines()), sound.RATE), Mix.of(timeline)
        # A long book has ten thousand takes; while it is mixed, nobody asks for them.
        takes = replace(takes, takes=())
        del timeline
    with watch.step("master"):
        label = sound.Label(drama.title or places.stem(story), drama.author)
        master = mix_and_master(mix, label, output, crew, progress, takes.remake, kept)
    production = Production(
        master=master,
        script=drama,
        cast=cast,
        times=heard,
        voices=_voices(drama, cast),
        made=takes.made,
        reused=takes.reused,
        seconds=tuple(watch.seconds.items()),
        degraded=(*complaints, *takes.failures),
    )
    pace.learn(places.pace_file(), drama, cast, production, crew.jobs)
    return production


def _tell(drama: Script, story: Path, progress: Progress) -> None:
    if not any(line.kind == "dialogue" for line in drama.lines()):
        progress.warn(f"No dialogue was found in {story}: the narrator reads all of it.")
    # A play, a chat and a script say themselves who speaks: nothing in them is guessed.
    guessed = any(line.kind == "dialogue" and line.confidence < 1 for line in drama.lines())
    if guessed and not places.is_script(story) and not script.seems_english(drama):
        progress.warn(
            f"{story} does not look like English; who speaks is guessed with English rules and will often be wrong: "
            f"check it with `audiodrama review {story}`."
        )


def _voices(drama: Script, cast: Cast) -> tuple[str, ...]:
    names = {line.speaker: cast.role_of(line.speaker).voice.name for line in drama.lines() if line.kind != "cue"}
    return tuple("" if line.kind == "cue" else names[line.speaker] for line in drama.lines())
