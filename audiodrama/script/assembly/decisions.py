"""Turn a person's decisions into facts about the lines of a text: each is found again by its words and those around it.

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
from audiodrama.script.quotes.manuscript import Manuscript

AROUND = 64
"""Characters of a line's surroundings that a decision keeps on either side."""
_UNIFIED = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』‘’‚‛‹›`\"'", "'") | dict.fromkeys("–—―‒", "-") | {"…": "..."})
_WORD = re.compile(r"[^\W_]+")
_EDGES = " \t\n\r\"'“”„‟«»＂「」『』‘’‚‛‹›`*_,;"
_TELLING = 5
"""Words that make a line known by itself."""
_ALIKE = 0.5
"""So much of the surroundings on one side must be the same for a line that is not known by itself."""
_COMMON = 4
"""And so many words."""
_MOST = 400
"""Lines with the same words that are compared; of more, those around the same place."""

Key = tuple[str, str, str]


def excerpt(source: str, text: str, spoken: tuple[int, int]) -> DecidedLine:
    """How a decision describes a line, with the words around it; without a speaker and a place among equals.

    Args:
        source: the story's source text.
        text: the line's words.
        spoken: where they begin and end in ``source``.
    """
    start, end = spoken
    before = _tidy(source[max(0, start - 4 * AROUND) : start])
    after = _tidy(source[end : end + 4 * AROUND])
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2] or before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] or after[:AROUND]
    return DecidedLine(_tidy(text), "", before.strip(_EDGES), after.strip(_EDGES))


class DecidableLine(NamedTuple):
    """A speech or thought of a text that a person can decide about."""

    segment: int
    """``Segment.start``."""
    line: DecidedLine
    """How a decision describes it; nobody speaks it yet."""


def decidable_lines(document: Document, manuscript: Manuscript) -> dict[int, DecidableLine]:
    """Every speech and thought by the source offset of its first word; those that agree in everything are numbered."""
    segments: dict[int, int] = {}
    found: list[DecidedLine] = []
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
            found.append(excerpt(document.source, bare, spoken))
    return {at: DecidableLine(start, one) for (at, start), one in zip(segments.items(), numbered(found), strict=True)}


def numbered(lines: Sequence[DecidedLine]) -> list[DecidedLine]:
    """Descriptions of lines in their order, with places where several agree in everything else."""
    equals: dict[Key, list[int]] = defaultdict(list)
    for index, one in enumerate(lines):
        equals[key_of(one)].append(index)
    result = list(lines)
    for indexes in equals.values():
        for place, index in enumerate(indexes, 1):
            result[index] = replace(lines[index], rank=place if len(indexes) > 1 else 0)
    return result


def match(decided: Sequence[DecidedLine], found: Mapping[int, DecidedLine]) -> dict[int, int]:
    """Find the lines that decisions are about.

    Args:
        decided: what a person decided.
        found: lines by what names them, as ``excerpt`` and ``decidable_lines`` describe them.

    Returns:
        Index into ``decided`` -> key of ``found``. A decision whose line is gone is not in it. Where several describe
        the same line, the last one counts, as the latest.
    """
    by_words: dict[str, list[int]] = defaultdict(list)
    exact: dict[tuple[Key, int], int] = {}
    for start, one in found.items():
        by_words[words_key(one.text)].append(start)
        exact[key_of(one), one.rank] = start
    result: dict[int, int] = {}
    taken: set[int] = set()
    open_ones: dict[str, list[int]] = defaultdict(list)
    for index in range(len(decided) - 1, -1, -1):
        one = decided[index]
        there = exact.get((key_of(one), one.rank))
        if there is not None:
            if there not in taken:
                result[index] = there
            taken.add(there)
        elif words_key(one.text) in by_words:
            open_ones[words_key(one.text)].append(index)
    for words, indexes in open_ones.items():
        free = [start for start in by_words[words] if start not in taken]
        result.update(_best_pairs(decided, indexes, found, free))
    return dict(sorted(result.items()))


def _best_pairs(
    decided: Sequence[DecidedLine], indexes: list[int], found: Mapping[int, DecidedLine], free: list[int]
) -> dict[int, int]:
    """Pairs of a decision and a line with the same words, those first whose surroundings are most alike."""
    scores = []
    alone = len(free) == 1
    around = {start: (_words(found[start].before), _words(found[start].after)) for start in free}
    for index in indexes:
        one = decided[index]
        before, after = _words(one.before), _words(one.after)
        known = len(_words(one.text)) >= _TELLING or not (before or after)
        first = max(0, min(one.rank - _MOST // 2, len(free) - _MOST))
        for start in free[first : first + _MOST]:
            sides = _shared(before, around[start][0]), _shared(after, around[start][1])
            if _is_enough(sides, (before, after)) or (known and alone):
                scores.append((-sum(sides), one.rank != found[start].rank, index, start))
    pairs: dict[int, int] = {}
    gone: set[int] = set()
    for _, _, index, start in sorted(scores):
        if index not in pairs and start not in gone:
            pairs[index] = start
            gone.add(start)
    return pairs


def _shared(mine: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words of a decision's surroundings on one side are there, in their order."""
    if mine == other:
        return len(mine)
    blocks = SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _is_enough(sides: tuple[int, int], asked: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether so many shared words make two lines the same: most of one side, and no mere "said Maud"."""
    most = max(side / len(words) if words else 0.0 for side, words in zip(sides, asked, strict=True))
    return most >= _ALIKE and sum(sides) >= min(_COMMON, sum(map(len, asked)))


def key_of(one: DecidedLine) -> Key:
    """What makes two descriptions the same."""
    return words_key(one.text), " ".join(_words(one.before)), " ".join(_words(one.after))


def words_key(text: str) -> str:
    """A line's words and marks, whatever style they are written in."""
    return _tidy(unicodedata.normalize("NFC", text).translate(_UNIFIED).translate({42: None, 95: None}))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _tidy(text: str) -> str:
    return " ".join(text.split())
