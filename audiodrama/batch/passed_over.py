"""Turn the folders of a batch into sentences about what in them is not made: other kinds of files, inner folders."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from audiodrama.files import paths
from audiodrama.prose import READERS
from audiodrama.prose.file_kinds import DOCUMENTS

_NAMED = 3
"""Files of one kind that a sentence names; it counts the others."""
_TEXTS = {
    **dict.fromkeys(READERS, "is of a kind that is not looked for in a folder"),
    ".rst": "is of a kind that is not looked for in a folder",
    ".fountain": "is of a kind that is not looked for in a folder",
    **{ending: f"is {kind}" for ending, kind in DOCUMENTS.items()},
}
"""Suffix in small letters -> why a batch passes over such a file of words. Pictures and sounds are not worth a word."""


def passed_over(places: tuple[Path, ...]) -> tuple[str, ...]:
    """A sentence for each kind of file with words that a batch passes over, and for each inner folder with stories."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for path in (path for place in places for path in _entries(place) if _is_words(path)):
        names[_TEXTS[path.suffix.lower()]].append(path.name)
    files = tuple(_sentence(reason, found) for reason, found in names.items())
    return files + tuple(
        f"{nested} has stories too, but folders are not searched to the bottom: name it to have them made."
        for nested in paths.nested(places)
    )


def _is_words(path: Path) -> bool:
    """Whether the user may take a file that a batch does not make for a story."""
    ending = path.suffix.lower()
    own = path.name.startswith(".") or path.stem.lower() == "readme" or ending in paths.STORY_ENDINGS
    return ending in _TEXTS and not own and path.is_file()


def _entries(place: Path) -> list[Path]:
    try:
        return sorted(place.iterdir()) if os.path.isdir(place) else []
    except OSError:
        return []


def _sentence(reason: str, names: list[str]) -> str:
    """Which files are passed over and why, in one sentence."""
    kinds = "plain text (.txt) or Markdown (.md)"
    if len(names) == 1:
        return f"{names[0]} {reason} and is passed over; save it as {kinds} to have it made."
    listed, others = ", ".join(names[:_NAMED]), len(names) - _NAMED
    more = f" and {others} more" if others > 0 else ""
    return f"{listed}{more} are passed over (each {reason}); save them as {kinds} to have them made."
