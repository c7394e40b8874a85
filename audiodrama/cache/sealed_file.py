"""Turn a description and some bytes into a file that is either whole or recognised as damaged, and back.

A line that names the format, a line of JSON that describes the bytes and has a sum of itself, then the bytes, whose
sum is in the description. Nothing here needs an array library.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, BinaryIO

LONGEST_HEADER = 1 << 24
"""Bytes; a header line that is longer was not written here."""


def seal(magic: bytes, header: dict[str, Any], payload: bytes) -> bytes:
    """A file's content.

    Args:
        magic: the format's name, one line.
        header: plain values; ``bytes``, ``sha256`` and ``sum`` are added.
        payload: what is described.
    """
    full = {**header, "bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}
    full["sum"] = _sum(full)
    return magic + _line(full) + b"\n" + payload


def read_header(magic: bytes, file: BinaryIO) -> tuple[dict[str, Any], int]:
    """The description and where the bytes begin; the bytes themselves are not looked at, but all have to be there.

    Raises:
        ValueError: it is not such a file, or a damaged one.
        OSError: it cannot be read.
    """
    header, begin = _header(magic, file.readline(len(magic)), file.readline(LONGEST_HEADER))
    if os.fstat(file.fileno()).st_size != begin + header["bytes"]:
        raise ValueError("cut off, or too long")
    return header, begin


def unseal(magic: bytes, content: bytes) -> tuple[dict[str, Any], bytes]:
    """The description and the bytes, every one of which is what was written.

    Raises:
        ValueError: it is not such a file, or a damaged one.
    """
    end = content.index(b"\n", len(magic)) + 1
    header, begin = _header(magic, content[: len(magic)], content[len(magic) : end])
    payload = content[begin:]
    if len(payload) != header["bytes"] or hashlib.sha256(payload).hexdigest() != header["sha256"]:
        raise ValueError("damaged")
    return header, payload


def _header(magic: bytes, first: bytes, line: bytes) -> tuple[dict[str, Any], int]:
    if first != magic or not line.endswith(b"\n"):
        raise ValueError("another format")
    try:
        header = json.loads(line)
    except RecursionError:
        raise ValueError("not ours") from None
    # Written anew it has to be the same bytes: "1E-05" is as good a number as "1e-05", but not what was written.
    if not isinstance(header, dict) or _line(header) + b"\n" != line or header.pop("sum", None) != _sum(header):
        raise ValueError("damaged")
    if type(header.get("bytes")) is not int or not isinstance(header.get("sha256"), str):
        raise ValueError("not ours")
    return header, len(magic) + len(line)


def _line(header: dict[str, Any]) -> bytes:
    return json.dumps(header, separators=(",", ":")).encode("ascii")


def _sum(header: dict[str, Any]) -> str:
    """The header's own checksum, so that no wrong length or loudness is ever believed."""
    return hashlib.sha256(_line(header)).hexdigest()
