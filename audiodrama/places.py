"""Find the places a production works with: its casting, its takes, its result.

Nothing here reads or writes a file; it only says where, and refuses early what could only fail late.
"""

from __future__ import annotations

import os
from pathlib import Path

from audiodrama.errors import CastingError, InputError, OutputError

CASTING = "casting.yaml"
SCRIPT_ENDINGS = (".yaml", ".yml")
STORY_ENDINGS = (".txt", ".md", ".markdown", ".text")


def is_script(path: Path) -> bool:
    """Whether a file is a drama script (YAML) rather than a story."""
    return path.suffix.lower() in SCRIPT_ENDINGS


def stem(path: Path) -> str:
    """A story's or script's name without endings: ``lamp.script.yaml`` and ``lamp.txt`` are both ``lamp``."""
    name = path.name
    for ending in (*(f".script{ending}" for ending in SCRIPT_ENDINGS), *SCRIPT_ENDINGS, *STORY_ENDINGS):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return path.stem or name


def script_beside(story: Path) -> Path:
    """Where the script that is extracted from a story goes."""
    return story.with_name(f"{stem(story)}.script.yaml")


def find_casting(story: Path, asked: Path | None) -> Path | None:
    """The casting file: the one asked for, else the one beside the story, else the working directory's, else None.

    Raises:
        CastingError: the file asked for does not exist.
    """
    if asked is not None:
        if not asked.is_file():
            raise CastingError(f"{asked}: there is no such casting file; `audiodrama cast {story}` drafts one.")
        return asked
    for folder in (story.parent, Path()):
        if (folder / CASTING).is_file():
            return folder / CASTING
    return None


def takes_folder(asked: Path | None = None) -> Path:
    """Where takes are kept: the folder asked for, else one in the platform's cache folder (or XDG_CACHE_HOME)."""
    if asked is not None:
        return asked
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "audiodrama" / "takes"
    from platformdirs import user_cache_path

    return user_cache_path("audiodrama", appauthor=False) / "takes"


def check_output(path: Path, endings: tuple[str, ...]) -> None:
    """Refuse a place that cannot hold the result, and make its folder if only that is missing.

    Raises:
        OutputError: it is a folder, has the wrong ending, or cannot be written.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name the file to write, for example {path / 'story'}{endings[0]}.")
    if path.suffix.lower() not in endings:
        raise OutputError(f"{path}: the result can be written as {' or '.join(endings)}; choose such a name.")
    make_folder(path.parent)
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"{path} cannot be written: you have no permission; choose another place.")


def make_folder(folder: Path) -> None:
    """Make a folder for results.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"The folder {folder} cannot be made: {error.strerror}; choose another place.") from error


def stories(places: tuple[Path, ...]) -> tuple[Path, ...]:
    """The stories to produce, by name: files as given, folders by what they hold.

    In a folder, a script stands in for the story that it was extracted from, because a person may have edited it.

    Raises:
        InputError: nothing is there, or two would write the same result.
    """
    found: dict[str, Path] = {}
    for place in places:
        if not place.exists():
            raise InputError(f"{place}: there is no such file or folder.")
        for path in [place] if place.is_file() else _stories_in(place):
            name = stem(path)
            if name in found and found[name] != path:
                raise InputError(f"{found[name]} and {path} would both become {name}; rename one or name only one.")
            found[name] = path
    if not found:
        raise InputError(f"No story (.txt, .md) and no script (.script.yaml) in {', '.join(map(str, places))}.")
    return tuple(found[name] for name in sorted(found))


def _stories_in(folder: Path) -> list[Path]:
    chosen: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        ours = path.name.lower().endswith((*STORY_ENDINGS, ".script.yaml", ".script.yml"))
        if path.is_file() and ours and path.stem.lower() != "readme" and not path.name.startswith("."):
            name = stem(path)
            if name not in chosen or is_script(path):
                chosen[name] = path
    return list(chosen.values())
