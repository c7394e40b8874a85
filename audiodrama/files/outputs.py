"""Compare what a command reads with what it would write, as files, before anything is done.

No result replaces what it is made of, no two results are one file, and a file that this program did not make stays
unless the user says ``--force``. Nothing here changes a file.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiodrama.cache.atomic_write import PART, followed
from audiodrama.cache.input_file import is_stream, is_unnamed, too_long
from audiodrama.errors import InputError, OutputError
from audiodrama.files import paths
from audiodrama.files.own_files import Kind, is_own

STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What users write for a result that is to be printed."""
CASTING_FILE = "the casting file"
"""What a casting is called in a message."""
_PRINTED = (STANDARD_OUTPUT[0],)
"""The identity of standard output."""
KINDS: dict[Kind, str] = {
    "audio": "an MP3",
    "picture": "a picture",
    "report": "a report",
    "summary": "a summary",
    "spans": "a list of spans",
}
"""What each kind of result is called in a message."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a command is to write."""

    path: Path
    """Where; one of STANDARD_OUTPUT is printed."""
    option: str
    """The option that names it."""
    kind: Kind | None
    """What is written; None for files that are extended, or compared, rather than replaced."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a command reads."""

    path: Path
    """Where; it may be missing."""
    what: str
    """What it is, as a message has it: "the story"."""


def is_standard_output(path: Path | None) -> bool:
    """Whether a result is to be printed."""
    return path is not None and str(path) in STANDARD_OUTPUT


def sources(story: Path, casting: Path | None = None, outputs: Iterable[Output] = ()) -> tuple[Source, ...]:
    """The files that a production of a story reads: the story, its castings and decisions, and a script's sounds.

    Args:
        story: a story or a script.
        casting: the casting file that the user named, if any.
        outputs: what they are compared with; only if one of these is there, the script is read for its sounds.
    """
    files = [] if is_stream(story) else [Source(story, "the script" if paths.is_script(story) else "the story")]
    shared = [casting] if casting is not None else [paths.folder_of(story) / paths.CASTING, Path(paths.CASTING)]
    files += [Source(path, CASTING_FILE) for path in (*shared, paths.casting_beside(story))]
    files.append(Source(paths.decisions_beside(story), "the file of your decisions"))
    sounds = _sounds(story) if any(os.path.exists(output.path) for output in outputs) else []
    return (*files, *(Source(path, "a sound of the script") for path in sounds))


def _sounds(story: Path) -> list[Path]:
    """The sound files of a script's cues; none where the script cannot be read, which its reader says better."""
    try:
        if not paths.is_script(story) or not os.path.isfile(story):
            return []
        from audiodrama.files.scripts import load_script

        return [paths.folder_of(story) / line.sound for line in load_script(story).lines() if line.sound]
    except InputError:
        return []


def check_outputs(outputs: Sequence[Output], files: Iterable[Source] = (), *, force: bool = False) -> None:
    """Refuse results that would take the place of an input, of each other, or of a file of the user's.

    Args:
        outputs: what is to be written.
        files: what is read.
        force: whether files that this program did not make may be replaced.

    Raises:
        OutputError: one of them would, or is no file.
    """
    taken = {identity(source.path): source for source in files}
    seen: dict[tuple[object, ...], Output] = {}
    for output in outputs:
        printed = is_standard_output(output.path)
        key = _PRINTED if printed else identity(output.path)
        if (other := seen.setdefault(key, output)) is not output:
            raise OutputError(_both(other, output))
        if source := taken.get(key):
            name = "" if str(source.path) == str(output.path) else f" ({source.path})"
            raise OutputError(
                f"{output.path} is {source.what}{name}, which would be lost; choose another place with {output.option}."
            )
        if not printed:
            _check_kind_of_file(output, force)


def _both(first: Output, second: Output) -> str:
    if is_standard_output(first.path):
        return f"{first.option} and {second.option} cannot both go to standard output; give one of them a file."
    names = f"{first.option} {first.path} and {second.option} {second.path}"
    return f"{names} are one file; give each a place of its own."


def _check_kind_of_file(output: Output, force: bool) -> None:
    """Refuse a place that holds a folder, a device, or a file that is not to be replaced."""
    refuse_special(output.path, output.option)
    place = followed(output.path)
    if os.path.islink(output.path) and not place.parent.is_dir():
        raise OutputError(f"{output.path} is a link to {place}, whose folder is not there; mend or remove the link.")
    if output.kind is None or force or not place.exists() or is_own(place, output.kind):
        return
    raise OutputError(
        f"{output.path} is there and is not {KINDS[output.kind]} of audiodrama's making; choose another place with "
        f"{output.option}, or have it replaced with --force."
    )


def refuse_special(path: Path, option: str = "-o") -> None:
    """Refuse a place that holds a folder, a pipe or a device.

    Raises:
        OutputError: it does, or it cannot be looked at.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise OutputError(f"{path}: {path.parent} is no folder; choose another place with {option}.") from None
    except (OSError, ValueError) as error:
        raise OutputError(_unwritable(path, error, option)) from None
    if stat.S_ISDIR(mode):
        raise OutputError(f"{path} is a folder; name the file to write with {option}, for example {path / 'result'}.")
    if not stat.S_ISREG(mode) or is_unnamed(path):
        kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
        raise OutputError(f"{path} is {kind}, not a file; choose another place with {option}.")


def make_places(outputs: Iterable[Output]) -> None:
    """Make the folders of results, and see that a file can be written in each.

    Raises:
        OutputError: it cannot.
    """
    for output in outputs:
        if not is_standard_output(output.path):
            make_writable(followed(output.path).parent, output.option)


def make_writable(folder: Path, option: str = "-o") -> None:
    """Make a folder for results, and see that a file can be written in it.

    Raises:
        OutputError: it cannot.
    """
    probe = folder / f".{secrets.token_hex(8)}{PART}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        probe.unlink()
    except FileExistsError:
        raise OutputError(f"{folder} is a file, not a folder; choose another place with {option}.") from None
    except (OSError, ValueError) as error:
        raise OutputError(_unwritable(folder, error, option)) from None


def _unwritable(path: Path, trouble: OSError | ValueError, option: str) -> str:
    if getattr(trouble, "errno", None) == errno.ENAMETOOLONG:
        return too_long(path)
    reason = getattr(trouble, "strerror", None) or str(trouble)
    return f"{path} cannot be written: {reason}; choose another place with {option}."


def identity(path: Path) -> tuple[object, ...]:
    """What is the same for all names of one file: links, dots, and letter case where the disk folds it.

    A file that is not there yet is known by the nearest folder that is, and by the rest of its path.
    """
    try:
        place = Path(os.path.realpath(path))
    except (OSError, ValueError):
        return (str(path),)
    rest: list[str] = []
    while True:
        try:
            status = place.stat()
            break
        except OSError:
            if place.parent == place:
                return (str(path),)
            rest.insert(0, place.name)
            place = place.parent
    names = [_folded(name) for name in rest] if rest and _folds_case(place) else rest
    return (status.st_dev, status.st_ino, *names)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _folds_case(folder: Path) -> bool:
    """Whether the disk takes names that differ in letter case for one: as the folder's own name shows, if it can."""
    other = folder.with_name(folder.name.swapcase()) if folder.name else folder
    if other == folder:
        return sys.platform in ("win32", "darwin")
    try:
        return os.path.samefile(folder, other)
    except OSError:
        return False
