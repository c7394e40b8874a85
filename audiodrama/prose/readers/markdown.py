"""Turn Markdown into passages: its marks show headings, quotations, rules, comments and front matter.

Paragraphs are as in CommonMark, except that a text with one paragraph on each line and no blank lines keeps them
apart (markdown-with-a-paragraph-on-each-line.txt), that a rule right below a sentence is a scene break and no heading
(a-rule-below-a-sentence-is-a-scene-break.txt), and that the hyphen of a list stays, for stories lead their dialogue in
with it. The case files are in ``tests/cases/prose``, most marks in markdown-marks-are-not-read.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from audiodrama.model import Span
from audiodrama.prose import encodings
from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.readers.protocol import Source
from audiodrama.prose.readers.rows import Row, one_paragraph_a_line, rows
from audiodrama.prose.structure.breaks import is_break
from audiodrama.prose.structure.headings import bare, like_title
from audiodrama.prose.text.inline import MARKDOWN

# "## Chapter 1", "# Title #".
_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<space>[ \t]*)(?P<text>.*?)[ \t]*(?:(?<=[ \t])#+)?$")
# "<h2>Chapter 1</h2>" and "<hr/>" on a line of their own.
_HTML_HEADING = re.compile(r"<h(?P<level>[1-6])\b[^<>]*>(?P<text>[^<>]*)</h[1-6]>$", re.IGNORECASE)
_HTML_RULE = re.compile(r"<hr\b[^<>]*>$", re.IGNORECASE)
# "> A quoted", "> > ".
_QUOTE = re.compile(r"(?:>[ \t]?)+")
# The mark of a list that is not read, "* ", "+ ", "- [x] "; the hyphen alone stays, for it leads dialogue in.
_BULLET = re.compile(r"(?:[*+][ \t]+|[-*+][ \t]+\[[ xX]\][ \t]+)(?=\S)")
# The beginning of an item of a list, "- ", "12. ", which is a paragraph of its own.
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
# "[well]: http://x.y/z "The Well"", the address of a link.
_REFERENCE = re.compile(r"\[[^\[\]]+\]:\s*\S+(?:\s+[\"'(].*)?$")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:")
_FENCE = re.compile(r"`{3,}[^`]*$")
# "title: "The Well"" (YAML), "title = "The Well"" (TOML).
_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*[:=]\s*(?P<value>.*)$")
# Characters of a line that is judged by its marks: headings, rules and keys are shorter.
_MAX_MARKED_LINE = 200
# Lines that the front matter has at most.
_MAX_FRONT_MATTER = 100
_COMMENT_END = "-->"


class Markdown:
    """The reader of Markdown files."""

    syntax = MARKDOWN

    def read(self, data: bytes, name: str) -> Source:
        """Decode the bytes and cut the text into passages; the front matter names the story.

        Raises:
            ProseError: the file is empty or is not text.
        """
        return self.parse(encodings.decode(data, name))

    def parse(self, text: str) -> Source:
        """Cut Markdown into passages; the front matter names the story."""
        lines = list(rows(text))
        front, naming = _front_matter(text, lines)
        passages: list[Passage] = []
        if front:
            passages.append(_passage(lines[:front]).skipped("front matter"))
        split = one_paragraph_a_line(text, _groups(text, lines[front:]))
        passages.extend(_PassageCutter(text, lines, split).cut(front))
        if passages:
            passages[0] = replace(passages[0], blanks=passages[0].blanks + 1)
        return Source(text, _levelled(passages), naming)


def _front_matter(source: str, lines: list[Row]) -> tuple[int, Naming]:
    """Give the number of rows of a YAML or TOML header, and the title and author in it."""
    naming = Naming()
    if not lines or source[lines[0].start : lines[0].end] not in ("---", "+++"):
        return 0, naming
    keys = 0
    for number, row in enumerate(lines[1 : _MAX_FRONT_MATTER + 1], 1):
        text = source[row.start : row.end]
        if text in ("---", "...", "+++"):
            return (number + 1, naming) if keys else (0, Naming())
        pair = _KEY.match(text) if row.indent == 0 else None
        if pair:
            keys += 1
            value = pair["value"].strip().strip("\"'")
            if pair["key"].lower() == "title":
                naming = replace(naming, title=value)
            elif pair["key"].lower() in ("author", "authors", "by"):
                naming = replace(naming, author=value.strip("[]"))
        elif not keys:
            return 0, Naming()
    return 0, Naming()


def _groups(source: str, lines: list[Row]) -> list[list[Row]]:
    """Gather the rows of running text that no blank line parts."""
    groups: list[list[Row]] = []
    for row in lines:
        if source[row.start] in "#>=-*+`<" and not source.startswith("**", row.start):
            groups.append([])
        elif row.blanks or not groups:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _passage(group: list[Row], lines: tuple[Span, ...] = (), *, solid: bool = True) -> Passage:
    """Make a passage of some rows; ``lines`` are what is left of them without markup."""
    lines = lines or tuple(Span(row.start, row.end) for row in group)
    return Passage(Span(group[0].start, group[-1].end), lines, group[0].blanks, solid=solid)


@dataclass(slots=True)
class _Open:
    """A paragraph that further rows may belong to."""

    rows: list[Row]
    """The rows so far."""
    lines: list[Span]
    """For each row, the source characters without the marks of quotation and list."""
    quoted: bool
    """Whether it stands in a quotation."""
    solid: bool
    """As `Passage.solid`."""
    footnote: bool = False
    """Whether it is a footnote, which is left out."""


class _PassageCutter:
    """Cut rows into passages, one block of Markdown after the other."""

    def __init__(self, source: str, lines: list[Row], split: bool) -> None:
        self.source = source
        self.lines = lines
        self.split = split
        self.open: _Open | None = None
        self.last_comment = source.rfind(_COMMENT_END)

    def cut(self, at: int) -> Iterator[Passage]:
        """Give the passages from row ``at`` on."""
        while at < len(self.lines):
            row = self.lines[at]
            if row.blanks:
                yield from self.close()
            text = self.source[row.start : min(row.end, row.start + _MAX_MARKED_LINE + 1)]
            comment = self._comment(at, text)
            if comment > at:
                yield from self.close()
                yield _passage(self.lines[at:comment]).skipped("comment")
                at = comment
                continue
            at += 1
            if not (self.open and self.open.rows and self._underlined(text)):
                whole = self._whole(row, text)
                if whole:
                    yield from self.close()
                    yield whole
                else:
                    yield from self._add(row, text)
                continue
            group = self.open
            self.open = None
            yield replace(
                _passage([*group.rows, row], tuple(group.lines), solid=False),
                kind="heading",
                level=1 if text[0] == "=" else 2,
            )
        yield from self.close()

    def close(self) -> Iterator[Passage]:
        """Give the paragraph that is being read, if there is one."""
        if self.open and self.open.rows:
            group = self.open
            passage = _passage(group.rows, tuple(group.lines), solid=group.solid)
            yield passage.skipped("footnote") if group.footnote else passage
        self.open = None

    def _comment(self, at: int, text: str) -> int:
        """Give the index of the row behind an HTML comment that begins with row ``at``; ``at`` if none does."""
        if not text.startswith("<!--") or self.lines[at].start > self.last_comment:
            return at
        end = self.source.find(_COMMENT_END, self.lines[at].start)
        if end < 0:
            return at
        last = at
        while last < len(self.lines) and self.lines[last].start < end:
            last += 1
        return last if self.lines[last - 1].end <= end + len(_COMMENT_END) else at

    def _underlined(self, text: str) -> bool:
        """Tell whether ``text`` underlines the open paragraph as a heading."""
        group = self.open
        if not group or group.quoted or len(group.rows) > 2 or not re.match(r"(?:=+|-{2,})$", text):
            return False
        first = self.source[group.lines[0].start : group.lines[-1].end]
        return len(first) <= _MAX_MARKED_LINE and first[-1] not in '.,;:!?"”’…'

    def _whole(self, row: Row, text: str) -> Passage | None:
        """Give the passage that one row is by its marks, or None if it belongs to a paragraph."""
        passage = _passage([row])
        if len(text) > _MAX_MARKED_LINE:
            return None
        if text[0] == ">":
            return None
        if is_break(text) or _HTML_RULE.match(text):
            return replace(passage, kind="break")
        heading = _HEADING.match(text)
        tagged = _HTML_HEADING.match(text)
        if heading and heading["text"] and (heading["space"] or like_title(heading["text"])):
            words = Span(row.start + heading.start("text"), row.start + heading.end("text"))
            return replace(passage, kind="heading", level=len(heading["marks"]), lines=(words,), solid=False)
        if tagged and bare(tagged["text"]):
            words = Span(row.start + tagged.start("text"), row.start + tagged.end("text"))
            return replace(passage, kind="heading", level=int(tagged["level"]), lines=(words,), solid=False)
        if _REFERENCE.match(text) and not _FOOTNOTE.match(text):
            return passage.skipped("link address")
        if _FENCE.match(text):
            return passage.skipped("markup without words")
        return None

    def _add(self, row: Row, text: str) -> Iterator[Passage]:
        """Add a row to the open paragraph, or to a new one."""
        mark = _QUOTE.match(text)
        start = row.start + (mark.end() if mark else 0)
        while start < row.end and self.source[start].isspace():
            start += 1
        quoted = bool(mark)
        inner = self.source[start : min(row.end, start + _MAX_MARKED_LINE)]
        if quoted and (not inner or is_break(inner)):
            yield from self.close()
            yield (
                _passage([row]).skipped("markup without words") if not inner else replace(_passage([row]), kind="break")
            )
            return
        item = bool(_ITEM.match(inner))
        footnote = bool(_FOOTNOTE.match(inner))
        if self.open and (self.split or item or footnote or (quoted and not self.open.quoted)):
            yield from self.close()
        bullet = _BULLET.match(inner)
        start += bullet.end() if bullet else 0
        if not self.open:
            self.open = _Open([], [], quoted, True, footnote)
        self.open.rows.append(row)
        self.open.lines.append(Span(start, row.end))
        self.open.solid = self.open.solid and start == row.start


def _levelled(passages: list[Passage]) -> list[Passage]:
    """Raise the headings below a title that is alone at the top level: they are the chapters."""
    levels = [passage.level for passage in passages if passage.kind == "heading"]
    if not levels:
        return passages
    alone = len(levels) > 1 and levels[0] < min(levels[1:])
    least = min(levels[1:]) if alone else min(levels)
    return [
        replace(passage, level=max(1, passage.level - least + 1)) if passage.kind == "heading" else passage
        for passage in passages
    ]
