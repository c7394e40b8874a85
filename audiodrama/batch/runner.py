"""Turn stories into files, several in flight at once: while one is mixed, the next is recorded, the third is read.

Each production has a thread, and all of them share one pool, whose processes do the work. A story that fails is
reported and the others go on; a failure that may pass is tried again when all others are done.
"""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import sound
from audiodrama.batch.outcomes import BatchProgress, NullBatchProgress, Outcome, of_production
from audiodrama.batch.passed_over import passed_over
from audiodrama.batch.shared_cast import shared_roles
from audiodrama.batch.summary_file import SummaryFile
from audiodrama.errors import AudiodramaError, EngineError, InternalError, LostWorkError
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path, as_path_or_none, as_paths
from audiodrama.model import Role
from audiodrama.pipeline import Options, Production, produce
from audiodrama.workers import LocalPool, PoolClosed, WorkerPool

_log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 4
"""Productions in flight at most: the memory that they need, and how late the first one is done, grow with them."""
STOP_SECONDS = 0.4
"""Seconds to wait for a production to clean up when the batch is stopped."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A story that is to be produced."""

    place: int
    """Its index among the stories."""
    options: Options
    """How it is to be made."""
    retry: bool = False
    """Whether it failed before."""


@checked
def produce_all(
    stories: StrPath | Iterable[StrPath],
    folder: StrPath,
    options: Options | None = None,
    *,
    jobs: int | None = None,
    pool: WorkerPool | None = None,
    report: StrPath | None = None,
    progress: BatchProgress | None = None,
) -> tuple[Outcome, ...]:
    """Produce each story as ``folder/NAME.mp3``; ``folder/summary.json`` says how far it is and how it went.

    Args:
        stories: folders and files, or one of them; see ``paths.stories``.
        folder: made if it is missing.
        options: the same for every story; a casting file that is not named is looked for beside each, and beside it
            ``NAME.casting.yaml``. Characters of several stories have one voice in all.
        jobs: worker processes; one for each core if None. ``pool`` are workers to use instead.
        report: where to write the summary with all lines of all stories.
        progress: hears of every step.

    Returns:
        One outcome for each story, in the order of their names.

    Raises:
        InputError: there is no story at all, or two would become the same file.
        OutputError: the folder cannot be made, or the report cannot be written.
    """
    places, folder, report = as_paths(stories, "a story"), as_path(folder, "a folder"), as_path_or_none(report)
    options, progress, story_files = options or Options(), progress or NullBatchProgress(), paths.stories(places)
    paths.make_folder(folder)
    outputs = [paths.audio_in(folder, story) for story in story_files]
    summary = SummaryFile(story_files, outputs, folder, detailed=report is not None)
    _announce(places, story_files, progress)
    with nullcontext(pool) if pool is not None else LocalPool(jobs, sound.preload, apart=True) as workers:
        roles = shared_roles(story_files, options, workers, progress)
        _Runner(summary, workers, progress).run(_jobs(options, roles))
    if report is not None:
        summary.save(report)
    return tuple(summary.outcomes)


def _announce(stories: tuple[Path, ...], story_files: tuple[Path, ...], progress: BatchProgress) -> None:
    """Tell ``progress`` which stories are to be made, and what is beside them that is not."""
    for sentence in passed_over(stories):
        progress.note(sentence)
    progress.expect(story_files)


def _jobs(options: Options, roles: Sequence[tuple[Role, ...]]) -> list[_Job]:
    return [_Job(place, replace(options, recurring_roles=recurring)) for place, recurring in enumerate(roles)]


_Arrival = tuple[_Job, Outcome, Production | None, BaseException | None]


class _Runner:
    """The productions that are running."""

    def __init__(self, summary: SummaryFile, pool: WorkerPool, progress: BatchProgress) -> None:
        self._summary, self._pool, self._progress = summary, pool, progress
        self._arrivals: queue.SimpleQueue[_Arrival] = queue.SimpleQueue()

    def run(self, jobs: list[_Job]) -> None:
        """Produce all of them; those that fail in a way that may pass are tried once more when the others are done."""
        waiting, running = list(reversed(jobs)), 0
        failed_once: list[_Job] = []
        try:
            while waiting or running or failed_once:
                if not waiting and not running:
                    waiting, failed_once = list(reversed(failed_once)), []
                while waiting and running < min(MAX_IN_FLIGHT, self._pool.jobs + 1):
                    threading.Thread(target=self._run_story, args=(waiting.pop(),), daemon=True).start()
                    running += 1
                job, outcome, production, error = self._arrivals.get()
                running -= 1
                if isinstance(error, EngineError) and not isinstance(error, LostWorkError) and not job.retry:
                    failed_once.append(replace(job, retry=True))
                self._summary.enter(job.place, outcome, production)
                self._progress.finish(outcome)
        finally:
            if running:
                self._stop(running)
            self._summary.write()

    def _run_story(self, job: _Job) -> None:
        """Produce one story, in a thread of its own."""
        waiting = self._summary.outcomes[job.place]
        production: Production | None = None
        error: BaseException | None = None
        try:
            progress = self._progress.follow(waiting.story)
            production = produce(waiting.story, waiting.output, job.options, pool=self._pool, progress=progress)
            outcome = of_production(waiting.story, production)
        except BaseException as caught:
            error, outcome = caught, replace(waiting, error=_sentence(caught))
        self._arrivals.put((job, outcome, production, error))

    def _stop(self, running: int) -> None:
        """Have the threads clean up and end. A thread that reads a long story is left behind: it writes nothing."""
        self._pool.close()
        with suppress(queue.Empty):
            for _ in range(running):
                self._arrivals.get(timeout=STOP_SECONDS)


def _sentence(error: BaseException) -> str:
    """Why a story failed. A fault of this program must not end a night's work either; the sentence says where it is."""
    if isinstance(error, AudiodramaError) and not isinstance(error, InternalError):
        return str(error)
    if isinstance(error, PoolClosed):
        return "The batch was stopped."
    _log.debug("A fault of ours", exc_info=error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"This is a fault of the program, please report it: {type(error).__name__} in {where}: {error}"
