"""Cut a text into rows, its lines with their layout, from which the readers of text formats make passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Soft hyphen, zero-width space, direction marks, word joiner, byte order mark: a line of these alone is blank.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_SENTENCE_END = re.compile(r"[.!?:…\"”’'»“*_)\]]$|--$|[—–]$")
_SENTENCE_START = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я\d\"“‘„«»'_*(\[<—–-]")
# What opens a message of a chat: a bracketed time or name, or one or two words and a colon ("Ann: ").
_MESSAGE_START = re.compile(r"[\[<(]|[^\s:]{1,24}(?: [^\s:]{1,24})?:\s")
# Of the lines that have another right below them, so many decide what the whole text does. Measured: 0.6 changes
# three of 330 texts (among them markdown-marks-are-not-read.txt), 0.84 one.
_MOST_LINES = 0.7
# Hand-wrapped lines and typewriter pages have at most some 80 characters, wide editors 132: more is a paragraph.
_LONGEST_WRAPPED_LINE = 140
# Characters of a line that are looked at for the start of a message.
_MAX_MESSAGE_START = 60
# Columns of a tab.
_TAB = 4
# In a chat the same few people write again and again, each start comes 1.5 times or more; the fields of a header are
# all different. Measured: 0.57 misses a-chat-log.txt, 0.8 changes no text, 1.0 takes a-table-of-contents.txt and
# a-writers-notes-around-a-story.txt for chats.
_MOST_DIFFERENT_STARTS = 0.67


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source that has a visible character."""

    start: int
    """Its first visible character in the source."""
    end: int
    """The source character behind its last visible one."""
    indent: int
    """Columns of white space before the first visible character; a tab counts as four."""
    blanks: int
    """Blank lines between this row and the one before."""


def rows(source: str) -> Iterator[Row]:
    """Give the lines of the source that are not blank."""
    at = blanks = 0
    for line in source.splitlines(keepends=True):
        body = line.strip()
        if body and not body.strip(_INVISIBLE + " \t"):
            body = ""
        if body:
            indent = len(line) - len(line.lstrip())
            columns = indent + (_TAB - 1) * line.count("\t", 0, indent)
            yield Row(at + indent, at + indent + len(body), columns, blanks)
            blanks = 0
        else:
            blanks += 1
        at += len(line)


def ends_sentence(source: str, row: Row) -> bool:
    """Whether the row's last character is one that sentences and speeches end with."""
    return bool(_SENTENCE_END.search(source[row.end - 1 : row.end]))


def one_paragraph_a_line(source: str, groups: list[list[Row]]) -> bool:
    """Tell whether each line is a paragraph: lines are long, end like sentences, or name who writes (a chat).

    Args:
        source: the whole text.
        groups: its rows, one list for the rows between two blank lines.
    """
    pairs = [pair for group in groups for pair in pairwise(group)]
    if not pairs:
        return False
    lengths = sorted(row.end - row.start for row, _ in pairs)
    if lengths[len(lengths) // 2] > _LONGEST_WRAPPED_LINE:
        return True
    whole = sum(ends_sentence(source, row) and bool(_SENTENCE_START.match(source[after.start])) for row, after in pairs)
    if whole > _MOST_LINES * len(pairs):
        return True
    matches = (_MESSAGE_START.match(source[row.start : row.start + _MAX_MESSAGE_START]) for row, _ in pairs)
    starts = [match.group() for match in matches if match]
    return len(starts) > _MOST_LINES * len(pairs) and len(set(starts)) <= _MOST_DIFFERENT_STARTS * len(starts)
