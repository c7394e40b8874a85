"""Turn takes into files that are found again by what decided their sound, and files back into takes.

One file per take, ``<folder>/<key[:2]>/<key>.take``: a line that names the format, a line of JSON that describes the
take, then its samples as FLAC. A file is written aside and renamed, so that it is either whole or not there, and
several processes may write the same take: they write the same bytes. Nothing here needs an array library.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audiodrama.errors import DamagedTakeError, OutputError
from audiodrama.model import Reading, Take, Word

MAGIC = b"audiodrama take 1\n"
"""The first line of a take's file."""
RECORDING = 1
"""Raise it when takes of the same reading come out differently (trimming, fades)."""
LONGEST_HEADER = 1 << 24
"""Bytes; a header line that goes on beyond is not ours."""


def key(reading: Reading, engine_version: str) -> str:
    """The name of the take of ``reading`` by that version of its engine: 64 hexadecimal digits."""
    return _digest({"reading": asdict(reading), "engine_version": engine_version, "recording": RECORDING})


def sound_key(content: bytes) -> str:
    """The name of the take that a sound file with that content becomes."""
    return _digest({"sound": hashlib.sha256(content).hexdigest(), "recording": RECORDING})


def _digest(decides: dict[str, Any]) -> str:
    text = json.dumps(decides, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


class Store:
    """Takes in a folder, by key. Safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made when the first take is written."""
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the take of that key is, or will be."""
        return self.folder / key[:2] / f"{key}.take"

    def find(self, key: str) -> Take | None:
        """The take of that key as its file's header describes it; None if there is none or it is plainly damaged.

        The samples are not looked at here: whoever reads them has ``payload`` check them.
        """
        path = self.path(key)
        try:
            with path.open("rb") as file:
                header, begin = _read_header(file.readline(len(MAGIC)), file.readline(LONGEST_HEADER))
                whole = os.fstat(file.fileno()).st_size == begin + header["bytes"]
            return _take(key, path, header) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, take: Take, payload: bytes) -> None:
        """Keep ``take``, whose samples are the FLAC file ``payload``, at ``take.file``.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        header = {
            "rate": take.rate,
            "samples": take.samples,
            "peak": take.peak,
            "power": take.power,
            "words": take.words,
            "bytes": len(payload),
            "sha256": hashlib.sha256(payload).hexdigest(),
        }
        line = json.dumps(header, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            take.file.parent.mkdir(parents=True, exist_ok=True)
            _write_aside(take.file, MAGIC + line + payload)
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
        content = file.read_bytes()
        end = content.index(b"\n", len(MAGIC)) + 1
        header, begin = _read_header(content[: len(MAGIC)], content[len(MAGIC) : end])
        samples = content[begin:]
        if len(samples) == header["bytes"] and hashlib.sha256(samples).hexdigest() == header["sha256"]:
            return samples
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise DamagedTakeError(key, str(file))


def _read_header(magic: bytes, line: bytes) -> tuple[dict[str, Any], int]:
    """The header and where the samples begin; ValueError if this is not a take."""
    if magic != MAGIC or not line.endswith(b"\n"):
        raise ValueError("not a take")
    header = json.loads(line)
    if not isinstance(header, dict):
        raise ValueError("not a take")
    return header, len(magic) + len(line)


def _take(key: str, path: Path, header: dict[str, Any]) -> Take:
    return Take(
        key=key,
        file=path,
        samples=int(header["samples"]),
        rate=int(header["rate"]),
        power=tuple(float(value) for value in header["power"]),
        peak=float(header["peak"]),
        words=tuple(Word(int(at), int(start), int(length)) for at, start, length in header["words"]),
    )


def _write_aside(path: Path, content: bytes) -> None:
    descriptor, aside = tempfile.mkstemp(prefix=f".{path.stem[:16]}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
