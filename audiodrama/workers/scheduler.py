"""Turn bundles of orders into work for whichever worker is free, and dead workers into new ones.

Several productions, each in a thread of its own, may share one scheduler. It has no thread of its own: the first thread
that waits for a result receives the workers' answers for all the others.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import Any

from audiodrama.errors import EngineError, LostWorkError
from audiodrama.workers.forkserver import ForkServer, can_fork
from audiodrama.workers.protocol import MAX_ATTEMPTS, PoolClosed, lost_work_message
from audiodrama.workers.worker import GRACE_SECONDS, PIPE_BYTES, Worker, encode_message, serve

FIRST_WORKERS = 2
"""Workers that are started before there is work, where another one is forked in a millisecond when it is needed."""
MAX_JOBS_SENT = 2
"""Jobs that a worker is sent: one that it carries out, and one that it begins right after."""
START_FAILURE = "Worker processes die as soon as they are started; use --jobs 1, or free some memory."


class Bundle:
    """Orders and their results."""

    def __init__(self, work: Callable[..., Any], orders: tuple[Any, ...], describe: Callable[..., str]) -> None:
        """Orders that no worker has begun; ``describe`` names one in a message."""
        self.work, self.orders, self.describe = work, orders, describe
        self.results: dict[int, Any] = {}
        self.error: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether all results are there, or an error."""
        return self.error is not None or len(self.results) == len(self.orders)


class _Job:
    """What a worker is sent at once: a bundle, or a single order of a bundle over which a worker died."""

    def __init__(self, bundle: Bundle, places: tuple[int, ...], attempts: int = 0) -> None:
        self.bundle, self.places, self.deaths = bundle, places, attempts
        self.message = encode_message(bundle.work, tuple(bundle.orders[place] for place in places))


class Scheduler:
    """Where orders are handed in and results are fetched. Safe for several threads."""

    def __init__(self, jobs: int, cores: int, prepare: Callable[[], object]) -> None:
        """Start workers, prepared by ``prepare``, and later more where there is work for them.

        Args:
            jobs: workers at most.
            cores: of this machine.
            prepare: what a worker calls first.
        """
        self._most, self._prepare = jobs, prepare
        self._fork_server = ForkServer(prepare, serve) if can_fork() else None
        self._condition = threading.Condition()
        self._waiting: deque[_Job] = deque()
        self._busy: dict[Worker, deque[_Job]] = {}
        self._listening = False
        self._closed = False
        self._failed_starts = 0
        # Written to when the thread that listens to the workers is to look up.
        self._wakeup_read, self._wakeup_write = Pipe(duplex=False)
        for _ in range(min(jobs, FIRST_WORKERS if self._fork_server else cores)):
            self._start_worker()

    def submit(self, bundle: Bundle) -> None:
        """Have a bundle carried out."""
        with self._condition:
            self._waiting.append(_Job(bundle, tuple(range(len(bundle.orders)))))
            self._assign()
            self._grow()

    def cancel(self, bundle: Bundle) -> None:
        """Forget a bundle, unless a worker has begun it."""
        with self._condition:
            self._waiting = deque(job for job in self._waiting if job.bundle is not bundle)

    def result(self, bundle: Bundle) -> list[Any]:
        """The results of a bundle, in its orders' order; waits for them.

        Raises:
            LostWorkError: one of its orders ended every process that tried it.
            Exception: the error that its work raised.
            PoolClosed: the pool was closed meanwhile.
        """
        with self._condition:
            while not bundle.done:
                if self._closed:
                    raise PoolClosed
                if self._listening:
                    self._condition.wait()
                else:
                    self._listen()
        if bundle.error is not None:
            raise bundle.error
        return [bundle.results[place] for place in range(len(bundle.orders))]

    def close(self) -> None:
        """End the workers, and the waiting of every thread."""
        with self._condition:
            if self._closed:
                return
            self._closed = True
            self._waiting.clear()
            self._wakeup_write.send_bytes(b"!")
            while self._listening:
                self._condition.wait()
            workers = list(self._busy)
            self._busy.clear()
            self._condition.notify_all()
        for worker in workers:
            worker.close()
        end = time.monotonic() + GRACE_SECONDS
        for worker in workers:
            worker.join(max(0.0, end - time.monotonic()))
        if self._fork_server is not None:
            self._fork_server.close(used=any(worker.ready for worker in workers))

    def _listen(self) -> None:
        """Wait until a worker answers or dies; the condition is released meanwhile."""
        workers = list(self._busy)
        self._listening = True
        try:
            self._condition.release()
            try:
                ready = wait([self._wakeup_read, *(worker.connection for worker in workers)])
            finally:
                self._condition.acquire()
        finally:
            self._listening = False
            self._condition.notify_all()
        if self._closed:
            return
        if self._wakeup_read in ready:
            self._wakeup_read.recv_bytes()
        for worker in workers:
            if worker.connection in ready:
                self._receive(worker)
        self._assign()

    def _receive(self, worker: Worker) -> None:
        greeted = worker.ready
        try:
            answer = worker.receive()
        except EOFError:
            self._restart(worker)
            return
        if not greeted:
            self._failed_starts = 0
            return
        job = self._busy[worker].popleft()
        if answer[0]:
            job.bundle.results.update(zip(job.places, answer[1], strict=True))
        else:
            job.bundle.error = answer[1]
            job.bundle.error.__cause__ = RuntimeError(f"in a worker process:\n{answer[2]}")

    def _restart(self, worker: Worker) -> None:
        """Start another worker for a dead one, and repeat its work: the job that it died over order by order."""
        jobs = self._busy.pop(worker)
        worker.discard()
        if worker.ready and jobs:
            failed = jobs.popleft()
            self._waiting.extendleft(reversed(jobs))
            self._repeat(failed)
        else:
            self._waiting.extendleft(reversed(jobs))
        self._failed_starts += not worker.ready
        if self._failed_starts > MAX_ATTEMPTS * (len(self._busy) + 1):
            for job in self._waiting:
                job.bundle.error = EngineError(START_FAILURE)
        self._start_worker()

    def _repeat(self, job: _Job) -> None:
        attempts = job.deaths + 1
        if len(job.places) > 1:
            singles = [_Job(job.bundle, (place,), attempts) for place in job.places]
            self._waiting.extendleft(reversed(singles))
        elif attempts < MAX_ATTEMPTS:
            self._waiting.appendleft(_Job(job.bundle, job.places, attempts))
        else:
            name = job.bundle.describe(job.bundle.orders[job.places[0]])
            job.bundle.error = LostWorkError(lost_work_message(name))

    def _start_worker(self) -> None:
        worker = Worker(self._prepare, self._fork_server)
        self._busy[worker] = deque()

    def _grow(self) -> None:
        """Start workers for the jobs that find none without work."""
        before = len(self._busy)
        while self._waiting and len(self._busy) < self._most and all(self._busy.values()):
            self._start_worker()
            self._assign()
        if self._listening and len(self._busy) > before:
            # The thread that listens does not know these workers.
            self._wakeup_write.send_bytes(b"!")

    def _assign(self) -> None:
        """Send waiting jobs to workers that can take one, the least busy first."""
        for most in range(MAX_JOBS_SENT):
            for worker, jobs in self._busy.items():
                while self._waiting and self._waiting[0].bundle.error is not None:
                    self._waiting.popleft()
                if not self._waiting or len(jobs) != most:
                    continue
                # A large message could block until the worker reads it, while the worker blocks on its own result.
                if most and len(self._waiting[0].message) > PIPE_BYTES:
                    return
                # The last jobs are for the workers that are done first.
                if most and len(self._waiting) <= len(self._busy):
                    return
                job = self._waiting.popleft()
                jobs.append(job)
                worker.send(job.message)
