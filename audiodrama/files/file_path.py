"""Turn what a caller of the library names a file with into a Path that the operating system can be asked about."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from audiodrama.errors import InputError

StrPath: TypeAlias = str | os.PathLike[str]
"""What every public function takes for a file or a folder."""


def as_path(path: StrPath, what: str = "a file") -> Path:
    """The Path of what the caller gave.

    Args:
        path: a str, a Path, or another os.PathLike of text.
        what: what it is to name, for the message.

    Raises:
        InputError: it is of another type, empty, or holds a character that no name of this system can have.
    """
    name = os.fspath(path) if isinstance(path, (str, os.PathLike)) else None
    if not isinstance(name, str):
        raise InputError(f"{path!r} does not name {what}; give a str or an os.PathLike, for example 'story.txt'.")
    if not name:
        raise InputError(f"An empty text does not name {what}; give a name, for example 'story.txt'.")
    try:
        unusable = b"\0" in os.fsencode(name)
    except UnicodeEncodeError:
        unusable = True
    if unusable:
        raise InputError(f"{name!r} holds a character that no name of a file can have; take it out.")
    return path if isinstance(path, Path) else Path(name)


def as_paths(places: StrPath | Iterable[StrPath], what: str = "a file") -> tuple[Path, ...]:
    """The Paths of several names, or of a single one.

    Raises:
        InputError: see ``as_path``.
    """
    if isinstance(places, (str, os.PathLike)) or not isinstance(places, Iterable):
        return (as_path(places, what),)
    return tuple(as_path(place, what) for place in places)


def as_path_or_none(path: StrPath | None, what: str = "a file") -> Path | None:
    """The Path of what the caller gave; None for None.

    Raises:
        InputError: see ``as_path``.
    """
    return None if path is None else as_path(path, what)
