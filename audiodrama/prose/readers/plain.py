"""Turn plain text into passages, whichever way its paragraphs are set.

The whole text decides between three ways: paragraphs with blank lines between them (the lines of one are joined), one
paragraph on each line, and paragraphs whose first line is indented.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from audiodrama.model import Span
from audiodrama.prose import encodings
from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.readers.protocol import Source
from audiodrama.prose.readers.rows import Row, ends_sentence, one_paragraph_a_line, rows
from audiodrama.prose.text.inline import PLAIN

# Indented lines begin paragraphs if there are more than a stray few of them (0.03 of the lines with a line above) and
# fewer than in a text where indents alternate, such as verse (0.75). Measured: 0.375 misses
# indented-first-lines-begin-paragraphs.txt.
_FEWEST_INDENTED = 0.03
_MOST_INDENTED = 0.75
# So many of the lines above an indented line end a sentence where indents begin paragraphs; in the case file not all.
_MOST_ENDED = 0.7
# Columns that an indent has at least: one alone is a typing error, and the case file has two.
_INDENT = 2
# A line shorter than this share of the group's widest is a paragraph's last: wrapping would have filled it.
_SHORT_LINE = 0.7


class PlainText:
    """The reader of plain text files, and of files whose suffix no reader is entered for."""

    syntax = PLAIN

    def read(self, data: bytes, name: str) -> Source:
        """Decode the bytes and cut the text into passages.

        Raises:
            ProseError: the file is empty or is not text.
        """
        return self.parse(encodings.decode(data, name))

    def parse(self, text: str) -> Source:
        """Cut plain text into passages; it has no place for a title or an author."""
        groups = _groups(text)
        if one_paragraph_a_line(text, groups):
            groups = [[row] for group in groups for row in group]
        elif _is_indented(text, groups):
            groups = [part for group in groups for part in _at_indents(group)]
        else:
            groups = [part for group in groups for part in _at_speeches(text, group)]
        return Source(text, [_passage(group, top=not number) for number, group in enumerate(groups)], Naming())


def _passage(group: list[Row], *, top: bool) -> Passage:
    """Make a passage of some rows; the one at the top of the file counts as set off by one more blank line."""
    lines = tuple(Span(row.start, row.end) for row in group)
    return Passage(Span(group[0].start, group[-1].end), lines, group[0].blanks + (1 if top else 0))


def _groups(source: str) -> list[list[Row]]:
    """Gather the rows that no blank line parts."""
    groups: list[list[Row]] = []
    for row in rows(source):
        if row.blanks or not groups:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _is_indented(source: str, groups: list[list[Row]]) -> bool:
    """Tell whether an indented line begins a paragraph: there are some, and sentences end before them."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    indented = [(row, after) for row, after in pairs if after.indent >= row.indent + 1 and after.indent >= _INDENT]
    if not _FEWEST_INDENTED * len(pairs) < len(indented) < _MOST_INDENTED * len(pairs):
        return False
    ended = sum(ends_sentence(source, row) for row, _ in indented)
    return ended > _MOST_ENDED * len(indented)


def _at_indents(group: list[Row]) -> Iterator[list[Row]]:
    """Cut a group before each line that is indented more than the group's least."""
    least = min(row.indent for row in group)
    part: list[Row] = []
    for row in group:
        if part and row.indent >= least + _INDENT:
            yield part
            part = []
        part.append(row)
    yield part


def _at_speeches(source: str, group: list[Row]) -> Iterator[list[Row]]:
    """Cut a group where a short line ends a sentence and the next one opens a speech: a blank line was forgotten.

    The case file is a-blank-line-forgotten-before-a-speech.txt.
    """
    widest = max(row.end - row.start for row in group)
    part: list[Row] = []
    for row in group:
        if part:
            last = part[-1]
            short = last.end - last.start < _SHORT_LINE * widest
            if short and source[row.start] in '"“„«' and ends_sentence(source, last):
                yield part
                part = []
        part.append(row)
    yield part
