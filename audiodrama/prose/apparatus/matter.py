"""Turn what writers add around a story - notes, headers, postscripts, footnotes - into notes and skips.

The passages are walked forward, for what stands at the top of the file or of a chapter, and backward, for what
stands at the end of one. `labels` judges the single passage; how far a note reaches is decided here.

The case files named here are in ``tests/cases/prose``.
"""

from __future__ import annotations

import re

from audiodrama.model import Span
from audiodrama.prose.apparatus import labels
from audiodrama.prose.passages import Passage

# Characters of a passage, and of a line, that are judged, and lines of a passage.
_OPENING = 300
_MAX_LINES = 12
# Paragraphs over which a note under a heading or a label of its own reaches at most; beyond, it could be the story.
# Chosen by hand. A label that is no heading is trusted less (a-note-after-a-break-leaves-the-scene-alone.txt,
# a-note-under-its-own-label.txt).
_LONG_NOTE = 12
_SHORT_NOTE = 4
# Paragraphs before a postscript among which the letter that it belongs to begins or is signed
# (a-postscript-in-a-letter-stays.txt).
_LETTER = 12
# A footnote's mark in the text: "duke[1]", "him [*]"; not "[1]:", which begins the note.
_REFERENCE = re.compile(r"(?<=\S)[ ]?\[\^?(\d{1,3}|\*{1,3}|[†‡§A-Z])\](?!:)")
_THE_END = re.compile(r"[\W_]*(?:the\s+)?(?:end|fin|finis)[\W_]*$", re.IGNORECASE)


def mark(source: str, passages: list[Passage]) -> list[Passage]:
    """Leave out what surrounds the story."""
    passages = [part for passage in passages for part in _without_header(source, passage)]
    openings = [_opening(source, passage) for passage in passages]
    referred = frozenset(_REFERENCE.findall(source))
    forward = _Walk(source, passages, openings, referred).forward()
    return _backward(forward, openings)


def _opening(source: str, passage: Passage) -> str:
    """Give the first characters of a passage on one line."""
    start, end = passage.span
    return " ".join(source[start : min(end, start + _OPENING)].split())


def _line(source: str, span: Span) -> str:
    """Give the first characters of a line."""
    return source[span.start : min(span.end, span.start + _OPENING)]


def _without_header(source: str, passage: Passage) -> list[Passage]:
    """Part the header fields at the top of a passage from a story that begins right below them."""
    if passage.kind != "paragraph" or len(passage.lines) < 2:
        return [passage]
    fields = 0
    last_field = ""
    for line in passage.lines:
        name = labels.field(_line(source, line))[0]
        if not labels.is_header(name):
            break
        last_field = name
        fields += 1
    if fields < 2 or fields == len(passage.lines) or labels.runs_on(last_field):
        return [passage]
    head, rest = passage.lines[:fields], passage.lines[fields:]
    return [
        Passage(Span(passage.span.start, head[-1].end), head, passage.blanks, solid=passage.solid),
        Passage(Span(rest[0].start, passage.span.end), rest, 0, solid=passage.solid),
    ]


class _Walk:
    """The walk through the passages from the first to the last, and what it has seen so far.

    ``front`` is true until the story begins, ``edge`` until the chapter does.
    """

    def __init__(self, source: str, passages: list[Passage], openings: list[str], referred: frozenset[str]) -> None:
        self.source = source
        self.passages = list(passages)
        self.openings = openings
        self.referred = referred
        self.front = True
        self.edge = True

    def forward(self) -> list[Passage]:
        """Judge each passage by what came before it."""
        at = 0
        while at < len(self.passages):
            at = self._heading(at) if self.passages[at].kind == "heading" else self._passage(at)
        return self.passages

    def _heading(self, at: int) -> int:
        """Leave out a section that its heading calls a note; give the next index."""
        self.edge = True
        reason = labels.section(self.openings[at])
        end = self._reach(at, _LONG_NOTE) if reason else 0
        # In the midst of a story, "Notes" is the name of a chapter.
        plain = self.openings[at].strip("#*_:. ").lower() in ("note", "notes")
        if not end or (plain and not self.front and end < len(self.passages)):
            return at + 1
        return self._leave_out(at, end, reason)

    def _passage(self, at: int) -> int:
        """Judge what is no heading; give the next index."""
        passage, text = self.passages[at], self.openings[at]
        if passage.kind == "break":
            self.edge = True
        if passage.kind != "paragraph":
            return at + 1
        kind_above = self.passages[at - 1].kind if at else ""
        lines = tuple(_line(self.source, line) for line in passage.lines[:_MAX_LINES])
        last = self.source[passage.span.end - 1]
        view = labels.View(text, lines, last, self.front, self.edge, kind_above in ("note", "skip"))
        verdict = labels.judge(view, self.referred)
        if not verdict:
            self.front = self.edge = False
            return at + 1
        end = at + 1
        if verdict.reason == labels.NOTE:
            if len(passage.lines) == 1 and labels.is_label(text):
                end = self._reach(at, _SHORT_NOTE) or min(at + 2, len(self.passages))
            elif at and _THE_END.match(self.openings[at - 1]):
                end = self._tail(at) or end
        return self._leave_out(at, end, verdict.reason, note=verdict.note)

    def _leave_out(self, at: int, end: int, reason: str, *, note: bool = True) -> int:
        """Leave out the passages from ``at`` to ``end``; give the next index."""
        for number in range(at, end):
            passage = self.passages[number]
            if passage.kind in ("paragraph", "heading"):
                self.passages[number] = passage.skipped(reason, note=note)
        return end

    def _reach(self, at: int, most: int) -> int:
        """Give the index behind a note that passage ``at`` is the label of: where a heading or a break ends it.

        Args:
            at: the label's index.
            most: paragraphs of the note at most.

        Returns:
            0 if the end is too far off to be certain, or if there is none and the story would be in the note.
        """
        for end in range(at + 1, min(len(self.passages), at + most + 2)):
            if self.passages[end].kind in ("heading", "break"):
                return end
            if most == _SHORT_NOTE and self.openings[end][0] in '"“‘«':
                return 0
        return 0 if self.front else self._tail(at)

    def _tail(self, at: int) -> int:
        """Give the end of the file if what is left of it behind ``at`` is short, without headings, breaks or speech."""
        rest = self.passages[at + 1 :][: _LONG_NOTE + 1]
        if len(rest) > _LONG_NOTE or any(passage.kind in ("heading", "break") for passage in rest):
            return 0
        if any(mark in opening for opening in self.openings[at + 1 :] for mark in '"“«'):
            return 0
        return len(self.passages)


def _backward(passages: list[Passage], openings: list[str]) -> list[Passage]:
    """Leave out words to the readers at the end of the file or of a chapter, going backward from each end."""
    result = list(passages)
    edge = of_file = True
    for number in range(len(passages) - 1, -1, -1):
        passage = passages[number]
        if passage.kind == "heading":
            edge, of_file = True, False
        elif passage.kind == "break":
            edge = True
        elif passage.kind == "paragraph" and edge:
            letter = any(map(labels.of_letter, openings[max(0, number - _LETTER) : number]))
            verdict = labels.at_the_end(openings[number], of_file=of_file, in_letter=letter)
            if verdict:
                result[number] = passage.skipped(verdict.reason, note=verdict.note)
            else:
                edge = of_file = False
    return result
