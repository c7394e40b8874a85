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


class Cluster:
    """A scheduler and its workers. Use it in a ``with`` statement."""

    def __init__(self, folder: Path, environment: Mapping[str, str], workers: int = 2) -> None:
        """Start them; ``folder`` is for their files."""
        self._folder = folder
        self._environment = {**environment, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self._processes: list[subprocess.Popen[bytes]] = []
        note = folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", note)
        deadline = time.monotonic() + 30
        while not note.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.1)
        self.address: str = json.loads(note.read_text(encoding="utf-8"))["address"]
        if workers:
            self.hire(workers)

    def hire(self, count: int, environment: Mapping[str, str] | None = None) -> None:
        """Start workers; a nanny starts one again that dies."""
        options = ("--nworkers", count, "--nthreads", "1", "--no-dashboard", "--local-directory", self._folder)
        self._start("dask_worker", self.address, *options, "--host", "127.0.0.1", environment=environment)

    def pids(self) -> list[int]:
        """The process ids of the workers that are there now."""
        with self._client() as client:
            return sorted(client.run(os.getpid).values())

    def wait(self, count: int = 2) -> None:
        """Wait until there are so many workers."""
        with self._client() as client:
            client.wait_for_workers(count, timeout=40)

    def processor(self) -> float:
        """Seconds of processor time that the scheduler and the workers have had so far."""
        sessions = {str(process.pid) for process in self._processes}
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = path.read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12]) if fields[3] in sessions else 0
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill_scheduler(self) -> None:
        """Have the scheduler vanish."""
        self._processes[0].kill()

    def _client(self) -> Any:
        import distributed

        join: Any = distributed.Client
        return join(self.address, timeout=20, set_as_default=False)

    def _start(self, module: str, *arguments: object, environment: Mapping[str, str] | None = None) -> None:
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
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
