"""Run the command line: ``audiodrama``, or ``python -m audiodrama``.

Signals and streams are seen to before the command line is imported, which takes a tenth of a second: Ctrl-C is obeyed
from the beginning, and a closed or full stream ends in a sentence or does not matter.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys

STOPPED = 130
"""Exit code: stopped by Ctrl-C."""
_STREAM_ERRORS = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG)
"""What a full or broken standard output answers."""
_STOPPING = (signal.SIGINT, signal.SIGTERM, *([] if sys.platform == "win32" else [signal.SIGALRM]))
"""Signals that stop the program; the alarm is its own."""
_SOON = 0.001
"""Seconds until a lost stop is asked for again."""


class StoppedByUser(BaseException):
    """Ctrl-C or a polite kill. Not KeyboardInterrupt, for which the command-line library has an answer of its own."""


class _Forgiving(io.TextIOWrapper):
    """Standard error that may be full: what cannot be shown must not end the work."""

    def write(self, text: str, /) -> int:
        with contextlib.suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            super().flush()


def main() -> None:
    """Run the command line and exit."""
    for number in _STOPPING:
        signal.signal(number, _stop)
    sys.unraisablehook = _stop_later
    try:
        _open_streams()
        from audiodrama.cli import run

        run()
    except StoppedByUser:
        for number in _STOPPING:
            signal.signal(number, signal.SIG_IGN)
        _leave("Stopped. What is finished is kept; run the same command again to go on.", STOPPED)
    except BrokenPipeError:
        # The reader of the output has gone, such as `head`: there is nobody to report it to.
        _drop_output()
        sys.exit(1)
    except OSError as error:
        # Files have names, and their errors are sentences where they are written; streams have none.
        if error.filename is not None or error.errno not in _STREAM_ERRORS:
            raise
        _drop_output()
        _leave(f"Standard output cannot be written: {error.strerror}; free some room or send it elsewhere.", 1)


def _stop(number: int, frame: object) -> None:
    raise StoppedByUser


def _stop_later(unraisable: sys.UnraisableHookArgs) -> None:
    """Ask again for a stop that came where Python ignores errors, such as while an import tidies up behind itself."""
    if isinstance(unraisable.exc_value, StoppedByUser) and sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, _SOON)
    else:
        sys.__unraisablehook__(unraisable)


def _open_streams() -> None:
    """Give closed streams a place, which no file that is opened later may take, and forgive a full standard error."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8")
    old = sys.stderr
    raw = io.FileIO(2, "w", closefd=False)
    encoding = "utf-8" if old is None else old.encoding
    sys.stderr = _Forgiving(io.BufferedWriter(raw), encoding=encoding, errors="backslashreplace", line_buffering=True)


def _drop_output() -> None:
    """Have the end of the program write what is left nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _leave(sentence: str, code: int) -> None:
    sys.stderr.write(f"audiodrama: {sentence}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
