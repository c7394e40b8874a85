"""A pool of workers: calls in, results out, in order, also when workers die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audiodrama.errors import InputError, LostWorkError
from audiodrama.workers import LocalPool, PoolClosed
from audiodrama.workers.pool import cores
from audiodrama.workers.protocol import bundles
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def pool() -> Iterator[LocalPool]:
    with LocalPool(2) as workers:
        yield workers


def double(number: int) -> int:
    return 2 * number


def late(number: int) -> int:
    time.sleep(0.05 if number % 2 else 0)
    return number


def large(size: int) -> bytes:
    return bytes(size)


def measured(content: bytes) -> int:
    return len(content)


def sleep_after_the_first(number: int) -> int:
    time.sleep(0 if number == 1 else 300)
    return number


def refuse(number: int) -> int:
    if number == 7:
        raise InputError("Seven cannot be used.")
    return number


class OddError(Exception):
    """Cannot be sent as it is: it holds a lock."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__("odd")
        self.lock = threading.Lock()


def raise_odd(number: int) -> int:
    raise OddError(number, number)


def die_of(poison: tuple[int, Path]) -> int:
    number, marks = poison
    (marks / f"{number}-{os.getpid()}").touch()
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(marks: Path) -> str:
    if not (marks / "died").exists():
        (marks / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def whoami(number: int) -> int:
    time.sleep(0.01)
    return os.getpid()


def named(order: tuple[int, Path]) -> str:
    return f"the line 'number {order[0]}'"


def test_results_come_in_the_orders_order(pool: LocalPool) -> None:
    assert list(pool.run(late, range(40))) == list(range(40))


def test_bundled_orders_give_the_same_results(pool: LocalPool) -> None:
    assert list(pool.run(double, range(500), size=lambda _: 100)) == [2 * number for number in range(500)]


def test_bundles_hold_every_order_once_and_none_is_much_too_full() -> None:
    made = list(bundles(range(100), lambda number: 100 * number))
    assert [number for group in made for number in group] == list(range(100))
    assert all(sum(100 * number for number in group[:-1]) < 1500 for group in made)


def test_orders_are_taken_few_ahead_of_the_results(pool: LocalPool) -> None:
    taken: list[int] = []

    def orders() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = pool.run(double, orders())
    next(results)
    assert len(taken) <= 7
    results.close()  # type: ignore[attr-defined]
    assert list(pool.run(double, [1])) == [2]


def test_orders_and_results_may_be_larger_than_any_pipe(pool: LocalPool) -> None:
    assert [len(content) for content in pool.run(large, [3_000_000] * 12)] == [3_000_000] * 12
    assert list(pool.run(measured, [bytes(3_000_000)] * 12)) == [3_000_000] * 12


def test_an_error_of_the_work_is_raised_and_the_pool_goes_on(pool: LocalPool) -> None:
    with pytest.raises(InputError, match=r"Seven cannot be used\."):
        list(pool.run(refuse, range(20)))
    assert list(pool.run(double, [4])) == [8]


def test_an_error_that_cannot_travel_is_told_in_words(pool: LocalPool) -> None:
    with pytest.raises(Exception, match="OddError: odd"):
        list(pool.run(raise_odd, [1]))
    assert list(pool.run(double, [4])) == [8]


def test_a_worker_that_dies_is_replaced_and_its_order_repeated(tmp_path: Path) -> None:
    with LocalPool(2) as pool:
        assert list(pool.run(die_once, [tmp_path] * 4)) == ["alive"] * 4


def test_an_idle_worker_that_is_killed_is_replaced() -> None:
    with LocalPool(2) as pool:
        pids = set(pool.run(whoami, range(20)))
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        again = set(pool.run(whoami, range(20)))
        assert len(pids) == len(again) == 2
        assert not pids & again


@pytest.mark.parametrize("size", [None, 100])
def test_work_that_kills_every_worker_is_named_and_given_up_after_three(size: int | None, tmp_path: Path) -> None:
    orders = [(number, tmp_path) for number in range(30)]
    with LocalPool(2) as pool:
        with pytest.raises(LostWorkError, match="died over the line 'number 13'"):
            list(pool.run(die_of, orders, describe=named, size=None if size is None else lambda _: size))
        assert len(list(tmp_path.glob("13-*"))) == 3
        assert list(pool.run(double, [4])) == [8]


def test_work_that_kills_its_workers_leaves_other_threads_of_the_pool_alone(tmp_path: Path) -> None:
    results: dict[str, object] = {}
    with LocalPool(2) as pool:

        def poisoned() -> None:
            try:
                list(pool.run(die_of, [(13, tmp_path)], describe=named))
            except LostWorkError as error:
                results["poisoned"] = str(error)

        def well() -> None:
            results["well"] = list(pool.run(late, range(30)))

        threads = [threading.Thread(target=one) for one in (poisoned, well)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert "number 13" in str(results["poisoned"])
    assert results["well"] == list(range(30))


def test_many_threads_get_their_own_results(pool: LocalPool) -> None:
    results: dict[int, list[int]] = {}

    def count(base: int) -> None:
        results[base] = list(pool.run(double, range(base, base + 50), size=lambda _: 300))

    threads = [threading.Thread(target=count, args=(100 * index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == {base: [2 * number for number in range(base, base + 50)] for base in range(0, 800, 100)}


def test_a_thread_that_waits_while_the_pool_is_closed_gets_an_error() -> None:
    told: list[BaseException] = []
    pool = LocalPool(2)

    def wait() -> None:
        try:
            list(pool.run(time.sleep, [0.4] * 50))
        except BaseException as error:
            told.append(error)

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    pool.close()
    for thread in threads:
        thread.join(20)
    assert [type(error) for error in told] == [PoolClosed] * 3


def test_a_pool_that_is_closed_does_not_wait_for_an_order_that_takes_long() -> None:
    begun = time.monotonic()
    with LocalPool(2) as pool:
        assert next(pool.run(sleep_after_the_first, [1, 2, 3])) == 1
    assert time.monotonic() - begun < 60


def test_one_job_needs_no_process_unless_it_is_to_be_kept_apart() -> None:
    with LocalPool(1) as pool:
        assert set(pool.run(whoami, [1])) == {os.getpid()}
    with LocalPool(1, apart=True) as pool:
        assert os.getpid() not in set(pool.run(whoami, [1]))


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, time\nfrom audiodrama.workers import LocalPool\nfrom tests.workers.test_pool import whoami\n"
        "if __name__ == '__main__':\n"
        "    pool = LocalPool(3)\n    print(*set(pool.run(whoami, range(60))), flush=True)\n    time.sleep(60)\n"
    )
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, tmp_path / "program.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        process.kill()
    assert pids
    deadline = time.monotonic() + 20
    while any(map(runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(runs, pids))


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    try:
        return not state.parent.parent.exists() or state.read_text(encoding="ascii").split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def slowly(number: int) -> int:
    """The number of the process, after the others had time to begin."""
    time.sleep(0.1)
    return os.getpid()


@pytest.mark.parametrize("jobs", [10_000, 999_999_999_999_999_999_999])
def test_a_great_number_of_workers_is_bounded_by_the_work_and_by_the_cores(jobs: int) -> None:
    with LocalPool(jobs) as pool:
        assert pool.jobs == max(16, 4 * cores())
        assert list(pool.run(late, range(2))) == [0, 1]
        assert len(started(pool)) <= max(2, cores())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere as many workers as cores are started at once")
def test_more_workers_are_started_when_there_is_work_for_them() -> None:
    with LocalPool(6) as pool:
        assert len(started(pool)) == 2
        assert len(set(pool.run(slowly, range(6)))) == len(started(pool)) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere as many workers as cores are started at once")
def test_a_thread_that_waits_hears_from_workers_that_another_one_had_started() -> None:
    answers: list[int] = []
    with LocalPool(3) as pool:
        others = [threading.Thread(target=lambda: answers.extend(pool.run(slowly, range(4)))) for _ in range(3)]
        for other in others:
            other.start()
        for other in others:
            other.join(20)
    assert len(answers) == 12


@pytest.mark.parametrize("jobs", [0, -1, 1.5, "2"])
def test_what_is_no_number_of_workers_is_refused(jobs: Any) -> None:
    with pytest.raises(InputError, match="jobs must be a whole number"):
        LocalPool(jobs)


def started(pool: LocalPool) -> list[object]:
    assert pool._scheduler is not None
    return list(pool._scheduler._busy)
