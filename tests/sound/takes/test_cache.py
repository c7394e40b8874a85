"""Takes are kept in files, and damaged ones are never played."""

from __future__ import annotations

import resource
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audiodrama.errors import DamagedTakeError, OutputError
from audiodrama.sound import TakeCache
from audiodrama.sound.takes.flac import load
from tests.helpers.signals import speech_like, stored_take, tone


def test_a_take_is_found_as_it_was_kept(tmp_path: Path) -> None:
    pcm = speech_like(1.23)
    made = stored_take(tmp_path, "one", pcm)
    assert TakeCache(tmp_path).find(made.key) == made
    assert made.file == tmp_path / made.key[:2] / f"{made.key}.take"
    assert made.samples == len(pcm)
    assert len(made.power) == 13
    heard, rate = load(made.key, made.file)
    assert rate == made.rate
    assert np.array_equal(np.rint(heard * 32768), pcm)
    assert np.abs(heard).max() == pytest.approx(made.peak, rel=1e-4)


def test_a_take_that_was_never_made_is_not_found(tmp_path: Path) -> None:
    assert TakeCache(tmp_path).find("ab" * 32) is None
    with pytest.raises(DamagedTakeError, match="missing or damaged"):
        load("ab" * 32, tmp_path / "none.take")


def test_the_same_take_is_the_same_file_whoever_makes_it(tmp_path: Path) -> None:
    first, second = stored_take(tmp_path / "a", "one", tone(0.5)), stored_take(tmp_path / "b", "one", tone(0.5))
    assert first.file.read_bytes() == second.file.read_bytes()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [first.file.name] * 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content[:30],
        lambda content: b"RIFF" + content[4:],
        lambda content: content[:18] + b'{"rate":1}\n' + content[18:],
        lambda content: content[:18] + b"[]\n" + content[18:],
    ],
)
def test_a_take_of_another_size_or_make_is_not_found(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    made = stored_take(tmp_path, "one", tone(0.5))
    made.file.write_bytes(damage(made.file.read_bytes()))
    assert TakeCache(tmp_path).find(made.key) is None
    with pytest.raises(DamagedTakeError) as caught:
        load(made.key, made.file)
    assert caught.value.key == made.key


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_flipped_bit_anywhere_is_ever_believed_or_played(tmp_path: Path, place: int, bit: int) -> None:
    made = stored_take(tmp_path, "one", tone(0.3))
    content = bytearray(made.file.read_bytes())
    content[place % len(content)] ^= 1 << bit
    made.file.write_bytes(content)
    assert TakeCache(tmp_path).find(made.key) in (None, made)
    with pytest.raises(DamagedTakeError):
        load(made.key, made.file)


def test_a_damaged_take_can_tell_its_key_across_processes(tmp_path: Path) -> None:
    with get_context("fork").Pool(1) as pool, pytest.raises(DamagedTakeError) as caught:
        pool.apply(load, ("cd" * 32, tmp_path / "none.take"))
    assert caught.value.key == "cd" * 32


def test_a_store_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="Cannot keep takes"):
        stored_take(tmp_path / "file", "one", tone(0.1))


def _kept_with_little_room(folder: Path) -> str:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        stored_take(folder, "one", speech_like(2.0))
    except OutputError as error:
        return str(error)
    return "no error"


def test_a_full_disk_leaves_no_piece_of_a_take(tmp_path: Path) -> None:
    with get_context("fork").Pool(1) as pool:
        assert "free some room" in pool.apply(_kept_with_little_room, (tmp_path,))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
