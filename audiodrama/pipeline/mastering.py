"""Turn a Timeline into a finished file: a crew encodes its segments, which are joined as they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audiodrama import sound
from audiodrama.crew import Workers
from audiodrama.errors import DamagedTakeError, InternalError
from audiodrama.model import Clip, Master, Timeline
from audiodrama.pipeline.values import Progress

Remake = Callable[[str], None]
"""Makes the take of a key anew, in its old place."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What is to be mixed of a timeline: all that mastering needs of it, and a fraction of its size."""

    segments: tuple[sound.Segment, ...]
    """In order."""
    chapters: tuple[tuple[str, float], ...]
    """(title, second at which it begins)."""
    gain: float
    """Decibels that bring the programme to its loudness, by the takes' measurements."""

    @staticmethod
    def of(timeline: Timeline) -> Mix:
        """What is to be mixed of a timeline."""
        chapters = sound.chapter_starts(timeline, sound.RATE)
        return Mix(sound.cut(timeline, sound.RATE), chapters, sound.programme_gain(timeline))


def mix_and_master(
    timeline: Timeline | Mix,
    label: sound.Label,
    output: Path,
    crew: Workers,
    progress: Progress,
    remake: Remake,
    folder: Path | None = None,
) -> Master:
    """Mix, encode and join a timeline; ``output`` appears when it is complete.

    Args:
        timeline: what is heard. Whoever has a long one hands over its ``Mix`` and lets go of the takes.
        label: what a player shows.
        output: the file.
        crew: who does the work.
        progress: told of each segment.
        remake: makes a damaged take anew.
        folder: where encoded segments are kept, so that those that did not change are not encoded again; None keeps
            none.

    Raises:
        OutputError: it cannot be written.
        DamagedTakeError: a take is damaged again right after it was made anew.
    """
    mix = timeline if isinstance(timeline, Mix) else Mix.of(timeline)
    segments, gain = mix.segments, mix.gain
    samples = sum(segment.samples for segment in segments)
    progress.begin("mix", len(segments))
    for last in (False, False, True):
        gains = sound.segment_gains(gain, segments)
        orders = tuple(sound.EncodeOrder(*each, folder) for each in zip(segments, gains, strict=True))
        with sound.Assembly(output, label, mix.chapters, samples) as assembly:
            assembly.begin()
            for segment in _encoded(orders, crew, remake):
                assembly.add(segment)
                progress.advance()
            # The gain was worked out from the takes. Limited peaks can make it miss: rarely, and never twice by much.
            better = sound.better_gain(gain, assembly.lufs)
            if better is None or last:
                progress.end()
                return assembly.finish()
            assembly.discard()
        gain = better
        progress.begin("mix again", len(segments))
    raise InternalError("The last attempt at mixing was not the last.")


def unencoded(timeline: Timeline, folder: Path) -> float:
    """Seconds of a timeline that would have to be encoded, because they are not kept in ``folder``."""
    segments = sound.cut(timeline, sound.RATE)
    gains = sound.segment_gains(sound.programme_gain(timeline), segments)
    orders = (sound.EncodeOrder(*each, folder) for each in zip(segments, gains, strict=True))
    return sum(order.segment.samples for order in orders if not _kept(order)) / sound.RATE


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


def _encoded(orders: tuple[sound.EncodeOrder, ...], crew: Workers, remake: Remake) -> Iterator[sound.EncodedSegment]:
    """The orders' segments, in order: kept ones, and new ones; a damaged take is made anew and never played."""
    kept = [_kept(order) for order in orders]
    missing = (order for order, key in zip(orders, kept, strict=True) if not key)
    made = crew.carry_out(_encode, missing, told=_told, size=_size)
    for order, key in zip(orders, kept, strict=True):
        found = sound.Shelf(order.folder).find(key) if key and order.folder else None
        if found is not None:
            yield found
            continue
        # One that was damaged after all is encoded in its turn.
        result = next(crew.carry_out(_encode, (order,), told=_told)) if key else next(made)
        mended: set[str] = set()
        while isinstance(result, DamagedTakeError):
            if result.key in mended:
                raise result
            mended.add(result.key)
            remake(result.key)
            result = next(crew.carry_out(_encode, (order,), told=_told))
        yield result


def _kept(order: sound.EncodeOrder) -> str:
    """The key of what an order was encoded to before; empty if it is not kept."""
    key = sound.segment_key(order)
    return key if order.folder and sound.Shelf(order.folder).has(key) else ""


def _encode(order: sound.EncodeOrder) -> sound.EncodedSegment | DamagedTakeError:
    try:
        segment = sound.encode(order)
    except DamagedTakeError as error:
        return error
    if order.folder is not None:
        sound.Shelf(order.folder).keep(sound.segment_key(order), segment)
    return segment


def _size(order: sound.EncodeOrder) -> int:
    """What an order is worth that travels: four of them half a second of work. Here each is sent alone."""
    return 400


def _told(order: sound.EncodeOrder) -> str:
    seconds = order.segment.start // order.segment.rate
    return f"mixing what is heard at {seconds // 60}:{seconds % 60:02d}"
