"""Turn a call into one that a child process answers: the memory that the call took ends with that process.

Adapting a novel takes much memory for a moment, in small pieces of which a few stay in use; so little of it would ever
go back to the system, and the workers need theirs for hours.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Collection
from multiprocessing.reduction import ForkingPickler
from typing import Any, ParamSpec, TypeVar

from audiodrama.workers.forkserver import can_fork, exiting
from audiodrama.workers.worker import answer_of

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def run_in_child(work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
    """What ``work`` returns, which must pickle; where processes cannot be forked, it is called in this process.

    Raises:
        Exception: the error that ``work`` raised.
    """
    if not can_fork():
        return work(*arguments, **named)
    read_end, write_end = os.pipe()
    sys.stderr.flush()
    process = -1
    # Ctrl-C waits until it is known which process there is to be ended.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if process == 0:
            with exiting():
                _answer(write_end, mask, lambda: work(*arguments, **named))
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(write_end)
        with os.fdopen(read_end, "rb") as file:
            content = file.read()
    except BaseException:
        if process > 0:
            os.kill(process, signal.SIGKILL)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if process > 0:
            os.waitpid(process, 0)
    if not content:
        # The child was killed. If that was no chance, the call fails in this process, too, and shows why.
        return work(*arguments, **named)
    good, result, *where = ForkingPickler.loads(content)
    if not good:
        result.__cause__ = RuntimeError(f"in a process of its own:\n{where[0]}")
        raise result
    returned: Result = result
    return returned


def _answer(write_end: int, mask: Collection[int], call: Callable[[], Any]) -> None:
    """What the child process does: close its parent's files, answer, end; Ctrl-C ends it without a message."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    os.closerange(3, write_end)
    os.closerange(write_end + 1, os.sysconf("SC_OPEN_MAX"))
    content = answer_of(call)
    sys.stderr.flush()
    with contextlib.suppress(OSError), os.fdopen(write_end, "wb") as file:
        file.write(content)
