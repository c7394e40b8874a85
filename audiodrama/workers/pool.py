"""Turn orders into results on this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from audiodrama.workers.protocol import Order, Result, bundles, describe_nothing
from audiodrama.workers.scheduler import Bundle, Scheduler

SMALL_BUNDLE = 400
"""The size of a bundle here, where sending costs next to nothing: so small that all workers finish at once."""
AHEAD = 3
"""Bundles under way for each worker: enough to keep it busy, few enough to keep results from piling up."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalPool:
    """Worker processes of this machine. Use it in a ``with`` statement.

    They are started at once, so that they load their libraries while the parent reads a story. One that dies is
    replaced, and what it was at is repeated. Several threads may share a crew.
    """

    def __init__(self, jobs: int | None = None, prepare: Callable[[], object] = int, *, apart: bool = False) -> None:
        """Start ``jobs`` workers, one for each core if None; each calls ``prepare`` first, a function of a module.

        With a single job the orders are carried out in this process, unless it is to be kept ``apart``.
        """
        self.jobs = max(1, cores() if jobs is None else jobs)
        self._desk = None if self.jobs == 1 and not apart else Scheduler(self.jobs, prepare)

    def run(
        self,
        work: Callable[[Order], Result],
        orders: Iterable[Order],
        *,
        told: Callable[[Order], str] = describe_nothing,
        size: Callable[[Order], int] | None = None,
    ) -> Iterator[Result]:
        """Yield ``work(order)`` for each order, in order; ``audiodrama.workers.Workers`` says more.

        Raises:
            LostWorkError: an order ended every worker that tried it.
            Exception: whatever ``work`` raised.
        """
        desk = self._desk
        if desk is None:
            yield from map(work, orders)
            return
        under_way: deque[Bundle] = deque()
        try:
            for group in bundles(orders, size, SMALL_BUNDLE):
                under_way.append(Bundle(work, group, told))
                desk.submit(under_way[-1])
                if len(under_way) >= AHEAD * self.jobs:
                    yield from desk.result(under_way.popleft())
            while under_way:
                yield from desk.result(under_way.popleft())
        finally:
            for bundle in under_way:
                desk.cancel(bundle)

    def close(self) -> None:
        """Let the workers go; orders that were not begun are dropped, and whoever waits for them is told so."""
        if self._desk is not None:
            self._desk.close()

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
