"""Turn small orders into bundles that are worth sending; and the WorkerPool protocol that all pools have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Order = TypeVar("Order")
Result = TypeVar("Result")

MAX_ATTEMPTS = 3
"""How often an order may end the process that carries it out before it is given up."""


class WorkerPool(Protocol):
    """Workers that carry out orders: processes of this machine, or of many."""

    @property
    def jobs(self) -> int:
        """How many orders can be carried out at once."""
        ...

    def run(
        self,
        work: Callable[[Order], Result],
        orders: Iterable[Order],
        *,
        describe: Callable[[Order], str] = ...,
        size: Callable[[Order], int] | None = None,
    ) -> Iterator[Result]:
        """Yield ``work(order)`` for each order, in the orders' order, taking few orders ahead of the results.

        Args:
            work: a function of a module.
            orders: what it is called with, each of them on its own.
            describe: how a message names an order: "the line 'Good day'".
            size: what an order costs, in characters of text to speak, where many are small; None sends each alone.

        Raises:
            LostWorkError: an order ended every process that tried it.
            Exception: the error that ``work`` raised.
        """
        ...

    def close(self) -> None:
        """End the workers; a thread that waits for a result gets ``PoolClosed``."""
        ...


class PoolClosed(BaseException):
    """The pool was closed while a thread waited for a result. No Exception: the whole program is about to end."""


BUNDLE_COST = 1500
"""Characters of text in a bundle that goes to another machine: two minutes of speech, a tenth of a second of work."""


def unnamed(order: object) -> str:
    """How a message names an order where the caller gave no words."""
    return "some work"


def bundles(
    orders: Iterable[Order], size: Callable[[Order], int] | None, most: int = BUNDLE_COST
) -> Iterator[tuple[Order, ...]]:
    """Neighbouring orders in groups of about ``most`` characters; each alone if ``size`` is None."""
    group: list[Order] = []
    full = 0
    for order in orders:
        group.append(order)
        full += most if size is None else size(order)
        if full >= most:
            yield tuple(group)
            group, full = [], 0
    if group:
        yield tuple(group)


def lost_work_message(name: str) -> str:
    """The sentence about an order that ended every process that tried it."""
    return (
        f"Every worker process that tried it died over {name}, perhaps for want of memory; what is finished is kept: "
        "change it or cast another voice, and run the command again."
    )
