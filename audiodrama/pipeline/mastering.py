"""Turn a Mix into a finished file: the step render. Workers encode its segments, which are joined as they come in."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiodrama import sound
from audiodrama.errors import DamagedTakeError, InternalError
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path, as_path_or_none
from audiodrama.model import Clip, Master, Timeline
from audiodrama.pipeline.compressed import CompressedSequence
from audiodrama.pipeline.options import Progress
from audiodrama.workers import WorkerPool

Repair = Callable[[str], None]
"""Makes the take of a key again, in its old place."""
ATTEMPTS = 3
"""How often a programme is mixed at most until its loudness is near enough; see ``sound.better_gain``."""
SEGMENT_SIZE = 400
"""What encoding a segment costs, in the pool's unit, characters to speak: four segments are half a second of work, the
least that is worth sending to another machine."""


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


@checked
def render(
    mix: Mix,
    tags: sound.FileTags,
    output: StrPath,
    pool: WorkerPool,
    progress: Progress,
    repair: Repair,
    folder: StrPath | None = None,
) -> Master:
    """Mix, encode and join what is heard; ``output`` appears when it is complete.

    Args:
        mix: what is heard.
        tags: what a player shows.
        output: the file.
        pool: the workers.
        progress: hears of each segment.
        repair: makes a damaged take again.
        folder: where encoded segments are kept, so that those that did not change are not encoded again; None keeps
            none.

    Raises:
        OutputError: the file cannot be written.
        DamagedTakeError: a take is damaged again right after it was made again.
    """
    output, folder, gain = as_path(output, "a result"), as_path_or_none(folder, "a folder"), mix.gain
    paths.check_name(output, sound.ENDINGS)
    for attempt in range(ATTEMPTS):
        progress.begin("mix again" if attempt else "mix", len(mix.segments))
        orders = _EncodeOrders(mix.segments, sound.segment_gains(gain, mix.segments), folder)
        with sound.Assembly(output, tags, mix.chapters, mix.samples) as assembly:
            _assemble(assembly, _encoded(orders, pool, repair), progress)
            # The gain was worked out from the takes. Limited peaks can make it miss: rarely, and never twice by much.
            better = sound.better_gain(gain, assembly.lufs)
            if better is None or attempt == ATTEMPTS - 1:
                progress.end()
                return assembly.finish()
            assembly.discard()
        gain = better
    raise InternalError("The last attempt at mixing was not the last.")


def _assemble(assembly: sound.Assembly, segments: Iterator[sound.EncodedSegment], progress: Progress) -> None:
    assembly.begin()
    for segment in segments:
        assembly.add(segment)
        progress.advance()


def unencoded(timeline: Timeline, folder: Path) -> float:
    """Seconds of a timeline that would have to be encoded, because they are not kept in ``folder``."""
    segments = sound.cut(timeline, sound.RATE)
    orders = _EncodeOrders(segments, sound.segment_gains(sound.programme_gain(timeline), segments), folder)
    return sum(order.segment.samples for order in orders if not _is_cached(order)) / sound.RATE


def times(timeline: Timeline, count: int, rate: int) -> tuple[tuple[int, int], ...]:
    """(start, end) in milliseconds of each of ``count`` lines; a line that is not heard has no length.

    Args:
        timeline: what is heard when.
        count: how many lines the script has.
        rate: samples a second that positions are rounded to.
    """
    starts = sound.positions(timeline, rate)
    heard: dict[int, tuple[int, int]] = {}
    for place, item in enumerate(timeline.items):
        if isinstance(item, Clip):
            start, end = (round(starts[edge] * 1000 / rate) for edge in (place, place + 1))
            heard[item.line] = (heard.get(item.line, (start, end))[0], end)
    line_times: list[tuple[int, int]] = []
    for line in range(count):
        previous_end = line_times[-1][1] if line_times else 0
        line_times.append(heard.get(line, (previous_end, previous_end)))
    return tuple(line_times)


class _EncodeOrders:
    """An order for each segment, made each time they are iterated: the orders of a long book need much memory."""

    def __init__(self, segments: Collection[sound.Segment], gains: Sequence[float], folder: Path | None) -> None:
        self._segments, self._gains, self._folder = segments, array("d", gains), folder

    def __iter__(self) -> Iterator[sound.EncodeOrder]:
        return sound.encode_orders(self._segments, self._gains, self._folder)


def _encoded(orders: _EncodeOrders, pool: WorkerPool, repair: Repair) -> Iterator[sound.EncodedSegment]:
    """The orders' segments, in order: from the cache or encoded now; a damaged take is made again and never heard."""
    cached = bytes(map(_is_cached, orders))
    missing = (order for order, is_cached in zip(orders, cached, strict=True) if not is_cached)
    encoded = pool.run(_encode, missing, describe=_in_words, size=_size)
    for order, is_cached in zip(orders, cached, strict=True):
        segment = _cached_segment(order) if is_cached else None
        if segment is not None:
            yield segment
            continue
        # A segment whose file in the cache turned out to be damaged is encoded when its turn comes.
        result = next(pool.run(_encode, (order,), describe=_in_words)) if is_cached else next(encoded)
        repaired: set[str] = set()
        while isinstance(result, DamagedTakeError):
            if result.key in repaired:
                raise result
            repaired.add(result.key)
            repair(result.key)
            result = next(pool.run(_encode, (order,), describe=_in_words))
        yield result


def _cached_segment(order: sound.EncodeOrder) -> sound.EncodedSegment | None:
    """What an order was encoded to before, if that is in the cache and undamaged."""
    return None if order.folder is None else sound.SegmentCache(order.folder).find(sound.segment_key(order))


def _is_cached(order: sound.EncodeOrder) -> bool:
    """Whether there is a file in the cache of what an order was encoded to before; it may be damaged."""
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
    """What an order costs. On this machine each order is sent alone."""
    return SEGMENT_SIZE


def _in_words(order: sound.EncodeOrder) -> str:
    """An order as a message names it."""
    seconds = order.segment.start // order.segment.rate
    return f"mixing what is heard at {seconds // 60}:{seconds % 60:02d}"
