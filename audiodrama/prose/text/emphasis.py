"""Turn the asterisks, underscores, tildes and backticks of a passage into pairs that begin and end emphasis.

A mark opens where a word follows it and closes where one precedes it, as in CommonMark's rules for emphasis; marks
inside a word pair only within that word, so that neither ``snake_case`` nor ``d*mn and d*mn`` is emphasis. The case
file is emphasis-is-kept-and-its-marks-are-not-read.txt.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

# Marks of a run that begin emphasis at most: ``***`` is bold and italics together, as in CommonMark.
_MAX_PAIRED = 3
# Underscores from which a run is a blank to fill in, "Mr. ____".
_BLANK = 3


@dataclass(slots=True)
class Mark:
    """A run of equal marks, and what it does."""

    start: int
    """Index of its first character in the passage."""
    unpaired: int
    """Marks of the run that have no partner so far."""
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
    words = _words(text, spans)
    for start, end in spans:
        previous, following = text[start - 1 : start], text[end : end + 1]
        symbol = text[start]
        mark = Mark(start, end - start, previous.isalnum() and following.isalnum())
        marks[start] = mark
        if mark.inside and (symbol == "_" or previous.isdigit() or following.isdigit()):
            mark.read = text[start:end]
            continue
        if previous and not previous.isspace() and waiting[symbol]:
            _close(mark, symbol, text, stack, waiting, words)
        can_open = following and not following.isspace() and not (previous.isalnum() and not following.isalnum())
        if mark.unpaired and can_open:
            stack.append(mark)
            waiting[symbol] += 1
    for start, end in spans:
        mark = marks[start]
        if mark.unpaired and not mark.read:
            mark.read = _read_aloud(text, start, end, mark.unpaired)
    return marks


def _words(text: str, spans: list[tuple[int, int]]) -> dict[int, int]:
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


def _close(mark: Mark, symbol: str, text: str, stack: list[Mark], waiting: Counter[str], words: dict[int, int]) -> None:
    """Pair a closing run with the open runs of the same symbol, innermost first.

    Args:
        mark: the closing run.
        symbol: the character that it consists of.
        text: the passage.
        stack: the runs that are open, outermost first.
        waiting: how many of these there are of each symbol.
        words: for each run, the number of the word that it is in.
    """
    while mark.unpaired and waiting[symbol]:
        opener = stack[-1]
        if text[opener.start] != symbol:
            # An open run of another symbol inside: it has no partner within this pair, so it is none.
            waiting[text[opener.start]] -= 1
            stack.pop()
            continue
        if (mark.inside or opener.inside) and words[opener.start] != words[mark.start]:
            return
        if symbol in "`~" and opener.unpaired != mark.unpaired:
            return
        count = min(opener.unpaired, mark.unpaired, _MAX_PAIRED) if symbol in "*_" else mark.unpaired
        opener.unpaired -= count
        mark.unpaired -= count
        if symbol in "*_":
            opener.opens += 1
            mark.closes += 1
        if not opener.unpaired:
            stack.pop()
            waiting[symbol] -= 1


def _read_aloud(text: str, start: int, end: int, unpaired: int) -> str:
    """Give what is read aloud of marks without a partner.

    Stray marks of emphasis and the asterisk of a footnote are not read; a blank to fill in, a censored word, old
    typewriter quotes and sums are kept as they are.
    """
    symbol, previous, following = text[start], text[start - 1 : start], text[end : end + 1]
    if symbol in "`~":
        return text[start : start + unpaired]
    if previous.isalnum() and following.isalnum():
        return text[start : start + unpaired]
    if symbol == "_":
        return "" if unpaired < _BLANK else text[start : start + unpaired]
    return text[start : start + unpaired] if unpaired > 1 and previous.isalnum() else ""
