"""Find the places a production works with: its casting, its takes, its result.

Nothing here writes a file; it only says where, and refuses early what could only fail late. A story that comes from
standard input or a pipe counts as ``Untitled.txt`` in the working folder: the casting and decisions there apply to it.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from audiodrama.cache.atomic_write import followed
from audiodrama.cache.input_file import (
    LARGEST_STORY,
    NAME_BYTES,
    explain,
    is_stream,
    is_unnamed,
    read_input,
    too_long,
)
from audiodrama.errors import CastingError, InputError, OutputError
from audiodrama.files.file_path import StrPath, as_path

CASTING = "casting.yaml"
FOLDER_SETTINGS = "audiodrama.toml"
"""The settings of whoever works in a folder; only the working folder's counts."""
SCRIPT_ENDINGS = (".yaml", ".yml")
STORY_ENDINGS = (".txt", ".md", ".markdown", ".text")
"""Suffixes of the stories that are looked for in a folder; `prose.READERS` has a reader for each (a test compares)."""
UNNAMED = "Untitled"
"""What a story from standard input or from a pipe is called where its file's name would be."""
RECORD_ENDING = ".note"
"""Of the file about the last production of one result."""

_SCRIPT_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s*#[^\n]*\n)*\s*schema:\s*[\"']?audiodrama/script\b")


def is_script(path: Path) -> bool:
    """Whether a file is a drama script (YAML) rather than a story: by its name, or by its first line if it has none.

    Raises:
        InputError: standard input or a pipe cannot be read.
    """
    if is_unnamed(path) and is_stream(path):
        return _SCRIPT_HEAD.match(read_input(path, LARGEST_STORY, InputError, "story")) is not None
    return path.suffix.lower() in SCRIPT_ENDINGS


def stem(path: Path) -> str:
    """A story's or script's name without endings: ``lamp.script.yaml`` and ``lamp.txt`` are both ``lamp``."""
    if is_unnamed(path):
        return UNNAMED
    name = path.name
    for ending in (*(f".script{ending}" for ending in SCRIPT_ENDINGS), *SCRIPT_ENDINGS, *STORY_ENDINGS):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    # "." and "/" have no name of their own; what reads them says that they are folders.
    return path.stem or path.resolve().name or "story"


def audio_in(folder: Path, story: Path) -> Path:
    """The file in a folder that a batch makes of a story."""
    return folder / f"{stem(story)}.mp3"


def as_typed(story: Path) -> str:
    """A story as the commands that are proposed to the user name it; one that was read from a pipe is gone by then."""
    return "STORY" if is_unnamed(story) else str(story)


def folder_of(story: Path) -> Path:
    """The folder that a story's other files are in: its own; for standard input and pipes, the working folder."""
    return Path() if is_unnamed(story) else story.parent


def script_beside(story: Path) -> Path:
    """Where the script that is extracted from a story goes."""
    return folder_of(story) / f"{stem(story)}.script.yaml"


def decisions_beside(story: Path) -> Path:
    """Where a person's decisions about a story are kept."""
    return folder_of(story) / f"{stem(story)}.decisions.yaml"


def casting_beside(story: Path) -> Path:
    """Where a story's own casting is, which has the last word."""
    return folder_of(story) / f"{stem(story)}.casting.yaml"


def find_casting(story: Path, asked: StrPath | None) -> Path | None:
    """The casting file: the one asked for, else the one beside the story, else the working directory's, else None.

    Raises:
        CastingError: the file asked for does not exist.
    """
    if asked is not None:
        asked = as_path(asked, "a casting file")
        if os.path.isdir(asked):
            raise CastingError(f"{asked} is a folder; name the casting file in it.")
        if not os.path.exists(asked) and not is_stream(asked):
            if len(os.fsencode(asked.name)) > NAME_BYTES:
                raise CastingError(too_long(asked))
            raise CastingError(f"{asked}: there is no such casting file; `audiodrama cast {story}` drafts one.")
        return asked
    for folder in (folder_of(story), Path()):
        if os.path.isfile(folder / CASTING):
            return folder / CASTING
    return None


def casting_to_draft(story: Path, output: Path | None) -> Path:
    """The casting file that is drafted or extended: the one asked for, else the one that applies, else a new one."""
    return output or find_casting(story, None) or folder_of(story) / CASTING


def takes_folder(asked: StrPath | None = None) -> Path:
    """Where takes are kept: the folder asked for, else one in the platform's cache folder (or XDG_CACHE_HOME)."""
    return as_path(asked, "a folder") if asked is not None else _cache() / "takes"


def heard_file(story: Path) -> Path:
    """Where the audio of a story is made that is only to be heard; in the platform's cache, made if it is missing."""
    folder = _cache() / "heard"
    make_folder(folder)
    return folder / f"{stem(story)}.mp3"


def opinions_folder() -> Path:
    """Where a language model's answers are kept: in the platform's cache folder (or XDG_CACHE_HOME)."""
    return _cache() / "opinions"


def productions_folder() -> Path:
    """Where the records of productions are kept: in the platform's cache folder (or XDG_CACHE_HOME)."""
    return _cache() / "productions"


def record_of(output: Path) -> Path:
    """Where the record of the last production of ``output`` is kept."""
    from audiodrama.cache.keyed_files import key_of_path

    return productions_folder() / f"{key_of_path(output)}{RECORD_ENDING}"


def throughput_file() -> Path:
    """Where it is noted how fast this machine works: in the platform's cache folder (or XDG_CACHE_HOME)."""
    return _cache() / "pace.json"


def user_settings_file() -> Path:
    """The user's own settings: in the platform's folder for them (or XDG_CONFIG_HOME)."""
    if folder := os.environ.get("XDG_CONFIG_HOME"):
        return Path(folder) / "audiodrama" / "config.toml"
    from platformdirs import user_config_path

    return user_config_path("audiodrama", appauthor=False) / "config.toml"


def _cache() -> Path:
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "audiodrama"
    from platformdirs import user_cache_path

    return user_cache_path("audiodrama", appauthor=False)


def check_output(path: Path, endings: tuple[str, ...]) -> None:
    """Refuse a place that cannot hold the result, and make its folder if only that is missing.

    Raises:
        OutputError: it is a folder, has the wrong ending, or cannot be written.
    """
    check_name(path, endings)
    place = followed(path)
    make_folder(place.parent)
    if not os.access(place.parent, os.W_OK) or (os.path.exists(place) and not os.access(place, os.W_OK)):
        raise OutputError(f"{path} cannot be written: you have no permission; choose another place.")


def check_name(path: Path, endings: tuple[str, ...]) -> None:
    """Refuse a path whose name cannot be the result's; nothing is made.

    Raises:
        OutputError: it is a folder, or has the wrong ending.
    """
    if len(os.fsencode(path.name)) > NAME_BYTES:
        raise OutputError(too_long(path))
    if os.path.isdir(path):
        raise OutputError(f"{path} is a folder; name the file to write, for example {path / 'story'}{endings[0]}.")
    if path.suffix.lower() not in endings:
        raise OutputError(f"{path}: the result can be written as {' or '.join(endings)}; choose such a name.")


def make_folder(folder: Path) -> None:
    """Make a folder for results.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise OutputError(too_long(folder)) from None
        raise OutputError(f"The folder {folder} cannot be made: {error.strerror}; choose another place.") from error


def stories(places: tuple[Path, ...]) -> tuple[Path, ...]:
    """The stories to produce, by name: files as given, folders by what they hold; folders in them are not searched.

    A script stands in for the story beside it that it was extracted from, because the user may have edited it.
    Castings and decisions that were named with the stories (``batch stories/*``) belong to them and are passed over.

    Raises:
        InputError: nothing is there, or two would write the same result.
    """
    paths_by_name: dict[str, Path] = {}
    for path in (path for place in places for path in _stories_at(place)):
        name = stem(path)
        other = paths_by_name.get(name)
        if other is None or other.resolve() == path.resolve() or _stands_in(path, other):
            paths_by_name[name] = path
        elif not _stands_in(other, path):
            raise InputError(f"{other} and {path} would both become {name}.mp3; rename one or name only one.")
    if not paths_by_name:
        raise InputError(f"No story (.txt, .md) and no script (.script.yaml) in {', '.join(map(str, places))}.")
    return tuple(paths_by_name[name] for name in sorted(paths_by_name))


def nested(places: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders right in the folders given that hold stories, too, and that the user did not name."""
    named = {place.resolve() for place in places}
    inner = [path for place in places if os.path.isdir(place) for path in _entries(place) if path.is_dir()]
    return tuple(path for path in inner if path.resolve() not in named and any(map(_is_story, _entries(path))))


def _stories_at(place: Path) -> list[Path]:
    if is_unnamed(place) or is_stream(place):
        raise InputError(
            f"{place} is standard input or a pipe, and a batch reads its stories several times; use "
            "`audiodrama produce`, or save it as a file."
        )
    try:
        place.stat()
    except (OSError, ValueError) as error:
        raise InputError(explain(place, error)) from None
    if not place.is_dir():
        ours = place.name == CASTING or place.name.endswith((".casting.yaml", ".decisions.yaml"))
        return [] if ours else [place]
    try:
        return [path for path in sorted(place.iterdir()) if _is_story(path)]
    except OSError as error:
        raise InputError(f"The folder {place} cannot be read: {error.strerror}.") from error


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_story(path: Path) -> bool:
    ours = path.name.lower().endswith((*STORY_ENDINGS, ".script.yaml", ".script.yml"))
    return ours and path.stem.lower() != "readme" and not path.name.startswith(".") and path.is_file()


def _stands_in(path: Path, other: Path) -> bool:
    """Whether ``path`` is the script of the story ``other``."""
    return is_script(path) and not is_script(other) and path.parent.resolve() == other.parent.resolve()
