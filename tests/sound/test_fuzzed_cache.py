"""Kept files of any content: no traceback, no hang, nothing accepted that was not written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audiodrama.cache.sealed_file import seal
from audiodrama.errors import DamagedTakeError
from audiodrama.sound import EncodedSegment, SegmentCache, TakeCache
from audiodrama.sound.master.cache import MAGIC as SEGMENT
from audiodrama.sound.takes.cache import MAGIC as TAKE
from audiodrama.sound.takes.flac import load
from tests.helpers.signals import speech_like, stored_take

KEPT = EncodedSegment(bytes(range(256)) * 2, 5, 5760, (0.125, 1e-05), 0.7071067811865476, 7)
FUZZ = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=4)),
    max_leaves=6,
)
slots = st.tuples(st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=40))
"""Where, how much is taken out, and what is put in."""


def headers(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Headers with the right names and any values, or numbers that are nearly right."""
    numbers = st.one_of(st.integers(-2, 10), st.sampled_from([float("inf"), float("nan"), 1e308, 2**70]))
    lists = st.lists(st.one_of(numbers, st.lists(numbers, max_size=4)), max_size=3)
    return st.fixed_dictionaries({name: st.one_of(numbers, lists, plain) for name in names})


def spoiled(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, out, new in changes:
        at = place % (len(content) + 1)
        content = content[:at] + new + content[at + out :]
    return content


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return stored_take(tmp_path_factory.mktemp("takes"), "one", speech_like(0.2)).file.read_bytes()


@FUZZ
@given(st.lists(slots, min_size=1, max_size=4))
def test_a_spoiled_take_is_never_played(tmp_path: Path, whole: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    store, key = TakeCache(tmp_path), "ab" * 32
    path = store.path(key)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(whole)
    good, heard = store.find(key), load(key, path)[0]
    content = spoiled(whole, changes)
    path.write_bytes(content)
    assert store.find(key) in (None, good)
    if content != whole:
        with pytest.raises(DamagedTakeError):
            load(key, path)
    else:
        assert np.array_equal(load(key, path)[0], heard)


@FUZZ
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: TAKE + tail)))
def test_a_file_that_is_no_take_is_none(tmp_path: Path, content: bytes) -> None:
    store, key = TakeCache(tmp_path), "ab" * 32
    store.path(key).parent.mkdir(exist_ok=True)
    store.path(key).write_bytes(content)
    assert store.find(key) is None
    with pytest.raises(DamagedTakeError):
        load(key, store.path(key))


@FUZZ
@given(headers("rate", "samples", "peak", "power", "words"), st.binary(max_size=60))
def test_a_take_with_a_right_sum_and_wrong_contents_is_none(
    tmp_path: Path, header: dict[str, Any], payload: bytes
) -> None:
    store, key = TakeCache(tmp_path), "ab" * 32
    store.path(key).parent.mkdir(exist_ok=True)
    store.path(key).write_bytes(seal(TAKE, header, payload))
    found = store.find(key)
    assert found is None or (found.samples > 0 and found.rate > 0 and all(each >= 0 for each in found.power))
    with pytest.raises(DamagedTakeError):
        load(key, store.path(key))


@FUZZ
@given(st.lists(slots, min_size=1, max_size=4))
def test_a_spoiled_segment_is_never_joined(tmp_path: Path, changes: list[tuple[int, int, bytes]]) -> None:
    shelf, key = SegmentCache(tmp_path), "ab" * 32
    shelf.keep(key, KEPT)
    whole = shelf.path(key).read_bytes()
    content = spoiled(whole, changes)
    shelf.path(key).write_bytes(content)
    assert shelf.find(key) == (KEPT if content == whole else None)
    assert shelf.has(key) in (True, False)


@FUZZ
@given(headers("count", "samples", "peak", "power", "crc"), st.binary(max_size=60))
def test_a_segment_with_a_right_sum_and_wrong_contents_is_none_or_plausible(
    tmp_path: Path, header: dict[str, Any], payload: bytes
) -> None:
    shelf, key = SegmentCache(tmp_path), "ab" * 32
    shelf.path(key).parent.mkdir(exist_ok=True)
    shelf.path(key).write_bytes(seal(SEGMENT, header, payload))
    found = shelf.find(key)
    assert found is None or (found.frames == payload and 0 <= found.crc < 1 << 16 and found.peak >= 0)


@pytest.mark.parametrize("content", [b"[" * 1_000_000 + b"\n", b'{"a":' * 100_000 + b"\n", b"9" * 1_000_000 + b"\n"])
def test_a_header_that_is_made_to_hurt_is_refused(tmp_path: Path, content: bytes) -> None:
    store, key = TakeCache(tmp_path), "ab" * 32
    store.path(key).parent.mkdir()
    store.path(key).write_bytes(TAKE + content)
    assert store.find(key) is None
    with pytest.raises(DamagedTakeError):
        load(key, store.path(key))
