"""Turn this program, while it is small, into a process that prepares itself once and from then on forks workers.

All workers of a machine need the same libraries. They are loaded once, in a process that is forked at once and works
while its parent goes on, and the workers share their memory. The process closes its copies of other processes' pipe
ends, so that a reader sees the end of a pipe whose writer is gone; and it ends when its parent does, which it sees as
the end of their socket.
Python's ``multiprocessing.forkserver`` begins with a fresh interpreter; this one begins with what is loaded already.
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
"""What a worker does; its arguments are its end of the pipe and its parent's process id."""

own_ends: WeakSet[Connection | socket.socket] = WeakSet()
"""This process's ends of its pipes and sockets. A child that is forked later closes them: while it held a copy, the
other end would not see that this process is gone."""


def can_fork() -> bool:
    """Whether this process may be forked: a fork with threads may deadlock, and outside Linux libraries forbid it."""
    return sys.platform == "linux" and threading.active_count() == 1


class ForkServer:
    """A process that forks workers."""

    def __init__(self, prepare: Callable[[], object], serve: Serve) -> None:
        """Fork the process, where ``can_fork``; it calls ``prepare`` once, and each worker calls ``serve``."""
        self._socket, child_end = socket.socketpair()
        self._process = os.fork()
        if self._process == 0:
            with exiting():
                self._socket.close()
                for end in tuple(own_ends):
                    end.close()
                _serve_forks(child_end, prepare, serve)
        child_end.close()
        own_ends.add(self._socket)

    def fork_worker(self, connection: Connection) -> bool:
        """Have a worker forked that serves ``connection``, whose copy the caller then closes. False if that fails."""
        try:
            socket.send_fds(self._socket, [b"!"], [connection.fileno()])
        except OSError:
            return False
        return True

    def close(self, *, used: bool) -> None:
        """End the process after its workers; one that was not ``used`` is killed while it prepares."""
        self._socket.close()
        with contextlib.suppress(OSError):
            if not used:
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


@contextlib.contextmanager
def exiting() -> Iterator[None]:
    """End this process after the statement, also after an error: the parent's pending work is not the child's."""
    try:
        yield
    finally:
        os._exit(0)


def _serve_forks(requests: socket.socket, prepare: Callable[[], object], serve: Serve) -> None:
    """Leave Ctrl-C to the parent, keep array libraries to one thread, prepare, fork a worker for each request."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    one_thread()
    # A library that cannot be loaded makes the first order fail, with a message.
    with contextlib.suppress(Exception):
        prepare()
    # Workers share the memory that is in use now; garbage collection would touch it, and so copy it.
    gc.collect()
    gc.freeze()
    own = os.getpid()
    while True:
        _, descriptors, _, _ = socket.recv_fds(requests, 1, 1)
        _reap()
        if not descriptors:
            return
        if os.fork() == 0:
            with exiting():
                requests.close()
                serve(Connection(descriptors[0]), own)
        os.close(descriptors[0])


def _reap() -> None:
    """Wait for workers that have ended, so that their processor time is counted; running ones go on."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def one_thread() -> None:
    """Keep array libraries that are loaded from now on to one thread: workers have a core each."""
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
