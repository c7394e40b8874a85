"""The nouns of reading: what a story is once its file is read.

All spans count characters of the decoded source, ends exclusive.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "break", "note"]


class Span(NamedTuple):
    """A stretch of a text, in characters: of the decoded source unless a field says otherwise."""

    start: int
    """Index of the first character."""
    end: int
    """Index behind the last character."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A stretch of the source that is not performed, and why."""

    span: Span
    """Source characters."""
    reason: str
    """Why, in a user's words: "author's note", "scene break", "table of contents"."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, scene break or kept note, as it is to be read: unwrapped, without markup."""

    kind: BlockKind
    """Heading, paragraph, scene break, or author's note that the user keeps."""
    text: str
    """The words that are read: one line, single spaces, no italics marks; quotation marks and dashes as in the source.
    Empty for a break."""
    span: Span
    """Source characters, from the block's first to its last visible one."""
    runs: tuple[tuple[int, int], ...]
    """(offset in ``text``, offset in the source) where a run of characters that correspond one to one begins."""
    emphasis: tuple[Span, ...] = ()
    """Stretches of ``text`` that the source sets in italics or bold."""
    level: int = 0
    """For a heading: 1 is a chapter (or the book's title), 2 and more are below it. Otherwise 0."""

    def to_source(self, offset: int) -> int:
        """The source offset, in characters, of the character at ``offset`` of ``text``; ``len(text)`` is the end."""
        if offset >= len(self.text):
            return self.span.end
        at, source = self.runs[bisect_right(self.runs, (offset, math.inf)) - 1]
        return source + offset - at


@dataclass(frozen=True, slots=True)
class Document:
    """A story as it was read: its source text, the blocks to perform and the stretches to skip."""

    source: str
    """The decoded source text, unchanged; all spans count its characters."""
    blocks: tuple[Block, ...]
    """In reading order; their spans do not overlap."""
    skipped: tuple[Skip, ...] = ()
    """What is left out on purpose; overlaps no block."""
    title: str = ""
    """From the front matter or the file's first heading; empty if the file names none."""
    author: str = ""
    """From the front matter or a byline; empty if the file names none."""
    file: str = ""
    """The name of the file it came from, without folders."""
