"""Turn a Document into rows with their labels, if it is one that names its speakers itself.

Prose is never taken for such a document: most of its paragraphs must have a label, and most labels must come back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from audiodrama.model import Block, Document
from audiodrama.script.labelled.speaker_labels import (
    SpeakerLabel,
    character_cue,
    is_direction,
    is_slug,
    is_stamp,
    is_transition,
    read,
)
from audiodrama.script.language import Language

_NEW_ROW = re.compile(r"\r\n?|\n")
_FEWEST = 3
"""Labels of a labelled document at least."""
_MOST_OF = 0.6
"""Share of the paragraphs that must have a label; scene headings, transitions and directions in brackets aside."""
_OF_A_SCREENPLAY = 0.4
"""The same share in a screenplay, which scene headings show: it has more action."""
_RECURRING = 0.5
"""Share of the labels that must come back."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source within a block."""

    block: int
    """Index of the block in ``Document.blocks``."""
    start: int
    """Offset of its first character in the block's text."""
    end: int
    """Offset behind its last character."""
    text: str
    """``Block.text[start:end]``."""
    first: bool
    """Whether a blank line, a heading or a skip stands before it."""
    label: SpeakerLabel | None = None
    """The label that says who speaks the row; None if the row has none."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document that names its speakers itself."""

    document: Document
    """The document, with scene headings and character cues as paragraphs even where they look like titles."""
    rows: tuple[Row, ...]
    """The rows, in reading order."""
    chat: bool
    """Whether the document is a chat: brackets are a speaker's words, no directions."""
    caps: bool
    """Whether the labels are in capitals, as in a play."""
    language: Language
    """The document's language."""


def labelled(document: Document, language: Language) -> Labelled | None:
    """Tell whether a document names its speakers itself; None if it does not."""
    rows = _with_labels(document, language)
    counts = Counter(row.label.key for row in rows if row.label)
    if not _is_labelled(document, rows, counts, language):
        return None
    below = [row.first for row in rows[1:]] + [True]
    believed = tuple(
        row if _is_believed(row, counts, apart) else replace(row, label=None)
        for row, apart in zip(rows, below, strict=True)
    )
    labels = [row.label for row in believed if row.label]
    cue_blocks = {row.block for row in believed if row.label or is_slug(row.text, language)}
    blocks = tuple(
        replace(block, kind="paragraph", level=0) if block.kind == "heading" and at in cue_blocks else block
        for at, block in enumerate(document.blocks)
    )
    chat = 2 * sum(label.chat or label.name.islower() for label in labels) > len(labels)
    caps = 2 * sum(label.caps for label in labels) > len(labels)
    title = "" if any(document.title == document.blocks[at].text for at in cue_blocks) else document.title
    return Labelled(replace(document, blocks=blocks, title=title), believed, chat, caps, language)


def rows_of(document: Document) -> Iterator[Row]:
    """The lines of the source within each block; none for breaks."""
    reached = 0
    for index, block in enumerate(document.blocks):
        if block.kind == "break" or not block.text:
            continue
        first = not reached or not _is_next_row(document.source[reached : block.span.start])
        reached = block.span.end
        starts = [*_row_starts(document.source, block), len(block.text)]
        for begin, end in pairwise(starts):
            text = block.text[begin:end]
            bare = text.strip()
            if bare:
                at = begin + text.index(bare)
                yield Row(index, at, at + len(bare), bare, first)
                first = False


def _is_next_row(between: str) -> bool:
    """Whether no blank line stands between two rows, given the source between them."""
    return not between.strip() and len(_NEW_ROW.findall(between)) < 2


def _row_starts(source: str, block: Block) -> list[int]:
    """Offsets in the block's text where a line of the source begins."""
    starts = [0]
    sources = [place for _, place in block.runs]
    for newline in _NEW_ROW.finditer(source, *block.span):
        run = bisect_right(sources, newline.end()) - 1
        at, place = block.runs[run]
        following = block.runs[run + 1][0] if run + 1 < len(block.runs) else len(block.text)
        offset = min(at + newline.end() - place, following)
        if offset > starts[-1]:
            starts.append(offset)
    return starts


def _with_labels(document: Document, language: Language) -> list[Row]:
    """Every row with its label, if any. A cue is one only above the words that it is for."""
    rows = list(rows_of(document))
    for at, row in enumerate(rows):
        kind = document.blocks[row.block].kind
        below = rows[at + 1] if at + 1 < len(rows) else None
        label = character_cue(row.text, language) if kind == "heading" else read(row.text, language)
        unspoken = below is None or is_slug(below.text, language) or is_transition(below.text, language)
        if label and not (label.alone and unspoken):
            rows[at] = replace(row, label=label)
    return rows


def _is_believed(row: Row, counts: Counter[str], apart: bool) -> bool:
    """Whether a row of a labelled document is labelled: a name that comes once is one only in an unmistakable place.

    ``apart``: whether a blank line is below it.
    """
    label = row.label
    if label is None:
        return False
    return counts[label.key] > 1 or label.chat or (row.first and not (label.alone and apart))


def _is_labelled(document: Document, rows: list[Row], counts: Counter[str], language: Language) -> bool:
    """Whether enough rows have labels, and enough labels come back.

    Args:
        document: the story.
        rows: its rows with their labels.
        counts: label -> rows that have it.
        language: knows scene headings and transitions.
    """
    labels = sum(counts.values())
    if labels < _FEWEST or len(counts) < 2:
        return False
    recurring = sum(count for count in counts.values() if count > 1)
    if recurring < _RECURRING * labels:
        return False
    units = slugs = 0
    spoken = False
    for row in rows:
        if is_slug(row.text, language):
            slugs += 1
            spoken = False
        elif row.label:
            units += 1
            spoken = row.label.alone
        elif spoken:
            # The words below a cue are no unit of their own, blank line or not.
            spoken = is_direction(row.text)
        elif row.first or document.blocks[row.block].text[: row.end] == row.text:
            aside = is_transition(row.text, language) or is_direction(row.text) or is_stamp(row.text)
            units += document.blocks[row.block].kind != "heading" and not aside
    return labels >= (_OF_A_SCREENPLAY if slugs else _MOST_OF) * units
