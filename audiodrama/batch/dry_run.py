"""Turn the stories of a batch into what producing them would make, why, and how long that takes; nothing is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audiodrama.batch.outcomes import NullBatchProgress
from audiodrama.batch.shared_cast import shared_roles
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

    Raises:
        AudiodramaError: a story or a casting cannot be used.
    """
    places, folder = as_paths(stories, "a story"), as_path(folder, "a folder")
    story_files, shared_options = paths.stories(places), options or Options()
    with LocalPool(1) as pool:
        roles_by_story = shared_roles(story_files, shared_options, pool, NullBatchProgress())
    return tuple(
        forecast(story, paths.audio_in(folder, story), replace(shared_options, recurring_roles=roles), jobs=jobs)
        for story, roles in zip(story_files, roles_by_story, strict=True)
    )
