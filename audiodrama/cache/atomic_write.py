"""Turn bytes into a file that is either whole or not there, even after an error, Ctrl-C or a power cut."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from audiodrama.cache.input_file import NAME_BYTES

PART = ".part"
"""Ending of a file that is being written."""


def part_beside(path: Path) -> Path:
    """The file that a longer work on ``path`` is written into: the same in every run, and as good a name."""
    name = f".{path.name}{PART}"
    if len(os.fsencode(path.name)) <= NAME_BYTES < len(os.fsencode(name)):
        name = f".{hashlib.sha256(os.fsencode(path.name)).hexdigest()}{PART}"
    return path.with_name(name)


def followed(path: Path) -> Path:
    """The file that is meant by ``path``: what a symbolic link leads to, else itself. It need not be there."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def write_atomic(path: Path, content: bytes, rights: int = 0o600) -> None:
    """Write a file aside and give it its name when it is complete; an older file of that name stays until then.

    Args:
        path: in a folder that exists.
        content: all of it.
        rights: of the file, as ``chmod`` has them.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    # The name is known before the file is made: whatever interrupts the making finds what to remove.
    part = path.with_name(f".{path.stem[:16]}-{secrets.token_hex(8)}{PART}")
    try:
        with open(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
        ) as file:
            file.write(content)
        if rights != 0o600:
            part.chmod(rights)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
