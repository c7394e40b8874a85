"""Run the command line in real processes without the cost of starting Python: they are forked from one that is warm.

A run has arguments, a folder, an environment, standard streams, an exit code and workers of its own, as a command that
a user types has. What it shares with other runs is that the modules are imported already; that importing them is cheap,
and what is imported when, is tested with processes that begin cold (``tests/house/test_rules.py``).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
LONGEST = 120.0
"""Seconds that a run may take."""
COLD = ("audiodrama.bench", "audiodrama.workers.cluster", "audiodrama.__main__", "pyttsx3")
"""Modules, by how their names begin, that few runs need."""


class WarmProcess:
    """A process that has imported the package, and forks one for each run."""

    def __init__(self) -> None:
        self._socket, other_end = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.warm_process", str(other_end.fileno())],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            pass_fds=[other_end.fileno()],
        )
        other_end.close()
        self._socket.settimeout(LONGEST)

    def run(
        self, arguments: list[str], folder: Path, environment: Mapping[str, str], typed: str
    ) -> subprocess.CompletedProcess[str]:
        """Run ``audiodrama`` with these arguments; as ``subprocess.run`` would with pipes for all streams."""
        order = {"arguments": arguments, "folder": str(folder), "environment": dict(environment)}
        with contextlib.ExitStack() as files:
            streams = [files.enter_context(tempfile.TemporaryFile()) for _ in range(2)]
            read_end, write_end = os.pipe()
            with os.fdopen(write_end, "wb") as keyboard, os.fdopen(read_end, "rb") as stdin:
                descriptors = [stdin.fileno(), *(stream.fileno() for stream in streams)]
                socket.send_fds(self._socket, [json.dumps(order).encode() + b"\n"], descriptors)
                keyboard.write(typed.encode())
            code = int(self._socket.makefile().readline())
            out, err = (_content(stream) for stream in streams)
        return subprocess.CompletedProcess(["audiodrama", *arguments], code, out, err)

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        self._process.wait(LONGEST)


def _content(stream: Any) -> str:
    stream.seek(0)
    return str(stream.read().decode().replace("\r\n", "\n"))


def _serve(connection: socket.socket) -> None:
    """Fork a process for each order, and answer with its exit code."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 3)
        if not message:
            return
        while not message.endswith(b"\n"):
            message += connection.recv(1 << 20)
        process = os.fork()
        if process == 0:
            _run(connection, json.loads(message), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        connection.send(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))


def _run(connection: socket.socket, order: dict[str, Any], descriptors: list[int]) -> None:
    """Be the command line: never returns."""
    code: object = 1
    try:
        connection.close()
        for number, descriptor in enumerate(descriptors):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.path[:0] = ["", *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        sys.stdin, sys.stdout = (os.fdopen(number, mode, closefd=False) for number, mode in ((0, "r"), (1, "w")))
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", False), errors="backslashreplace", write_through=True)
        sys.argv = ["audiodrama", *order["arguments"]]
        importlib.import_module("audiodrama.__main__").main()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code if isinstance(code, int) else code is not None)


def _warm_up() -> None:
    """Import what any command may need."""
    from audiodrama.workers.forkserver import one_thread

    one_thread()
    package = importlib.import_module("audiodrama")
    for module in pkgutil.walk_packages(package.__path__, "audiodrama."):
        if not any(part in module.name for part in COLD):
            importlib.import_module(module.name)
    for library in ("numpy", "lameenc", "soundfile", "soxr", "mutagen.id3", "rich.progress", "yaml"):
        importlib.import_module(library)


if __name__ == "__main__":
    _warm_up()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
