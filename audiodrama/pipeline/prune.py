"""Turn the folder of takes into figures, or into one with room; for the command line."""

from __future__ import annotations

from pathlib import Path

from audiodrama.files import paths
from audiodrama.sound import prune
from audiodrama.sound.prune import LIMIT, Pruned, TakesUsage

__all__ = ["LIMIT", "Pruned", "TakesUsage", "prune_takes", "takes_info"]


def takes_info(takes: Path | None = None) -> TakesUsage:
    """What the folder of takes holds; None for the platform's cache folder."""
    return prune.contents(paths.takes_folder(takes))


def prune_takes(takes: Path | None = None, most: int | None = None, older: float | None = None) -> tuple[Path, Pruned]:
    """Remove takes and encoded segments, least recently used first; all of them if nothing more is said.

    Args:
        takes: the folder; None for the platform's cache folder.
        most: bytes that may stay.
        older: seconds; what was used since stays.

    Raises:
        InputError: a production is using the folder, or it cannot be written.
    """
    folder = paths.takes_folder(takes)
    return folder, prune.prune(folder, most, older)
