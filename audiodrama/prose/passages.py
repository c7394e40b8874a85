"""Name the noun between a source text and its blocks: the Passage, a stretch of lines that belong together.

A reader cuts a source into passages, the passes of ``structure/`` and ``apparatus/`` say what each of them is, and
``text/blocks.py`` turns them into the blocks and skips of a Document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from audiodrama.model import Span

Kind = Literal["paragraph", "heading", "break", "note", "skip"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some adjacent lines of the source, and what they are."""

    span: Span
    """Source characters, from the first visible one to the last, markup included."""
    lines: tuple[Span, ...]
    """The visible part of each line, without the markup that makes the passage what it is ("## ", "> ")."""
    blanks: int
    """Blank lines before it; at the top of the file one more than are there, so that the top counts as spaced."""
    kind: Kind = "paragraph"
    """What the passage is; a "note" is left out unless the user keeps notes, a "skip" always is."""
    level: int = 0
    """The level of a heading, as `Block.level`; 0 for others."""
    reason: str = ""
    """Why a "note" or a "skip" is left out, in a user's words."""
    solid: bool = True
    """Whether nothing but white space lies between its lines."""

    def text(self, source: str) -> str:
        """The lines with single spaces between them, markup inside the lines included."""
        return " ".join(source[start:end] for start, end in self.lines)

    def skipped(self, reason: str, *, note: bool = False) -> Passage:
        """The same passage, left out for ``reason``; a ``note`` is one that the user may keep."""
        return replace(self, kind="note" if note else "skip", reason=reason)


def joined(first: Passage, *further: Passage) -> Passage:
    """Make one passage of several neighbours; it is what the first one is."""
    lines = first.lines + tuple(line for passage in further for line in passage.lines)
    return replace(first, span=Span(first.span.start, further[-1].span.end), lines=lines)
