"""Turn a Script into the part of it that is to be heard: some lines by their numbers, or the first stretch of time.

How long a line lasts is known when it is recorded, so an excerpt of some time is made in two steps: ``excerpt`` takes
more lines than the time holds, by an estimate, and ``within`` says how many of them it held.
"""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.errors import InputError
from audiodrama.model import Cast, Excerpt, Script
from audiodrama.sound.takes.sentences import CHARACTERS_PER_SECOND
from audiodrama.sound.takes.utterances import utterances

FASTEST = 1.6
"""How many times faster than the estimate a voice may speak: the fastest measured here, espeak-ng, is 1.17 times."""


def excerpt(script: Script, cast: Cast, wanted: Excerpt) -> Script:
    """The lines that are wanted, or for a stretch of time at least those that it holds.

    Raises:
        InputError: there are no such lines.
    """
    count = len(script.lines())
    last = wanted.last or count
    if not 1 <= wanted.first <= min(last, count):
        lines = f"is no line {last}" if wanted.first == last else f"are no lines {wanted.first}-{last}"
        raise InputError(f"There {lines}: the script has {count}; choose others.")
    part = script.part(wanted.first - 1, last)
    return part.part(0, _estimated(part, cast, wanted.seconds)) if wanted.seconds else part


def within(times: Sequence[tuple[int, int]], seconds: float) -> int:
    """How many lines are over after ``seconds``; at least one. ``times`` has (start, end) of each, milliseconds."""
    return max(1, sum(end <= seconds * 1000 for _, end in times))


def _estimated(script: Script, cast: Cast, seconds: float) -> int:
    """How many lines begin before ``seconds`` are over if every voice speaks as fast as one can."""
    passed = 0.0
    for index, parts in enumerate(utterances(script, cast)):
        passed += sum(len(each.text) / (FASTEST * CHARACTERS_PER_SECOND * each.rate) for each in parts)
        if passed > seconds:
            return index + 1
    return len(script.lines())
