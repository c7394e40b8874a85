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
from audiodrama.model import Cast, Script, Take, Utterance
from audiodrama.pipeline.compressed import CompressedSequence
from audiodrama.pipeline.options import Progress
from audiodrama.sound import engines
from audiodrama.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Need:
    """What a script needs that is to be spoken and heard."""

    missing: CompressedSequence[Utterance]
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
    reasons: Mapping[Utterance, str]
    """Why a reading has no take."""
    sounds: Mapping[str, Take]
    """What sound files have become, by their names in the script."""

    @property
    def made(self) -> int:
        """Takes that were made now."""
        return len(self.need.missing) - len(self.reasons)


def need(script: Script, cast: Cast, folder: Path) -> Need:
    """What a script needs, and what of it is missing in ``folder``, where takes are kept."""
    keys, store = _keys(script, cast), sound.TakeCache(folder)
    missing = [utterance for utterance, key in keys.items() if store.find(key) is None]
    sounds = dict.fromkeys(line.sound for line in script.lines() if line.sound)
    return Need(CompressedSequence(missing), len(keys) - len(missing), tuple(sounds))


def record(wanted: Need, pool: WorkerPool, folder: Path, sounds: Path, progress: Progress) -> Recording:
    """Have every take at hand: each distinct reading is spoken once, and never again while it is kept.

    Args:
        wanted: what is needed.
        pool: who does the work.
        folder: where takes are kept.
        sounds: the folder that cue lines' sound files are named from.
        progress: told of each take that is made.

    Raises:
        InputError: a sound file of a cue cannot be used.
        EngineError: no line at all could be spoken.
    """
    progress.begin("record", len(wanted.missing))
    reasons = _make(wanted.missing, pool, folder, progress)
    if len(reasons) == len(wanted.missing) > 0 and not wanted.kept:
        raise EngineError(next(iter(reasons.values())))
    orders = [sound.ImportOrder(sounds / name, folder) for name in wanted.sounds]
    imported = dict(zip(wanted.sounds, pool.run(sound.import_sound, orders), strict=True))
    progress.end()
    return Recording(wanted, reasons, imported)


def takes_of(script: Script, cast: Cast, recording: Recording, folder: Path) -> tuple[Take | None, ...]:
    """The take of each of ``script.lines()``; None where nothing is heard. One that has gone since is made again."""
    keys, store = _keys(script, cast), sound.TakeCache(folder)
    found = {
        utterance: _without_details(store.find(key) or sound.record(_order(utterance, folder))[0])
        for utterance, key in keys.items()
        if utterance not in recording.reasons
    }
    return tuple(
        recording.sounds.get(line.sound) if line.kind == "cue" else found.get(utterance) if utterance else None
        for line, utterance in zip(script.lines(), sound.utterances(script, cast), strict=True)
    )


def failures(script: Script, cast: Cast, recording: Recording) -> tuple[str, ...]:
    """Lines that could not be spoken, a sentence each."""
    if not recording.reasons:
        return ()
    spoken = enumerate(zip(script.lines(), sound.utterances(script, cast), strict=True), start=1)
    return tuple(
        f"Line {number} ({line.speaker}) is silent: {recording.reasons[utterance]}"
        for number, (line, utterance) in spoken
        if utterance and utterance in recording.reasons
    )


class TakeRepairer:
    """Makes takes that were found to be damaged anew, in their old places, and knows how many."""

    def __init__(
        self, drama: Callable[[], tuple[Script, Cast]], recording: Recording, folder: Path, sounds: Path
    ) -> None:
        """Ask for the ``drama``, which may be put away, when there is something to mend; see ``record``."""
        self._drama, self._recording, self._folder, self._sounds = drama, recording, folder, sounds
        self._orders: dict[str, sound.RecordOrder | sound.ImportOrder] = {}
        self._counted: set[str] = set()
        self._mended = 0

    def __call__(self, key: str) -> None:
        """Make the take of that key anew."""
        if not self._orders:
            self._look_up()
        order = self._orders[key]
        sound.TakeCache(self._folder).path(key).unlink(missing_ok=True)
        if isinstance(order, sound.ImportOrder):
            sound.import_sound(order)
            return
        sound.record(order)
        self._mended += key not in self._counted
        self._counted.add(key)

    def counts(self) -> tuple[int, int]:
        """Takes that were made, and takes that were reused: a damaged one was not."""
        return self._recording.made + self._mended, self._recording.need.kept - self._mended

    def _look_up(self) -> None:
        keys = _keys(*self._drama())
        for utterance, key in keys.items():
            self._orders[key] = _order(utterance, self._folder)
        for name, take in self._recording.sounds.items():
            self._orders[take.key] = sound.ImportOrder(self._sounds / name, self._folder)
        self._counted = {keys[utterance] for utterance in self._recording.need.missing}


def _keys(script: Script, cast: Cast) -> dict[Utterance, str]:
    """The distinct readings of a script, in order, and the keys of their takes."""
    distinct = dict.fromkeys(utterance for utterance in sound.utterances(script, cast) if utterance)
    return {each: sound.take_key(each, engines.engine(each.engine).version) for each in distinct}


def _make(
    missing: CompressedSequence[Utterance], pool: WorkerPool, folder: Path, progress: Progress
) -> dict[Utterance, str]:
    """Make takes; for the readings that could not be spoken, why not."""
    reasons: dict[Utterance, str] = {}
    orders = (_order(utterance, folder) for utterance in missing)
    for utterance, reason in zip(missing, pool.run(_record, orders, told=_told, size=_size), strict=True):
        if isinstance(reason, str):
            reasons[utterance] = reason
        progress.advance()
    return reasons


def _order(utterance: Utterance, folder: Path) -> sound.RecordOrder:
    return sound.RecordOrder((utterance,), folder)


def _without_details(take: Take) -> Take:
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
    utterance = order.utterances[0]
    return f"the line {shortened(utterance.text)!r} (voice {utterance.voice})"


def _size(order: sound.RecordOrder) -> int:
    """Characters to speak, and what it costs to begin."""
    return 20 + len(order.utterances[0].text)


def shortened(text: str, most: int = 60) -> str:
    """The text as a message quotes it."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
