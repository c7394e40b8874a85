"""Many values take little room and come back as they were."""

from __future__ import annotations

import pytest

from audiodrama.model import Utterance
from audiodrama.pipeline.compressed import PACK, CompressedSequence, compress, decompress


@pytest.mark.parametrize("count", [0, 1, PACK - 1, PACK, PACK + 1, 10 * PACK])
def test_values_come_back_in_order_as_often_as_they_are_asked_for(count: int) -> None:
    values = [Utterance(f"Line {number}.", "tone", "500Hz") for number in range(count)]
    put_away = CompressedSequence(iter(values))
    assert len(put_away) == count
    assert list(put_away) == list(put_away) == values


def test_what_is_packed_is_in_it_and_nothing_else() -> None:
    put_away = CompressedSequence(range(200))
    assert 150 in put_away
    assert 200 not in put_away


def test_what_is_packed_travels_and_takes_little_room() -> None:
    values = CompressedSequence(
        Utterance(f"The lamp went out on night {number}.", "tone", "500Hz") for number in range(1000)
    )
    content = compress(values)
    again = decompress(content)
    assert isinstance(again, CompressedSequence)
    assert list(again) == list(values)
    assert len(content) < 60 * len(values)
