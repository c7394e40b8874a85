"""Turn a folder of takes and encoded segments into figures, and one that is too full into one with room.

Productions hold a shared lock on the folder while they run: what a production uses is never taken from under it. See
``audiodrama.cache.prune``.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiodrama.cache import prune as cache_prune
from audiodrama.cache.prune import Pruned
from audiodrama.errors import InputError
from audiodrama.sound.master.cache import ENDING as SEGMENT
from audiodrama.sound.takes.cache import ENDING as TAKE

LIMIT = 8_000_000_000
"""Bytes that a folder of takes may hold after a production: some eight long novels."""
ENDINGS = (TAKE, SEGMENT)
"""Of the files that may be removed."""


@dataclass(frozen=True, slots=True)
class TakesUsage:
    """What a folder of takes holds."""

    folder: Path
    """Which."""
    takes: int
    """How many takes."""
    segments: int
    """How many encoded segments."""
    size: int
    """Bytes of both."""
    oldest: float
    """Seconds since the one that was not used for longest was used; 0 if there is none. Use is noted once a day."""
    newest: float
    """Seconds since the last one was used; 0 if there is none."""


class BusyError(InputError):
    """A folder of takes is in use."""


@contextlib.contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep others from pruning a folder of takes; when the last production ends, prune it if it is over LIMIT.

    Args:
        folder: made if it is missing; see ``audiodrama.cache.prune.in_use``.
    """
    with cache_prune.in_use(folder, ENDINGS, LIMIT):
        yield


def contents(folder: Path) -> TakesUsage:
    """What is in a folder of takes; nothing if there is no such folder."""
    files = list(cache_prune.files_in(folder, ENDINGS))
    ages = [max(0.0, time.time() - file.used) for file in files]
    takes = sum(file.path.endswith(TAKE) for file in files)
    size = sum(file.size for file in files)
    return TakesUsage(folder, takes, len(files) - takes, size, max(ages, default=0.0), min(ages, default=0.0))


def prune(folder: Path, most: int | None = None, older: float | None = None) -> Pruned:
    """Remove takes and segments, least recently used first.

    Args:
        folder: where they are.
        most: bytes that may stay; None looks at ages only, or removes all if these are not given either.
        older: seconds; what was used since stays. Use is noted once a day.

    Raises:
        BusyError: a production is using the folder.
        InputError: the folder cannot be written.
    """
    try:
        return cache_prune.prune(folder, ENDINGS, most, older)
    except BlockingIOError:
        raise BusyError(f"A production is using {folder} at this moment; prune it when that is finished.") from None
    except OSError as error:
        raise InputError(f"{folder} cannot be written; prune takes that are yours.") from error
