"""Produce many audio dramas: a crew and a casting for all of them, a failure for one of them only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiodrama import places, report, sound
from audiodrama.crew import Crew
from audiodrama.errors import AudiodramaError, InternalError
from audiodrama.pipeline import Production, Progress, Silent, Wishes, produce


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one story of a batch."""

    story: Path
    """The story or script."""
    production: Production | None = None
    """What was made; None if it failed."""
    error: str = ""
    """Why it failed, one sentence."""

    @property
    def good(self) -> bool:
        """Whether it was made just as it was asked for."""
        return self.production is not None and not self.production.degraded


def produce_all(
    stories: tuple[Path, ...],
    folder: Path,
    wishes: Wishes | None = None,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Produce each story as ``folder/NAME.mp3``.

    Args:
        stories: folders and files; see ``places.stories``.
        folder: made if it is missing.
        wishes: the same for every story; a casting file that is not named is looked for beside each.
        jobs: worker processes; one for each core if None.
        progress: told of every step.

    Returns:
        One outcome for each story, in the order of their names.

    Raises:
        InputError: there is no story at all.
        OutputError: the folder cannot be made.
    """
    found = places.stories(stories)
    places.make_folder(folder)
    listener = progress or Silent()
    with Crew(jobs, sound.load) as crew:
        return tuple(_produce_one(story, folder, wishes, crew, listener) for story in found)


def _produce_one(story: Path, folder: Path, wishes: Wishes | None, crew: Crew, progress: Progress) -> Outcome:
    try:
        target = folder / f"{places.stem(story)}.mp3"
        return Outcome(story, produce(story, target, wishes, crew=crew, progress=progress))
    except InternalError:
        raise
    except AudiodramaError as error:
        progress.warn(f"{story.name} failed: {error}")
        return Outcome(story, error=str(error))


def describe(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain values for JSON."""
    if outcome.production is None:
        return {"story": str(outcome.story), "error": outcome.error}
    return {"story": str(outcome.story), "error": "", **report.describe(outcome.production)}
