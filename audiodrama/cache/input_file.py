"""Turn a file that the user names into its bytes: no more than were meant, without waiting for ever, each pipe once.

A story, a script, a casting, decisions and the sounds of cues are read here, whichever room wants them. Standard input,
which is called ``-``, a pipe and a FIFO can be read only once; their bytes are kept for whoever asks again.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import select
import stat
import sys
import threading
from pathlib import Path

from audiodrama.errors import InputError

_log = logging.getLogger(__name__)

STANDARD_INPUT = "-"
"""The path that means standard input, as with other commands."""
PATIENCE = 60.0
"""Seconds that a pipe may be silent: a program that writes a story seldom thinks longer, and Ctrl-C ends it at once."""
NOTICE = 3.0
"""Seconds of silence after which the user learns what is waited for."""
NAME_BYTES = 255
"""Bytes of a file's name that every common file system allows."""
LARGEST_STORY = 64_000_000
"""Bytes. The longest novels have some 25 MB, twice that in UTF-16; a larger file was not meant, and reading it would
take the memory of the machine."""
LARGEST_TEXT = 200_000_000
"""Bytes of a script, a casting or decisions; the script of the largest story has as many."""
LARGEST_SOUND = 700_000_000
"""Bytes of a sound file: an hour of CD quality in a WAV file has 635 MB, and no cue is longer."""
_PIECE = 1 << 16
_SHOWN = 40
_ADDRESS = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+):/+(?=.)")
_PLACES_OF_STREAMS = ("/dev/", "/proc/")
_NULL = Path(os.devnull)

_contents: dict[tuple[int, ...], bytes] = {}
"""What was read from pipes, by what tells them apart."""
_reading = threading.RLock()


def read_input(path: Path, most: int, error: type[InputError], noun: str) -> bytes:
    """The bytes of a file, a FIFO or standard input.

    Args:
        path: where it is; ``-`` is standard input.
        most: bytes that it may have; a larger one is refused before it is read.
        error: what is raised.
        noun: what messages call such a file: "story", "sound".

    Raises:
        InputError: of the kind given, in one sentence that begins with the path.
    """
    try:
        if is_stream(path):
            return _stream(path, most, error, noun)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise error(f"{path} is a folder; name a file in it.")
        if stat.S_ISREG(status.st_mode):
            return _file(path, status.st_size, most, error, noun)
    except (OSError, ValueError) as trouble:
        raise error(explain(path, trouble)) from None
    if path == _NULL:
        return b""
    raise error(f"{path} is a device or a socket, not a file; name a file.")


def is_stream(path: Path) -> bool:
    """Whether a path is standard input, a pipe or a FIFO, whose bytes can be read only once."""
    if str(path) == STANDARD_INPUT:
        return True
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or (stat.S_ISCHR(mode) and _is_standard_input(path) and path != _NULL)


def is_unnamed(path: Path) -> bool:
    """Whether a path names no file of the user's: standard input, or what a shell puts in for ``<(command)``."""
    return str(path) == STANDARD_INPUT or (path.is_absolute() and str(path).startswith(_PLACES_OF_STREAMS))


def shown(path: Path) -> str:
    """A path as messages name it."""
    return "standard input" if str(path) == STANDARD_INPUT else str(path)


def explain(path: Path, trouble: OSError | ValueError) -> str:
    """The sentence about a file that could not be opened."""
    number = getattr(trouble, "errno", None)
    if number == errno.ENAMETOOLONG:
        return too_long(path)
    if isinstance(trouble, FileNotFoundError):
        address = _ADDRESS.match(str(path))
        if address:
            behind = str(path)[address.end() :]
            if address[1].lower() == "file":
                return f"file:///{behind} is an address; give the path alone, such as /{behind}."
            whole = f"{address[1]}://{behind}"
            return f"{whole} is an address, not a file; save it (a story as plain text) and give that file."
        return f"{path} does not exist; check the name and the folder."
    reason = getattr(trouble, "strerror", None) or str(trouble)
    return f"{shown(path)} cannot be read ({reason}); check the file and its permissions."


def too_long(path: Path) -> str:
    """The sentence about a name that no file can have, of which only the beginning is shown."""
    long = next((part for part in path.parts if len(os.fsencode(part)) > NAME_BYTES), "")
    if not long:
        return f"{str(path)[:_SHOWN]}... is a path longer than this system allows; choose a shorter one."
    size = len(os.fsencode(long))
    return f"{long[:_SHOWN]}... is a name of {size} bytes, and a file's may have {NAME_BYTES}; choose a shorter one."


def _file(path: Path, size: int, most: int, error: type[InputError], noun: str) -> bytes:
    """The bytes of a file of that size; one that grows meanwhile is not followed."""
    if size <= most:
        with path.open("rb") as file:
            content = file.read(most + 1)
        if len(content) <= most:
            return content
    raise error(_too_large(path, most, noun))


def _too_large(path: Path, most: int, noun: str) -> str:
    return f"{shown(path)} is larger than {most // 1_000_000} MB, and no {noun} is; check that it is the file you mean."


def _stream(path: Path, most: int, error: type[InputError], noun: str) -> bytes:
    """The bytes of standard input or of a pipe, read now or before."""
    with _reading:
        key = _key(path)
        if key not in _contents:
            descriptor = _opened(path, error)
            try:
                content = _until_end(path, descriptor, most, error)
            finally:
                os.close(descriptor)
            if len(content) > most:
                raise error(_too_large(path, most, noun))
            key = _key(path)
            _contents[key] = content
        return _contents[key]


def _key(path: Path) -> tuple[int, ...]:
    """What tells a stream's content from others. Another FIFO may take the place of one that was removed."""
    if _is_standard_input(path):
        return ()
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_mtime_ns


def _is_standard_input(path: Path) -> bool:
    if str(path) == STANDARD_INPUT:
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(0))
    except (OSError, ValueError):
        return False


def _opened(path: Path, error: type[InputError]) -> int:
    """A descriptor of the stream; opening a FIFO does not wait for a writer."""
    if not _is_standard_input(path):
        return os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if sys.stdin is None:
        raise error(f"{path}: standard input is closed; give a file, or send the text with a pipe.")
    if os.isatty(0):
        _log.warning("type or paste the text, then press %s.", "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D")
    return os.dup(0)


def _until_end(path: Path, descriptor: int, most: int, error: type[InputError]) -> bytes:
    """The bytes up to the stream's end, or a few more than ``most``."""
    pieces: list[bytes] = []
    size, noticed = 0, False
    while size <= most:
        noticed = _wait(path, descriptor, error, noticed)
        piece = os.read(descriptor, _PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _wait(path: Path, descriptor: int, error: type[InputError], noticed: bool) -> bool:
    """Wait until the stream has data or has ended; a user who types has all the time in the world.

    Args:
        path: how messages call it.
        descriptor: of the stream.
        error: what is raised when it is silent for too long.
        noticed: whether the user knows already that this takes time.

    Returns:
        Whether the user knows now.
    """
    if os.name == "nt" or os.isatty(descriptor) or select.select([descriptor], [], [], NOTICE)[0]:
        return noticed
    if not noticed:
        _log.warning("waiting for %s, which has no data yet; Ctrl-C ends it.", shown(path))
    if not select.select([descriptor], [], [], PATIENCE - NOTICE)[0]:
        raise error(
            f"{shown(path)} has had no data for {PATIENCE:.0f} seconds; check what writes into it, or give a file."
        )
    return True
