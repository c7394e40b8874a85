"""Turn this program, while it is small, into a process that prepares itself once and from then on forks workers.

All workers of a machine need the same libraries. They are loaded once, in a process that is forked at once and works
while its parent goes on, and the workers share them. It keeps no end of anybody's pipe, so whoever waits for somebody
who is gone is told so; and it ends when its parent does, which it sees as the end of their line.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from weakref import WeakSet

Serve = Callable[[Connection, int], None]
"""The life of a worker: its end of the pipe, and the process id of its parent."""

kept: WeakSet[Connection | socket.socket] = WeakSet()
"""This process's ends of its lines. While a child that came later held one, the other end would see no end."""


def can_fork() -> bool:
    """Whether this process may be forked: with threads that may deadlock, and elsewhere libraries do not expect it."""
    return sys.platform == "linux" and threading.active_count() == 1


class ForkServer:
    """A process that forks workers."""

    def __init__(self, prepare: Callable[[], object], serve: Serve) -> None:
        """Fork it where that is ``can_fork``; it calls ``prepare`` first, and workers are calls of ``serve``."""
        self._line, theirs = socket.socketpair()
        self._process = os.fork()
        if self._process == 0:
            with until_the_end():
                self._line.close()
                for end in tuple(kept):
                    end.close()
                _serve_forks(theirs, prepare, serve)
        theirs.close()
        kept.add(self._line)

    def fork_worker(self, connection: Connection) -> bool:
        """Have a worker forked that serves ``connection``; this process is to close its copy. False if that fails."""
        try:
            socket.send_fds(self._line, [b"!"], [connection.fileno()])
        except OSError:
            return False
        return True

    def close(self, *, used: bool) -> None:
        """End it, behind its workers; if it was not ``used``, in the midst of its preparations."""
        self._line.close()
        with contextlib.suppress(OSError):
            if not used:
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


@contextlib.contextmanager
def until_the_end() -> Iterator[None]:
    """End this process behind the statement, whatever happens: what its parent has left to do is not for it to do."""
    try:
        yield
    finally:
        os._exit(0)


def _serve_forks(line: socket.socket, prepare: Callable[[], object], serve: Serve) -> None:
    """Leave Ctrl-C to the parent, keep array libraries to one thread, prepare, fork what is asked for."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    one_thread()
    # What cannot be prepared will be missed by the first order, which says what it is.
    with contextlib.suppress(Exception):
        prepare()
    # Workers share what is there now; a collector that looks at it would copy it.
    gc.collect()
    gc.freeze()
    own = os.getpid()
    while True:
        _, descriptors, _, _ = socket.recv_fds(line, 1, 1)
        _reap()
        if not descriptors:
            return
        if os.fork() == 0:
            with until_the_end():
                line.close()
                serve(Connection(descriptors[0]), own)
        os.close(descriptors[0])


def _reap() -> None:
    """Take note of workers that have ended, so that their time is counted; the others are not waited for."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def one_thread() -> None:
    """Keep array libraries that are loaded from now on to one thread: workers have a core each."""
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
