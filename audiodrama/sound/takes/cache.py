"""Turn takes into files that are found again by what decided their sound, and files back into takes.

One file per take, ``<folder>/<key[:2]>/<key>.take``: its samples as FLAC behind a line that describes them; see
``audiodrama.cache.keyed_files``. Nothing here needs an array library.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

from audiodrama.cache.keyed_files import KeyedFiles, key_of
from audiodrama.cache.sealed_file import unseal
from audiodrama.errors import DamagedTakeError, OutputError
from audiodrama.model import Take, Utterance, Word

MAGIC = b"audiodrama take 2\n"
"""The first line of a take's file; its number is raised when the header has other fields."""
RECORDING = 1
"""Raise it when takes of the same utterance come out differently (trimming, fades)."""
ENDING = ".take"
MOST_SAMPLES = 1 << 40
"""No take has as many."""


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
    return key_of({"reading": heard, "engine_version": engine_version, "recording": RECORDING})


def sound_key(content: bytes) -> str:
    """The name of the take that a sound file with that content becomes."""
    return key_of({"sound": hashlib.sha256(content).hexdigest(), "recording": RECORDING})


class TakeCache:
    """Takes in a folder, by key. Safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made when the first take is written."""
        self.folder = folder
        self._files = KeyedFiles(folder, ENDING, MAGIC)

    def path(self, key: str) -> Path:
        """Where the take of that key is, or will be."""
        return self._files.path(key)

    def find(self, key: str) -> Take | None:
        """The take of that key as its file's header describes it; None if there is none or it is plainly damaged.

        The samples are not looked at here: the worker that reads them has ``payload`` check them.
        """
        header = self._files.find_header(key)
        if header is None:
            return None
        try:
            return _take(key, self.path(key), header)
        except (ValueError, KeyError, TypeError):
            return None

    def write(self, take: Take, payload: bytes) -> None:
        """Keep ``take``, whose samples are the FLAC file ``payload``, by its key.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        header: dict[str, Any] = {
            "rate": take.rate,
            "samples": take.samples,
            "peak": take.peak,
            "power": take.power,
            "words": take.words,
            "silences": (take.silence_before, take.silence_after),
        }
        try:
            self._files.seal(take.key, header, payload)
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
    silence_before, silence_after = (whole(silence, MOST_SAMPLES) for silence in header["silences"])
    take = Take(
        key=key,
        file=path,
        samples=whole(header["samples"], MOST_SAMPLES),
        rate=whole(header["rate"], MOST_SAMPLES),
        power=levels(header["power"]),
        peak=level(header["peak"]),
        words=tuple(Word(*(whole(number, MOST_SAMPLES) for number in word)) for word in header["words"]),
        silence_before=silence_before,
        silence_after=silence_after,
    )
    if not take.samples or not take.rate:
        raise ValueError("nothing to hear")
    return take


def whole(value: object, most: int) -> int:
    """A whole number from 0 to ``most``; ValueError for other values."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is no number from 0 to {most}")
    return value


def level(value: object) -> float:
    """A power or a peak as a float, full scale 1, finite and not negative; ValueError for other values."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value <= sys.float_info.max:
        raise ValueError(f"{value!r} is no level")
    return float(value)


def levels(values: object) -> tuple[float, ...]:
    """Levels, one for each tenth of a second; ValueError for other values."""
    if not isinstance(values, list):
        raise ValueError("no list of levels")
    return tuple(map(level, values))
