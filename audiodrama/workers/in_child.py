"""Turn a call into one that a process of its own answers: the memory that the call took ends with that process.

To adapt a novel takes much memory for a moment, in small pieces among which a few stay; so little of it would ever go
back to the system, and the workers need theirs for hours.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Collection
from multiprocessing.reduction import ForkingPickler
from typing import Any, ParamSpec, TypeVar

from audiodrama.workers.forkserver import can_fork, until_the_end
from audiodrama.workers.worker import answer_of

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def run_in_child(work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
    """What ``work`` returns, which is to travel well; where processes cannot be forked, it is called in this one.

    Raises:
        Exception: whatever ``work`` raised.
    """
    if not can_fork():
        return work(*arguments, **named)
    hears, tells = os.pipe()
    sys.stderr.flush()
    process = -1
    # Ctrl-C waits until it is known which process there is to be ended.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if process == 0:
            with until_the_end():
                _answer(tells, before, lambda: work(*arguments, **named))
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(tells)
        with os.fdopen(hears, "rb") as file:
            content = file.read()
    except BaseException:
        if process > 0:
            os.kill(process, signal.SIGKILL)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if process > 0:
            os.waitpid(process, 0)
    if not content:
        # It was killed. What it died of, if it was not by chance, is better seen here.
        return work(*arguments, **named)
    good, result, *where = ForkingPickler.loads(content)
    if not good:
        result.__cause__ = RuntimeError(f"in a process of its own:\n{where[0]}")
        raise result
    returned: Result = result
    return returned


def _answer(tells: int, mask: Collection[int], call: Callable[[], Any]) -> None:
    """The life of the process: it holds no lock and no line of its parent's, and dies of Ctrl-C without a word."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    os.closerange(3, tells)
    os.closerange(tells + 1, os.sysconf("SC_OPEN_MAX"))
    content = answer_of(call)
    sys.stderr.flush()
    with contextlib.suppress(OSError), os.fdopen(tells, "wb") as file:
        file.write(content)
