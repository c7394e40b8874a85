"""A call in a passing process returns and raises as it would here, and leaves nothing behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audiodrama.workers import run_in_child
from tests.helpers.fresh_process import run_program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def output(folder: Path, program: str) -> list[str]:
    """What a program prints."""
    head = (
        "import fcntl, os, signal, subprocess, sys, threading, time\nfrom pathlib import Path\n"
        "from audiodrama.workers import run_in_child\nfrom audiodrama.errors import ProseError\n"
        "from tests.workers.test_pool import double, whoami\n"
    )
    ended = run_program(folder, head + program)
    return (ended.stdout + ended.stderr).splitlines()


def test_a_call_is_answered_by_another_process(tmp_path: Path) -> None:
    assert output(tmp_path, "print(run_in_child(whoami, 1) == os.getpid(), run_in_child(double, 21))") == ["False 42"]


def test_a_large_answer_arrives_whole(tmp_path: Path) -> None:
    program = "answer = run_in_child(bytes, 50_000_000)\nprint(len(answer), any(answer))"
    assert output(tmp_path, program) == ["50000000 False"]


def test_what_a_call_raises_is_raised_here_with_its_origin(tmp_path: Path) -> None:
    program = (
        "def fail(name):\n    raise ProseError(f'{name}: empty')\n"
        "try:\n    run_in_child(fail, 'a.txt')\n"
        "except ProseError as error:\n    print(error, 'in fail' in str(error.__cause__))"
    )
    assert output(tmp_path, program) == ["a.txt: empty True"]


def test_what_a_call_warns_of_is_heard(tmp_path: Path) -> None:
    assert output(tmp_path, "run_in_child(lambda: print('careful', file=sys.stderr))") == ["careful"]


def test_what_was_printed_before_is_printed_once(tmp_path: Path) -> None:
    assert output(tmp_path, "print('before')\nrun_in_child(whoami, 1)\nprint('behind')") == ["before", "behind"]


def test_a_call_whose_process_is_killed_is_answered_here(tmp_path: Path) -> None:
    program = (
        "own = os.getpid()\n"
        "def die():\n    if os.getpid() != own:\n        os.kill(os.getpid(), signal.SIGKILL)\n    return 'alive'\n"
        "print(run_in_child(die))"
    )
    assert output(tmp_path, program) == ["alive"]


def test_with_threads_a_call_is_answered_here(tmp_path: Path) -> None:
    thread = "threading.Thread(target=time.sleep, args=(1,), daemon=True).start()\n"
    program = f"{thread}print(run_in_child(whoami, 1) == os.getpid())"
    assert output(tmp_path, program) == ["True"]


def test_ctrl_c_ends_the_call_and_its_process(tmp_path: Path) -> None:
    program = (
        "def work():\n    Path('child').write_text(str(os.getpid()))\n    os.kill(os.getppid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "try:\n    run_in_child(work)\n"
        "except KeyboardInterrupt:\n    print(Path('/proc', Path('child').read_text()).exists())"
    )
    assert output(tmp_path, program) == ["False"]


def test_the_process_of_a_call_keeps_no_lock_of_a_parent_that_was_killed(tmp_path: Path) -> None:
    program = (
        "def work():\n    Path('there').touch()\n    time.sleep(5)\n"
        "if os.fork() == 0:\n    file = open('lock', 'w')\n    fcntl.flock(file, fcntl.LOCK_EX)\n"
        "    Path('parent').write_text(str(os.getpid()))\n    run_in_child(work)\n    os._exit(0)\n"
        "while not Path('there').exists():\n    time.sleep(0.01)\n"
        "os.kill(int(Path('parent').read_text()), signal.SIGKILL)\nos.wait()\n"
        "fcntl.flock(open('lock', 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)\nprint('free')"
    )
    assert output(tmp_path, program) == ["free"]


def test_where_nothing_is_forked_the_answer_is_the_same() -> None:
    assert run_in_child(divmod, 7, 3) == (2, 1)
