"""Turn this program into a worker process that carries out, one after the other, what it is sent.

A worker is connected to its parent by a pipe that nobody else holds: whichever of them dies, the other one is told.
"""

from __future__ import annotations

import contextlib
import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any

from audiodrama.errors import InternalError
from audiodrama.workers.forkserver import ForkServer, kept, one_thread

GRACE_SECONDS = 5.0
"""Seconds that a worker has to finish its last order when it is let go."""
SMALL = 32_000
"""Bytes of an order that fit into a pipe that nobody reads at the moment."""


class Worker:
    """A process that carries out orders."""

    def __init__(self, prepare: Callable[[], object], nursery: ForkServer | None) -> None:
        """Have the nursery fork it; without one it is started anew, and calls ``prepare`` first."""
        self.connection, theirs = Pipe()
        kept.add(self.connection)
        self._life: _Forked | _Spawned | None = None
        if nursery is None or not nursery.fork_worker(theirs):
            self._life = _Spawned(theirs, prepare)
        theirs.close()
        self.ready = False
        """Whether it has told that it is prepared."""

    def send(self, message: bytes) -> None:
        """Send an order as ``encode_message`` has made it. If the worker is dead already, ``receive`` will say so."""
        with contextlib.suppress(OSError):
            self.connection.send_bytes(message)

    def receive(self) -> Any:
        """The next answer: (True, results) or (False, exception, where); the first one only says that it is there.

        Raises:
            EOFError: the worker is dead.
        """
        try:
            answer = self.connection.recv()
        except OSError as error:
            raise EOFError from error
        if not self.ready:
            self.ready = True
            self._life = self._life or _Forked(answer)
        return answer

    def discard(self) -> None:
        """Forget a dead worker."""
        self.connection.close()
        if self._life is not None:
            self._life.end(0.0)

    def close(self) -> None:
        """Have it end when it has finished what it is at."""
        with contextlib.suppress(EOFError, OSError):
            if not self.ready and self.connection.poll():
                self.receive()
        self.connection.close()

    def join(self) -> None:
        """Wait until it has ended after ``dismiss``. One that was not born yet ends as soon as it is."""
        if self._life is not None:
            self._life.end(GRACE_SECONDS)


class _Forked:
    """The process of a worker from the nursery, which is no child of ours."""

    def __init__(self, number: int) -> None:
        self._process: int | None = None
        # A number may be another process's by the time it is used; what is opened while it lives stays its own.
        with contextlib.suppress(OSError):
            self._process = os.pidfd_open(number)

    def end(self, grace: float) -> None:
        """Wait for its end; kill it after ``grace`` seconds."""
        process, self._process = self._process, None
        if process is None:
            return
        if not wait([process], grace):
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(process, signal.SIGKILL)
            wait([process], GRACE_SECONDS)
        os.close(process)


class _Spawned:
    """The process of a worker that was started anew."""

    def __init__(self, theirs: Connection, prepare: Callable[[], object]) -> None:
        from multiprocessing import get_context

        self._process = get_context("spawn").Process(
            target=_serve_in_fresh_process, args=(theirs, prepare), daemon=True
        )
        self._process.start()

    def end(self, grace: float) -> None:
        """Wait for its end; kill it after ``grace`` seconds."""
        self._process.join(grace)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()


def encode_message(work: Callable[..., object], orders: tuple[object, ...]) -> bytes:
    """An order for several calls of ``work``, as ``Worker.send`` wants it."""
    return bytes(ForkingPickler.dumps((work, orders)))


def serve(connection: Connection, parent: int) -> None:
    """The life of a worker: say who it is, carry out orders until the parent closes the pipe or is gone."""
    with contextlib.suppress(EOFError, OSError):
        connection.send(os.getpid())
        while os.getppid() == parent:
            _answer(connection, connection.recv_bytes(), parent)


def _serve_in_fresh_process(connection: Connection, prepare: Callable[[], object]) -> None:
    """The life of a worker that nobody has prepared; see ``nursery``."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    one_thread()
    with contextlib.suppress(Exception):
        prepare()
    serve(connection, os.getppid())


def _answer(connection: Connection, message: bytes, parent: int) -> None:
    def results() -> list[Any]:
        work, orders = ForkingPickler.loads(message)
        # If the parent has gone, nobody waits for the others any more.
        return [work(order) for order in orders if os.getppid() == parent]

    content = answer_of(results)
    if os.getppid() == parent:
        connection.send_bytes(content)


def answer_of(call: Callable[[], object]) -> Any:
    """What a call returns or raises, as bytes for another process: (True, result) or (False, exception, where)."""
    try:
        return ForkingPickler.dumps((True, call()))
    except Exception as error:
        return _encode_error(error)


def _encode_error(error: Exception) -> Any:
    """The error as an answer; one that cannot travel is told in words."""
    where = traceback.format_exc()
    try:
        content = ForkingPickler.dumps((False, error, where))
        ForkingPickler.loads(content)
    except Exception:
        told = InternalError(f"A worker raised {type(error).__name__}: {error}")
        content = ForkingPickler.dumps((False, told, where))
    return content
