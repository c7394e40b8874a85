"""Many values take little room and come back as they were."""

from __future__ import annotations

import pytest

from audiodrama.model import Reading
from audiodrama.pipeline.compressed import PACK, Packed, packed, unpacked


@pytest.mark.parametrize("count", [0, 1, PACK - 1, PACK, PACK + 1, 10 * PACK])
def test_values_come_back_in_order_as_often_as_they_are_asked_for(count: int) -> None:
    values = [Reading(f"Line {number}.", "tone", "500Hz") for number in range(count)]
    put_away = Packed(iter(values))
    assert len(put_away) == count
    assert list(put_away) == list(put_away) == values


def test_what_is_packed_is_in_it_and_nothing_else() -> None:
    put_away = Packed(range(200))
    assert 150 in put_away
    assert 200 not in put_away


def test_what_is_packed_travels_and_takes_little_room() -> None:
    values = Packed(Reading(f"The lamp went out on night {number}.", "tone", "500Hz") for number in range(1000))
    content = packed(values)
    again = unpacked(content)
    assert isinstance(again, Packed)
    assert list(again) == list(values)
    assert len(content) < 60 * len(values)
