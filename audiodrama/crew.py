"""Turn work orders into results, in order, on as many processes as there are cores.

The parent process plans and writes; whatever needs an engine or an array library is done by the crew. Workers are
started before the parent reads the story, so that they load their libraries meanwhile.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

from audiodrama.errors import EngineError

Order = TypeVar("Order")
Result = TypeVar("Result")

AHEAD = 3
"""Orders under way for each worker: enough to keep it busy, few enough to keep results from piling up."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _report_for_work(prepare: Callable[[], object]) -> None:
    """Prepare a worker: leave Ctrl-C to the parent, keep array libraries to one thread, load what it will need."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    prepare()


class Crew:
    """Worker processes that carry out orders. Use it in a ``with`` statement.

    With one job the orders are carried out in this process.
    """

    def __init__(self, jobs: int | None = None, prepare: Callable[[], object] = int) -> None:
        """Start ``jobs`` workers, one for each core if None; each calls ``prepare`` first, a function of a module."""
        self.jobs = max(1, cores() if jobs is None else jobs)
        self._pool = None if self.jobs == 1 else self._hire(prepare)

    def _hire(self, prepare: Callable[[], object]) -> ProcessPoolExecutor:
        # A forked worker is there in a hundredth of a second, but forking a process with threads may deadlock.
        alone = threading.active_count() == 1
        method = "fork" if sys.platform == "linux" and alone else "spawn"
        pool = ProcessPoolExecutor(self.jobs, get_context(method), _report_for_work, (prepare,))
        # Processes start with the first submitted call; this one makes them start now.
        pool.submit(int)
        return pool

    def carry_out(self, work: Callable[[Order], Result], orders: Iterable[Order]) -> Iterator[Result]:
        """Yield ``work(order)`` for each order, in the orders' order, taking few orders ahead of the results.

        Raises:
            EngineError: a worker process died.
            Exception: whatever ``work`` raised.
        """
        if self._pool is None:
            yield from map(work, orders)
            return
        under_way: deque[Future[Result]] = deque()
        try:
            for order in orders:
                under_way.append(self._pool.submit(work, order))
                if len(under_way) >= AHEAD * self.jobs:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool as error:
            raise EngineError(
                "A worker process died, perhaps for want of memory; what it finished is kept: run the command again, "
                "with --jobs 1 if it happens again."
            ) from error
        finally:
            for future in under_way:
                future.cancel()

    def dismiss(self) -> None:
        """Let the workers go; orders that were not begun are dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dismiss()
