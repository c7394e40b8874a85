"""Turn a path into a file that only this process writes, as long as it is open."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO


def claim(path: Path) -> BinaryIO:
    """Open ``path`` for writing, empty, and keep other processes that claim it out until it is closed.

    A file that a dead process left behind is taken over.

    Raises:
        OSError: it cannot be written, or another process has it.
    """
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b")
        try:
            _lock(file)
            if _is_still(file, path):
                file.truncate()
                return file
        except BaseException:
            file.close()
            raise
        # Between opening and locking, the process that had it finished and renamed it: begin again.
        file.close()


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        return  # Windows lets no other process remove or rename an open file.
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BlockingIOError(error.errno, "another run is writing it at this moment") from error
    except OSError:
        return  # Some network file systems know no locks.


def _is_still(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
