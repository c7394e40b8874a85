"""Turn a path into a file that only this process writes, as long as it is claimed."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO


class FileLock:
    """The right to a file. Whoever has one calls ``drop`` at the end, come what may, and ``take`` only then."""

    def __init__(self, path: Path) -> None:
        """Name the file. Nothing is made yet."""
        self.path = path
        self._file: BinaryIO | None = None
        self._over = True

    def acquire(self) -> BinaryIO:
        """Open the file for writing, empty, and keep other processes that claim it out.

        A file that a dead process left behind is taken over.

        Raises:
            OSError: it cannot be written, or another process has it.
        """
        self._over = False
        while True:
            self._file = None
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file = file = os.fdopen(os.open(self.path, flags, 0o666), "r+b")
            try:
                _lock(file)
            except OSError:
                self._over = True  # It is somebody else's.
                file.close()
                raise
            if _is_still(file, self.path):
                file.truncate()
                return file
            # Between opening and locking, the process that had it finished and renamed it: begin again.
            file.close()

    def rename_to_final(self, name: Path) -> None:
        """Give the file its name, and drop it. Renamed while it is ours: nobody else can claim it in between."""
        if self._file is None:
            raise ValueError("nothing is claimed")
        if sys.platform == "win32":
            self._file.close()  # An open file cannot be renamed there.
        os.replace(self.path, name)
        self._over = True
        self._file.close()

    def release(self) -> None:
        """Remove the file if it is ours, and let others have it. It may be interrupted, and called again."""
        if not self._over:
            with contextlib.suppress(OSError):
                self._remove()
            self._over = True
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _remove(self) -> None:
        if sys.platform == "win32":
            if self._file is not None:
                self._file.close()  # An open file cannot be removed there.
            self.path.unlink(missing_ok=True)
            return
        # Interrupted between making and opening, it is nobody's; between opening and locking, maybe somebody's.
        if self._file is None or self._file.closed:
            self._file = self.path.open("r+b")
        _lock(self._file)
        if _is_still(self._file, self.path):
            self.path.unlink(missing_ok=True)


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
