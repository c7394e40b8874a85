"""Turn a file into its text and a text into a file, whole or not at all."""

from __future__ import annotations

import codecs
import errno
import os
from pathlib import Path

from audiodrama.cache import atomic_write
from audiodrama.cache.input_file import LARGEST_TEXT, read_input, too_long
from audiodrama.errors import InputError, OutputError


def read_text(path: Path, error: type[InputError]) -> str:
    """The text of a UTF-8 file (or UTF-16 with its mark), line ends as they are, a byte order mark dropped.

    Raises:
        InputError: of the kind given; it is missing, cannot be read, is no UTF-8 text, or is huge.
    """
    raw = read_input(path, LARGEST_TEXT, error, "script or casting")
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = raw.count(b"\n", 0, trouble.start) + 1
        raise error(f"{path}:{line}: this is not UTF-8 text; save the file as UTF-8") from None


def write_text(path: Path, text: str, hint: str = "choose another place with -o") -> None:
    """Write a text aside and give it its name when it is complete; an older file of that name stays until then.

    A symbolic link stays: the file that it leads to is written.

    Args:
        path: the file.
        text: all of it.
        hint: what the user may do where it cannot be written.

    Raises:
        OutputError: the path is a folder, a pipe or a device, or its folder is missing or cannot be written.
    """
    place = atomic_write.followed(path)
    try:
        if os.path.isdir(place):
            raise OutputError(f"{path} is a folder; name the file to write, for example {path / 'result'}")
        if os.path.exists(place) and not os.path.isfile(place):
            raise OutputError(f"{path} is no file but a pipe or a device; {hint}")
        atomic_write.write_atomic(place, text.encode("utf-8"), _rights(place))
    except OSError as trouble:
        if trouble.errno == errno.ENAMETOOLONG:
            raise OutputError(too_long(path)) from None
        raise OutputError(f"{path} cannot be written: {trouble.strerror}; {hint}") from None


def _rights(path: Path) -> int:
    """Those of the file that is replaced, or of any new one."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
