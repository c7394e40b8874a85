"""Turn what a printed page adds - its number and its running head - into skips, and mend paragraphs that it parts.

The case files are page-numbers-and-running-heads.txt and page-numbers-between-paragraphs.txt in ``tests/cases/prose``.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace

from audiodrama.prose.passages import Passage, joined

PAGE = "page number"
HEAD = "running head"
# "17", "- 12 -", "[ 4 ]".
_NUMBER = re.compile(r"[-–—~\[({|\s]{0,3}(\d{1,4})[-–—~\])}|\s]{0,3}$")
# "Page 14", "[pg 3 of 120]".
_LABELLED = re.compile(r"\[?(?:p|pg|page)\.? ?\d{1,4}(?: (?:of|/) \d{1,4})?\]?$", re.IGNORECASE)
# "- 12 -", "(3)": a number with a mark on either side.
_ENCLOSED = re.compile(r"[-–—\[({]\s?\d{1,3}\s?[-–—\])}]$")
# Characters that a number with all its marks has at most.
_MAX_NUMBER = 20
# A story's chapters begin with number one, or with two where the first has none: what begins higher counts pages.
_MAX_FIRST_CHAPTER = 2
# Numbers of which more than this share part a sentence count pages: one in ten is enough, for chapters never do.
_PARTING_SHARE = 0.1
# Characters that a running head has at most: it fits on a printed line.
_MAX_HEAD = 70
# Times that a running head comes at least; a short speech beside two page numbers may come twice, and the head of
# page-numbers-and-running-heads.txt comes three times.
_MIN_HEADS = 3


def mark(source: str, passages: list[Passage]) -> list[Passage]:
    """Leave out page numbers and running heads."""
    numbers = {at: _number(source, passage) for at, passage in enumerate(passages)}
    unlabelled = [at for at, number in numbers.items() if number > 0]
    paged = _are_pages(source, passages, unlabelled, [numbers[at] for at in unlabelled])
    result = list(passages)
    for at, number in numbers.items():
        if number < 0 or (number and paged):
            result[at] = result[at].skipped(PAGE)
    if paged:
        _mark_heads(source, result)
    return _mended(source, result)


def _number(source: str, passage: Passage) -> int:
    """Give the number that a passage consists of; -1 if a label says that it is a page's, 0 if it is no number."""
    if passage.kind != "paragraph" or passage.span.end - passage.span.start > _MAX_NUMBER:
        return 0
    text = source[slice(*passage.span)]
    if _LABELLED.match(text):
        return -1
    match = _NUMBER.match(text)
    return int(match.group(1)) if match else 0


def _are_pages(source: str, passages: list[Passage], places: list[int], numbers: list[int]) -> bool:
    """Tell whether numbers on lines of their own count pages and not chapters.

    Pages go up, begin anywhere and part sentences; chapters begin with the first or second and part none.

    Args:
        source: the whole text.
        passages: all passages.
        places: indexes of those that are numbers without a label.
        numbers: the number of each.
    """
    if not numbers or any(second <= first for first, second in itertools.pairwise(numbers)):
        return False
    begins_high = numbers[0] > _MAX_FIRST_CHAPTER
    if begins_high and all(_ENCLOSED.match(source[slice(*passages[at].span)]) for at in places):
        return True
    if len(numbers) < 2:
        return False
    parting = sum(_parts(source, passages, at - 1, at + 1) for at in places)
    return begins_high or parting > _PARTING_SHARE * len(numbers)


def _parts(source: str, passages: list[Passage], first: int, second: int) -> bool:
    """Tell whether a sentence goes on from one passage to the other, both given by index."""
    if first < 0 or second >= len(passages) or not passages[first].kind == passages[second].kind == "paragraph":
        return False
    last_character, next_character = source[passages[first].span.end - 1], source[passages[second].span.start]
    return last_character not in ".!?:…\"”’'*_)" and next_character.islower()


def _mark_heads(source: str, passages: list[Passage]) -> None:
    """Leave out lines beside page numbers that come again and again."""
    beside = [
        at
        for at, passage in enumerate(passages)
        if passage.kind == "paragraph"
        and passage.span.end - passage.span.start <= _MAX_HEAD
        and any(passages[beside].reason == PAGE for beside in (at - 1, at + 1) if 0 <= beside < len(passages))
    ]
    counts = Counter(source[slice(*passages[at].span)] for at in beside)
    for at in beside:
        if counts[source[slice(*passages[at].span)]] >= _MIN_HEADS:
            passages[at] = passages[at].skipped(HEAD)


def _mended(source: str, passages: list[Passage]) -> list[Passage]:
    """Join the parts of a sentence that a page's end parted; the number stays inside as markup."""
    result: list[Passage] = []
    between = 0
    for passage in passages:
        if passage.reason in (PAGE, HEAD):
            between += 1
        else:
            first = len(result) - between - 1
            if between and first >= 0 and _parts(source, [result[first], passage], 0, 1):
                whole = joined(result[first], passage)
                result[first:] = [replace(whole, solid=False)]
                between = 0
                continue
            between = 0
        result.append(passage)
    return result
