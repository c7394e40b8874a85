"""Turn the lines of a passage into the text that is read: unwrapped, without marks of emphasis and other markup.

Every character of the tidied text stands for the source character at its run's offset. It is the same character but
in these cases: white space (any of it, line ends included) becomes one space; an entity such as ``&mdash;`` becomes
its character, which stands for the ``&``; ``": "`` joins a chapter's number to the title on the next line, and stands
for the line end. What is markup - marks of emphasis, tags, footnote markers, page markers, the hyphen of a word that
was broken at a line end, invisible characters - is in no run; it lies inside the block's span and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiodrama.model import Span
from audiodrama.prose.text.emphasis import Mark, pair
from audiodrama.prose.text.words import Vocabulary

# Soft hyphen, zero-width space, direction marks, word joiner, byte order mark, embeddings, control characters.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\x00-\x08\x0e-\x1b\x7f"
_TAGS = "i|em|b|strong|u|s|strike|del|ins|br|p|hr|span|div|a|font|center|small|big|sup|sub|tt|cite|blockquote"
# Each alternative that looks far ahead stops at the next opening character of its own kind, so that a
# text of nothing but opening characters takes linear time. The case files are in tests/cases/prose.
_TOKEN = rf"""
      # "foun-" at a line end, "tain" below (words-broken-at-a-line-end-are-mended.txt)
      (?P<broken> (?<=[^\W\d_]) [-\u2010\u00ad] [ \t]* (?:\r\n|[\r\n\f]) [ \t]* (?=[^\W\d_]) )
      # white space that is no single space: a line end (hard-wrapped-lines-are-joined.txt), a tab, two spaces
    | (?P<space> [^\S ]\s* | [ ]\s+ )
      # a zero-width space (marks-of-pages-and-pictures.txt)
    | (?P<unseen> [{_INVISIBLE}]+ )
      # "[1]", "[*]", "[^note]" of a footnote (footnotes-and-their-marks.txt), "[Pg 12]" and "{{12}}" of a page
      # (marks-of-pages-and-pictures.txt)
    | (?P<marker> [ ]? \[ (?:\d{{1,3}}|\*{{1,3}}|[†‡§]|\^[\w-]{{1,20}}|(?:Pg|pg|Page|p\.)[ ]?[\dxvi]{{1,5}}) \]
      | (?<=\S) \{{\d{{1,4}}\}} )
      # "[Illustration: a hive]" inside a paragraph (marks-of-pages-and-pictures.txt)
    | (?P<picture> \[ (?:Illustration|Picture|Image|Sidenote) \b [^\[\]]* \] )
      # "<i>", "</em>", "<br>" (emphasis-is-kept-and-its-marks-are-not-read.txt), "<!-- a comment -->"
    | (?P<tag> < (?P<close>/?) (?P<name>{_TAGS}) \b [^<>]* > | <!-- [^<>]* --> )
      # "&mdash;", "&#8212;", "&#x2014;" (emphasis-is-kept-and-its-marks-are-not-read.txt)
    | (?P<entity> & (?: [a-zA-Z]{{2,31}} | \#\d{{1,7}} | \#[xX][0-9a-fA-F]{{1,6}} ) ; )
      # "*", "__" (emphasis-is-kept-and-its-marks-are-not-read.txt)
    | (?P<mark> \*+ | _+ MORE_MARKS )
"""
# What Markdown has besides (markdown-marks-are-not-read.txt).
_MARKDOWN_TOKEN = r"""
      (?P<escape> \\ (?=[!-/:-@\[-`{-~]) ) (?P<escaped> . )                # "\*"
    | (?P<image> !\[ [^\[\]]* \] \( [^()]* \) )                          # "![A well](well.png)"
      # "[" of a link and "](http://x.y/z)": its text between them is read
    | (?P<link> \[ (?=[^\[\]]*\]\([^()]*\)) | \] \( [^()]* \) )
    |
"""
_MORE_MARKDOWN_MARKS = r"| ~~+ | `+"
# Without one of these a passage is read as it stands.
_ODD = re.compile(rf"[_*\\`~&<\[{{{_INVISIBLE}]|[^\S ]|  ")
_BROKEN = re.compile(r"[^\W\d_][-\u2010]\n[^\W\d_]")
_EMPHATIC = frozenset(("i", "em", "b", "strong"))


@dataclass(frozen=True, slots=True)
class InlineSyntax:
    """The marks that a format has inside a passage."""

    token: re.Pattern[str]
    """Matches one piece of markup. Its last named group is its kind, as ``_write`` knows it; of other kinds nothing is
    read."""


PLAIN = InlineSyntax(re.compile(_TOKEN.replace("MORE_MARKS", ""), re.VERBOSE))
"""Plain text: marks of emphasis and HTML's tags and entities, as in text files from the web."""
MARKDOWN = InlineSyntax(re.compile(_MARKDOWN_TOKEN + _TOKEN.replace("MORE_MARKS", _MORE_MARKDOWN_MARKS), re.VERBOSE))
"""Markdown: the same with links, pictures, escapes, struck out words and code."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """The text of a passage that is read, and where it comes from."""

    text: str
    """The words that are read, as `Block.text`."""
    runs: tuple[tuple[int, int], ...]
    """Where runs of equal characters begin, as `Block.runs`."""
    emphasis: tuple[Span, ...]
    """Stretches of emphasis, as `Block.emphasis`."""


def tidy(source: str, stretches: tuple[Span, ...], words: Vocabulary, syntax: InlineSyntax, joint: str = "") -> Tidied:
    """Tidy the stretches of one passage.

    Args:
        source: the whole source text.
        stretches: parts of it, in order, that are read one after the other.
        words: the words of the source, which decide whether a hyphen at a line end belongs to its word.
        syntax: the marks that the format has.
        joint: what to read between the first stretch and the second, before the space.
    """
    start, end = stretches[0]
    if len(stretches) == 1:
        raw = source[start:end]
        flat = raw.replace("\n", " ")
        if not _ODD.search(flat) and not _BROKEN.search(raw):
            return Tidied(flat, ((0, start),), ())
    writer = _Writer()
    for number, (start, end) in enumerate(stretches):
        if number:
            if number == 1 and joint:
                writer.add(stretches[0].end, joint)
            writer.add(stretches[number - 1].end, " ")
        _tidy_stretch(writer, source[start:end], start, words, syntax)
    return writer.finish()


class _Writer:
    """Collects pieces of text with their source offsets, one space at most between two words."""

    def __init__(self) -> None:
        # ``length`` is the characters written, ``spaced`` whether the last of them is a space, ``opened`` where the
        # stretches of emphasis begin that are not closed yet.
        self.pieces: list[str] = []
        self.runs: list[tuple[int, int]] = []
        self.length = 0
        self.spaced = True
        self.opened: list[int] = []
        self.emphasis: list[Span] = []

    def add(self, offset: int, piece: str) -> None:
        """Write ``piece``, whose first character stands for the source's at ``offset``."""
        if self.spaced and piece.startswith(" "):
            piece, offset = piece[1:], offset + 1
        if not piece:
            return
        if not self.runs or self.runs[-1][1] - self.runs[-1][0] != offset - self.length:
            self.runs.append((self.length, offset))
        self.pieces.append(piece)
        self.length += len(piece)
        self.spaced = piece.endswith(" ")

    def open(self) -> None:
        """Begin a stretch of emphasis here."""
        self.opened.append(self.length)

    def close(self) -> None:
        """End the innermost stretch of emphasis."""
        if self.opened:
            begin = self.opened.pop()
            if begin < self.length:
                self.emphasis.append(Span(begin, self.length))

    def finish(self) -> Tidied:
        """Give what was written, without white space at the ends."""
        while self.opened:
            self.close()
        text = "".join(self.pieces).rstrip()
        runs = tuple(run for run in self.runs if run[0] < len(text))
        spans = (Span(begin, min(end, len(text))) for begin, end in sorted(set(self.emphasis)))
        return Tidied(text, runs, tuple(span for span in spans if span.start < span.end))


def _tidy_stretch(writer: _Writer, raw: str, start: int, words: Vocabulary, syntax: InlineSyntax) -> None:
    """Write one stretch of source text that begins at ``start`` of the source."""
    tokens = list(syntax.token.finditer(raw))
    marks = pair(raw, [token.span() for token in tokens if token.lastgroup == "mark"])
    at = 0
    for token in tokens:
        writer.add(start + at, raw[at : token.start()])
        at = token.end()
        _write(writer, token, start + token.start(), marks, words)
    writer.add(start + at, raw[at:])


def _write(writer: _Writer, token: re.Match[str], offset: int, marks: dict[int, Mark], words: Vocabulary) -> None:
    """Write what is read of one token, which begins at ``offset`` of the source."""
    kind = token.lastgroup
    if kind == "space":
        writer.add(offset, " ")
    elif kind == "broken":
        if words.hyphenated(token.string, token.start(), token.end()):
            writer.add(offset, "-")
    elif kind == "mark":
        mark = marks[token.start()]
        for _ in range(mark.closes):
            writer.close()
        writer.add(offset, mark.read)
        for _ in range(mark.opens):
            writer.open()
    elif kind == "tag":
        _write_tag(writer, token, offset)
    elif kind == "entity":
        from html import unescape

        character = unescape(token.group())
        writer.add(offset, " " if character.isspace() else character)
    elif kind == "escaped":
        writer.add(offset + 1, token.group("escaped"))


def _write_tag(writer: _Writer, token: re.Match[str], offset: int) -> None:
    """Open or close emphasis at an HTML tag, or write a space where it breaks a line."""
    name = token.group("name")
    if name in _EMPHATIC:
        if token.group("close"):
            writer.close()
        else:
            writer.open()
    elif name in ("br", "p", "hr", "div", "blockquote"):
        writer.add(offset, " ")
