"""Name what a file says of its story: the title and the author, wherever they are found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Naming:
    """What the text around a story calls it: front matter, licence text, header fields, byline or title line.

    A reader gives what its format knows; the passes over the passages fill what is still empty, and never overwrite.
    """

    title: str = ""
    """The story's title; empty where no pass has found one."""
    author: str = ""
    """The author's name; empty where no pass has found one."""
