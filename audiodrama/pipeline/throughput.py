"""Turn finished productions into the throughput of this machine, and that into seconds that work will take."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from audiodrama import sound
from audiodrama.errors import OutputError
from audiodrama.files import write_text
from audiodrama.pipeline.options import Production

SPOKEN = 6000.0
"""Characters that a worker records in a second, until it was measured on this machine."""
ENCODED = 150.0
"""Seconds of audio that a worker mixes and encodes in a second, until it was measured on this machine."""
LENGTH = 0.065
"""Seconds of audio for a character, until it was measured."""
START = 0.5
"""Seconds until the workers are at work."""
MIN_SECONDS = 1.0
"""Seconds of work on a step below which its throughput is not measured: starting the workers would count too much."""
SMOOTHING = 0.5
"""Weight of the latest measurement against all before it (exponential smoothing)."""


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
    """The throughput that was measured so far; the constants of this module where the file is missing or damaged."""
    try:
        fields = json.loads(file.read_text(encoding="ascii"))
        spoken = {str(name): _positive(value) for name, value in fields["spoken"].items()}
        return Throughput(spoken, _positive(fields["encoded"]), _positive(fields["length"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Throughput({})


def update_throughput(file: Path, production: Production, jobs: int) -> None:
    """Take a production's measurements into account, unless takes were reused, several engines spoke, or it was short.

    Args:
        file: where the throughput is kept.
        production: what was just made.
        jobs: worker processes that made it.
    """
    seconds, script = dict(production.seconds), production.script
    spoken = set(chain.from_iterable(sound.utterances(script, production.cast)))
    names = {utterance.engine for utterance in spoken}
    if production.reused or len(names) != 1 or min(seconds["record"], seconds["master"]) < MIN_SECONDS:
        return
    measured = load_throughput(file)
    (engine,) = names
    pace = sum(len(utterance.text) for utterance in spoken) / seconds["record"] / jobs
    characters = sum(len(line.text) for line in script.lines())
    fields = {
        "spoken": {
            **measured.spoken,
            engine: _smoothed(measured.spoken.get(engine), pace),
        },
        "encoded": _smoothed(measured.encoded, production.master.seconds / seconds["master"] / jobs),
        "length": _smoothed(measured.length, production.master.seconds / characters),
    }
    with contextlib.suppress(OSError, OutputError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, json.dumps(fields) + "\n")


def _smoothed(old: float | None, new: float) -> float:
    """The latest measurement and all before it in one; in the unit of both."""
    return round(new if old is None else SMOOTHING * new + (1 - SMOOTHING) * old, 4)


def _positive(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1e-6 < value < 1e9:
        raise ValueError(f"{value!r} is no throughput")
    return float(value)
