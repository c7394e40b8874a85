"""Turn a story into what producing it would make, why, and how long that takes; nothing is made."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audiodrama import files, sound
from audiodrama.casting import fill
from audiodrama.files import paths
from audiodrama.model import Cast, Casting, Line, Reading, Script, Take
from audiodrama.pipeline import throughput
from audiodrama.pipeline.edit_files import extract, read_casting
from audiodrama.pipeline.mastering import unencoded
from audiodrama.pipeline.options import Production, Wishes
from audiodrama.pipeline.production_record import Diary
from audiodrama.pipeline.second_opinion import known_advice
from audiodrama.sound import engines
from audiodrama.sound.engines import Offer
from audiodrama.workers import cores

AROUND = 8.0
"""Seconds of audio that are encoded again with a line that changed, besides the line itself."""

Spoken = tuple[Line, Reading]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What producing a story would make."""

    story: Path
    """The story or script."""
    output: Path
    """The result."""
    lines: int
    """Lines that are spoken."""
    made: int
    """Those of them whose takes will be made."""
    reasons: tuple[tuple[str, str, int], ...]
    """(speaker, why, how many lines), in the order of the first of these lines."""
    seconds: float
    """About how long all of it will take."""
    fresh: bool
    """Whether nothing is known of a production of this result."""
    unchanged: bool = False
    """Whether the result is there already, and nothing has to be done."""


def forecast(story: Path, output: Path, wishes: Wishes | None = None, *, jobs: int | None = None) -> Forecast:
    """Say what ``produce`` would make with the same arguments; makes and asks nothing.

    Raises:
        AudiodramaError: as ``produce`` would, for what can be seen beforehand.
    """
    begin = time.perf_counter()
    paths.check_name(output, sound.ENDINGS)
    wishes = wishes or Wishes()
    jobs = max(1, cores() if jobs is None else jobs)
    diary = Diary(story, output, wishes)
    done = diary.finished()
    if done is not None:
        return Forecast(story, output, _spoken_lines(done), 0, (), 0.0, False, True)
    drama, cast, levels = _rehearsed(story, wishes)
    wanted, folder = sound.readings(drama, cast), paths.takes_folder(wishes.takes)
    takes = _takes(wanted, folder)
    spoken = [(line, reading) for line, reading in zip(drama.lines(), wanted, strict=True) if reading]
    missing = [(line, reading) for line, reading in spoken if takes[reading] is None]
    if missing:
        work = _work(missing, spoken, jobs)
    else:
        timeline = sound.arrange(drama, cast, tuple(takes[each] if each else None for each in wanted), levels)
        work = throughput.known(paths.pace_file()).encoding(unencoded(timeline, folder), jobs)
    last = diary.last()
    seconds = time.perf_counter() - begin + throughput.START + work
    return Forecast(story, output, len(spoken), len(missing), _reasons(missing, spoken, last), seconds, last is None)


def _rehearsed(story: Path, wishes: Wishes) -> tuple[Script, Cast, engines.Levels]:
    """The script and its cast, as a production would have them."""
    casting, offer = read_casting(story, wishes.casting), Offer()
    drama = known_advice(story, extract(story, casting, wishes), casting, wishes)
    return drama, fill(drama, files.join(Casting(roles=wishes.ensemble), casting), offer), offer.levels


def _takes(wanted: Iterable[Reading | None], folder: Path) -> dict[Reading, Take | None]:
    """The kept take of each reading."""
    store = sound.Store(folder)
    distinct = dict.fromkeys(reading for reading in wanted if reading)
    return {each: store.find(sound.key(each, engines.engine(each.engine).version)) for each in distinct}


def _work(missing: list[Spoken], spoken: list[Spoken], jobs: int) -> float:
    """Seconds for making the missing takes, and for mixing what they are in."""
    characters: Counter[str] = Counter()
    for reading in {reading for _, reading in missing}:
        characters[reading.engine] += len(reading.text)
    known = throughput.known(paths.pace_file())
    whole = known.length * sum(len(reading.text) for _, reading in spoken)
    changed = sum(known.length * len(reading.text) + AROUND for _, reading in missing)
    return known.recording(characters, jobs) + known.encoding(min(whole, changed), jobs)


def _reasons(missing: list[Spoken], spoken: list[Spoken], last: Production | None) -> tuple[tuple[str, str, int], ...]:
    """Who has how many lines to make, and why, by what was made last."""
    if last is None:
        counted = Counter((line.speaker, "not made yet") for line, _ in missing)
        return tuple((*each, count) for each, count in counted.items())
    old = defaultdict(list)
    speakers: dict[str, str] = {}
    unmatched: Counter[str] = Counter()
    for line, reading in zip(last.script.lines(), sound.readings(last.script, last.cast), strict=True):
        if reading:
            old[line.speaker, line.text].append((line, reading))
            speakers[line.text] = line.speaker
            unmatched[line.speaker] += 1
    # As many new lines of a speaker as old ones have gone are taken for changed ones.
    for line, _ in spoken:
        unmatched[line.speaker] -= (line.speaker, line.text) in old
    counted = Counter()
    for line, reading in missing:
        before = old.get((line.speaker, line.text))
        if before:
            why = _change(line, reading, *before[0])
        elif line.text in speakers:
            why = f"was {speakers[line.text]}'s"
        else:
            why = "text changed" if unmatched[line.speaker] > 0 else "new line"
            unmatched[line.speaker] -= 1
        counted[line.speaker, why] += 1
    return tuple((*each, count) for each, count in counted.items())


def _change(line: Line, reading: Reading, old_line: Line, old: Reading) -> str:
    """Why a line that was there before needs another take."""
    if (reading.engine, reading.voice) != (old.engine, old.voice):
        return "voice changed"
    if line.manner != old_line.manner:
        return "manner changed"
    if reading.retake != old.retake:
        return "another reading asked for"
    if reading.text != old.text:
        return "pronunciation changed"
    return "take no longer kept" if reading == old else "voice changed"


def _spoken_lines(production: Production) -> int:
    return sum(reading is not None for reading in sound.readings(production.script, production.cast))
