"""Turn the stories of a batch into what producing them would make, why, and how long that takes; nothing is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from audiodrama.batch.outcomes import NullBatchProgress
from audiodrama.batch.shared_cast import shared_roles
from audiodrama.errors import AudiodramaError
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path, as_paths
from audiodrama.pipeline import Forecast, Options, forecast
from audiodrama.workers import LocalPool


@checked
def forecast_all(
    stories: StrPath | Iterable[StrPath],
    folder: StrPath,
    options: Options | None = None,
    *,
    jobs: int | None = None,
) -> tuple[Forecast, ...]:
    """Say what ``produce_all`` would make with the same arguments, story by story in the order of their names.

    The forecast of a story that cannot be made says why.

    Raises:
        InputError: there is no story at all, or two would become the same file.
    """
    places, folder = as_paths(stories, "a story"), as_path(folder, "a folder")
    story_files, shared_options = paths.stories(places), options or Options()
    with LocalPool(1) as pool:
        roles_by_story = shared_roles(story_files, shared_options, pool, NullBatchProgress())
    return tuple(
        _forecast(story, paths.audio_in(folder, story), replace(shared_options, recurring_roles=roles), jobs)
        for story, roles in zip(story_files, roles_by_story, strict=True)
    )


def _forecast(story: Path, output: Path, options: Options, jobs: int | None) -> Forecast:
    """The forecast of one story, which says why it would fail if it would."""
    try:
        return forecast(story, output, options, jobs=jobs)
    except AudiodramaError as error:
        return Forecast(story, output, 0, 0, (), 0.0, fresh=True, error=str(error))
