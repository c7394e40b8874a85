"""Turn what a printed page adds - its number and its running head - into skips, and mend paragraphs that it parts."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace

from audiodrama.prose.passages import Passage, joined

PAGE = "page number"
HEAD = "running head"
_NUMBER = re.compile(r"[-–—~\[({|\s]{0,3}(\d{1,4})[-–—~\])}|\s]{0,3}$")
_LABELLED = re.compile(r"\[?(?:p|pg|page)\.? ?\d{1,4}(?: (?:of|/) \d{1,4})?\]?$", re.IGNORECASE)
_BOTH = re.compile(r"[-–—\[({]\s?\d{1,3}\s?[-–—\])}]$")
_LONGEST = 70
# A running head comes back at least so often.
_OFTEN = 3


def mark(source: str, passages: list[Passage]) -> list[Passage]:
    """Leave out page numbers and running heads."""
    numbers = {at: _number(source, passage) for at, passage in enumerate(passages)}
    bare = [at for at, number in numbers.items() if number > 0]
    paged = _are_pages(source, passages, bare, [numbers[at] for at in bare])
    result = list(passages)
    for at, number in numbers.items():
        if number < 0 or (number and paged):
            result[at] = result[at].skipped(PAGE)
    if paged:
        _mark_heads(source, result)
    return _mended(source, result)


def _number(source: str, passage: Passage) -> int:
    """Give the number that is all there is in a passage; -1 if it says that it is a page's, 0 if it is none."""
    if passage.kind != "paragraph" or passage.span.end - passage.span.start > 20:
        return 0
    text = source[slice(*passage.span)]
    if _LABELLED.match(text):
        return -1
    match = _NUMBER.match(text)
    return int(match.group(1)) if match else 0


def _are_pages(source: str, passages: list[Passage], places: list[int], numbers: list[int]) -> bool:
    """Tell whether numbers on lines of their own count pages and not chapters.

    Pages go up by one, begin anywhere and part sentences; chapters begin with the first or second and part none.
    """
    if not numbers or any(after <= before for before, after in itertools.pairwise(numbers)):
        return False
    if numbers[0] > 2 and all(_BOTH.match(source[slice(*passages[at].span)]) for at in places):
        return True
    if len(numbers) < 2:
        return False
    parted = sum(_parts(source, passages, at - 1, at + 1) for at in places)
    return numbers[0] > 2 or parted > 0.1 * len(numbers)


def _parts(source: str, passages: list[Passage], before: int, after: int) -> bool:
    """Tell whether a sentence goes on from one passage to the other."""
    if before < 0 or after >= len(passages) or not passages[before].kind == passages[after].kind == "paragraph":
        return False
    return source[passages[before].span.end - 1] not in ".!?:…\"”’'*_)" and source[passages[after].span.start].islower()


def _mark_heads(source: str, passages: list[Passage]) -> None:
    """Leave out lines beside page numbers that come again and again."""
    beside = [
        at
        for at, passage in enumerate(passages)
        if passage.kind == "paragraph"
        and passage.span.end - passage.span.start <= _LONGEST
        and any(passages[near].reason == PAGE for near in (at - 1, at + 1) if 0 <= near < len(passages))
    ]
    counts = Counter(source[slice(*passages[at].span)] for at in beside)
    for at in beside:
        if counts[source[slice(*passages[at].span)]] >= _OFTEN:
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
