"""Turn the stories of a batch into what producing them would make, why, and how long that takes; nothing is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audiodrama.batch.outcomes import NullBatchProgress
from audiodrama.batch.shared_cast import shared_roles
from audiodrama.files import paths
from audiodrama.pipeline import Forecast, Options, forecast
from audiodrama.workers import LocalPool


def forecast_all(
    stories: tuple[Path, ...], folder: Path, options: Options | None = None, *, jobs: int | None = None
) -> tuple[Forecast, ...]:
    """Say what ``produce_all`` would make with the same arguments, story by story in the order of their names.

    Raises:
        AudiodramaError: a story or a casting cannot be used.
    """
    found, asked = paths.stories(stories), options or Options()
    with LocalPool(1) as alone:
        roles = shared_roles(found, asked, alone, NullBatchProgress())
    return tuple(
        forecast(story, folder / f"{paths.stem(story)}.mp3", replace(asked, recurring_roles=ensemble), jobs=jobs)
        for story, ensemble in zip(found, roles, strict=True)
    )
