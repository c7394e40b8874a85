"""A cluster of one machine: dask's own commands, a scheduler and two worker processes on the loopback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_START, _WORKERS_START, _CONNECT, _STOP = 30, 40, 20, 10
"""Seconds that a scheduler, workers, a connection and an end may take, on a busy machine."""
_POLL = 0.05
"""Seconds between two looks at a file."""
_SESSION, _USER_TICKS, _SYSTEM_TICKS = 3, 11, 12
"""Indexes among the fields of ``/proc/PID/stat`` behind the name (fields 6, 14 and 15 of proc(5))."""


class Cluster:
    """A scheduler and its workers, which end with the ``with`` statement that the value is used in."""

    def __init__(self, folder: Path, environment: Mapping[str, str], workers: int = 2) -> None:
        """Start scheduler and workers, whose files are kept in ``folder``.

        Args:
            folder: where logs and scratch files go.
            environment: the processes' variables.
            workers: how many to start at once.
        """
        self._folder = folder
        self._environment = {**environment, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self._processes: list[subprocess.Popen[bytes]] = []
        note = folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", note)
        deadline = time.monotonic() + _START
        while not note.exists() and time.monotonic() < deadline:
            time.sleep(_POLL)
        # The file appears before all of it is written.
        time.sleep(2 * _POLL)
        self.address: str = json.loads(note.read_text(encoding="utf-8"))["address"]
        if workers:
            self.start_workers(workers)

    def start_workers(self, count: int, environment: Mapping[str, str] | None = None) -> None:
        """Start ``count`` workers, each with one thread; dask's nanny restarts a worker that dies."""
        options = ("--nworkers", count, "--nthreads", "1", "--no-dashboard", "--local-directory", self._folder)
        self._start("dask_worker", self.address, *options, "--host", "127.0.0.1", environment=environment)

    def pids(self) -> list[int]:
        """The process ids of the workers that run now, sorted."""
        with self._client() as client:
            return sorted(client.run(os.getpid).values())

    def wait(self, count: int = 2) -> None:
        """Wait until ``count`` workers run.

        Raises:
            TimeoutError: they do not within 40 seconds.
        """
        with self._client() as client:
            client.wait_for_workers(count, timeout=_WORKERS_START)

    def processor_seconds(self) -> float:
        """Seconds of processor time that the scheduler and the workers have used so far (Linux only)."""
        sessions = {str(process.pid) for process in self._processes}
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = path.read_text().rpartition(")")[2].split()
                ticks += int(fields[_USER_TICKS]) + int(fields[_SYSTEM_TICKS]) if fields[_SESSION] in sessions else 0
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill_scheduler(self) -> None:
        """Kill the scheduler, as a crash would."""
        self._processes[0].kill()

    def _client(self) -> Any:
        """A client of the scheduler; it is imported here because dask is an extra that few install."""
        import distributed

        join: Any = distributed.Client
        return join(self.address, timeout=_CONNECT, set_as_default=False)

    def _start(self, module: str, *arguments: object, environment: Mapping[str, str] | None = None) -> None:
        """Start one of dask's commands in a session of its own, by which its processes are found again."""
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{module}", *map(str, arguments)]
        with (self._folder / f"{module}.log").open("ab") as log:
            self._processes.append(
                subprocess.Popen(
                    command,
                    env={**self._environment, **(environment or {})},
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(_STOP)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
