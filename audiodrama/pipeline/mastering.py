"""Turn a Timeline into a finished file: a crew encodes its segments, which are joined as they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from audiodrama import sound
from audiodrama.crew import Crew
from audiodrama.errors import DamagedTakeError
from audiodrama.model import Clip, Master, Timeline
from audiodrama.pipeline.values import Progress

Remake = Callable[[str], None]
"""Makes the take of a key anew, in its old place."""


def mix_and_master(
    timeline: Timeline, label: sound.Label, output: Path, crew: Crew, progress: Progress, remake: Remake
) -> Master:
    """Mix, encode and join a timeline; ``output`` appears when it is complete.

    Raises:
        OutputError: it cannot be written.
        DamagedTakeError: a take is damaged again right after it was made anew.
    """
    gain = sound.programme_gain(timeline)
    segments = sound.cut(timeline, sound.RATE)
    orders = tuple(sound.EncodeOrder(segment, gain) for segment in segments)
    samples = sum(segment.samples for segment in segments)
    progress.begin("mix", len(orders))
    with sound.Assembly(output, label, sound.chapter_starts(timeline, sound.RATE), samples) as assembly:
        for segment in _encoded(orders, crew, remake):
            assembly.add(segment)
            progress.advance()
        progress.end()
        return assembly.finish()


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


def _encoded(orders: tuple[sound.EncodeOrder, ...], crew: Crew, remake: Remake) -> Iterator[sound.EncodedSegment]:
    """The orders' segments, in order; a damaged take is made anew and never played."""
    for order, result in zip(orders, crew.carry_out(_encode, orders), strict=True):
        mended: set[str] = set()
        while isinstance(result, DamagedTakeError):
            if result.key in mended:
                raise result
            mended.add(result.key)
            remake(result.key)
            result = next(crew.carry_out(_encode, (order,)))
        yield result


def _encode(order: sound.EncodeOrder) -> sound.EncodedSegment | DamagedTakeError:
    try:
        return sound.encode(order)
    except DamagedTakeError as error:
        return error
