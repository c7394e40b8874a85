"""Ctrl-C between any two steps leaves nothing half-written: a file is guarded before it is made."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from audiodrama import sound
from audiodrama.cache import atomic_write
from audiodrama.cache.file_lock import FileLock
from audiodrama.errors import OutputError
from audiodrama.files.text_file import write_text
from audiodrama.pipeline.options import Options
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.sound import mpeg
from audiodrama.sound.master.encode import EncodedSegment
from tests.helpers.interrupting import interrupted_everywhere

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""A file that is interrupted while it is opened is closed by Python itself, who warns."""


SEGMENT = EncodedSegment(bytes(1200), 3, 3 * mpeg.FRAME - mpeg.ENCODER_DELAY, (0.001,), 0.1, 0)


def master(path: Path) -> None:
    with sound.Assembly(path, sound.FileTags("T"), (), SEGMENT.samples) as assembly:
        assembly.begin()
        assembly.add(SEGMENT)
        assembly.finish()


def given_up(path: Path) -> None:
    with sound.Assembly(path, sound.FileTags("T"), (), 0) as assembly:
        assembly.begin()
        assembly.discard()


WAYS: dict[str, Callable[[Path], object]] = {
    "text": lambda path: write_text(path, "new"),
    "bytes": lambda path: atomic_write.write_atomic(path, b"new"),
    "master": master,
    "master that is given up": given_up,
}


@pytest.mark.parametrize("way", WAYS)
def test_an_interruption_anywhere_leaves_the_old_file_or_the_new_one_and_no_other(way: str, tmp_path: Path) -> None:
    path = tmp_path / "drama.mp3"
    new = tmp_path / "new"
    WAYS[way](new)
    whole = {b"old", new.read_bytes() if new.exists() else b"old"}
    new.unlink(missing_ok=True)
    path.write_bytes(b"old")
    found = set()
    for step in interrupted_everywhere(lambda: WAYS[way](path)):
        assert [left.name for left in tmp_path.iterdir()] == [path.name], f"interrupted at step {step}"
        found.add(path.read_bytes())
        path.write_bytes(b"old")
    assert found == whole


def test_an_interruption_anywhere_leaves_no_lock_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    diary = ProductionRecord(tmp_path / "story.txt", tmp_path / "story.mp3", Options())

    def hold() -> None:
        with diary.locked():
            assert list(tmp_path.rglob("*.lock"))

    for step in interrupted_everywhere(hold):
        assert not list(tmp_path.rglob("*.lock")), f"interrupted at step {step}"
    hold()


def test_what_another_run_has_claimed_is_not_removed_by_one_that_is_turned_away(tmp_path: Path) -> None:
    path = tmp_path / "drama.mp3"
    mine = FileLock(tmp_path / ".drama.mp3.part")
    mine.acquire().write(b"mine")
    with pytest.raises(OutputError, match="another run"):
        master(path)
    for step in interrupted_everywhere(lambda: _turned_away(path)):
        assert mine.path.exists(), f"interrupted at step {step}"
    mine.rename_to_final(path)
    assert path.read_bytes() == b"mine"
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


def _turned_away(path: Path) -> None:
    with contextlib.suppress(OutputError):
        master(path)
