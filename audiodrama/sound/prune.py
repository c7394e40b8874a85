"""Turn a folder of takes into figures, and one that is too full into one with room: least recently used first.

Productions hold a shared lock on the folder while they run, and pruning asks for it alone: what a production uses is
never taken from under it. Only files of ours are ever removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiodrama.cache.atomic_write import PART
from audiodrama.errors import InputError
from audiodrama.sound.master.cache import ENDING as SEGMENT
from audiodrama.sound.takes.cache import ENDING as TAKE

LIMIT = 8_000_000_000
"""Bytes that a folder of takes may hold after a production: some eight long novels."""
SELDOM = 600.0
"""Seconds within which a folder's size is looked at once, however many productions there are."""
LOCK = ".in-use"
"""Locked while productions run; holds a word until the last of them ended in good order."""
COUNTED = ".counted"
"""Its time of modification is when the size was looked at last."""
_OURS = re.compile(rf"[0-9a-f]{{64}}({re.escape(TAKE)}|{re.escape(SEGMENT)})")
_ASIDE = re.compile(rf"\.[0-9a-f]{{16}}-\w+{re.escape(PART)}")


@dataclass(frozen=True, slots=True)
class TakesUsage:
    """What a folder of takes holds."""

    folder: Path
    """Which."""
    takes: int
    """Takes."""
    segments: int
    """Encoded segments."""
    size: int
    """Bytes of both."""
    oldest: float
    """Seconds since the one that was not used for longest was used; 0 if there is none. Use is noted once a day."""
    newest: float
    """Seconds since the last one was used; 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed from a folder of takes."""

    files: int
    """Takes and segments."""
    size: int
    """Their bytes."""
    left: int
    """Bytes that are left."""


class BusyError(InputError):
    """A folder of takes is in use."""


@contextlib.contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep others from pruning a folder of takes; when the last production ends, prune it if it is over LIMIT.

    What a production that was killed left half-written is removed at the beginning of the next one.

    Args:
        folder: made if it is missing. Where it cannot be locked, or not even made, nothing is; writing will tell.
    """
    lock = _open(folder)
    if lock is None:
        yield
        return
    with os.fdopen(lock, "r+b", buffering=0) as file:
        if file.read(1) and _lock(lock, alone=True, wait=False):
            _sweep(folder)
        _lock(lock, alone=False, wait=True)
        file.seek(0)
        with contextlib.suppress(OSError):
            file.write(b"in use\n")
        yield
        if _lock(lock, alone=True, wait=False):
            with contextlib.suppress(OSError):
                if _is_due(folder):
                    _prune(folder, LIMIT, None)
                file.truncate(0)


def contents(folder: Path) -> TakesUsage:
    """What is in a folder of takes; nothing if there is no such folder."""
    found = list(_files(folder))
    ages = [max(0.0, time.time() - used) for used, _, _ in found]
    takes = sum(path.endswith(TAKE) for _, _, path in found)
    size = sum(size for _, size, _ in found)
    return TakesUsage(folder, takes, len(found) - takes, size, max(ages, default=0.0), min(ages, default=0.0))


def prune(folder: Path, most: int | None = None, older: float | None = None) -> Pruned:
    """Remove takes and segments, least recently used first.

    Args:
        folder: where they are.
        most: bytes that may stay; None looks at ages only, or removes all if these are not given either.
        older: seconds; what was used since stays. Use is noted once a day.

    Raises:
        BusyError: a production is using the folder.
    """
    if not folder.is_dir():
        return Pruned(0, 0, 0)
    lock = _open(folder)
    if lock is None:
        raise InputError(f"{folder} cannot be written; prune takes that are yours.")
    with os.fdopen(lock, "r+b", buffering=0) as file:
        if not _lock(lock, alone=True, wait=False):
            raise BusyError(f"A production is using {folder} at this moment; prune it when that is finished.")
        _sweep(folder)
        pruned = _prune(folder, 0 if most is None and older is None else most, older)
        file.truncate(0)
    return pruned


def _prune(folder: Path, most: int | None, older: float | None) -> Pruned:
    found = sorted(_files(folder))
    left = sum(size for _, size, _ in found)
    count = gone = 0
    now = time.time()
    for used, size, path in found:
        old = older is not None and now - used > older
        full = most is not None and left > most
        if not old and not full:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)
            count, gone, left = count + 1, gone + size, left - size
    for shelf in _shelves(folder):
        with contextlib.suppress(OSError):
            os.rmdir(shelf)
    return Pruned(count, gone, left)


def _is_due(folder: Path) -> bool:
    """Whether it is time to look at a folder's size; if so, that is noted."""
    note = folder / COUNTED
    with contextlib.suppress(OSError):
        if time.time() - note.stat().st_mtime < SELDOM:
            return False
    note.touch()
    return True


def _sweep(folder: Path) -> None:
    """Remove what a killed production left half-written. Nobody else is at work in the folder."""
    for shelf in _shelves(folder):
        for entry in _entries(shelf):
            if _ASIDE.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def _files(folder: Path) -> Iterator[tuple[float, int, str]]:
    """(time of last use, bytes, path) of each take and segment."""
    for shelf in _shelves(folder):
        for entry in _entries(shelf):
            if _OURS.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    known = entry.stat(follow_symlinks=False)
                    yield known.st_mtime, known.st_size, entry.path


def _shelves(folder: Path) -> list[str]:
    names = (entry for entry in _entries(str(folder)) if re.fullmatch("[0-9a-f]{2}", entry.name))
    return [entry.path for entry in names if entry.is_dir(follow_symlinks=False)]


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _open(folder: Path) -> int | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    except OSError:
        return None


def _lock(descriptor: int, *, alone: bool, wait: bool) -> bool:
    """Whether the lock could be had. Where there are no locks, nobody has it alone: nothing is removed unasked."""
    if sys.platform == "win32":
        return not alone
    import fcntl

    how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB)
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return not alone
    return True
