"""Turn a Script and its Cast into Takes: find those that are kept, have a crew make the others.

A take that an engine cannot make leaves its line silent and is told; the rest of the work is not lost. A long book has
ten thousand takes: what is made is not held here but kept in the store, and found there when it is laid out.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import sound
from audiodrama.errors import EngineError
from audiodrama.model import Cast, Reading, Script, Take
from audiodrama.pipeline.compressed import Packed
from audiodrama.pipeline.options import Progress
from audiodrama.sound import engines
from audiodrama.workers import Workers


@dataclass(frozen=True, slots=True)
class Need:
    """What a script needs that is to be spoken and heard."""

    missing: Packed[Reading]
    """Distinct readings without a take."""
    kept: int
    """How many distinct readings have one."""
    sounds: tuple[str, ...]
    """Distinct sound files of cues, as the script names them."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What came of recording a script, but for the takes themselves."""

    need: Need
    """What was needed."""
    reasons: Mapping[Reading, str]
    """Why a reading has no take."""
    sounds: Mapping[str, Take]
    """What sound files have become, by their names in the script."""

    @property
    def made(self) -> int:
        """Takes that were made now."""
        return len(self.need.missing) - len(self.reasons)


def need(script: Script, cast: Cast, folder: Path) -> Need:
    """What a script needs, and what of it is missing in ``folder``, where takes are kept."""
    keys, store = _keys(script, cast), sound.Store(folder)
    missing = [reading for reading, key in keys.items() if store.find(key) is None]
    sounds = dict.fromkeys(line.sound for line in script.lines() if line.sound)
    return Need(Packed(missing), len(keys) - len(missing), tuple(sounds))


def record(wanted: Need, crew: Workers, folder: Path, sounds: Path, progress: Progress) -> Recording:
    """Have every take at hand: each distinct reading is spoken once, and never again while it is kept.

    Args:
        wanted: what is needed.
        crew: who does the work.
        folder: where takes are kept.
        sounds: the folder that cue lines' sound files are named from.
        progress: told of each take that is made.

    Raises:
        InputError: a sound file of a cue cannot be used.
        EngineError: no line at all could be spoken.
    """
    progress.begin("record", len(wanted.missing))
    reasons = _make(wanted.missing, crew, folder, progress)
    if len(reasons) == len(wanted.missing) > 0 and not wanted.kept:
        raise EngineError(next(iter(reasons.values())))
    orders = [sound.SoundOrder(sounds / name, folder) for name in wanted.sounds]
    imported = dict(zip(wanted.sounds, crew.carry_out(sound.import_sound, orders), strict=True))
    progress.end()
    return Recording(wanted, reasons, imported)


def takes_of(script: Script, cast: Cast, recording: Recording, folder: Path) -> tuple[Take | None, ...]:
    """The take of each of ``script.lines()``; None where nothing is heard. One that has gone since is made again."""
    keys, store = _keys(script, cast), sound.Store(folder)
    found = {
        reading: _lean(store.find(key) or sound.record(_order(reading, folder))[0])
        for reading, key in keys.items()
        if reading not in recording.reasons
    }
    return tuple(
        recording.sounds.get(line.sound) if line.kind == "cue" else found.get(reading) if reading else None
        for line, reading in zip(script.lines(), sound.readings(script, cast), strict=True)
    )


def failures(script: Script, cast: Cast, recording: Recording) -> tuple[str, ...]:
    """Lines that could not be spoken, a sentence each."""
    if not recording.reasons:
        return ()
    spoken = enumerate(zip(script.lines(), sound.readings(script, cast), strict=True), start=1)
    return tuple(
        f"Line {number} ({line.speaker}) is silent: {recording.reasons[reading]}"
        for number, (line, reading) in spoken
        if reading and reading in recording.reasons
    )


class Mender:
    """Makes takes that were found to be damaged anew, in their old places, and knows how many."""

    def __init__(
        self, drama: Callable[[], tuple[Script, Cast]], recording: Recording, folder: Path, sounds: Path
    ) -> None:
        """Ask for the ``drama``, which may be put away, when there is something to mend; see ``record``."""
        self._drama, self._recording, self._folder, self._sounds = drama, recording, folder, sounds
        self._orders: dict[str, sound.RecordOrder | sound.SoundOrder] = {}
        self._counted: set[str] = set()
        self._mended = 0

    def __call__(self, key: str) -> None:
        """Make the take of that key anew."""
        if not self._orders:
            self._look_up()
        order = self._orders[key]
        sound.Store(self._folder).path(key).unlink(missing_ok=True)
        if isinstance(order, sound.SoundOrder):
            sound.import_sound(order)
            return
        sound.record(order)
        self._mended += key not in self._counted
        self._counted.add(key)

    def counted(self) -> tuple[int, int]:
        """Takes that were made, and takes that were reused: a damaged one was not."""
        return self._recording.made + self._mended, self._recording.need.kept - self._mended

    def _look_up(self) -> None:
        keys = _keys(*self._drama())
        for reading, key in keys.items():
            self._orders[key] = _order(reading, self._folder)
        for name, take in self._recording.sounds.items():
            self._orders[take.key] = sound.SoundOrder(self._sounds / name, self._folder)
        self._counted = {keys[reading] for reading in self._recording.need.missing}


def _keys(script: Script, cast: Cast) -> dict[Reading, str]:
    """The distinct readings of a script, in order, and the keys of their takes."""
    distinct = dict.fromkeys(reading for reading in sound.readings(script, cast) if reading)
    return {each: sound.key(each, engines.engine(each.engine).version) for each in distinct}


def _make(missing: Packed[Reading], crew: Workers, folder: Path, progress: Progress) -> dict[Reading, str]:
    """Make takes; for the readings that could not be spoken, why not."""
    reasons: dict[Reading, str] = {}
    orders = (_order(reading, folder) for reading in missing)
    for reading, reason in zip(missing, crew.carry_out(_record, orders, told=_told, size=_size), strict=True):
        if isinstance(reason, str):
            reasons[reading] = reason
        progress.advance()
    return reasons


def _order(reading: Reading, folder: Path) -> sound.RecordOrder:
    return sound.RecordOrder((reading,), folder)


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
