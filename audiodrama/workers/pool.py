"""Turn orders into results on the processors of this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from audiodrama.errors import InputError
from audiodrama.workers.protocol import Order, Result, bundles, unnamed
from audiodrama.workers.scheduler import Bundle, Scheduler

SMALL_BUNDLE = 400
"""Characters of text in a bundle on this machine, where sending costs next to nothing: so few that all workers finish
at about the same time."""
AHEAD = 3
"""Bundles that are sent ahead for each worker: enough to keep it busy, few enough to keep results from piling up."""

MOST_PER_CORE, MOST_WORKERS = 4, 16
"""Worker processes for each core at most, and those that any machine may have: more would wait for one another, and
their memory and their start would cost more than they do."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worker_count(jobs: int | None) -> int:
    """How many workers a user has who asks for ``jobs``, or, with None, for one a core.

    Raises:
        InputError: it is no whole number, or less than 1.
    """
    if jobs is None:
        return cores()
    if not isinstance(jobs, int) or jobs < 1:
        raise InputError(f"jobs must be a whole number from 1, not {jobs!r}.")
    return min(jobs, max(MOST_WORKERS, MOST_PER_CORE * cores()))


class LocalPool:
    """Worker processes of this machine. Use it in a ``with`` statement.

    The first are started at once, so that they load their libraries while the parent reads a story; the others when
    there is work for them. A worker that dies is replaced, and its order is repeated. Several threads may share a pool.
    """

    def __init__(self, jobs: int | None = None, prepare: Callable[[], object] = int, *, apart: bool = False) -> None:
        """Start the workers.

        Args:
            jobs: how many at most; see ``worker_count``. A single one is this process, unless ``apart``.
            prepare: a module's function that each worker calls first.
            apart: whether even a single worker is a process of its own.

        Raises:
            InputError: ``jobs`` is no whole number from 1.
        """
        self.jobs = worker_count(jobs)
        self._scheduler = None if self.jobs == 1 and not apart else Scheduler(self.jobs, cores(), prepare)

    def run(
        self,
        work: Callable[[Order], Result],
        orders: Iterable[Order],
        *,
        describe: Callable[[Order], str] = unnamed,
        size: Callable[[Order], int] | None = None,
    ) -> Iterator[Result]:
        """Yield ``work(order)`` for each order, in order; see ``WorkerPool.run``.

        Raises:
            LostWorkError: an order ended every worker that tried it.
            Exception: the error that ``work`` raised.
        """
        scheduler = self._scheduler
        if scheduler is None:
            yield from map(work, orders)
            return
        running: deque[Bundle] = deque()
        try:
            for group in bundles(orders, size, SMALL_BUNDLE):
                running.append(Bundle(work, group, describe))
                scheduler.submit(running[-1])
                if len(running) >= AHEAD * self.jobs:
                    yield from scheduler.result(running.popleft())
            while running:
                yield from scheduler.result(running.popleft())
        finally:
            for bundle in running:
                scheduler.cancel(bundle)

    def close(self) -> None:
        """End the workers; orders that were not begun are dropped, and threads that wait for them get PoolClosed."""
        if self._scheduler is not None:
            self._scheduler.close()

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
