"""Turn small orders into bundles that are worth sending, and say what every crew can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Order = TypeVar("Order")
Result = TypeVar("Result")

MAX_ATTEMPTS = 3
"""How often an order may end the process that carries it out before it is given up."""


class WorkerPool(Protocol):
    """Whoever carries out orders: processes of this machine, or of many."""

    @property
    def jobs(self) -> int:
        """How many orders can be carried out at once."""
        ...

    def run(
        self,
        work: Callable[[Order], Result],
        orders: Iterable[Order],
        *,
        told: Callable[[Order], str] = ...,
        size: Callable[[Order], int] | None = None,
    ) -> Iterator[Result]:
        """Yield ``work(order)`` for each order, in the orders' order, taking few orders ahead of the results.

        Args:
            work: a function of a module.
            orders: what it is called with, each of them on its own.
            told: what a message calls an order: "the line 'Good day'".
            size: how much of a bundle (BUNDLE) an order is worth, where many of them are small; None sends each alone.

        Raises:
            LostWorkError: an order ended every process that tried it.
            Exception: whatever ``work`` raised.
        """
        ...

    def close(self) -> None:
        """Let them go; whoever waits for a result is told so with ``PoolClosed``."""
        ...


class PoolClosed(BaseException):
    """The crew was dismissed while somebody waited for it. Not an error: the whole program is about to end."""


BUNDLE_COST = 1500
"""The size of a bundle that travels. Of text, two minutes of speech: a tenth of a second of work."""


def describe_nothing(order: object) -> str:
    """What a message calls an order that nobody described."""
    return "some work"


def bundles(
    orders: Iterable[Order], size: Callable[[Order], int] | None, most: int = BUNDLE_COST
) -> Iterator[tuple[Order, ...]]:
    """Neighbouring orders in groups of about ``most``; each alone if ``size`` is None."""
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
