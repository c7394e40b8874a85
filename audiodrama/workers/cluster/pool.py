"""Turn orders into results on the workers of a dask.distributed scheduler."""

from __future__ import annotations

import contextlib
import logging
import pickle
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from itertools import chain
from types import TracebackType
from typing import Any

from audiodrama import sound
from audiodrama.errors import AudiodramaError, EngineError, InputError, LostWorkError
from audiodrama.workers import PoolClosed
from audiodrama.workers.cluster.transfer import attach, can_travel, carry_out, store_result, tune_malloc
from audiodrama.workers.cluster.versions import difference, engine_version, versions
from audiodrama.workers.protocol import Order, Result, bundles, lost_work_message, unnamed

SECONDS = 5
"""How long to wait for an answer from the scheduler, and then for a worker."""
AHEAD = 3
"""Bundles that are sent ahead for each thread of a worker."""

_ADDRESS = re.compile(r"((tcp|tls|ucx|ws|wss)://)?[^/\s]+:\d+")


class ClusterPool:
    """The workers of a cluster. Use it in a ``with`` statement.

    A worker may die: dask repeats its order. Several threads may share a pool.
    """

    def __init__(self, address: str) -> None:
        """Join the scheduler at ``address``, such as "tcp://192.168.1.5:8786".

        Raises:
            InputError: the package ``distributed`` is missing, or a worker would not make the same bytes.
            EngineError: the scheduler does not answer, or it has no worker.
        """
        try:
            import distributed
        except ImportError as error:
            raise InputError(
                "--cluster needs the package distributed: pip install '.[cluster]' in a checkout"
            ) from error
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            raise InputError(f"--cluster {address}: this is no scheduler's address; write it as tcp://192.168.1.5:8786")
        self.address = address
        self._distributed: Any = distributed
        self._closed = False
        self._checked: set[str] = set()
        self._trial = threading.Lock()
        self._levels = _silenced()
        try:
            self._client = self._join()
        except BaseException:
            _restore(self._levels)
            raise
        try:
            answers = self._ask(versions)
            self._compare(answers, dict(versions()))
            # The workers load their libraries while the story is read here.
            self._loading = [self._client.submit(sound.preload, workers=[worker], pure=False) for worker in answers]
        except BaseException:
            self.close()
            raise

    @property
    def jobs(self) -> int:
        """How many orders can be carried out at once."""
        with self._errors_in_words():
            threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def run(
        self,
        work: Callable[[Order], Result],
        orders: Iterable[Order],
        *,
        describe: Callable[[Order], str] = unnamed,
        size: Callable[[Order], int] | None = None,
    ) -> Iterator[Result]:
        """Yield ``work(order)`` for each order, in order; see ``WorkerPool.run``.

        Orders that need files of this machine are carried out here.

        Raises:
            LostWorkError: an order ended every worker that tried it.
            InputError: a worker would not make the same bytes.
            EngineError: the scheduler has gone.
            Exception: the error that ``work`` raised.
        """
        waiting = iter(orders)
        first = next(waiting, None)
        if first is None:
            return
        if not can_travel(first):
            yield from map(work, chain((first,), waiting))
            return
        running: deque[tuple[tuple[Order, ...], Any]] = deque()
        most = AHEAD * self.jobs
        try:
            for group in bundles(chain((first,), waiting), size):
                running.append((group, self._send(work, group)))
                if len(running) >= most:
                    yield from self._fetch(work, *running.popleft(), describe)
            while running:
                yield from self._fetch(work, *running.popleft(), describe)
        finally:
            for _, future in running:
                with contextlib.suppress(Exception):
                    future.cancel()

    def close(self) -> None:
        """Leave the cluster; orders that were not begun are dropped, and threads that wait for them get PoolClosed."""
        if not self._closed:
            self._closed = True
            with contextlib.suppress(Exception):
                self._client.close(timeout=SECONDS)
            _restore(self._levels)

    def __enter__(self) -> ClusterPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _join(self) -> Any:
        client: Any = None
        try:
            client = self._distributed.Client(self.address, timeout=SECONDS, set_as_default=False, name="audiodrama")
            client.wait_for_workers(1, timeout=SECONDS)
            return client
        except (OSError, ValueError) as error:
            if client is None:
                raise EngineError(
                    f"No dask scheduler answers at {self.address}; `dask scheduler` starts one and tells its address."
                ) from error
            client.close(timeout=SECONDS)
            raise EngineError(
                f"The dask scheduler at {self.address} has no workers; start some with `dask worker {self.address}`."
            ) from error

    def _send(self, work: Callable[[Order], Result], group: tuple[Order, ...]) -> Any:
        for order in group:
            if isinstance(order, sound.RecordOrder):
                for utterance in order.utterances:
                    self._check_engine(utterance.engine)
        # dask does not look for arrays and futures of its own inside one string of bytes.
        parcel = pickle.dumps((work, tuple(map(attach, group)), dict(versions())), protocol=5)
        with self._errors_in_words():
            return self._client.submit(_on_worker, parcel, pure=False)

    def _fetch(
        self, work: Callable[[Order], Result], group: tuple[Order, ...], future: Any, describe: Callable[[Order], str]
    ) -> list[Result]:
        """The results of a bundle. Where workers died over it, its orders are tried again, one at a time."""
        delivered = self._result(future)
        if delivered is None:
            with self._trial:
                delivered = []
                for order in group:
                    results = self._result(self._send(work, (order,)))
                    if results is None:
                        raise LostWorkError(lost_work_message(describe(order)))
                    delivered += results
        return [store_result(delivery, order) for delivery, order in zip(delivered, group, strict=True)]

    def _result(self, future: Any) -> Any:
        """The results of a worker; None if every worker that tried died."""
        with self._errors_in_words():
            try:
                return future.result()
            except self._distributed.scheduler.KilledWorker:
                return None

    @contextlib.contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        """Turn every error of dask's own into the sentence that the scheduler has gone."""
        try:
            yield
        except AudiodramaError:
            raise
        except (CancelledError, OSError, TimeoutError, RuntimeError) as error:
            if self._closed:
                raise PoolClosed from error
            raise EngineError(f"The dask scheduler at {self.address} has gone; run the command again.") from error

    def _check_engine(self, name: str) -> None:
        """Make sure, once for each engine, that its version is the same on all workers."""
        if name not in self._checked:
            answers = {
                worker: {f"the engine {name}": answer} if isinstance(answer, str) else answer
                for worker, answer in self._ask(engine_version, name).items()
            }
            self._compare(answers, {f"the engine {name}": engine_version(name)})
            self._checked.add(name)

    def _ask(self, question: Callable[..., object], *arguments: object) -> dict[str, Any]:
        """Every worker's answer, or the error in place of one."""
        with self._errors_in_words():
            answers: dict[str, Any] = self._client.run(question, *arguments, on_error="return")
        return answers

    def _compare(self, answers: dict[str, Any], ours: dict[str, str]) -> None:
        for worker, theirs in sorted(answers.items()):
            if isinstance(theirs, BaseException):
                raise InputError(
                    f"The worker {worker} cannot run audiodrama ({type(theirs).__name__}: {theirs}); install there "
                    "what is installed here."
                )
            _refuse(difference(ours, theirs), worker)


def _refuse(differs: str, worker: str) -> None:
    if differs:
        raise InputError(
            f"The worker {worker} would not make the same sound ({differs}); install the same on both and try again."
        )


def _on_worker(parcel: bytes) -> list[Any]:
    """Carry out a bundle on a worker, which may have joined after the versions were compared."""
    work, jobs, caller_versions = pickle.loads(parcel)
    _refuse(difference(caller_versions, versions()), "that joined meanwhile")
    tune_malloc()
    return [carry_out(work, job) for job in jobs]


def _silenced() -> dict[str, int]:
    """Silence dask's loggers while a cluster is used, and say how loud each of them was.

    Their messages are long, and the errors that this module raises say what matters.
    """
    packages = ("asyncio", "distributed", "tornado")
    names = {*packages, *(name for name in list(logging.root.manager.loggerDict) if name.split(".")[0] in packages)}
    levels = {name: logging.getLogger(name).level for name in sorted(names)}
    for name in levels:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return levels


def _restore(levels: dict[str, int]) -> None:
    """Give loggers the levels that they had before they were silenced."""
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
