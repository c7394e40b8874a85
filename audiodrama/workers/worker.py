"""Turn this program into a worker process that carries out, one after the other, the orders that it is sent.

A worker is connected to its parent by a pipe that no other process holds: whichever of them dies, the other one sees
the end of the pipe.
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
from audiodrama.workers.forkserver import ForkServer, one_thread, own_ends

GRACE_SECONDS = 0.4
"""Seconds that workers have to finish their last orders after ``close``: whoever stops the program does not wait for a
long story that is being read. What a worker keeps it writes in one go, so that nothing is half-written."""
KILL_SECONDS = 5.0
"""Seconds until a killed process is gone."""
PIPE_BYTES = 32_000
"""Bytes of a message that fit into a pipe before it is read (Linux: 64 kB, less what the last message left)."""


class Worker:
    """A process that carries out orders."""

    def __init__(self, prepare: Callable[[], object], fork_server: ForkServer | None) -> None:
        """Have the fork server fork it; without one, start a fresh process that calls ``prepare`` first."""
        self.connection, worker_end = Pipe()
        own_ends.add(self.connection)
        self._process: ForkedProcess | SpawnedProcess | None = None
        if fork_server is None or not fork_server.fork_worker(worker_end):
            self._process = SpawnedProcess(worker_end, prepare)
        worker_end.close()
        self.ready = False
        """Whether its first answer came: it is prepared."""

    def send(self, message: bytes) -> None:
        """Send a message of ``encode_message``. If the worker is dead, ``receive`` raises."""
        with contextlib.suppress(OSError):
            self.connection.send_bytes(message)

    def receive(self) -> Any:
        """The next answer: (True, results) or (False, exception, traceback); the first is the worker's process id.

        Raises:
            EOFError: the worker is dead.
        """
        try:
            answer = self.connection.recv()
        except OSError as error:
            raise EOFError from error
        if not self.ready:
            self.ready = True
            self._process = self._process or ForkedProcess(answer)
        return answer

    def discard(self) -> None:
        """Forget a dead worker."""
        self.connection.close()
        if self._process is not None:
            self._process.end(0.0)

    def close(self) -> None:
        """Have the worker end after its present order."""
        with contextlib.suppress(EOFError, OSError):
            if not self.ready and self.connection.poll():
                self.receive()
        self.connection.close()

    def join(self, grace: float) -> None:
        """Wait until the worker has ended after ``close``, and kill it after ``grace`` seconds.

        One that was not ready ends as soon as it is.
        """
        if self._process is not None:
            self._process.end(grace)


class ForkedProcess:
    """The process of a worker that the fork server forked: a grandchild, known by a file descriptor."""

    def __init__(self, number: int) -> None:
        self._process: int | None = None
        # A process id may be reused; the descriptor stays that of the process that it was opened for.
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
            wait([process], KILL_SECONDS)
        os.close(process)


class SpawnedProcess:
    """The process of a worker in a fresh interpreter."""

    def __init__(self, worker_end: Connection, prepare: Callable[[], object]) -> None:
        from multiprocessing import get_context

        self._process = get_context("spawn").Process(
            target=_serve_in_fresh_process, args=(worker_end, prepare), daemon=True
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
    """What a worker does: send its process id, carry out orders until the parent closes the pipe or is gone."""
    with contextlib.suppress(EOFError, OSError):
        connection.send(os.getpid())
        while os.getppid() == parent:
            _answer(connection, connection.recv_bytes(), parent)


def _serve_in_fresh_process(connection: Connection, prepare: Callable[[], object]) -> None:
    """What a worker does in a fresh interpreter: what the fork server does before it forks, then ``serve``."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    one_thread()
    with contextlib.suppress(Exception):
        prepare()
    serve(connection, os.getppid())


def _answer(connection: Connection, message: bytes, parent: int) -> None:
    def results() -> list[Any]:
        work, orders = ForkingPickler.loads(message)
        # Without a parent, no process waits for the results.
        return [work(order) for order in orders if os.getppid() == parent]

    content = answer_of(results)
    if os.getppid() == parent:
        connection.send_bytes(content)


def answer_of(call: Callable[[], object]) -> Any:
    """What a call returns or raises, pickled: (True, result) or (False, exception, traceback)."""
    try:
        return ForkingPickler.dumps((True, call()))
    except Exception as error:
        return _encode_error(error)


def _encode_error(error: Exception) -> Any:
    """The error as an answer; an InternalError with its words where it does not pickle."""
    where = traceback.format_exc()
    try:
        content = ForkingPickler.dumps((False, error, where))
        ForkingPickler.loads(content)
    except Exception:
        in_words = InternalError(f"A worker raised {type(error).__name__}: {error}")
        content = ForkingPickler.dumps((False, in_words, where))
    return content
