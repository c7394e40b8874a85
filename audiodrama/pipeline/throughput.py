"""Turn finished productions into what is known of this machine's pace, and that into seconds that work will take."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audiodrama import sound
from audiodrama.errors import OutputError
from audiodrama.files import write_text
from audiodrama.model import Cast, Script
from audiodrama.pipeline.options import Production

SPOKEN = 6000.0
"""Characters that a worker records in a second, where nothing was measured."""
ENCODED = 150.0
"""Seconds of audio that a worker mixes and encodes in a second, where nothing was measured."""
LENGTH = 0.065
"""Seconds of audio for a character, where nothing was measured."""
START = 0.5
"""Seconds until the workers are at work."""
MIN_SECONDS = 1.0
"""Seconds of work on a step that say something about its pace."""
SMOOTHING = 0.5
"""Weight of the latest measurement against all before it."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """How fast this machine is."""

    spoken: Mapping[str, float]
    """Characters that a worker records in a second, by engine."""
    encoded: float = ENCODED
    """Seconds of audio that a worker mixes and encodes in a second."""
    length: float = LENGTH
    """Seconds of audio for a character."""

    def recording(self, characters: Mapping[str, int], jobs: int) -> float:
        """Seconds for recording so many characters of each engine with ``jobs`` workers."""
        return sum(count / self.spoken.get(engine, SPOKEN) for engine, count in characters.items()) / jobs

    def encoding(self, seconds: float, jobs: int) -> float:
        """Seconds for mixing and encoding so many seconds of audio."""
        return seconds / self.encoded / jobs


def load_throughput(file: Path) -> Throughput:
    """What was measured so far; what was not, or cannot be read, is guessed."""
    try:
        said = json.loads(file.read_text(encoding="ascii"))
        spoken = {str(name): _positive(value) for name, value in said["spoken"].items()}
        return Throughput(spoken, _positive(said["encoded"]), _positive(said["length"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Throughput({})


def update_throughput(file: Path, script: Script, cast: Cast, production: Production, jobs: int) -> None:
    """Take a production's measurements into account, if it says enough: nothing reused, one engine, not too short."""
    seconds = dict(production.seconds)
    spoken = {utterance for utterance in sound.utterances(script, cast) if utterance}
    names = {utterance.engine for utterance in spoken}
    if production.reused or len(names) != 1 or min(seconds["record"], seconds["master"]) < MIN_SECONDS:
        return
    before = load_throughput(file)
    (engine,) = names
    characters = sum(len(utterance.text) for utterance in spoken)
    said = {
        "spoken": {**before.spoken, engine: _mixed(before.spoken.get(engine), characters / seconds["record"] / jobs)},
        "encoded": _mixed(before.encoded, production.master.seconds / seconds["master"] / jobs),
        "length": _mixed(before.length, production.master.seconds / sum(len(line.text) for line in script.lines())),
    }
    with contextlib.suppress(OSError, OutputError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, json.dumps(said) + "\n")


def _mixed(before: float | None, now: float) -> float:
    return round(now if before is None else SMOOTHING * now + (1 - SMOOTHING) * before, 4)


def _positive(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1e-6 < value < 1e9:
        raise ValueError(f"{value!r} is no pace")
    return float(value)
