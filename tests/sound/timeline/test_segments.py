"""Timelines are cut into segments that can be joined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.model import Chapter, Clip, Gap, GapReason, Take, Timeline
from audiodrama.sound import RATE, Segment, chapter_starts, cut, positions
from audiodrama.sound.timeline.segments import FRAME, LONGEST, QUIET_AFTER, QUIET_BEFORE, SHORTEST, clip_samples


def clip(number: int, samples: int, rate: int = 22050, line: int = 0) -> Clip:
    key = f"{number:064x}"
    return Clip(Take(key, Path(f"{key}.take"), samples, rate, (), 0.5), 0.0, 0.0, line)


reasons: st.SearchStrategy[GapReason] = st.sampled_from(["reply", "paragraph", "scene", "chapter", "asked"])
gaps = st.builds(Gap, st.integers(0, 3000), reasons)
clips = st.builds(clip, st.integers(0, 50), st.integers(1, 400_000), st.sampled_from([8000, 22050, 44100, 48000]))
timelines = st.builds(Timeline, st.lists(st.one_of(gaps, clips), max_size=60).map(tuple))


@settings(deadline=None)
@given(timelines)
def test_segments_tile_the_programme_in_whole_frames(timeline: Timeline) -> None:
    segments = cut(timeline, RATE)
    at = 0
    for segment in segments:
        assert segment.start == at
        assert segment.last or segment.samples % FRAME == 0
        at += segment.samples
    assert at == positions(timeline, RATE)[-1]
    assert [segment.last for segment in segments] == [False] * (len(segments) - 1) + [True]


@settings(deadline=None)
@given(timelines)
def test_every_clip_is_in_the_segment_that_holds_it_and_cuts_lie_in_silence(timeline: Timeline) -> None:
    starts = positions(timeline, RATE)
    placed = [start for start, item in zip(starts, timeline.items, strict=False) if isinstance(item, Clip)]
    segments = cut(timeline, RATE)
    assert [segment.start + each.start for segment in segments for each in segment.clips] == placed
    for segment in segments:
        for each in segment.clips:
            assert each.start + each.samples <= segment.samples - (0 if segment.last else QUIET_BEFORE)
            assert each.start >= (QUIET_AFTER if segment.start else 0)


@settings(deadline=None)
@given(timelines)
def test_positions_are_durations_added_up(timeline: Timeline) -> None:
    starts = positions(timeline, RATE)
    cuts = {segment.start for segment in cut(timeline, RATE)}
    for item, begin, end in zip(timeline.items, starts, starts[1:], strict=False):
        if isinstance(item, Clip):
            assert end - begin == clip_samples(item, RATE) >= item.take.samples * RATE / item.take.rate
        else:
            slack = FRAME // 2 if any(begin < each < end for each in cuts) else 0
            assert abs(end - begin - round(item.milliseconds * RATE / 1000)) <= slack


def long_timeline(first: int = 60_000) -> Timeline:
    items: list[Clip | Gap] = [Gap(500, "head")]
    for number in range(300):
        items += (clip(number, first if number == 0 else 40_000 + 977 * (number % 90), line=number), Gap(350, "reply"))
    return Timeline(tuple(items), (Chapter("One", 0), Chapter("Two", 150)))


def test_segments_are_neither_short_nor_long() -> None:
    segments = cut(long_timeline(), RATE)
    assert all(SHORTEST <= segment.samples / RATE <= LONGEST + 7 for segment in segments[:-1])
    assert len(segments) > 20


def test_an_edit_leaves_later_segments_as_they_were() -> None:
    def contents(segments: tuple[Segment, ...]) -> list[Segment]:
        return [replace(segment, start=0) for segment in segments]

    before, after = (contents(cut(long_timeline(first), RATE)) for first in (60_000, 91_234))
    assert len([segment for segment in after if segment in before]) >= 0.8 * len(after)


def test_pauses_too_short_to_cut_in_make_one_long_segment() -> None:
    items = [item for number in range(40) for item in (clip(number, 50_000), Gap(20, "reply"))]
    assert len(cut(Timeline(tuple(items)), RATE)) == 1


def test_nothing_at_all_is_one_empty_segment() -> None:
    (segment,) = cut(Timeline(()), RATE)
    assert (segment.samples, segment.clips, segment.last) == (0, (), True)


def test_chapters_begin_with_their_first_clip() -> None:
    timeline = long_timeline()
    (_, first), (_, second) = chapter_starts(timeline, RATE)
    assert first == 0.0
    starts = positions(timeline, RATE)
    place = next(i for i, item in enumerate(timeline.items) if isinstance(item, Clip) and item.line == 150)
    assert second == starts[place] / RATE
