"""Turn the user's decisions into facts about the lines of a text: each is found again by its words and those around it.

A text changes between two extractions. A line is the same one if its words are; where several lines have the same
words, what stands before and behind them tells which is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from audiodrama.model import DecidedLine, Document, Span
from audiodrama.script.quotes.conventions import DASHES, DOUBLE_MARKS, SINGLE_MARKS
from audiodrama.script.quotes.manuscript import Manuscript

AROUND = 64
"""Characters of a line's surroundings that a decision keeps on either side."""
_READ = 4 * AROUND
"""Characters of the source on either side that these are taken from: white space and marks are left out."""
_UNIFIED = str.maketrans(
    dict.fromkeys(DOUBLE_MARKS + SINGLE_MARKS + '"', "'") | dict.fromkeys(DASHES, "-") | {"…": "..."}
)
_NO_EMPHASIS = str.maketrans("", "", "*_")
_WORD = re.compile(r"[^\W_]+")
_EDGES = " \t\n\r\"'" + DOUBLE_MARKS + SINGLE_MARKS + "*_,;"
_DISTINCTIVE = 5
"""A line of so many words is found by them alone where no other has the same."""
_ALIKE = 0.5
"""Share of the words on one side that must be the same for a shorter line, 0 to 1."""
_COMMON = 4
"""Words on both sides together that must be the same, too."""
_MOST = 400
"""Lines with the same words that are compared with one decision at most; of more, those near its rank."""

Key = tuple[str, str, str]


def excerpt(source: str, text: str, spoken: tuple[int, int]) -> DecidedLine:
    """How a decision describes a line, with the words around it; without a speaker and a place among equals.

    Args:
        source: the story's source text.
        text: the line's words.
        spoken: where they begin and end in ``source``.
    """
    start, end = spoken
    lead = _tidy(source[max(0, start - _READ) : start])
    follows = _tidy(source[end : end + _READ])
    if len(lead) > AROUND:
        lead = lead[-AROUND:].partition(" ")[2] or lead[-AROUND:]
    if len(follows) > AROUND:
        follows = follows[:AROUND].rpartition(" ")[0] or follows[:AROUND]
    return DecidedLine(_tidy(text), "", lead.strip(_EDGES), follows.strip(_EDGES))


class DecidableLine(NamedTuple):
    """A speech or thought of a text that the user can decide about."""

    segment: int
    """Where the segment begins in the manuscript, ``Segment.start``."""
    line: DecidedLine
    """How a decision describes the line, without a speaker yet."""


def decidable_lines(document: Document, manuscript: Manuscript) -> dict[int, DecidableLine]:
    """Every speech and thought by the source offset of its first word; those that agree in everything are numbered."""
    segments: dict[int, int] = {}
    described: list[DecidedLine] = []
    for paragraph in manuscript.paragraphs:
        if paragraph.kind == "heading":
            continue
        block = document.blocks[paragraph.block]
        for segment in paragraph.speech:
            text = block.text[segment.start - paragraph.start : segment.end - paragraph.start]
            bare = text.strip()
            if not bare:
                continue
            at = segment.start - paragraph.start + text.index(bare)
            spoken = Span(block.to_source(at), block.to_source(at + len(bare) - 1) + 1)
            segments[spoken.start] = segment.start
            described.append(excerpt(document.source, bare, spoken))
    return {
        at: DecidableLine(start, line) for (at, start), line in zip(segments.items(), numbered(described), strict=True)
    }


def numbered(lines: Sequence[DecidedLine]) -> list[DecidedLine]:
    """Descriptions of lines in their order, with places where several agree in everything else."""
    equals: dict[Key, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        equals[key_of(line)].append(index)
    result = list(lines)
    for indexes in equals.values():
        for place, index in enumerate(indexes, 1):
            result[index] = replace(lines[index], rank=place if len(indexes) > 1 else 0)
    return result


def match(decided: Sequence[DecidedLine], candidates: Mapping[int, DecidedLine]) -> dict[int, int]:
    """Find the lines that decisions are about.

    Args:
        decided: what the user decided.
        candidates: lines by their source offsets, as ``excerpt`` and ``decidable_lines`` describe them.

    Returns:
        Index into ``decided`` -> key of ``candidates``. A decision whose line is gone is not in it. Where several
        describe the same line, the last one counts, as the latest.
    """
    by_words: dict[str, list[int]] = defaultdict(list)
    exact: dict[tuple[Key, int], int] = {}
    for start, line in candidates.items():
        by_words[words_key(line.text)].append(start)
        exact[key_of(line), line.rank] = start
    result: dict[int, int] = {}
    taken: set[int] = set()
    unmatched: dict[str, list[int]] = defaultdict(list)
    for index in range(len(decided) - 1, -1, -1):
        line = decided[index]
        there = exact.get((key_of(line), line.rank))
        if there is not None:
            if there not in taken:
                result[index] = there
            taken.add(there)
        elif words_key(line.text) in by_words:
            unmatched[words_key(line.text)].append(index)
    for words, indexes in unmatched.items():
        free = [start for start in by_words[words] if start not in taken]
        result.update(_best_pairs(decided, indexes, candidates, free))
    return dict(sorted(result.items()))


def _best_pairs(
    decided: Sequence[DecidedLine], indexes: list[int], candidates: Mapping[int, DecidedLine], free: list[int]
) -> dict[int, int]:
    """Pairs of a decision and a line with the same words, those first whose surroundings are most alike."""
    scores = []
    alone = len(free) == 1
    around = {start: (_words(candidates[start].before), _words(candidates[start].after)) for start in free}
    for index in indexes:
        line = decided[index]
        lead, follows = _words(line.before), _words(line.after)
        distinctive = len(_words(line.text)) >= _DISTINCTIVE or not (lead or follows)
        first = max(0, min(line.rank - _MOST // 2, len(free) - _MOST))
        for start in free[first : first + _MOST]:
            sides = _shared(lead, around[start][0]), _shared(follows, around[start][1])
            if _is_enough(sides, (lead, follows)) or (distinctive and alone):
                scores.append((-sum(sides), line.rank != candidates[start].rank, index, start))
    pairs: dict[int, int] = {}
    gone: set[int] = set()
    for _, _, index, start in sorted(scores):
        if index not in pairs and start not in gone:
            pairs[index] = start
            gone.add(start)
    return pairs


def _shared(decided: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words of a decision's surroundings on one side are there, in their order."""
    if decided == other:
        return len(decided)
    blocks = SequenceMatcher(None, decided, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _is_enough(sides: tuple[int, int], asked: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether so many shared words make two lines the same: most of one side, and no mere "said Maud"."""
    most = max(side / len(words) if words else 0.0 for side, words in zip(sides, asked, strict=True))
    return most >= _ALIKE and sum(sides) >= min(_COMMON, sum(map(len, asked)))


def key_of(line: DecidedLine) -> Key:
    """What makes two descriptions the same."""
    return words_key(line.text), " ".join(_words(line.before)), " ".join(_words(line.after))


def words_key(text: str) -> str:
    """A line's words and marks, the same for every style of marks, dashes and emphasis."""
    return _tidy(unicodedata.normalize("NFC", text).translate(_UNIFIED).translate(_NO_EMPHASIS))


def _words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without marks."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _tidy(text: str) -> str:
    """The text on one line with single spaces."""
    return " ".join(text.split())
