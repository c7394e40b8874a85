"""Encoded segments are kept, and damaged ones are never joined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audiodrama import sound
from audiodrama.model import Clip
from audiodrama.sound import EncodedSegment, EncodeOrder, SegmentCache, segment_key
from tests.helpers.signals import speech_like, stored_take, timeline_of

SEGMENT = EncodedSegment(bytes(range(256)) * 8, 5, 5760, (0.125, 1e-05, 3.3333333333333335e-07), 0.7071067811865476, 7)


def order(folder: Path) -> EncodeOrder:
    (segment,) = sound.cut(timeline_of([stored_take(folder, "one", speech_like(1.0))]), sound.RATE)
    return EncodeOrder(segment, 1.25)


def test_a_segment_is_found_as_it_was_kept(tmp_path: Path) -> None:
    shelf = SegmentCache(tmp_path)
    assert shelf.find("ab" * 32) is None
    assert not shelf.has("ab" * 32)
    shelf.keep("ab" * 32, SEGMENT)
    assert shelf.has("ab" * 32)
    assert shelf.find("ab" * 32) == SEGMENT


def test_all_that_is_heard_is_in_the_key_and_the_place_in_the_programme_is_not(tmp_path: Path) -> None:
    one = order(tmp_path)
    clip = one.segment.clips[0]
    others = [replace(one, gain=1.5), replace(one, segment=replace(one.segment, samples=one.segment.samples + 1))]
    for change in ({"gain": 1.0}, {"pan": 0.5}, {"start": clip.start + 1}, {"key": "cd" * 32}):
        others.append(replace(one, segment=replace(one.segment, clips=(replace(clip, **change),))))
    assert len({segment_key(each) for each in (one, *others)}) == len(others) + 1
    assert segment_key(replace(one, segment=replace(one.segment, start=99), folder=tmp_path)) == segment_key(one)


def test_a_folder_that_cannot_be_written_keeps_nothing_and_does_not_complain(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    SegmentCache(tmp_path / "file").keep("ab" * 32, SEGMENT)
    assert not SegmentCache(tmp_path / "file").has("ab" * 32)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_any_bit_that_is_wrong_is_noticed(tmp_path: Path, place: int, bit: int) -> None:
    shelf = SegmentCache(tmp_path)
    shelf.keep("ab" * 32, SEGMENT)
    path = shelf.path("ab" * 32)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    assert shelf.find("ab" * 32) is None


def test_segments_have_the_programmes_gain_on_average(tmp_path: Path) -> None:
    clips = [stored_take(tmp_path, f"t{i}", speech_like(0.2, seed=i)) for i in range(3)]
    items = [Clip(replace(clips[i % 3], key=f"{i:064x}"), 0.0, 0.0, i) for i in range(400)]
    segments = [
        sound.Segment(sound.cut(timeline_of([each.take]), sound.RATE)[0].clips, 1152, 44100, 0, False) for each in items
    ]
    for gain in (-3.07, 0.0, 1.54, 7.9):
        gains = sound.segment_gains(gain, segments)
        assert all(abs(each - gain) <= 0.25 for each in gains)
        assert sum(gains) / len(gains) == pytest.approx(gain, abs=0.03)


def test_a_slight_change_of_gain_changes_few_segments(tmp_path: Path) -> None:
    clip = stored_take(tmp_path, "one", speech_like(0.2))
    segments = [sound.cut(timeline_of([replace(clip, key=f"{i:064x}")]), sound.RATE)[0] for i in range(400)]
    before, after = sound.segment_gains(1.54, segments), sound.segment_gains(1.55, segments)
    assert 0 < sum(one != two for one, two in zip(before, after, strict=True)) < 40
    assert sound.segment_gains(1.54, segments[:5]) == (1.54,) * 5
