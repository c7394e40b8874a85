"""Timelines are cut into segments that can be joined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.model import Chapter, Clip, Gap, GapReason, Take, Timeline
from audiodrama.sound import RATE, Segment, chapter_starts, cut, positions
from audiodrama.sound.mpeg import FRAME
from audiodrama.sound.timeline.cuts import (
    LATEST_JOIN,
    LEAD,
    LONGEST,
    QUIET_AFTER,
    QUIET_BEFORE,
    SHORTEST,
    SOONEST_JOIN,
    clip_samples,
)
from audiodrama.sound.timeline.segments import PREROLL


def clip(number: int, samples: int, rate: int = 22050, line: int = 0) -> Clip:
    key = f"{number:064x}"
    return Clip(Take(key, Path(f"{key}.take"), samples, rate, (), 0.5), 0.0, 0.0, line)


reasons: st.SearchStrategy[GapReason] = st.sampled_from(["reply", "paragraph", "scene", "chapter", "asked"])
gaps = st.builds(Gap, st.integers(0, 3000), reasons)
clips = st.builds(clip, st.integers(0, 50), st.integers(1, 400_000), st.sampled_from([8000, 22050, 44100, 48000]))
short_gaps = st.builds(Gap, st.integers(0, 90), reasons)
sparse, dense = (st.lists(st.one_of(between, clips), max_size=60) for between in (gaps, short_gaps))
timelines = st.builds(Timeline, st.one_of(sparse, dense).map(tuple))


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
def test_every_clip_is_in_each_segment_that_it_is_heard_in(timeline: Timeline) -> None:
    starts = positions(timeline, RATE)
    placed = [(a, b) for a, b, item in zip(starts, starts[1:], timeline.items, strict=False) if isinstance(item, Clip)]
    for segment in cut(timeline, RATE):
        begin, end = segment.start - segment.before, segment.start + segment.samples + segment.after
        heard = [(segment.start + each.start, segment.start + each.start + each.samples) for each in segment.clips]
        assert heard == [(first, last) for first, last in placed if first < end and last > begin]


@settings(deadline=None)
@given(timelines)
def test_cuts_lie_in_silence_or_are_joined(timeline: Timeline) -> None:
    segments = cut(timeline, RATE)
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        assert (segment.after > 0) == (following is not None and following.before > 0)
        for each in segment.clips:
            assert each.start >= (QUIET_AFTER if segment.start and not segment.before else -PREROLL - each.samples)
            if following is not None and not segment.after:
                assert each.start + each.samples <= segment.samples - QUIET_BEFORE


@settings(deadline=None)
@given(timelines)
def test_positions_are_durations_added_up(timeline: Timeline) -> None:
    starts = positions(timeline, RATE)
    cuts = {segment.start for segment in cut(timeline, RATE)}
    for item, begin, end in zip(timeline.items, starts, starts[1:], strict=False):
        if isinstance(item, Clip):
            assert end - begin == clip_samples(item, RATE) >= item.take.samples * RATE / item.take.rate
        else:
            wanted = round(item.milliseconds * RATE / 1000)
            if any(begin < each < end for each in cuts) or end in {each + LEAD for each in cuts}:
                assert -FRAME // 2 <= end - begin - wanted <= max(FRAME // 2, FRAME - wanted)
            else:
                assert end - begin == wanted


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


def hurried_timeline(milliseconds: int, first: int = 60_000) -> Timeline:
    """Ten minutes of takes with short pauses."""
    items: list[Clip | Gap] = []
    for number in range(250):
        items += (clip(number, first if number == 0 else 40_000 + 977 * (number % 30)), Gap(milliseconds, "reply"))
    return Timeline(tuple(items))


@pytest.mark.parametrize("milliseconds", [0, 5, 40, 70, 77])
def test_short_pauses_make_no_endless_segment(milliseconds: int) -> None:
    timeline = hurried_timeline(milliseconds)
    segments = cut(timeline, RATE)
    clip_seconds = max(clip_samples(item, RATE) for item in timeline.items if isinstance(item, Clip)) / RATE
    lengths = [segment.samples / RATE for segment in segments]
    assert sum(lengths) > 600
    assert max(lengths) < LATEST_JOIN + clip_seconds
    assert min(lengths[:-1]) > SOONEST_JOIN - 1
    assert all(segment.before == PREROLL for segment in segments[1:])


def test_an_edit_between_short_pauses_leaves_later_segments_as_they_were() -> None:
    before, after = ([replace(each, start=0) for each in cut(hurried_timeline(40, n), RATE)] for n in (60_000, 91_234))
    assert len([segment for segment in after if segment in before]) >= 0.8 * len(after)


def test_a_pause_of_a_minute_is_cut_as_silence_or_not_at_all() -> None:
    items = [item for number in range(60) for item in (clip(number, 60_000), Gap(60_000, "asked"))]
    assert not any(segment.before for segment in cut(Timeline(tuple(items)), RATE))


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
