"""Turn plain text into passages, whatever way its paragraphs are set.

Three ways are told apart by the whole text: paragraphs with blank lines between them (the lines of one are joined), one
paragraph on each line, and paragraphs whose first line is indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from audiodrama.model import Span
from audiodrama.prose.passages import Passage

_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_ENDS = re.compile(r"[.!?:…\"”’'»“*_)\]]$|--$|[—–]$")
_BEGINS = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я\d\"“‘„«»'_*(\[<—–-]")
_TURN = re.compile(r"[\[<(]|[^\s:]{1,24}(?: [^\s:]{1,24})?:\s")
# No one wraps lines as long as this by hand; longer ones are paragraphs.
_LONGEST_WRAP = 140


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source with something to see on it."""

    start: int
    """Its first visible character in the source."""
    end: int
    """Behind its last visible character."""
    indent: int
    """Columns of white space before it; a tab counts as four."""
    blanks: int
    """Blank lines before it."""


def rows(source: str) -> Iterator[Row]:
    """Give the lines of the source that are not blank."""
    at = blanks = 0
    for line in source.splitlines(keepends=True):
        body = line.strip()
        if body and not body.strip(_UNSEEN + " \t"):
            body = ""
        if body:
            indent = len(line) - len(line.lstrip())
            columns = indent + 3 * line.count("\t", 0, indent)
            yield Row(at + indent, at + indent + len(body), columns, blanks)
            blanks = 0
        else:
            blanks += 1
        at += len(line)


def passages(source: str) -> list[Passage]:
    """Cut plain text into passages."""
    groups = _groups(source)
    if one_paragraph_a_line(source, groups):
        groups = [[row] for group in groups for row in group]
    elif _indented(source, groups):
        groups = [part for group in groups for part in _at_indents(group)]
    else:
        groups = [part for group in groups for part in _at_turns(source, group)]
    return [passage_of(group, top=not number) for number, group in enumerate(groups)]


def passage_of(group: list[Row], *, top: bool = False) -> Passage:
    """Make a passage of some rows."""
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


def one_paragraph_a_line(source: str, groups: list[list[Row]]) -> bool:
    """Tell whether each line is a paragraph: lines are long, end like sentences, or name who writes (a chat)."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    if not pairs:
        return False
    lengths = sorted(row.end - row.start for row, _ in pairs)
    if lengths[len(lengths) // 2] > _LONGEST_WRAP:
        return True
    whole = sum(
        bool(_ENDS.search(source[row.end - 1 : row.end]) and _BEGINS.match(source[after.start])) for row, after in pairs
    )
    if whole > 0.7 * len(pairs):
        return True
    turns = [turn.group() for turn in (_TURN.match(source[row.start : row.start + 60]) for row, _ in pairs) if turn]
    # In a chat the same few people write again and again; the fields of a header are all different.
    return len(turns) > 0.7 * len(pairs) and len(set(turns)) <= 0.67 * len(turns)


def _indented(source: str, groups: list[list[Row]]) -> bool:
    """Tell whether an indented line begins a paragraph: there are some, and sentences end before them."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    indented = [(row, after) for row, after in pairs if after.indent >= row.indent + 1 and after.indent >= 2]
    if not 0.03 * len(pairs) < len(indented) < 0.75 * len(pairs):
        return False
    ended = sum(bool(_ENDS.search(source[row.end - 1 : row.end])) for row, _ in indented)
    return ended > 0.7 * len(indented)


def _at_indents(group: list[Row]) -> Iterator[list[Row]]:
    """Cut a group before each line that is indented more than the group's least."""
    least = min(row.indent for row in group)
    part: list[Row] = []
    for row in group:
        if part and row.indent >= least + 2:
            yield part
            part = []
        part.append(row)
    yield part


def _at_turns(source: str, group: list[Row]) -> Iterator[list[Row]]:
    """Cut a group where a short line ends a sentence and the next one opens a speech: a blank line was forgotten."""
    widest = max(row.end - row.start for row in group)
    part: list[Row] = []
    for row in group:
        if part:
            last = part[-1]
            short = last.end - last.start < 0.7 * widest
            if short and source[row.start] in '"“„«' and _ENDS.search(source[last.end - 1 : last.end]):
                yield part
                part = []
        part.append(row)
    yield part
