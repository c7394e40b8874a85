"""Turn a Script and its Cast into Takes: the step record.

Takes that are in the cache are found there; workers make the others. A take that an engine cannot make leaves its line
silent, and a sentence says so; the rest of the work is not lost. A long book has ten thousand takes: none is held in
memory here, each is written to the cache and read from it when the lines are arranged.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from audiodrama import sound
from audiodrama.errors import EngineError
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.model import Cast, Script, Take, Utterance
from audiodrama.pipeline.compressed import CompressedSequence
from audiodrama.pipeline.options import Progress
from audiodrama.sound import engines
from audiodrama.workers import WorkerPool

START_CHARACTERS = 20
"""What it costs an engine to begin an utterance, in characters to speak: some milliseconds, set by hand."""
QUOTED_CHARACTERS = 60
"""Characters of an utterance that a message quotes."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be recorded for a script."""

    missing: CompressedSequence[Utterance]
    """Distinct utterances without a take."""
    cached: int
    """How many distinct utterances have one."""
    sounds: tuple[str, ...]
    """Distinct sound files of cues, as the script names them."""
    folder: Path
    """Where takes are kept."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What came of recording a script; the takes themselves are in the cache."""

    need: Need
    """What was to be recorded."""
    reasons: Mapping[Utterance, str]
    """Why an utterance has no take."""
    sounds: Mapping[str, Take]
    """The takes of sound files, by the files' names in the script."""
    sounds_folder: Path
    """The folder that these names start from."""

    @property
    def made(self) -> int:
        """How many takes were made now."""
        return len(self.need.missing) - len(self.reasons)


def need(script: Script, cast: Cast, folder: Path) -> Need:
    """What is to be recorded for a script because it is not in ``folder``, where takes are kept."""
    is_cached = {utterance: take is not None for utterance, take in cached_takes(script, cast, folder)}
    missing = [utterance for utterance, cached in is_cached.items() if not cached]
    sounds = dict.fromkeys(line.sound for line in script.lines() if line.sound)
    return Need(CompressedSequence(missing), len(is_cached) - len(missing), tuple(sounds), folder)


def cached_takes(script: Script, cast: Cast, folder: Path) -> Iterator[tuple[Utterance, Take | None]]:
    """(utterance, its take in ``folder`` or None) for each distinct utterance of a script, in the script's order."""
    cache = sound.TakeCache(folder)
    return ((utterance, cache.find(key)) for utterance, key in _keys(script, cast).items())


@checked
def record(need: Need, pool: WorkerPool, sounds_folder: StrPath, progress: Progress) -> Recording:
    """Have workers make every take that is missing: each distinct utterance is spoken once.

    Args:
        need: what is to be recorded.
        pool: the workers.
        sounds_folder: the folder that cue lines' sound files are named from.
        progress: hears of each take that is made.

    Raises:
        InputError: a sound file of a cue cannot be used.
        EngineError: not one line could be spoken.
    """
    sounds_folder = as_path(sounds_folder, "a folder")
    progress.begin("record", len(need.missing))
    reasons = _make(need, pool, progress)
    if len(reasons) == len(need.missing) > 0 and not need.cached:
        raise EngineError(next(iter(reasons.values())))
    orders = [sound.ImportOrder(sounds_folder / name, need.folder) for name in need.sounds]
    imported = dict(zip(need.sounds, pool.run(sound.import_sound, orders), strict=True))
    progress.end()
    return Recording(need, reasons, imported, sounds_folder)


def takes_of(script: Script, cast: Cast, recording: Recording) -> tuple[tuple[Take, ...], ...]:
    """The takes of each of ``script.lines()``; none where nothing is heard.

    A take that was removed from the cache meanwhile is made again, in this process.
    """
    folder = recording.need.folder
    takes = {
        utterance: _without_details(take or sound.record(_order(utterance, folder))[0])
        for utterance, take in cached_takes(script, cast, folder)
        if utterance not in recording.reasons
    }
    sounds = recording.sounds
    return tuple(
        ((sounds[line.sound],) if line.sound in sounds else ())
        if line.kind == "cue"
        else tuple(takes[utterance] for utterance in utterances if utterance in takes)
        for line, utterances in zip(script.lines(), sound.utterances(script, cast), strict=True)
    )


def failures(script: Script, cast: Cast, recording: Recording) -> tuple[str, ...]:
    """Lines that could not be spoken, a sentence each."""
    if not recording.reasons:
        return ()
    spoken = enumerate(zip(script.lines(), sound.utterances(script, cast), strict=True), start=1)
    return tuple(
        f"Line {number} ({line.speaker}) is {_extent(utterances, recording)}: {recording.reasons[utterance]}"
        for number, (line, utterances) in spoken
        for utterance in utterances
        if utterance in recording.reasons
    )


def _extent(utterances: tuple[Utterance, ...], recording: Recording) -> str:
    """How much of a line that could not be spoken is not heard."""
    return "silent" if recording.reasons.keys() >= set(utterances) else "silent in part"


class TakeRepairer:
    """Makes damaged takes again, in their old places, and counts them."""

    def __init__(self, script_and_cast: Callable[[], tuple[Script, Cast]], recording: Recording) -> None:
        """Repair takes of ``recording``; ``script_and_cast`` is called when the first damaged take is met."""
        self._script_and_cast, self._recording = script_and_cast, recording
        self._orders: dict[str, sound.RecordOrder | sound.ImportOrder] = {}
        self._counted: set[str] = set()
        self._repaired = 0

    def __call__(self, key: str) -> None:
        """Make the take of that key again."""
        if not self._orders:
            self._look_up()
        order = self._orders[key]
        sound.TakeCache(self._recording.need.folder).path(key).unlink(missing_ok=True)
        if isinstance(order, sound.ImportOrder):
            sound.import_sound(order)
            return
        sound.record(order)
        self._repaired += key not in self._counted
        self._counted.add(key)

    def counts(self) -> tuple[int, int]:
        """(takes that were made, takes that were reused); a take that was repaired was made."""
        return self._recording.made + self._repaired, self._recording.need.cached - self._repaired

    def _look_up(self) -> None:
        keys, folder = _keys(*self._script_and_cast()), self._recording.need.folder
        for utterance, key in keys.items():
            self._orders[key] = _order(utterance, folder)
        for name, take in self._recording.sounds.items():
            self._orders[take.key] = sound.ImportOrder(self._recording.sounds_folder / name, folder)
        self._counted = {keys[utterance] for utterance in self._recording.need.missing}


def _keys(script: Script, cast: Cast) -> dict[Utterance, str]:
    """The distinct utterances of a script, in its order, and the keys of their takes."""
    distinct = dict.fromkeys(chain.from_iterable(sound.utterances(script, cast)))
    return {utterance: sound.take_key(utterance, engines.engine(utterance.engine).version) for utterance in distinct}


def _make(need: Need, pool: WorkerPool, progress: Progress) -> dict[Utterance, str]:
    """Make the missing takes; for the utterances that could not be spoken, why not."""
    reasons: dict[Utterance, str] = {}
    orders = (_order(utterance, need.folder) for utterance in need.missing)
    for utterance, result in zip(need.missing, pool.run(_record, orders, describe=_in_words, size=_size), strict=True):
        if isinstance(result, str):
            reasons[utterance] = result
        progress.advance()
    return reasons


def _order(utterance: Utterance, folder: Path) -> sound.RecordOrder:
    return sound.RecordOrder((utterance,), folder)


def _without_details(take: Take) -> Take:
    """The take without its words' times, which no later step asks for, and with its power as an array.

    A long book has ten thousand takes; an array needs a quarter of the memory.
    """
    return replace(take, words=(), power=array("d", take.power))


def _record(order: sound.RecordOrder) -> Take | str:
    """The take of an order for one utterance, or why there is none: one that fails takes no others with it."""
    try:
        return sound.record(order)[0]
    except EngineError as error:
        return str(error)


def _in_words(order: sound.RecordOrder) -> str:
    """An order as a message names it."""
    utterance = order.utterances[0]
    return f"the line {shortened(utterance.text)!r} (voice {utterance.voice})"


def _size(order: sound.RecordOrder) -> int:
    """What an order costs, in characters to speak."""
    return START_CHARACTERS + len(order.utterances[0].text)


def shortened(text: str, most: int = QUOTED_CHARACTERS) -> str:
    """The text, cut to ``most`` characters, as a message quotes it."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
