"""Turn the folder of takes into figures, or into a smaller one; for the command line."""

from __future__ import annotations

from pathlib import Path

from audiodrama.cache.prune import Pruned
from audiodrama.files import paths
from audiodrama.sound import prune
from audiodrama.sound.prune import LIMIT, TakesUsage

__all__ = ["LIMIT", "Pruned", "TakesUsage", "prune_takes", "takes_info"]


def takes_info(takes: Path | None = None) -> TakesUsage:
    """What the folder of takes holds; None for the platform's cache folder."""
    return prune.contents(paths.takes_folder(takes))


def prune_takes(takes: Path | None = None, most: int | None = None, older: float | None = None) -> tuple[Path, Pruned]:
    """Remove takes and encoded segments, least recently used first; all of them without a limit.

    Args:
        takes: the folder; None for the platform's cache folder.
        most: bytes that may stay.
        older: seconds; takes that were used since then stay.

    Raises:
        InputError: a production is using the folder, or it cannot be written.
    """
    folder = paths.takes_folder(takes)
    return folder, prune.prune(folder, most, older)
