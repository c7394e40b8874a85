"""Turn the asterisks, underscores, tildes and backticks of a passage into pairs that begin and end emphasis.

A mark opens where a word follows it and closes where one precedes it, as in CommonMark's rules for emphasis; marks
inside a word pair only within that word, so that neither ``snake_case`` nor ``d*mn and d*mn`` is emphasis.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(slots=True)
class Mark:
    """What a run of equal marks does."""

    start: int
    """Its first character."""
    left: int
    """How many of its marks have found no partner."""
    inside: bool
    """Whether there are letters or digits on both sides."""
    read: str = ""
    """What is read aloud of it: nothing, or the marks themselves."""
    opens: int = 0
    """Stretches of emphasis that begin after it."""
    closes: int = 0
    """Stretches of emphasis that end before it."""


def pair(text: str, spans: list[tuple[int, int]]) -> dict[int, Mark]:
    """Pair the runs of marks at ``spans`` of ``text``; the result is keyed by where a run starts."""
    marks: dict[int, Mark] = {}
    stack: list[Mark] = []
    waiting: Counter[str] = Counter()
    spaces = _spaces(text, spans)
    for start, end in spans:
        before, after = text[start - 1 : start], text[end : end + 1]
        symbol = text[start]
        mark = Mark(start, end - start, before.isalnum() and after.isalnum())
        marks[start] = mark
        if mark.inside and (symbol == "_" or before.isdigit() or after.isdigit()):
            mark.read = text[start:end]
            continue
        if before and not before.isspace() and waiting[symbol]:
            _close(mark, symbol, text, stack, waiting, spaces)
        if mark.left and after and not after.isspace() and not (before.isalnum() and not after.isalnum()):
            stack.append(mark)
            waiting[symbol] += 1
    for start, end in spans:
        mark = marks[start]
        if mark.left and not mark.read:
            mark.read = _remains(text, start, end, mark.left)
    return marks


def _spaces(text: str, spans: list[tuple[int, int]]) -> dict[int, int]:
    """Number the words that the runs of marks are in: runs with equal numbers are in one word."""
    numbers: dict[int, int] = {}
    word = at = 0
    for start, _ in spans:
        between = text[at:start]
        if between and (between[0].isspace() or between[-1].isspace() or len(between.split()) > 1):
            word += 1
        numbers[start] = word
        at = start
    return numbers


def _close(
    mark: Mark, symbol: str, text: str, stack: list[Mark], waiting: Counter[str], spaces: dict[int, int]
) -> None:
    """Pair a closing run with the open runs of the same symbol, innermost first."""
    while mark.left and waiting[symbol]:
        opener = stack[-1]
        if text[opener.start] != symbol:
            # An open run of another symbol inside: it has no partner within this pair, so it is none.
            waiting[text[opener.start]] -= 1
            stack.pop()
            continue
        if (mark.inside or opener.inside) and spaces[opener.start] != spaces[mark.start]:
            return
        if symbol in "`~" and opener.left != mark.left:
            return
        count = min(opener.left, mark.left, 3) if symbol in "*_" else mark.left
        opener.left -= count
        mark.left -= count
        if symbol in "*_":
            opener.opens += 1
            mark.closes += 1
        if not opener.left:
            stack.pop()
            waiting[symbol] -= 1


def _remains(text: str, start: int, end: int, left: int) -> str:
    """Tell what is read of marks without a partner.

    Stray marks of emphasis and the asterisk of a footnote are not read; a blank to fill in, a censored word, old
    typewriter quotes and sums are kept as they are.
    """
    symbol, before, after = text[start], text[start - 1 : start], text[end : end + 1]
    if symbol in "`~":
        return text[start : start + left]
    if before.isalnum() and after.isalnum():
        return text[start : start + left]
    if symbol == "_":
        return "" if left < 3 else text[start : start + left]
    return text[start : start + left] if left > 1 and before.isalnum() else ""
