"""The folder of takes: how full it is, what is removed from it first, and what never."""

from __future__ import annotations

import hashlib
import os
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from audiodrama.cache.prune import LOCK
from audiodrama.sound import TakeCache, in_use
from audiodrama.sound import prune as prune_module
from audiodrama.sound.prune import BusyError, contents, prune
from tests.helpers.signals import speech_like, stored_take

DAY = 86_400.0


def filled(folder: Path, count: int = 5) -> list[Path]:
    """Takes that were used ``count`` days ago, and so on to a day ago."""
    made = []
    for number in range(count):
        file = stored_take(folder, f"t{number}", speech_like(0.3, seed=number)).file
        used = time.time() - (count - number) * DAY
        os.utime(file, (used, used))
        made.append(file)
    return made


def test_the_contents_are_counted_and_foreign_files_are_not(tmp_path: Path) -> None:
    made = filled(tmp_path)
    (tmp_path / "letter.txt").write_text("not ours")
    (made[0].parent / "letter.take").write_text("not ours")
    found = contents(tmp_path)
    assert (found.takes, found.segments, found.size) == (5, 0, sum(file.stat().st_size for file in made))
    assert found.oldest == pytest.approx(5 * DAY, abs=60)
    assert found.newest == pytest.approx(DAY, abs=60)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert contents(tmp_path / "none").takes == prune(tmp_path / "none").files == 0
    assert not (tmp_path / "none").exists()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    made = filled(tmp_path)
    sizes = [file.stat().st_size for file in made]
    pruned = prune(tmp_path, most=sum(sizes[2:]))
    assert [file.exists() for file in made] == [False, False, True, True, True]
    assert (pruned.files, pruned.size, pruned.left) == (2, sum(sizes[:2]), sum(sizes[2:]))


def test_what_was_not_used_for_some_time_goes(tmp_path: Path) -> None:
    made = filled(tmp_path)
    prune(tmp_path, older=2.5 * DAY)
    assert [file.exists() for file in made] == [False, False, False, True, True]


def test_all_takes_go_and_no_file_of_another_program(tmp_path: Path) -> None:
    made = filled(tmp_path)
    kept = [tmp_path / "letter.txt", made[0].parent / f"{'0' * 64}.txt", tmp_path / "ab" / "x.take"]
    for file in kept:
        file.parent.mkdir(exist_ok=True)
        file.write_text("not ours")
    outside = tmp_path.with_name("outside")
    outside.mkdir()
    (outside / made[0].name).write_text("not ours either")
    (tmp_path / "ff").symlink_to(outside)
    prune(tmp_path)
    assert not any(file.exists() for file in made)
    assert all(file.exists() for file in (*kept, outside / made[0].name))


def test_a_take_that_is_used_again_counts_as_new(tmp_path: Path) -> None:
    made = filled(tmp_path)
    assert TakeCache(tmp_path).find(made[0].stem) is not None
    assert contents(tmp_path).oldest == pytest.approx(4 * DAY, abs=60)
    prune(tmp_path, older=2.5 * DAY)
    assert made[0].exists()


def _prune(folder: Path) -> str:
    try:
        return str(prune(folder).files)
    except BusyError as error:
        return str(error)


def test_nothing_is_removed_while_a_production_runs(tmp_path: Path) -> None:
    made = filled(tmp_path)
    with get_context("spawn").Pool(1) as pool:
        with in_use(tmp_path), in_use(tmp_path):
            assert "using" in pool.apply(_prune, (tmp_path,))
        assert all(file.exists() for file in made)
        assert pool.apply(_prune, (tmp_path,)) == "5"


def test_a_folder_that_is_too_full_after_a_production_is_pruned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filled(tmp_path)
    monkeypatch.setattr(prune_module, "LIMIT", made[-1].stat().st_size)
    with in_use(tmp_path):
        pass
    assert [file.exists() for file in made] == [False] * 4 + [True]
    more = filled(tmp_path)
    with in_use(tmp_path):
        pass
    assert all(file.exists() for file in more), "the size is not looked at after every production"


def test_what_a_killed_production_left_half_written_is_removed(tmp_path: Path) -> None:
    shelf = filled(tmp_path)[0].parent
    left = shelf / f".{hashlib.sha256().hexdigest()[:16]}-x1y2_z3.part"
    other = shelf / ".mine.part"
    for file in (left, other):
        file.write_text("half")
    with in_use(tmp_path):
        assert left.exists(), "the last production ended well, so somebody else may be writing it"
    (tmp_path / LOCK).write_text("in use\n")
    with in_use(tmp_path):
        assert not left.exists()
    assert other.exists()
