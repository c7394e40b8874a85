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
from audiodrama.model import Cast, Casting, Line, Script, Take, Utterance
from audiodrama.pipeline import throughput
from audiodrama.pipeline.edit_files import extract, read_casting
from audiodrama.pipeline.mastering import unencoded
from audiodrama.pipeline.options import Options, Production
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.pipeline.second_opinion import known_advice
from audiodrama.sound import engines
from audiodrama.sound.engines import VoiceCatalog
from audiodrama.workers import cores

AROUND = 8.0
"""Seconds of audio that are encoded again with a line that changed, besides the line itself."""

Spoken = tuple[Line, Utterance]


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


def forecast(story: Path, output: Path, options: Options | None = None, *, jobs: int | None = None) -> Forecast:
    """Say what ``produce`` would make with the same arguments; makes and asks nothing.

    Raises:
        AudiodramaError: as ``produce`` would, for what can be seen beforehand.
    """
    begin = time.perf_counter()
    paths.check_name(output, sound.ENDINGS)
    options = options or Options()
    jobs = max(1, cores() if jobs is None else jobs)
    diary = ProductionRecord(story, output, options)
    done = diary.finished()
    if done is not None:
        return Forecast(story, output, _spoken_lines(done), 0, (), 0.0, False, True)
    drama, cast, levels = _prepared(story, options)
    wanted, folder = sound.utterances(drama, cast), paths.takes_folder(options.takes)
    takes = _takes(wanted, folder)
    spoken = [(line, utterance) for line, utterance in zip(drama.lines(), wanted, strict=True) if utterance]
    missing = [(line, utterance) for line, utterance in spoken if takes[utterance] is None]
    if missing:
        work = _work(missing, spoken, jobs)
    else:
        timeline = sound.arrange(drama, cast, tuple(takes[each] if each else None for each in wanted), levels)
        work = throughput.load_throughput(paths.throughput_file()).encoding(unencoded(timeline, folder), jobs)
    last = diary.last()
    seconds = time.perf_counter() - begin + throughput.START + work
    return Forecast(story, output, len(spoken), len(missing), _reasons(missing, spoken, last), seconds, last is None)


def _prepared(story: Path, options: Options) -> tuple[Script, Cast, engines.VoiceLevels]:
    """The script and its cast, as a production would have them."""
    casting, offer = read_casting(story, options.casting), VoiceCatalog()
    drama = known_advice(story, extract(story, casting, options), casting, options)
    return drama, fill(drama, files.join(Casting(roles=options.recurring_roles), casting), offer), offer.levels


def _takes(wanted: Iterable[Utterance | None], folder: Path) -> dict[Utterance, Take | None]:
    """The kept take of each reading."""
    store = sound.TakeCache(folder)
    distinct = dict.fromkeys(utterance for utterance in wanted if utterance)
    return {each: store.find(sound.take_key(each, engines.engine(each.engine).version)) for each in distinct}


def _work(missing: list[Spoken], spoken: list[Spoken], jobs: int) -> float:
    """Seconds for making the missing takes, and for mixing what they are in."""
    characters: Counter[str] = Counter()
    for utterance in {utterance for _, utterance in missing}:
        characters[utterance.engine] += len(utterance.text)
    known = throughput.load_throughput(paths.throughput_file())
    whole = known.length * sum(len(utterance.text) for _, utterance in spoken)
    changed = sum(known.length * len(utterance.text) + AROUND for _, utterance in missing)
    return known.recording(characters, jobs) + known.encoding(min(whole, changed), jobs)


def _reasons(missing: list[Spoken], spoken: list[Spoken], last: Production | None) -> tuple[tuple[str, str, int], ...]:
    """Who has how many lines to make, and why, by what was made last."""
    if last is None:
        counted = Counter((line.speaker, "not made yet") for line, _ in missing)
        return tuple((*each, count) for each, count in counted.items())
    old = defaultdict(list)
    speakers: dict[str, str] = {}
    unmatched: Counter[str] = Counter()
    for line, utterance in zip(last.script.lines(), sound.utterances(last.script, last.cast), strict=True):
        if utterance:
            old[line.speaker, line.text].append((line, utterance))
            speakers[line.text] = line.speaker
            unmatched[line.speaker] += 1
    # As many new lines of a speaker as old ones have gone are taken for changed ones.
    for line, _ in spoken:
        unmatched[line.speaker] -= (line.speaker, line.text) in old
    counted = Counter()
    for line, utterance in missing:
        before = old.get((line.speaker, line.text))
        if before:
            why = _change(line, utterance, *before[0])
        elif line.text in speakers:
            why = f"was {speakers[line.text]}'s"
        else:
            why = "text changed" if unmatched[line.speaker] > 0 else "new line"
            unmatched[line.speaker] -= 1
        counted[line.speaker, why] += 1
    return tuple((*each, count) for each, count in counted.items())


def _change(line: Line, utterance: Utterance, old_line: Line, old: Utterance) -> str:
    """Why a line that was there before needs another take."""
    if (utterance.engine, utterance.voice) != (old.engine, old.voice):
        return "voice changed"
    if line.delivery != old_line.delivery:
        return "manner changed"
    if utterance.retake != old.retake:
        return "another reading asked for"
    if utterance.text != old.text:
        return "pronunciation changed"
    return "take no longer kept" if utterance == old else "voice changed"


def _spoken_lines(production: Production) -> int:
    return sum(utterance is not None for utterance in sound.utterances(production.script, production.cast))
