"""Turn passages into the blocks and skips of a Document.

What is in them accounts for every visible character of the source: it lies in the span of exactly one block or skip,
but for a scene break, whose symbols are in the span of its block and, with the reason, in a skip of the same span.
A break made by blank lines alone has an empty span where the next passage begins, and no skip. Symbols beside a
heading, at either end of the story or below other such symbols are skipped as well, but make no block of their own.
"""

from __future__ import annotations

import re

from audiodrama.model import Block, Skip, Span
from audiodrama.prose.passages import Passage
from audiodrama.prose.text.inline import InlineSyntax, tidy
from audiodrama.prose.text.words import Vocabulary

BREAK = "scene break"
# A chapter's number on a line of its own, after which a colon is read: "Chapter One", "XII".
_NUMBER_ONLY = re.compile(r"(?:[^\W\d_]+\s+)?(?:the\s+)?[\w-]+$", re.IGNORECASE)


def build(
    source: str, passages: list[Passage], syntax: InlineSyntax, *, keep_notes: bool
) -> tuple[tuple[Block, ...], tuple[Skip, ...]]:
    """Build the blocks and the skips of ``source`` from its passages, all in reading order.

    Args:
        source: the whole source text.
        passages: all of it that is visible.
        syntax: the marks that the reader's format has inside a passage.
        keep_notes: whether notes become blocks.
    """
    words = Vocabulary(source)
    blocks: list[Block] = []
    skipped: list[Skip] = []
    for passage in passages:
        if passage.kind == "skip" or (passage.kind == "note" and not keep_notes):
            skipped.append(Skip(passage.span, passage.reason))
        elif passage.kind == "break":
            _add_break(passage, blocks, skipped)
        else:
            block = _block(source, passage, words, syntax)
            if block.text:
                if block.kind == "heading" and blocks and blocks[-1].kind == "break":
                    blocks.pop()
                blocks.append(block)
            else:
                picture = source.startswith("![", passage.span.start)
                skipped.append(Skip(passage.span, "illustration" if picture else "markup without words"))
    while blocks and blocks[-1].kind == "break":
        blocks.pop()
    return tuple(blocks), tuple(skipped)


def _add_break(passage: Passage, blocks: list[Block], skipped: list[Skip]) -> None:
    """Add a scene break, unless it is a rule at the top, below a heading or below another break."""
    if passage.span.start < passage.span.end:
        skipped.append(Skip(passage.span, BREAK))
    if blocks and blocks[-1].kind not in ("break", "heading"):
        blocks.append(Block("break", "", passage.span, ()))


def _block(source: str, passage: Passage, words: Vocabulary, syntax: InlineSyntax) -> Block:
    """Make a block of one passage; its text is empty if all of it is markup."""
    stretches: tuple[Span, ...] = (passage.span,)
    joint = ""
    if not passage.solid:
        stretches = passage.lines
    elif passage.kind == "heading" and len(passage.lines) > 1:
        stretches = passage.lines
        first = source[slice(*passage.lines[0])]
        joint = ":" if _NUMBER_ONLY.match(first) else ""
    tidied = tidy(source, stretches, words, syntax, joint)
    kind = passage.kind if passage.kind != "skip" else "paragraph"
    return Block(kind, tidied.text, passage.span, tidied.runs, tidied.emphasis, passage.level)
