"""Workers are forked from one process that was prepared for all; where that cannot be, each is a new process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.fresh_process import run_program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def output(folder: Path, program: str) -> list[str]:
    """The words that a program prints."""
    head = (
        "import contextlib, os, signal, sys, time\nfrom functools import partial\nfrom pathlib import Path\n"
        "from audiodrama.workers import LocalPool, worker\nfrom tests.workers.test_pool import double, whoami\n"
        "def prepare():\n    Path(f'prepared-{os.getpid()}').touch()\n"
        "def prepared():\n    return len(list(Path().glob('prepared-*')))\n"
        "if __name__ == '__main__':\n"
    )
    body = "".join(f"    {line}\n" for line in program.splitlines())
    ended = run_program(folder, head + body)
    assert ended.stderr == ""
    return ended.stdout.split()


def test_all_workers_are_prepared_once(tmp_path: Path) -> None:
    program = (
        "with LocalPool(3, prepare) as pool:\n    pids = set(pool.run(whoami, range(60)))\nprint(len(pids), prepared())"
    )
    assert output(tmp_path, program) == ["3", "1"]


def test_a_worker_that_is_killed_is_replaced_without_preparing_again(tmp_path: Path) -> None:
    program = (
        "with LocalPool(2, prepare) as pool:\n"
        "    for pid in set(pool.run(whoami, range(20))):\n        os.kill(pid, signal.SIGKILL)\n"
        "    print(*pool.run(double, [1, 2, 3]))\nprint(prepared())"
    )
    assert output(tmp_path, program) == ["2", "4", "6", "1"]


def test_without_its_fork_server_a_pool_goes_on_with_workers_that_are_new_processes(tmp_path: Path) -> None:
    program = (
        "with LocalPool(2, prepare) as pool:\n"
        "    print(*pool.run(double, [1]))\n    workers = set(pool.run(whoami, range(20)))\n"
        "    os.kill(int(next(Path().glob('prepared-*')).name.removeprefix('prepared-')), signal.SIGKILL)\n"
        "    for pid in workers:\n        with contextlib.suppress(ProcessLookupError):\n"
        "            os.kill(pid, signal.SIGKILL)\n"
        "    print(*pool.run(double, [2, 3, 4]))\nprint(prepared() > 1)"
    )
    assert output(tmp_path, program) == ["2", "4", "6", "8", "True"]


def test_a_pool_ends_by_itself_while_a_later_one_is_at_work(tmp_path: Path) -> None:
    program = (
        "worker.GRACE = 1000.0\none = LocalPool(2, prepare)\ntwo = LocalPool(2, prepare)\n"
        "print(*one.run(double, [1]), *two.run(double, [2]))\n"
        "one.close()\nprint(*two.run(double, [3]))\ntwo.close()"
    )
    assert output(tmp_path, program) == ["2", "4", "6"]


def test_a_pool_that_is_closed_at_once_does_not_wait_to_be_prepared(tmp_path: Path) -> None:
    program = "with LocalPool(2, partial(time.sleep, 1000.0)):\n    print('here')\nprint('gone')"
    assert output(tmp_path, program) == ["here", "gone"]
