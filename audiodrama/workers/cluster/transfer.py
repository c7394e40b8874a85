"""Turn an order into one that a machine without this one's files can carry out, and its result into a local one.

A worker gets the takes that a segment needs with the order, keeps what it makes in a folder that is gone afterwards,
and sends it back as the bytes of take files, which are put into the store here. An order is half a minute of sound,
so that is a megabyte at most.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from audiodrama import sound
from audiodrama.cache.atomic_write import write_atomic
from audiodrama.errors import OutputError
from audiodrama.model import Take

Order = TypeVar("Order")

MAX_FREED_BYTES = 32 << 20
"""Bytes of freed memory that a worker keeps at most."""
_TRIM, _MAP = -1, -3
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h; other C libraries have no mallopt."""

_ONE_AT_A_TIME = threading.Lock()
"""An engine has one state in a process: a worker with several threads must not speak two readings at once."""


@dataclass(frozen=True, slots=True)
class JobWithFiles:
    """An order with what it needs."""

    order: Any
    """A RecordOrder, an EncodeOrder or a SoundOrder."""
    files: Mapping[str, bytes]
    """The content of files that it needs: takes by key, a sound by its name."""


@dataclass(frozen=True, slots=True)
class ResultWithFiles:
    """A result with what was made."""

    result: Any
    """What the work returned."""
    takes: Mapping[str, bytes]
    """The content of take files that were made, by key."""


def can_travel(order: object) -> bool:
    """Whether an order can be carried out elsewhere."""
    return isinstance(order, (sound.RecordOrder, sound.EncodeOrder, sound.ImportOrder))


def attach(order: object) -> JobWithFiles:
    """The order with the files that it needs; one that cannot be read is missed where it is needed."""
    files: dict[str, bytes] = {}
    if isinstance(order, sound.EncodeOrder):
        for clip in order.segment.clips:
            with contextlib.suppress(OSError):
                files[clip.key] = clip.file.read_bytes()
    elif isinstance(order, sound.ImportOrder):
        with contextlib.suppress(OSError):
            files[order.file.name] = order.file.read_bytes()
    return JobWithFiles(order, files)


@cache
def tune_malloc() -> None:
    """Have this process keep memory that was freed, to use it again. For workers; once in a process.

    dask starts its workers so that they give it back at once (MALLOC_TRIM_THRESHOLD_). Samples come and go by the
    megabyte, and a fifth of the time would go into fetching the memory again.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_TRIM, MAX_FREED_BYTES)
            mallopt(_MAP, MAX_FREED_BYTES)


def carry_out(work: Callable[[Any], Any], job: JobWithFiles) -> ResultWithFiles:
    """Carry an order out in a folder of its own. For workers.

    Raises:
        Exception: the error that ``work`` raises.
    """
    with tempfile.TemporaryDirectory(prefix="audiodrama-") as name:
        folder = Path(name)
        order = _with_files_in(job, folder)
        with contextlib.nullcontext() if isinstance(order, sound.EncodeOrder) else _ONE_AT_A_TIME:
            result = work(order)
        takes = {} if isinstance(order, sound.EncodeOrder) else _takes_in(folder)
        return ResultWithFiles(result, takes)


def store_result(result: ResultWithFiles, order: object) -> Any:
    """Keep what was made in the folder that the order names; the result as if it had been made here.

    Raises:
        OutputError: the store cannot be written.
    """
    if isinstance(order, sound.EncodeOrder):
        if order.folder is not None and isinstance(result.result, sound.EncodedSegment):
            sound.SegmentCache(order.folder).keep(sound.segment_key(order), result.result)
        return result.result
    if not isinstance(order, (sound.RecordOrder, sound.ImportOrder)):
        return result.result
    cache = sound.TakeCache(order.folder)
    for key, content in result.takes.items():
        _keep(cache.path(key), content)
    return _with_local_paths(result.result, cache)


def _with_files_in(job: JobWithFiles, folder: Path) -> Any:
    """The order with its files in ``folder``."""
    order, cache = job.order, sound.TakeCache(folder)
    if isinstance(order, sound.RecordOrder):
        return replace(order, folder=folder)
    if isinstance(order, sound.ImportOrder):
        for name, content in job.files.items():
            (folder / name).write_bytes(content)
        return replace(order, file=folder / order.file.name, folder=folder)
    for key, content in job.files.items():
        path = cache.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    clips = tuple(replace(clip, file=cache.path(clip.key)) for clip in order.segment.clips)
    return replace(order, segment=replace(order.segment, clips=clips), folder=None)


def _takes_in(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(folder.rglob("*.take"))}


def _with_local_paths(result: Any, cache: sound.TakeCache) -> Any:
    """The result with its takes where they are here."""
    if isinstance(result, Take):
        return replace(result, file=cache.path(result.key))
    return tuple(_with_local_paths(item, cache) for item in result) if isinstance(result, tuple) else result


def _keep(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, content)
    except OSError as error:
        raise OutputError(f"Cannot keep takes in {path.parent}: {error.strerror or error}; free some room.") from error
