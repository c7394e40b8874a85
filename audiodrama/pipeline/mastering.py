"""Turn a Timeline into a finished file: a crew encodes its segments, which are joined as they come in."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiodrama import sound
from audiodrama.errors import DamagedTakeError, InternalError
from audiodrama.model import Clip, Master, Timeline
from audiodrama.pipeline.compressed import CompressedSequence
from audiodrama.pipeline.options import Progress
from audiodrama.workers import WorkerPool

Remake = Callable[[str], None]
"""Makes the take of a key anew, in its old place."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What is to be mixed of a timeline: all that mastering needs of it, and a fraction of its size."""

    segments: CompressedSequence[sound.Segment]
    """In order."""
    samples: int
    """The programme's length."""
    chapters: tuple[tuple[str, float], ...]
    """(title, second at which it begins)."""
    gain: float
    """Decibels that bring the programme to its loudness, by the takes' measurements."""

    @staticmethod
    def of(timeline: Timeline) -> Mix:
        """What is to be mixed of a timeline."""
        segments, chapters = sound.cut(timeline, sound.RATE), sound.chapter_starts(timeline, sound.RATE)
        samples = sum(segment.samples for segment in segments)
        return Mix(CompressedSequence(segments), samples, chapters, sound.programme_gain(timeline))


def mix_and_master(
    timeline: Timeline | Mix,
    label: sound.FileTags,
    output: Path,
    pool: WorkerPool,
    progress: Progress,
    remake: Remake,
    folder: Path | None = None,
) -> Master:
    """Mix, encode and join a timeline; ``output`` appears when it is complete.

    Args:
        timeline: what is heard. Whoever has a long one hands over its ``Mix`` and lets go of the takes.
        label: what a player shows.
        output: the file.
        pool: who does the work.
        progress: told of each segment.
        remake: makes a damaged take anew.
        folder: where encoded segments are kept, so that those that did not change are not encoded again; None keeps
            none.

    Raises:
        OutputError: it cannot be written.
        DamagedTakeError: a take is damaged again right after it was made anew.
    """
    mix = timeline if isinstance(timeline, Mix) else Mix.of(timeline)
    gain = mix.gain
    progress.begin("mix", len(mix.segments))
    for last in (False, False, True):
        orders = _Orders(mix.segments, sound.segment_gains(gain, mix.segments), folder)
        with sound.Assembly(output, label, mix.chapters, mix.samples) as assembly:
            assembly.begin()
            for segment in _encoded(orders, pool, remake):
                assembly.add(segment)
                progress.advance()
            # The gain was worked out from the takes. Limited peaks can make it miss: rarely, and never twice by much.
            better = sound.better_gain(gain, assembly.lufs)
            if better is None or last:
                progress.end()
                return assembly.finish()
            assembly.discard()
        gain = better
        progress.begin("mix again", len(mix.segments))
    raise InternalError("The last attempt at mixing was not the last.")


def unencoded(timeline: Timeline, folder: Path) -> float:
    """Seconds of a timeline that would have to be encoded, because they are not kept in ``folder``."""
    segments = sound.cut(timeline, sound.RATE)
    orders = _Orders(segments, sound.segment_gains(sound.programme_gain(timeline), segments), folder)
    return sum(order.segment.samples for order in orders if not _is_kept(order)) / sound.RATE


def times(timeline: Timeline, count: int, rate: int) -> tuple[tuple[int, int], ...]:
    """(start, end) in milliseconds of each of ``count`` lines; a line that is not heard has no length."""
    starts = sound.positions(timeline, rate)
    heard: dict[int, tuple[int, int]] = {}
    for place, item in enumerate(timeline.items):
        if isinstance(item, Clip):
            heard[item.line] = (round(starts[place] * 1000 / rate), round(starts[place + 1] * 1000 / rate))
    found: list[tuple[int, int]] = []
    for line in range(count):
        before = found[-1][1] if found else 0
        found.append(heard.get(line, (before, before)))
    return tuple(found)


class _Orders:
    """An order for each segment, made anew whenever they are gone through: those of a long book take much room."""

    def __init__(self, segments: Collection[sound.Segment], gains: Sequence[float], folder: Path | None) -> None:
        self._segments, self._gains, self._folder = segments, array("d", gains), folder

    def __iter__(self) -> Iterator[sound.EncodeOrder]:
        return (sound.EncodeOrder(*each, self._folder) for each in zip(self._segments, self._gains, strict=True))


def _encoded(orders: _Orders, pool: WorkerPool, remake: Remake) -> Iterator[sound.EncodedSegment]:
    """The orders' segments, in order: kept ones, and new ones; a damaged take is made anew and never played."""
    kept = bytes(map(_is_kept, orders))
    missing = (order for order, there in zip(orders, kept, strict=True) if not there)
    made = pool.run(_encode, missing, told=_told, size=_size)
    for order, there in zip(orders, kept, strict=True):
        found = sound.SegmentCache(order.folder).find(sound.segment_key(order)) if there and order.folder else None
        if found is not None:
            yield found
            continue
        # One that was damaged after all is encoded in its turn.
        result = next(pool.run(_encode, (order,), told=_told)) if there else next(made)
        mended: set[str] = set()
        while isinstance(result, DamagedTakeError):
            if result.key in mended:
                raise result
            mended.add(result.key)
            remake(result.key)
            result = next(pool.run(_encode, (order,), told=_told))
        yield result


def _is_kept(order: sound.EncodeOrder) -> bool:
    """Whether what an order was encoded to before is kept."""
    return order.folder is not None and sound.SegmentCache(order.folder).has(sound.segment_key(order))


def _encode(order: sound.EncodeOrder) -> sound.EncodedSegment | DamagedTakeError:
    try:
        segment = sound.encode(order)
    except DamagedTakeError as error:
        return error
    if order.folder is not None:
        sound.SegmentCache(order.folder).keep(sound.segment_key(order), segment)
    return segment


def _size(order: sound.EncodeOrder) -> int:
    """What an order is worth that travels: four of them half a second of work. Here each is sent alone."""
    return 400


def _told(order: sound.EncodeOrder) -> str:
    seconds = order.segment.start // order.segment.rate
    return f"mixing what is heard at {seconds // 60}:{seconds % 60:02d}"
