"""Turn stories into files, several in flight at once: while one is mixed, the next is recorded, the third is read.

Each production has a thread, and all of them share one crew, whose processes do the work. A story that fails is told
and the others go on; what may pass is tried again when all others are done.
"""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import sound
from audiodrama.batch.outcomes import BatchProgress, NullBatchProgress, Outcome, of_production
from audiodrama.batch.shared_cast import shared_roles
from audiodrama.batch.summary_file import SummaryFile
from audiodrama.errors import AudiodramaError, EngineError, InternalError, LostWorkError
from audiodrama.files import paths
from audiodrama.model import Role
from audiodrama.pipeline import Options, Production, produce
from audiodrama.workers import LocalPool, PoolClosed, WorkerPool

_log = logging.getLogger(__name__)

MOST = 4
"""Productions in flight at most: what they hold in memory, and how late the first one is done, grows with them."""
STOP_SECONDS = 3.0
"""Seconds to wait for a production to clean up when the batch is stopped."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A story that is to be produced."""

    place: int
    """Which of the stories."""
    options: Options
    """How."""
    again: bool = False
    """Whether it failed before."""


def produce_all(
    stories: tuple[Path, ...],
    folder: Path,
    options: Options | None = None,
    *,
    jobs: int | None = None,
    pool: WorkerPool | None = None,
    report: Path | None = None,
    listener: BatchProgress | None = None,
) -> tuple[Outcome, ...]:
    """Produce each story as ``folder/NAME.mp3``; ``folder/summary.json`` says how far it is and how it went.

    Args:
        stories: folders and files; see ``places.stories``.
        folder: made if it is missing.
        options: the same for every story; a casting file that is not named is looked for beside each. Beside a story,
            ``NAME.casting.yaml`` has the last word. People who speak in several stories have one voice in all.
        jobs: worker processes; one for each core if None.
        pool: workers to use instead.
        report: where to write the summary with all lines of all stories.
        listener: told of every step.

    Returns:
        One outcome for each story, in the order of their names.

    Raises:
        InputError: there is no story at all, or two would become the same file.
        OutputError: the folder cannot be made, or the report cannot be written.
    """
    found, told = paths.stories(stories), listener or NullBatchProgress()
    paths.make_folder(folder)
    for nested in paths.nested(stories):
        told.note(f"{nested} has stories too, but folders are not searched to the bottom: name it to have them made.")
    ledger = SummaryFile(
        [(story, folder / f"{paths.stem(story)}.mp3") for story in found], folder, detailed=bool(report)
    )
    told.expect(found)
    with nullcontext(pool) if pool is not None else LocalPool(jobs, sound.preload, apart=True) as workers:
        roles = shared_roles(found, options or Options(), workers, told)
        try:
            _Runner(ledger, workers, told).run(_jobs(options or Options(), roles))
        finally:
            ledger.write()
    if report is not None:
        ledger.save(report)
    return tuple(ledger.outcomes)


def _jobs(options: Options, roles: Sequence[tuple[Role, ...]]) -> list[_Job]:
    return [_Job(place, replace(options, recurring_roles=ensemble)) for place, ensemble in enumerate(roles)]


_Arrival = tuple[_Job, Outcome, Production | None, BaseException | None]


class _Runner:
    """The productions under way."""

    def __init__(self, ledger: SummaryFile, pool: WorkerPool, listener: BatchProgress) -> None:
        self._ledger, self._pool, self._listener = ledger, pool, listener
        self._arrivals: queue.SimpleQueue[_Arrival] = queue.SimpleQueue()

    def run(self, legs: list[_Job]) -> None:
        """Produce all of them; those that fail in a way that may pass once more when the others are done."""
        waiting, under_way = list(reversed(legs)), 0
        again: list[_Job] = []
        try:
            while waiting or under_way or again:
                if not waiting and not under_way:
                    waiting, again = list(reversed(again)), []
                while waiting and under_way < min(MOST, self._pool.jobs + 1):
                    threading.Thread(target=self._run_story, args=(waiting.pop(),), daemon=True).start()
                    under_way += 1
                leg, outcome, production, error = self._arrivals.get()
                under_way -= 1
                if isinstance(error, EngineError) and not isinstance(error, LostWorkError) and not leg.again:
                    again.append(replace(leg, again=True))
                self._ledger.enter(leg.place, outcome, production)
                self._listener.finish(outcome)
        finally:
            if under_way:
                self._stop(under_way)

    def _run_story(self, leg: _Job) -> None:
        """Produce one story, in a thread of its own."""
        waiting = self._ledger.outcomes[leg.place]
        production: Production | None = None
        error: BaseException | None = None
        try:
            progress = self._listener.follow(waiting.story)
            production = produce(waiting.story, waiting.output, leg.options, pool=self._pool, progress=progress)
            outcome = of_production(waiting.story, production)
        except BaseException as caught:
            error, outcome = caught, replace(waiting, error=_sentence(caught))
        self._arrivals.put((leg, outcome, production, error))

    def _stop(self, under_way: int) -> None:
        """Have the threads clean up and end. One that reads a long story is not waited for: it writes nothing."""
        self._pool.close()
        with suppress(queue.Empty):
            for _ in range(under_way):
                self._arrivals.get(timeout=STOP_SECONDS)


def _sentence(error: BaseException) -> str:
    """Why a story failed. A fault of ours must not end a night's work either; it says where it is."""
    if isinstance(error, AudiodramaError) and not isinstance(error, InternalError):
        return str(error)
    if isinstance(error, PoolClosed):
        return "The batch was stopped."
    _log.debug("A fault of ours", exc_info=error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"This is a fault of the program, please report it: {type(error).__name__} in {where}: {error}"
