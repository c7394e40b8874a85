"""Turn a Script and its Cast into Takes: find those that are kept, have a crew make the others.

A take that an engine cannot make leaves its line silent and is told; the rest of the work is not lost.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import sound
from audiodrama.crew import Workers
from audiodrama.errors import EngineError
from audiodrama.model import Cast, Reading, Script, Take
from audiodrama.pipeline.values import Progress
from audiodrama.sound import engines


@dataclass(frozen=True, slots=True)
class Recording:
    """The takes of a script."""

    takes: tuple[Take | None, ...]
    """One for each of ``script.lines()``; None where nothing is heard."""
    made: int
    """Takes that were made now."""
    reused: int
    """Takes that were kept from before."""
    failures: tuple[str, ...]
    """Lines that could not be spoken, a sentence each."""
    orders: Mapping[str, sound.RecordOrder | sound.SoundOrder]
    """By key, the order that makes a take."""

    def remake(self, key: str) -> None:
        """Make a take anew that was found to be damaged, in its old place."""
        order = self.orders[key]
        sound.Store(order.folder).path(key).unlink(missing_ok=True)
        if isinstance(order, sound.RecordOrder):
            sound.record(order)
        else:
            sound.import_sound(order)


def record(script: Script, cast: Cast, crew: Workers, folder: Path, sounds: Path, progress: Progress) -> Recording:
    """Have every line's take at hand: each distinct reading is spoken once, and never again while it is kept.

    Args:
        script: what is performed.
        cast: by whom.
        crew: who does the work.
        folder: where takes are kept.
        sounds: the folder that cue lines' sound files are named from.
        progress: told of each take that is made.

    Raises:
        InputError: a sound file of a cue cannot be used.
        EngineError: no line at all could be spoken.
    """
    lines = script.lines()
    wanted = sound.readings(script, cast)
    store = sound.Store(folder)
    keys = {reading: sound.key(reading, engines.engine(reading.engine).version) for reading in wanted if reading}
    kept = {reading: _lean(take) for reading, key in keys.items() if (take := store.find(key))}
    missing = tuple(reading for reading in keys if reading not in kept)
    progress.begin("record", len(missing))
    made, reasons = _make(missing, crew, folder, progress)
    if reasons and not made and not kept:
        raise EngineError(next(iter(reasons.values())))
    cues = {line.sound: sound.SoundOrder(sounds / line.sound, folder) for line in lines if line.sound}
    imported = dict(zip(cues, crew.carry_out(sound.import_sound, cues.values()), strict=True))
    progress.end()
    found = {**kept, **made}
    return Recording(
        takes=tuple(
            imported.get(line.sound) if line.kind == "cue" else found.get(reading) if reading else None
            for line, reading in zip(lines, wanted, strict=True)
        ),
        made=len(made),
        reused=len(kept),
        failures=tuple(
            f"Line {number} ({line.speaker}) is silent: {reasons[reading]}"
            for number, (line, reading) in enumerate(zip(lines, wanted, strict=True), 1)
            if reading in reasons
        ),
        orders={key: sound.RecordOrder((reading,), folder) for reading, key in keys.items()}
        | {imported[name].key: order for name, order in cues.items()},
    )


def _make(
    missing: Sequence[Reading], crew: Workers, folder: Path, progress: Progress
) -> tuple[dict[Reading, Take], dict[Reading | None, str]]:
    """The takes that could be made, and for the other readings why not."""
    made: dict[Reading, Take] = {}
    reasons: dict[Reading | None, str] = {}
    orders = (sound.RecordOrder((reading,), folder) for reading in missing)
    for reading, result in zip(missing, crew.carry_out(_record, orders, told=_told, size=_size), strict=True):
        if isinstance(result, Take):
            made[reading] = _lean(result)
        else:
            reasons[reading] = result
        progress.advance()
    return made, reasons


def _lean(take: Take) -> Take:
    """The take as a long book can have ten thousand of: without its words' times, which no later step asks for, and
    with its power as an array, which takes a quarter of the room.
    """
    return replace(take, words=(), power=array("d", take.power))


def _record(order: sound.RecordOrder) -> Take | str:
    """The take of an order for one reading, or why there is none: one that fails takes no others with it."""
    try:
        return sound.record(order)[0]
    except EngineError as error:
        return str(error)


def _told(order: sound.RecordOrder) -> str:
    reading = order.readings[0]
    return f"the line {shortened(reading.text)!r} (voice {reading.voice})"


def _size(order: sound.RecordOrder) -> int:
    """Characters to speak, and what it costs to begin."""
    return 20 + len(order.readings[0].text)


def shortened(text: str, most: int = 60) -> str:
    """The text as a message quotes it."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
