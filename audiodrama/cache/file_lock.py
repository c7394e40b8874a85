"""Turn a path into a file that only this process writes, as long as it holds the file's lock."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO


def try_lock(descriptor: int, *, shared: bool = False, wait: bool = False) -> bool | None:
    """Lock an open file against other processes; a lock that this process holds on it already is exchanged.

    The lock ends when the file is closed, or with the process: a process that was killed leaves none behind.

    Args:
        descriptor: of the file.
        shared: let other processes have shared locks on it, too.
        wait: until the lock can be had.

    Returns:
        True if it could be had, False if another process holds it, None where there are no locks: on Windows, and on
        some network file systems.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    operation = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
    try:
        fcntl.flock(descriptor, operation)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


class FileLock:
    """An exclusive lock on a file that is being written; the caller releases it in a ``finally``.

    Call ``acquire`` inside the ``try`` of that ``finally``: Ctrl-C may come at any moment, also inside ``acquire``.
    """

    def __init__(self, path: Path) -> None:
        """Name the file. It is not made yet."""
        self.path = path
        self._file: BinaryIO | None = None
        self._over = True

    def acquire(self) -> BinaryIO:
        """Open the file for writing, empty, and keep out other processes that lock it.

        A file that a dead process left behind is taken over.

        Raises:
            OSError: it cannot be written, or another process has it (BlockingIOError).
        """
        self._over = False
        while True:
            self._file = None
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file = file = os.fdopen(os.open(self.path, flags, 0o666), "r+b")
            try:
                _lock_alone(file)
            except OSError:
                self._over = True  # Another process writes it, so ``release`` must not remove it.
                file.close()
                raise
            if _is_still(file, self.path):
                file.truncate()
                return file
            # Between opening and locking, the process that had it finished and renamed it: begin again.
            file.close()

    def rename_to_final(self, name: Path) -> None:
        """Give the file its name, and release it. Until it has its name it stays locked: no process can take it over.

        Raises:
            ValueError: ``acquire`` was not called.
            OSError: it cannot be renamed.
        """
        if self._file is None:
            raise ValueError("nothing is claimed")
        if sys.platform == "win32":
            self._file.close()  # An open file cannot be renamed there.
        os.replace(self.path, name)
        self._over = True
        self._file.close()

    def release(self) -> None:
        """Remove the file if this process holds it, and let others have it. It may be interrupted, and called again."""
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
        # ``acquire`` may have been interrupted before it had the lock: then another process may have it by now.
        if self._file is None or self._file.closed:
            self._file = self.path.open("r+b")
        _lock_alone(self._file)
        if _is_still(self._file, self.path):
            self.path.unlink(missing_ok=True)


def _lock_alone(file: BinaryIO) -> None:
    """Lock a file exclusively where there are locks. Windows has none: no process removes or renames an open file."""
    if try_lock(file.fileno()) is False:
        raise BlockingIOError(errno.EWOULDBLOCK, "another run is writing it at this moment")


def _is_still(file: BinaryIO, path: Path) -> bool:
    """Whether an open file is the one at ``path``, not one that has been renamed or removed."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
