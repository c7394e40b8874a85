"""Turn a story into what producing it would make, why, and how long that takes; nothing is made."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from audiodrama import sound
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.model import Cast, Line, Script, Utterance
from audiodrama.pipeline import throughput
from audiodrama.pipeline.mastering import unencoded
from audiodrama.pipeline.options import Options, Production
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.pipeline.recording import cached_takes
from audiodrama.pipeline.second_opinion import known_advice
from audiodrama.pipeline.steps import adapt, fill, read
from audiodrama.sound.engines import VoiceCatalog
from audiodrama.workers import worker_count

AROUND = 8.0
"""Seconds of audio that are encoded again with a line that changed, besides the line itself: a segment's length."""

Spoken = tuple[Line, tuple[Utterance, ...]]
"""A line and its utterances, one at least."""


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
    error: str = ""
    """Why it would fail, one sentence; only in a batch, where the others go on."""


@checked
def forecast(story: StrPath, output: StrPath, options: Options | None = None, *, jobs: int | None = None) -> Forecast:
    """Say what ``produce`` would make with the same arguments; makes and asks nothing.

    Raises:
        AudiodramaError: as ``produce`` would, for what can be seen beforehand.
    """
    begin = time.perf_counter()
    story, output = as_path(story, "a story"), as_path(output, "a result")
    paths.check_name(output, sound.ENDINGS)
    options = options or Options()
    jobs = worker_count(jobs)
    record = ProductionRecord(story, output, options)
    same = record.finished()
    if same is not None:
        return Forecast(story, output, _spoken_lines(same), 0, (), 0.0, False, True)
    material = read(story, options)
    script = known_advice(story, adapt(material, options), material.casting, options)
    cast, folder = fill(script, material.casting, options), paths.takes_folder(options.takes)
    if options.excerpt is not None:
        script = sound.excerpt(script, cast, options.excerpt)
    takes, spoken = dict(cached_takes(script, cast, folder)), _spoken(script, cast)
    missing = [(line, utterances) for line, utterances in spoken if any(takes[each] is None for each in utterances)]
    if missing:
        work = _work({utterance for utterance, take in takes.items() if take is None}, missing, spoken, jobs)
    else:
        line_takes = (tuple(take for each in part if (take := takes[each])) for part in sound.utterances(script, cast))
        timeline = sound.arrange(script, cast, tuple(line_takes), VoiceCatalog().levels)
        work = throughput.load_throughput(paths.throughput_file()).encoding(unencoded(timeline, folder), jobs)
    last = record.last()
    seconds = time.perf_counter() - begin + throughput.START + work
    return Forecast(story, output, len(spoken), len(missing), _reasons(missing, spoken, last), seconds, last is None)


def _spoken(script: Script, cast: Cast) -> list[Spoken]:
    """The lines of a script that are spoken."""
    return [line for line in zip(script.lines(), sound.utterances(script, cast), strict=True) if line[1]]


def _work(untaken: set[Utterance], missing: list[Spoken], spoken: list[Spoken], jobs: int) -> float:
    """Seconds for making the missing takes, and for encoding the segments that they are in."""
    characters: Counter[str] = Counter()
    for utterance in untaken:
        characters[utterance.engine] += len(utterance.text)
    measured = throughput.load_throughput(paths.throughput_file())
    whole = measured.length * sum(map(_characters, spoken))
    changed = sum(measured.length * _characters(line) + AROUND for line in missing)
    return measured.recording(characters, jobs) + measured.encoding(min(whole, changed), jobs)


def _characters(line: Spoken) -> int:
    return sum(len(utterance.text) for utterance in line[1])


def _reasons(
    missing: list[Spoken], spoken: list[Spoken], production: Production | None
) -> tuple[tuple[str, str, int], ...]:
    """(speaker, why, how many lines) of the missing takes, by comparison with the last production."""
    if production is None:
        counted = Counter((line.speaker, "not made yet") for line, _ in missing)
        return tuple((*reason, count) for reason, count in counted.items())
    old = defaultdict(list)
    speakers: dict[str, str] = {}
    unmatched: Counter[str] = Counter()
    for line, utterances in _spoken(production.script, production.cast):
        old[line.speaker, line.text].append((line, utterances))
        speakers[line.text] = line.speaker
        unmatched[line.speaker] += 1
    # As many new lines of a speaker as old ones have gone count as changed ones.
    for line, _ in spoken:
        unmatched[line.speaker] -= (line.speaker, line.text) in old
    counted = Counter()
    for line, utterances in missing:
        old_lines = old.get((line.speaker, line.text))
        if old_lines:
            why = _change(line, utterances, *old_lines[0])
        elif line.text in speakers:
            why = f"was {speakers[line.text]}'s"
        else:
            why = "text changed" if unmatched[line.speaker] > 0 else "new line"
            unmatched[line.speaker] -= 1
        counted[line.speaker, why] += 1
    return tuple((*reason, count) for reason, count in counted.items())


def _change(line: Line, utterances: tuple[Utterance, ...], old_line: Line, old: tuple[Utterance, ...]) -> str:
    """Why a line that was there before needs other takes."""
    utterance, old_utterance = utterances[0], old[0]
    if (utterance.engine, utterance.voice) != (old_utterance.engine, old_utterance.voice):
        return "voice changed"
    if line.delivery != old_line.delivery:
        return "manner changed"
    if utterance.retake != old_utterance.retake:
        return "another reading asked for"
    if [each.text for each in utterances] != [each.text for each in old]:
        return "pronunciation changed"
    return "take no longer kept" if utterances == old else "voice changed"


def _spoken_lines(production: Production) -> int:
    return len(_spoken(production.script, production.cast))
