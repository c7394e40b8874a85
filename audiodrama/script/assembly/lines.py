"""Turn a Manuscript and its decisions into a Script: scenes of lines that account for every source character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audiodrama.model import NARRATOR, UNKNOWN, Block, Document, Line, LineKind, Person, Scene, Script, Skip, Span
from audiodrama.script.assembly.chapters import chapter_titles
from audiodrama.script.attribution.decision import Decision
from audiodrama.script.quotes.manuscript import Manuscript, Paragraph, Segment

_KINDS: dict[str, LineKind] = {"speech": "dialogue", "thought": "thought", "narration": "narration"}
_LOOSE = " ,;:.)]!?—–―‒-"
"""Characters that narration behind a speech does not begin with."""


@dataclass(slots=True)
class Piece:
    """A line or a skip under way; ``start`` and ``end`` grow until the source is tiled."""

    start: int
    """Offset of its first character in the source."""
    end: int
    """Offset behind its last character."""
    paragraph: int
    """Index of the paragraph; -1 for what is in none."""
    line: Line | None = None
    """The line; None for a skip."""
    reason: str = ""
    """Why a skip is left out, as `Skip.reason`."""


def build(
    document: Document,
    manuscript: Manuscript,
    people: tuple[Person, ...],
    decisions: Mapping[int, Decision],
    dropped: Sequence[Span] = (),
) -> Script:
    """Make the script.

    Args:
        document: the story.
        manuscript: its transcription.
        people: the characters who speak.
        decisions: ``Segment.start`` -> who speaks the segment.
        dropped: spans of the manuscript's text, whole narration segments, that are not performed: bare speech tags.
    """
    dropped_starts = {span.start for span in dropped}
    pieces = [
        piece
        for paragraph in manuscript.paragraphs
        for piece in _pieces(document, manuscript, paragraph, decisions, dropped_starts)
    ]
    breaks = {piece.start for piece in pieces if piece.reason == "scene break"}
    left_out = [skip for skip in document.skipped if skip.span.end > skip.span.start and skip.span.start not in breaks]
    pieces += [Piece(*skip.span, -1, reason=skip.reason) for skip in left_out]
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    if not pieces and document.source:
        pieces.append(Piece(0, len(document.source), -1, reason="blank"))
    spread(pieces, len(document.source))
    skipped = tuple(Skip(Span(piece.start, piece.end), piece.reason) for piece in pieces if piece.line is None)
    return Script(
        _scenes(document, manuscript, pieces), people, skipped, document.title, document.author, document.file
    )


def script_spans(script: Script, *, thoughts: bool = True) -> list[dict[str, int | str]]:
    """Who speaks where: ``{"start", "end", "speaker"}`` of every line of dialogue, in source characters.

    Args:
        script: the script as it was adapted; lines that the user added have no place and are left out.
        thoughts: whether to count what a character thinks; corpora of quotations do.
    """
    wanted = ("dialogue", "thought") if thoughts else ("dialogue",)
    return [
        {"start": line.spoken.start, "end": line.spoken.end, "speaker": line.speaker}
        for line in script.lines()
        if line.kind in wanted and line.spoken is not None
    ]


def _pieces(
    document: Document,
    manuscript: Manuscript,
    paragraph: Paragraph,
    decisions: Mapping[int, Decision],
    dropped_starts: set[int],
) -> list[Piece]:
    """One paragraph's lines and skips; their spans tile the block's."""
    block = document.blocks[paragraph.block]
    if block.span.end <= block.span.start:
        return []
    if block.kind == "break":
        return [Piece(*block.span, paragraph.index, reason="scene break")]
    pieces: list[Piece] = []
    lead: int | None = None
    for segment, start, end in _shares(paragraph):
        low, high = block.to_source(start - paragraph.start), block.to_source(end - paragraph.start)
        if lead is not None:
            low, lead = lead, None
        piece = Piece(low, high, paragraph.index)
        if segment.kind == "narration" and segment.start in dropped_starts:
            piece.reason = "speech tag"
        else:
            piece.line = _line(block, paragraph, segment, decisions.get(segment.start), bool(pieces))
        if piece.line or piece.reason:
            pieces.append(piece)
        elif pieces:
            pieces[-1].end = high
        else:
            lead = low
    if not pieces:
        return [Piece(*block.span, paragraph.index, reason="no words")]
    pieces[0].start, pieces[-1].end = block.span
    return pieces


def _shares(paragraph: Paragraph) -> Iterator[tuple[Segment, int, int]]:
    """Every segment with the stretch that is its own: its text and the marks that belong to it."""
    segments = paragraph.segments
    start = paragraph.start
    for index, segment in enumerate(segments):
        if index + 1 == len(segments):
            yield segment, start, paragraph.end
            return
        after = segments[index + 1]
        marks = after.start - segment.end
        if segment.kind == "narration" or segment.open:
            end = segment.end
        elif after.kind == "narration":
            end = after.start
        else:
            end = segment.end + marks // 2
        yield segment, start, end
        start = end


def _line(block: Block, paragraph: Paragraph, segment: Segment, decision: Decision | None, later: bool) -> Line | None:
    """The line of a segment; None if nothing in it can be spoken."""
    text = block.text[segment.start - paragraph.start : segment.end - paragraph.start]
    bare = text.lstrip()
    if segment.kind == "narration" and segment.start > paragraph.start:
        bare = text.lstrip(_LOOSE)
    at = segment.start - paragraph.start + len(text) - len(bare)
    bare = bare.rstrip()
    if not bare or (segment.kind == "narration" and not any(map(str.isalnum, bare))):
        return None
    spoken = Span(block.to_source(at), block.to_source(at + len(bare) - 1) + 1)
    kind: LineKind = "heading" if block.kind == "heading" else _KINDS[segment.kind]
    line = Line(kind, NARRATOR, bare, spoken, spoken, runs_on=later)
    if kind not in ("dialogue", "thought"):
        return line
    if decision is None or (kind == "thought" and decision.speaker == UNKNOWN):
        return replace(line, speaker=NARRATOR if kind == "thought" else UNKNOWN, confidence=0.0)
    if decision.speaker == NARRATOR:
        # The user says that no character says it.
        return replace(line, kind="narration", confidence=decision.confidence, why=decision.why)
    sure, why = decision.confidence, decision.why
    return replace(line, speaker=decision.speaker, confidence=sure, why=why, delivery=decision.delivery)


def spread(pieces: list[Piece], length: int) -> None:
    """Let the pieces take the white space between them: lines before skips, the one before it before the next."""
    for index, piece in enumerate(pieces):
        previous = pieces[index - 1] if index else None
        if previous is None:
            piece.start = 0
        elif previous.line or not piece.line:
            previous.end = piece.start
        else:
            piece.start = previous.end
    if pieces:
        pieces[-1].end = length


def _scenes(document: Document, manuscript: Manuscript, pieces: Sequence[Piece]) -> tuple[Scene, ...]:
    """The lines in their scenes; a scene without lines is left out, its title goes to the next."""
    titles = chapter_titles(document, manuscript.scene_starts)
    starts = set(manuscript.scene_starts)
    scenes: list[tuple[str, list[Line]]] = []
    current = -1
    for piece in pieces:
        if piece.line is None:
            continue
        for index in range(current + 1, piece.paragraph + 1):
            if index in starts and (not scenes or scenes[-1][1]):
                scenes.append((titles.get(index, ""), []))
            elif index in starts:
                scenes[-1] = (titles.get(index, "") or scenes[-1][0], [])
        current = max(current, piece.paragraph)
        scenes[-1][1].append(replace(piece.line, span=Span(piece.start, piece.end)))
    return tuple(Scene(tuple(lines), title) for title, lines in scenes if lines)
