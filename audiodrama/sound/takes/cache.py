"""Turn takes into files that are found again by what decided their sound, and files back into takes.

One file per take, ``<folder>/<key[:2]>/<key>.take``: its samples as FLAC behind a line that describes them. A file is
written aside and renamed, so that it is either whole or not there, and several processes may write the same take:
they write the same bytes. Nothing here needs an array library.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from audiodrama.cache.sealed_file import read_header, seal, unseal, write_sealed
from audiodrama.errors import DamagedTakeError, OutputError
from audiodrama.model import Take, Utterance, Word

MAGIC = b"audiodrama take 1\n"
"""The first line of a take's file."""
RECORDING = 1
"""Raise it when takes of the same utterance come out differently (trimming, fades)."""
ENDING = ".take"
MOST_SAMPLES = 1 << 40
"""No take has as many."""
TOUCHED = 86_400.0
"""Seconds within which a file that is used again and again is marked as used once: its time of modification."""


def take_key(utterance: Utterance, engine_version: str) -> str:
    """The name of the take of ``utterance`` by that version of its engine: 64 hexadecimal digits."""
    # The fields are listed, so that a field that is renamed, or added and not heard, does not change every user's keys.
    # The labels are those of the first keys: segments end where keys say, so other labels would give other bytes.
    heard = {
        "text": utterance.text,
        "engine": utterance.engine,
        "voice": utterance.voice,
        "rate": utterance.rate,
        "pitch": utterance.pitch,
        "lilt": utterance.pitch_range,
        "retake": utterance.retake,
    }
    return digest({"reading": heard, "engine_version": engine_version, "recording": RECORDING})


def sound_key(content: bytes) -> str:
    """The name of the take that a sound file with that content becomes."""
    return digest({"sound": hashlib.sha256(content).hexdigest(), "recording": RECORDING})


def digest(decides: dict[str, Any]) -> str:
    """64 hexadecimal digits for all that decides what is in a file, as plain values."""
    text = json.dumps(decides, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def touch(file: BinaryIO) -> None:
    """Mark an open file as used, at most once a day, so that those not used for long can be told."""
    if time.time() - os.fstat(file.fileno()).st_mtime > TOUCHED:
        with contextlib.suppress(OSError):
            os.utime(file.name)


class TakeCache:
    """Takes in a folder, by key. Safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made when the first take is written."""
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the take of that key is, or will be."""
        return self.folder / key[:2] / f"{key}{ENDING}"

    def find(self, key: str) -> Take | None:
        """The take of that key as its file's header describes it; None if there is none or it is plainly damaged.

        The samples are not looked at here: whoever reads them has ``payload`` check them.
        """
        path = self.path(key)
        try:
            with path.open("rb") as file:
                header, _ = read_header(MAGIC, file)
                touch(file)
            return _take(key, path, header)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, take: Take, payload: bytes) -> None:
        """Keep ``take``, whose samples are the FLAC file ``payload``, at ``take.file``.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        header: dict[str, Any] = {
            "rate": take.rate,
            "samples": take.samples,
            "peak": take.peak,
            "power": take.power,
            "words": take.words,
        }
        try:
            write_sealed(take.file, seal(MAGIC, header, payload))
        except OSError as error:
            raise OutputError(
                f"Cannot keep takes in {self.folder}: {error.strerror or error}; free some room or give another folder."
            ) from error


def payload(key: str, file: Path) -> bytes:
    """The FLAC file of a take's samples, checked against the sum in its header.

    Raises:
        DamagedTakeError: the file is missing or any of its bytes is not what was written.
    """
    try:
        return unseal(MAGIC, file.read_bytes())[1]
    except (OSError, ValueError):
        raise DamagedTakeError(key, str(file)) from None


def _take(key: str, path: Path, header: dict[str, Any]) -> Take:
    take = Take(
        key=key,
        file=path,
        samples=whole(header["samples"], MOST_SAMPLES),
        rate=whole(header["rate"], MOST_SAMPLES),
        power=levels(header["power"]),
        peak=level(header["peak"]),
        words=tuple(Word(*(whole(number, MOST_SAMPLES) for number in word)) for word in header["words"]),
    )
    if not take.samples or not take.rate:
        raise ValueError("nothing to hear")
    return take


def whole(value: object, most: int) -> int:
    """A whole number from 0 to ``most``; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is no number from 0 to {most}")
    return value


def level(value: object) -> float:
    """A power or a peak, finite and not negative; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value <= sys.float_info.max:
        raise ValueError(f"{value!r} is no level")
    return float(value)


def levels(values: object) -> tuple[float, ...]:
    """Levels, one for each tenth of a second; ValueError for anything else."""
    if not isinstance(values, list):
        raise ValueError("no list of levels")
    return tuple(map(level, values))
