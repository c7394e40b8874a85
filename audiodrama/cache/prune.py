"""Turn a folder of keyed files into figures, and one that is too full into one with room: least recently used first.

Who uses a folder holds a shared lock on it meanwhile, and pruning asks for the lock alone: what is in use is never
removed. Only files whose name is a key with one of the caller's endings are ever removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from audiodrama.cache.atomic_write import PART
from audiodrama.cache.file_lock import try_lock

SELDOM = 600.0
"""Seconds within which a folder's size is looked at once, however often it is used."""
LOCK = ".in-use"
"""The file that is locked while a folder is used; it holds a word until the last use ended in good order."""
COUNTED = ".counted"
"""The file whose time of modification is when the folder's size was looked at last."""
_KEY = "[0-9a-f]{64}"
_PART = re.compile(rf"\.[0-9a-f]{{16}}-\w+{re.escape(PART)}")
"""The name that ``write_atomic`` gives to the half-written file of a key."""


class FileUse(NamedTuple):
    """A keyed file and its last use; sorted, what was not used for longest comes first."""

    used: float
    """When it was used last, in seconds since 1970, noted once a day."""
    size: int
    """Bytes."""
    path: str
    """Where it is."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed from a folder."""

    files: int
    """How many files."""
    size: int
    """Their bytes."""
    left: int
    """Bytes that are left."""


@contextlib.contextmanager
def in_use(folder: Path, endings: Collection[str], limit: int) -> Iterator[None]:
    """Keep other processes from pruning a folder; when its last user ends, prune it to ``limit`` bytes.

    What a process that was killed left half-written is removed at the beginning of the next use.

    Args:
        folder: made if it is missing. Where it cannot be locked, or not even made, nothing is; writing will fail.
        endings: of the files that may be removed.
        limit: bytes that may stay.
    """
    descriptor = _open_lock(folder)
    if descriptor is None:
        yield
        return
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        if file.read(1) and try_lock(descriptor):
            _remove_parts(folder)
        try_lock(descriptor, shared=True, wait=True)
        file.seek(0)
        with contextlib.suppress(OSError):
            file.write(b"in use\n")
        yield
        if try_lock(descriptor):
            with contextlib.suppress(OSError):
                if _is_due(folder):
                    _prune(folder, endings, limit, None)
                file.truncate(0)


def files_in(folder: Path, endings: Collection[str]) -> Iterator[FileUse]:
    """The keyed files in the folders below ``folder``; none if there is no such folder."""
    pattern = re.compile(f"{_KEY}({'|'.join(map(re.escape, endings))})")
    for subfolder in _subfolders(folder):
        for entry in _entries(subfolder):
            if pattern.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    yield FileUse(status.st_mtime, status.st_size, entry.path)


def prune(folder: Path, endings: Collection[str], most: int | None = None, older: float | None = None) -> Pruned:
    """Remove files, least recently used first.

    Args:
        folder: where they are.
        endings: of the files that may be removed.
        most: bytes that may stay; None looks at ages only, or removes all if these are not given either.
        older: seconds; what was used since stays.

    Raises:
        BlockingIOError: the folder is in use.
        OSError: the folder cannot be written.
    """
    if not folder.is_dir():
        return Pruned(0, 0, 0)
    descriptor = _open_lock(folder)
    if descriptor is None:
        raise PermissionError(f"{folder} cannot be written")
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        # Where there are no locks, another process may be using the folder: nothing is removed.
        if not try_lock(descriptor):
            raise BlockingIOError(f"{folder} is in use")
        _remove_parts(folder)
        pruned = _prune(folder, endings, 0 if most is None and older is None else most, older)
        file.truncate(0)
    return pruned


def keep_newest(folder: Path, ending: str, most: int) -> None:
    """Remove the least recently used files of that ending in ``folder`` itself until ``most`` files are left."""
    pattern = re.compile(_KEY + re.escape(ending))
    entries = [entry for entry in _entries(str(folder)) if pattern.fullmatch(entry.name)]
    # Sorting asks for the time of each file: only a folder that is too full is worth that.
    if len(entries) > most:
        with contextlib.suppress(OSError):
            for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime)[: len(entries) - most]:
                os.unlink(entry.path)


def _prune(folder: Path, endings: Collection[str], most: int | None, older: float | None) -> Pruned:
    files = sorted(files_in(folder, endings))
    left = sum(file.size for file in files)
    count = size = 0
    begun = time.time()
    for file in files:
        is_old = older is not None and begun - file.used > older
        is_too_much = most is not None and left > most
        if not is_old and not is_too_much:
            break
        with contextlib.suppress(OSError):
            os.unlink(file.path)
            count, size, left = count + 1, size + file.size, left - file.size
    for subfolder in _subfolders(folder):
        with contextlib.suppress(OSError):
            os.rmdir(subfolder)
    return Pruned(count, size, left)


def _is_due(folder: Path) -> bool:
    """Whether it is time to look at a folder's size; if so, that is noted."""
    counted = folder / COUNTED
    with contextlib.suppress(OSError):
        if time.time() - counted.stat().st_mtime < SELDOM:
            return False
    counted.touch()
    return True


def _remove_parts(folder: Path) -> None:
    """Remove what a killed process left half-written. Call it with the lock alone: no process is writing then."""
    for subfolder in _subfolders(folder):
        for entry in _entries(subfolder):
            if _PART.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def _subfolders(folder: Path) -> list[str]:
    entries = (entry for entry in _entries(str(folder)) if re.fullmatch("[0-9a-f]{2}", entry.name))
    # A symbolic link may lead out of the folder, where other programs keep their files.
    return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _open_lock(folder: Path) -> int | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    except OSError:
        return None
