"""Turn a finished production into a record of all that decided it, and the record back while nothing has changed.

A record is a sealed file in the cache folder; its key is that of the result's path. It holds checksums of the story,
the casting and the other files of the user's, of the program, its engines and libraries, of the result, and the
production itself. If all of them agree, making the result again would give the same bytes. A record that is missing,
damaged or old costs time, nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from audiodrama import sound
from audiodrama.cache.as_json import from_json, to_json
from audiodrama.cache.file_lock import FileLock
from audiodrama.cache.input_file import LARGEST_SOUND, LARGEST_TEXT, is_stream, read_input
from audiodrama.cache.keyed_files import KeyedFiles, key_of_path
from audiodrama.errors import AudiodramaError, InputError, OutputError
from audiodrama.files import paths
from audiodrama.pipeline.options import Options, Production
from audiodrama.sound import engines

MAGIC = b"audiodrama production 1\n"
"""The first line of a record's file."""
MAX_RECORDS = 2000
"""Records that stay; those that were not used for longest are removed."""


class ProductionRecord:
    """What is known of the last production of one result."""

    def __init__(self, story: Path, output: Path, options: Options) -> None:
        """Look at what was made of ``story`` at ``output``, as ``options`` say. Nothing is read yet."""
        self._story, self._output, self._options = story, output, options
        self._records, self._key = _records(), key_of_path(output)
        self._fingerprint: dict[str, Any] | None = None

    def finished(self) -> Production | None:
        """The last production, if making it again would give the very same file, and that is still there."""
        header = self._records.find_header(self._key)
        if header is None:
            return None
        try:
            if header["papers"] != self.fingerprint() or header["sounds"] != self._sounds(header["sounds"]):
                return None
            if header["engines"] != _engines(header["engines"]) or header["output"] != _sum(self._output):
                return None
        except (OSError, ValueError, LookupError, TypeError, AudiodramaError):
            return None
        return self.last()

    def last(self) -> Production | None:
        """The last production, though its story may have changed since; None if there is no record of one."""
        sealed = self._records.find(self._key)
        if sealed is None:
            return None
        try:
            return from_json(Production, json.loads(sealed[1]))
        except (ValueError, LookupError, TypeError, RecursionError):
            return None

    def fingerprint(self) -> dict[str, Any]:
        """Checksums of all that decides a production and is known before it begins; computed once."""
        if self._fingerprint is None:
            story, options = self._story, self._options
            casting = paths.find_casting(story, options.casting)
            llm = options.llm
            self._fingerprint = {
                "program": _program(),
                "engine": engines.default_engine(),
                "story": [story.name, _sum_of_input(story)],
                "decisions": _sum(paths.decisions_beside(story), LARGEST_TEXT),
                "casting": None if casting is None else _sum_of_input(casting),
                "own casting": _sum(paths.casting_beside(story), LARGEST_TEXT),
                "ensemble": hashlib.sha256(repr(options.recurring_roles).encode()).hexdigest(),
                "asked": [
                    [list(pair) for pair in sorted(options.voices.items())],
                    *(options.narrator, options.engine, options.title, options.author),
                ],
                "wishes": [options.keep_notes, options.drop_tags, None if llm is None else [llm.url, llm.model]],
                "excerpt": repr(options.excerpt),
                "defaults": [repr(options.default_casting), options.default_author],
            }
        return self._fingerprint

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from making the same result at the same time.

        Raises:
            OutputError: another run is at it.
        """
        claim = FileLock(self._records.path(self._key).with_suffix(".lock"))
        try:
            try:
                claim.path.parent.mkdir(parents=True, exist_ok=True)
                claim.acquire()
            except BlockingIOError:
                raise OutputError(
                    f"{self._output}: another run is making it at this moment; "
                    "wait for that, or write to another place."
                ) from None
            except OSError:
                pass  # Without a cache folder there are no records; the last writer still writes a whole file.
            yield
            claim.release()
        finally:
            claim.release()

    def write(self, production: Production) -> None:
        """Write the record of a production, unless it is degraded: then the next run tries again."""
        if production.degraded:
            return
        sounds = {line.sound for line in production.script.lines() if line.sound}
        speaking = {role.voice.engine for role in (production.cast.narrator, *production.cast.roles)}
        payload = json.dumps(to_json(production), separators=(",", ":")).encode("ascii")
        with contextlib.suppress(OSError, AudiodramaError):
            header = {
                "papers": self.fingerprint(),
                "sounds": self._sounds(sounds),
                "engines": _engines(speaking),
                "output": _sum(self._output),
            }
            self._records.seal(self._key, header, payload)
            self._records.keep_newest(MAX_RECORDS)

    def _sounds(self, names: Any) -> dict[str, str | None]:
        return {name: _sum(paths.folder_of(self._story) / name, LARGEST_SOUND) for name in sorted(names)}


def _records() -> KeyedFiles:
    return KeyedFiles(paths.productions_folder(), paths.RECORD_ENDING, MAGIC, flat=True)


def _engines(names: Any) -> dict[str, str]:
    """What decides how each engine speaks and which voices it offers."""
    sums = {}
    for name in sorted(names):
        engine = engines.engine(name)
        sums[name] = hashlib.sha256(repr((engine.version, engine.voices())).encode()).hexdigest()
    return sums


def _sum_of_input(path: Path) -> str | None:
    """The SHA-256 of a story's or a casting's content, which may come from a pipe; None if it cannot be read.

    Raises:
        InputError: a pipe gives no data, or too much.
    """
    if not is_stream(path):
        return _sum(path, LARGEST_TEXT)
    return hashlib.sha256(read_input(path, LARGEST_TEXT, InputError, "story")).hexdigest()


def _sum(path: Path, most: int | None = None) -> str | None:
    """The SHA-256 of a file's content, in hexadecimal; None if it cannot be read, or has more than ``most`` bytes."""
    content = hashlib.sha256()
    try:
        # Opening a FIFO would wait for its writer.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or (most is not None and status.st_size > most):
                return None
            while piece := file.read(1 << 20):
                content.update(piece)
    except (OSError, ValueError):
        return None
    return content.hexdigest()


@cache
def _program() -> str:
    """A checksum of this program: its files by size and time, the libraries that decide samples, and Python."""
    files: list[tuple[str, int, int]] = []
    root = str(Path(__file__).parents[1])
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for name in sorted(names):
            status = os.stat(os.path.join(folder, name))
            files.append((os.path.relpath(os.path.join(folder, name), root), status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr((files, sound.libraries(), sys.version)).encode()).hexdigest()
