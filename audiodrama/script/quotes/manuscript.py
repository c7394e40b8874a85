"""Turn a Document into a Manuscript: one text with unified marks, its paragraphs and their speeches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audiodrama.model import Block, BlockKind, Document
from audiodrama.script.language import Language
from audiodrama.script.language.en import ENGLISH
from audiodrama.script.quotes.conventions import DOUBLE_MARKS, SINGLE_MARKS, detect
from audiodrama.script.quotes.embedded_letters import embedded_letters
from audiodrama.script.quotes.kinds import classify
from audiodrama.script.quotes.pairing import Quotation
from audiodrama.script.quotes.quotations import FoundQuotations, ParagraphSpan, quotations
from audiodrama.script.quotes.segments import Segment, SegmentKind
from audiodrama.script.quotes.thoughts import italic_thoughts

__all__ = ["Manuscript", "Paragraph", "Segment", "in_portions", "transcribe"]

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_UNIFIED = str.maketrans(
    dict.fromkeys(DOUBLE_MARKS, '"') | dict.fromkeys(SINGLE_MARKS, "'") | dict.fromkeys("\u00a0\u202f\u2007\t", " ")
)

PORTION = 120
"""Segments of a paragraph that are looked at together."""
_TOO_MANY = 40
"""Lost apostrophes that are no accident; counting stops there."""
_KEPT_SHARE = 10
"""A text has lost its apostrophes if ten times as many are missing as there are."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the document and its segments."""

    index: int
    """Index of the paragraph in ``Manuscript.paragraphs``."""
    block: int
    """Index of the block in ``Document.blocks``."""
    start: int
    """Offset of its first character in ``Manuscript.text``."""
    end: int
    """Offset behind its last character."""
    kind: BlockKind
    """What the block is."""
    segments: tuple[Segment, ...]
    """They tile the paragraph, but for the marks around speech."""

    @property
    def speech(self) -> tuple[Segment, ...]:
        """The segments that are a character's words, said aloud or thought."""
        return tuple(segment for segment in self.segments if segment.kind != "narration")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A story's text with unified marks, cut into paragraphs and segments."""

    text: str
    """All blocks' texts joined by blank lines. Marks around speech and double marks of every style are ``"``,
    apostrophes and other single marks ``'``."""
    paragraphs: tuple[Paragraph, ...]
    """The paragraphs, in reading order."""
    convention: str
    """The name of the quote convention that the story follows."""
    scene_starts: tuple[int, ...]
    """Indexes of the paragraphs where a scene or a chapter begins; 0 is one of them."""
    present: bool
    """Whether the narration is in the present tense."""
    language: Language = field(default=ENGLISH, repr=False)
    """The story's language."""


def transcribe(document: Document, language: Language = ENGLISH) -> Manuscript:
    """Find the speeches of a document.

    Args:
        document: the story.
        language: what it is written in.
    """
    blocks = document.blocks
    text = "\n\n".join(block.text for block in blocks)
    convention = detect([block.text for block in blocks if block.kind in ("paragraph", "note")], language)
    stretches = tuple(_stretches(blocks))
    quoted = quotations(text, stretches, convention, language)
    silent = embedded_letters(text, stretches, quoted, language)
    unified = list(text.translate(_UNIFIED)) if convention.name not in ("double", "none") else []
    paragraphs = []
    for index, (stretch, block) in enumerate(zip(stretches, blocks, strict=True)):
        pieces = () if index in silent else _pieces(text, stretch, quoted[index], language)
        segments = _segments(stretch, pieces, quoted[index].continues)
        if block.emphasis and stretch.prose:
            italics = [(start + stretch.start, end + stretch.start) for start, end in block.emphasis]
            segments = italic_thoughts(text, segments, italics, language)
        _unify(unified, pieces)
        paragraphs.append(Paragraph(index, index, stretch.start, stretch.end, block.kind, segments))
    marked = _with_apostrophes("".join(unified) if unified else text.translate(_UNIFIED), language)
    present = _is_in_present(marked, paragraphs, language)
    return Manuscript(marked, tuple(paragraphs), convention.name, _scene_starts(blocks), present, language)


def in_portions(manuscript: Manuscript) -> Manuscript:
    """The same text with every very long paragraph cut into several.

    A book on one line is one paragraph. A step that looks around in a paragraph would look at the whole book for each
    of its speeches; words that far away have no bearing on who speaks.
    """
    if all(len(paragraph.segments) <= PORTION for paragraph in manuscript.paragraphs):
        return manuscript
    starts = set(manuscript.scene_starts)
    cut: list[Paragraph] = []
    scene_starts: list[int] = []
    for paragraph in manuscript.paragraphs:
        if paragraph.index in starts:
            scene_starts.append(len(cut))
        segments = paragraph.segments
        for begin in range(0, max(1, len(segments)), PORTION):
            portion = segments[begin : begin + PORTION]
            low = cut[-1].end if begin else paragraph.start
            high = portion[-1].end if begin + PORTION < len(segments) else paragraph.end
            cut.append(replace(paragraph, index=len(cut), start=low, end=high, segments=portion))
    return replace(manuscript, paragraphs=tuple(cut), scene_starts=tuple(scene_starts))


def _stretches(blocks: tuple[Block, ...]) -> Iterator[ParagraphSpan]:
    """Where each block stands in the manuscript's text, with a blank line between two."""
    start = 0
    for block in blocks:
        yield ParagraphSpan(start, start + len(block.text), block.kind in ("paragraph", "note"))
        start += len(block.text) + 2


def _pieces(
    text: str, stretch: ParagraphSpan, quoted: FoundQuotations, language: Language
) -> tuple[tuple[Quotation, SegmentKind], ...]:
    """The quotations that are more than quoted, with what they are."""
    if quoted.sure:
        return tuple((piece, "speech") for piece in quoted.quotations)
    named = classify(text, stretch.start, stretch.end, quoted.quotations, quoted.continues, language)
    return tuple((piece, kind) for piece, kind in zip(quoted.quotations, named, strict=True) if kind != "quoted")


def _segments(
    stretch: ParagraphSpan, pieces: tuple[tuple[Quotation, SegmentKind], ...], continues: bool
) -> tuple[Segment, ...]:
    """Cut a paragraph into speech, thought and the narration between them.

    Args:
        stretch: the paragraph.
        pieces: its quotations, with what they are.
        continues: whether the first one goes on from the paragraph before.
    """
    segments = []
    at = stretch.start
    for piece, kind in pieces:
        if piece.start > at:
            segments.append(Segment(at, piece.start, "narration"))
        goes_on = continues and piece.start == stretch.start
        segments.append(Segment(piece.inner, piece.inner_end, kind, not piece.closed, goes_on))
        at = piece.end
    if at < stretch.end:
        segments.append(Segment(at, stretch.end, "narration"))
    return tuple(segments)


def _unify(unified: list[str], pieces: tuple[tuple[Quotation, SegmentKind], ...]) -> None:
    """Write double marks around what is spoken, where the text has others."""
    if not unified:
        return
    for piece, _ in pieces:
        for start, end in ((piece.start, piece.inner), (piece.inner_end, piece.end)):
            unified[start:end] = ['"' if char in "'\"`" else char for char in unified[start:end]]


def _with_apostrophes(text: str, language: Language) -> str:
    """A text that lost its apostrophes to a conversion ("Emma s hat", "I ll go"), with them again: one for each blank.

    Only where the text has next to none, as they may be letters by themselves ("a d and an s") elsewhere.
    """
    present = sum(1 for _ in zip(_APOSTROPHE.finditer(text), range(_TOO_MANY), strict=False))
    lost_apostrophe = language.quotes.lost_apostrophe
    lost = sum(1 for _ in zip(lost_apostrophe.finditer(text), range(_TOO_MANY), strict=False))
    return lost_apostrophe.sub("'", text) if lost == _TOO_MANY and _KEPT_SHARE * present < lost else text


def _is_in_present(text: str, paragraphs: Sequence[Paragraph], language: Language) -> bool:
    """Whether the narration says "says" and "is" rather than "said" and "was"."""
    present = past = 0
    for segment in (segment for paragraph in paragraphs for segment in paragraph.segments):
        if segment.kind == "narration":
            for verb in language.quotes.present_or_past.finditer(text, segment.start, segment.end):
                present, past = present + bool(verb.group(1)), past + (not verb.group(1))
    return present > past


def _scene_starts(blocks: tuple[Block, ...]) -> tuple[int, ...]:
    """Indexes of the blocks that begin a scene: the first, those behind a break, and headings below other text."""
    starts = [0] if blocks else []
    for index, block in enumerate(blocks[:-1]):
        if block.kind == "break" or (blocks[index + 1].kind == "heading" and block.kind != "heading"):
            starts.append(index + 1)
    return tuple(starts)
