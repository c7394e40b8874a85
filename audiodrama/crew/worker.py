"""Turn this program into a worker process that carries out, one after the other, what it is sent.

A worker is connected to its parent by a pipe that nobody else holds: whichever of them dies, the other one is told.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any

from audiodrama.errors import InternalError

GRACE = 5.0
"""Seconds that a worker has to finish its last order when it is let go."""
SMALL = 32_000
"""Bytes of an order that fit into a pipe that nobody reads at the moment."""


class Worker:
    """A process that carries out orders."""

    def __init__(self, prepare: Callable[[], object], others: list[Worker]) -> None:
        """Start it; it calls ``prepare`` first. ``others`` are the workers there are already."""
        # A forked worker is there in a hundredth of a second, but forking a process with threads may deadlock.
        forked = sys.platform == "linux" and threading.active_count() == 1
        context: Any = get_context("fork" if forked else "spawn")
        self.connection, theirs = context.Pipe()
        # A forked worker has copies of all our ends; while it held them, nobody would see that we are gone.
        ours = tuple(worker.connection for worker in (*others, self)) if forked else ()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, ours, prepare), daemon=True)
        self.process.start()
        self.ready = False
        """Whether it has told that it is prepared."""
        theirs.close()

    def send(self, message: bytes) -> None:
        """Send an order as ``packed`` has made it. If the worker is dead already, ``receive`` will say so."""
        with contextlib.suppress(OSError):
            self.connection.send_bytes(message)

    def receive(self) -> Any:
        """The next answer: (True, results) or (False, exception, where); the first one only says that it is there.

        Raises:
            EOFError: the worker is dead.
        """
        try:
            return self.connection.recv()
        except OSError as error:
            raise EOFError from error

    def bury(self) -> None:
        """Forget a dead worker."""
        self.connection.close()
        self.process.kill()
        self.process.join()

    def dismiss(self) -> None:
        """Have it end when it has finished what it is at."""
        self.connection.close()

    def leave(self) -> None:
        """Wait until it has ended after ``dismiss``."""
        self.process.join(GRACE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


def packed(work: Callable[..., object], orders: tuple[object, ...]) -> bytes:
    """An order for several calls of ``work``, as ``Worker.send`` wants it."""
    return bytes(ForkingPickler.dumps((work, orders)))


def _serve(connection: Connection, inherited: tuple[Connection, ...], prepare: Callable[[], object]) -> None:
    """The life of a worker: leave Ctrl-C to the parent, keep array libraries to one thread, carry out orders."""
    for other in inherited:
        other.close()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    # What cannot be prepared will be missed by the first order, which says what it is.
    with contextlib.suppress(Exception):
        prepare()
    parent = os.getppid()
    with contextlib.suppress(EOFError, OSError):
        connection.send(True)
        while os.getppid() == parent:
            _answer(connection, connection.recv_bytes(), parent)


def _answer(connection: Connection, message: bytes, parent: int) -> None:
    try:
        work, orders = ForkingPickler.loads(message)
        results = []
        for order in orders:
            if os.getppid() != parent:
                return  # Nobody waits for the others any more.
            results.append(work(order))
        content = ForkingPickler.dumps((True, results))
    except Exception as error:
        content = _packed_error(error)
    connection.send_bytes(content)


def _packed_error(error: Exception) -> Any:
    """The error as an answer; one that cannot travel is told in words."""
    where = traceback.format_exc()
    try:
        content = ForkingPickler.dumps((False, error, where))
        ForkingPickler.loads(content)
    except Exception:
        told = InternalError(f"A worker raised {type(error).__name__}: {error}")
        content = ForkingPickler.dumps((False, told, where))
    return content
