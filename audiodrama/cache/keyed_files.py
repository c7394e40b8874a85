"""Keep results as files that are found again by the key of all that decides them: takes, segments, productions.

A key is 64 hexadecimal digits, the SHA-256 of what decides a result. Its file is written aside and renamed, so that it
is whole or not there at all. Several processes may write the file of one key: they write the same bytes, because the
key covers all that decides them. Nothing here needs an array library.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any, BinaryIO

from audiodrama.cache import prune
from audiodrama.cache.atomic_write import write_atomic
from audiodrama.cache.sealed_file import read_header, seal, unseal

TOUCHED = 86_400.0
"""Seconds within which a file that is used again and again is marked as used once: its time of modification."""


def key_of(decides: dict[str, Any]) -> str:
    """The key of a result: 64 hexadecimal digits for all that decides it, given as plain values for JSON."""
    text = json.dumps(decides, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def key_of_path(path: Path) -> str:
    """The key of what is known about the file at ``path``: 64 hexadecimal digits."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()


class KeyedFiles:
    """Files of one kind in a folder, one for each key. Safe for several processes at once."""

    def __init__(self, folder: Path, ending: str, magic: bytes = b"", *, flat: bool = False) -> None:
        """Use ``folder``; it is made when the first file is written.

        Args:
            folder: where the files are; other kinds may share it.
            ending: of each file's name, with its dot.
            magic: the first line of each file, for those that are sealed.
            flat: whether all files lie in ``folder`` itself, which suits a few thousand; else each lies in one of 256
                folders below it, named by the key's first two digits.
        """
        self.folder, self.ending, self._magic, self._flat = folder, ending, magic, flat

    def path(self, key: str) -> Path:
        """Where the file of that key is, or will be."""
        folder = self.folder if self._flat else self.folder / key[:2]
        return folder / f"{key}{self.ending}"

    def read(self, key: str, most: int = -1) -> bytes:
        """The content of the file of that key, at most ``most`` bytes of it unless that is negative.

        Raises:
            OSError: there is none, or it cannot be read.
        """
        with self.path(key).open("rb") as file:
            _touch(file)
            return file.read(most)

    def write(self, key: str, content: bytes) -> None:
        """Write the file of that key, atomically.

        Raises:
            OSError: the folder cannot be written, or the disk is full; nothing is left behind.
        """
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, content)

    def seal(self, key: str, header: dict[str, Any], payload: bytes) -> None:
        """Write the file of that key as a sealed file; see ``sealed_file.seal``.

        Raises:
            OSError: the folder cannot be written, or the disk is full; nothing is left behind.
        """
        self.write(key, seal(self._magic, header, payload))

    def find_header(self, key: str) -> dict[str, Any] | None:
        """The header of the sealed file of that key; None if there is none or it is plainly damaged.

        The payload is not looked at: it may be megabytes. ``find`` checks it.
        """
        try:
            with self.path(key).open("rb") as file:
                header, _ = read_header(self._magic, file)
                _touch(file)
            return header
        except (OSError, ValueError):
            return None

    def find(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        """The header and the payload of the sealed file of that key, every byte as it was written; None if damaged."""
        try:
            return unseal(self._magic, self.read(key))
        except (OSError, ValueError):
            return None

    def keep_newest(self, most: int) -> None:
        """Remove the files that were not used for longest, until ``most`` files are left. For flat folders."""
        prune.keep_newest(self.folder, self.ending, most)


def _touch(file: BinaryIO) -> None:
    """Mark an open file as used, at most once a day: pruning removes first what was not used for longest."""
    if time.time() - os.fstat(file.fileno()).st_mtime > TOUCHED:
        with contextlib.suppress(OSError):
            os.utime(file.name)
