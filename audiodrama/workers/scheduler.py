"""Turn bundles of orders into work for whichever worker is free, and dead workers into new ones.

Several productions, each in a thread of its own, may wait at one desk. There is no thread behind it: whoever waits
longest for a result hears the workers for all the others.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import Any

from audiodrama.errors import EngineError, LostWorkError
from audiodrama.workers.forkserver import ForkServer, can_fork
from audiodrama.workers.protocol import MAX_ATTEMPTS, PoolClosed, lost_work_message
from audiodrama.workers.worker import SMALL, Worker, encode_message, serve

AT_ONCE = 2
"""Jobs a worker is sent: one that it carries out and one that it finds when it is done."""


MAX_FAILED_STARTS = "Worker processes die as soon as they are started; use --jobs 1, or free some memory."


class Bundle:
    """Orders and what became of them."""

    def __init__(self, work: Callable[..., Any], orders: tuple[Any, ...], told: Callable[..., str]) -> None:
        """Orders that nobody has begun."""
        self.work, self.orders, self.told = work, orders, told
        self.results: dict[int, Any] = {}
        self.error: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.error is not None or len(self.results) == len(self.orders)


class _Job:
    """What a worker is sent at once: a bundle, or a single order of one that somebody died over."""

    def __init__(self, bundle: Bundle, places: tuple[int, ...], deaths: int = 0) -> None:
        self.bundle, self.places, self.deaths = bundle, places, deaths
        self.message = encode_message(bundle.work, tuple(bundle.orders[place] for place in places))


class Scheduler:
    """Where orders are handed in and results are fetched. Safe for several threads."""

    def __init__(self, jobs: int, prepare: Callable[[], object]) -> None:
        """Start ``jobs`` workers, prepared by ``prepare``."""
        self._prepare = prepare
        self._nursery = ForkServer(prepare, serve) if can_fork() else None
        self._turn = threading.Condition()
        self._waiting: deque[_Job] = deque()
        self._busy: dict[Worker, deque[_Job]] = {}
        self._listening = False
        self._closed = False
        self._stillborn = 0
        # Written to when there is something new for whoever is listening to the workers.
        self._hears, self._bell = Pipe(duplex=False)
        for _ in range(jobs):
            self._start_worker()

    def submit(self, bundle: Bundle) -> None:
        """Have a bundle carried out."""
        with self._turn:
            self._waiting.append(_Job(bundle, tuple(range(len(bundle.orders)))))
            self._assign()

    def cancel(self, bundle: Bundle) -> None:
        """Forget a bundle, if nobody has begun it."""
        with self._turn:
            self._waiting = deque(job for job in self._waiting if job.bundle is not bundle)

    def result(self, bundle: Bundle) -> list[Any]:
        """The results of a bundle, in its orders' order; waits for them.

        Raises:
            LostWorkError: one of its orders ended every process that tried it.
            Exception: whatever its work raised.
            Dismissed: nobody is there any more.
        """
        with self._turn:
            while not bundle.done:
                if self._closed:
                    raise PoolClosed
                if self._listening:
                    self._turn.wait()
                else:
                    self._listen()
        if bundle.error is not None:
            raise bundle.error
        return [bundle.results[place] for place in range(len(bundle.orders))]

    def close(self) -> None:
        """Let everybody go: the workers, and those who wait."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            self._waiting.clear()
            self._bell.send_bytes(b"!")
            while self._listening:
                self._turn.wait()
            workers = list(self._busy)
            self._busy.clear()
            self._turn.notify_all()
        for worker in workers:
            worker.close()
        for worker in workers:
            worker.join()
        if self._nursery is not None:
            self._nursery.close(used=any(worker.ready for worker in workers))

    def _listen(self) -> None:
        """Wait for any worker to answer or to die. Called with the turn, which others may have meanwhile."""
        workers = list(self._busy)
        self._listening = True
        try:
            self._turn.release()
            try:
                ready = wait([self._hears, *(worker.connection for worker in workers)])
            finally:
                self._turn.acquire()
        finally:
            self._listening = False
            self._turn.notify_all()
        if self._closed:
            return
        for worker in workers:
            if worker.connection in ready:
                self._hear(worker)
        self._assign()

    def _hear(self, worker: Worker) -> None:
        greeted = worker.ready
        try:
            answer = worker.receive()
        except EOFError:
            self._restart(worker)
            return
        if not greeted:
            self._stillborn = 0
            return
        job = self._busy[worker].popleft()
        if answer[0]:
            job.bundle.results.update(zip(job.places, answer[1], strict=True))
        else:
            job.bundle.error = answer[1]
            job.bundle.error.__cause__ = RuntimeError(f"in a worker process:\n{answer[2]}")

    def _restart(self, worker: Worker) -> None:
        """Hire another for a dead worker, and have its work repeated: the job that it died over order by order."""
        jobs = self._busy.pop(worker)
        worker.discard()
        if worker.ready and jobs:
            guilty = jobs.popleft()
            self._waiting.extendleft(reversed(jobs))
            self._repeat(guilty)
        else:
            self._waiting.extendleft(reversed(jobs))
        self._stillborn += not worker.ready
        if self._stillborn > MAX_ATTEMPTS * (len(self._busy) + 1):
            for job in self._waiting:
                job.bundle.error = EngineError(MAX_FAILED_STARTS)
        self._start_worker()

    def _repeat(self, job: _Job) -> None:
        deaths = job.deaths + 1
        if len(job.places) > 1:
            singles = [_Job(job.bundle, (place,), deaths) for place in job.places]
            self._waiting.extendleft(reversed(singles))
        elif deaths < MAX_ATTEMPTS:
            self._waiting.appendleft(_Job(job.bundle, job.places, deaths))
        else:
            name = job.bundle.told(job.bundle.orders[job.places[0]])
            job.bundle.error = LostWorkError(lost_work_message(name))

    def _start_worker(self) -> None:
        worker = Worker(self._prepare, self._nursery)
        self._busy[worker] = deque()

    def _assign(self) -> None:
        """Send what waits to those who have room, the least busy first."""
        for most in range(AT_ONCE):
            for worker, jobs in self._busy.items():
                while self._waiting and self._waiting[0].bundle.error is not None:
                    self._waiting.popleft()
                if not self._waiting or len(jobs) != most:
                    continue
                # A large order might wait for a worker to read it that waits for us to read its result.
                if most and len(self._waiting[0].message) > SMALL:
                    return
                # The last ones are for whoever is done first.
                if most and len(self._waiting) <= len(self._busy):
                    return
                job = self._waiting.popleft()
                jobs.append(job)
                worker.send(job.message)
