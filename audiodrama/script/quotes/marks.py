"""Turn a paragraph into its marks, each with what it costs to read it as opening, closing or neither."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from audiodrama.script.quotes.conventions import DASHES, Convention


class Mark(NamedTuple):
    """A character, or two, that may open or close speech. A cost of 0 is what a good printer would set."""

    start: int
    """Offset in the text."""
    end: int
    """Exclusive."""
    opens: float
    """Cost of reading it as an opening mark."""
    closes: float
    """Cost of reading it as a closing mark."""
    neither: float
    """Cost of reading it as an apostrophe, an inch mark or a slip."""
    nests: float = 2.0
    """What it costs more to read it as opening a quotation within another one in the same marks."""


SLIP = 4.0
"""The cost of a mark that means nothing."""
_TURNED = 2.5
"""The cost of a mark that has the form of the other one."""

_BRACKETS = "([{*_"
_ENDS = ".,!?…;:)]}*_" + DASHES + "-"
_ELISION = re.compile(
    r"(?:tis|twas|twere|twill|twould|twasn|em|im|er|bout|cause|cos|coz|til|till|round|neath|gainst|fore|un|ud|ave|ad|as"
    r"|ere|ome|ouse|ow|is|and|ead|eard|alf|arf|ope|orse|urt|appen|cept|scuse|kay|sup|s|d|ll|ve|nother|n|\d\d?s?)(?![^\W_])",
    re.I,
)
_DROPPED = re.compile(r"(?:in|an|o|th|wi|ol|t|d|lil|mo|fo|yo|i)$", re.I)
_SAID_WHO = re.compile(r"(?:said|asked|cried|replied|answered|whispered|shouted|muttered) (?:he|she|I|they|the|[A-Z])")
_SAYS = re.compile(r"\s*(?:\w+\s+){0,3}?(?:said|says|asked|cried|replied|answered|told|whispered|shouted|muttered)\b")


@lru_cache(maxsize=16)
def _finder(convention: Convention) -> re.Pattern[str]:
    if convention.name == "backticks":
        return re.compile(r"``|''|[\"“”]")
    marks = re.escape(convention.marks) or "(?!)"
    if not convention.marks:
        return re.compile("(?!)")
    if convention.single:
        # Between two letters it is an apostrophe, whatever its form; three and more of a kind are an ornament.
        return re.compile(rf"(?<![^\W_])[{marks}]|[{marks}](?![^\W_])")
    return re.compile(rf"[{marks}]")


def find_marks(text: str, start: int, end: int, convention: Convention) -> list[Mark]:
    """The marks of one paragraph.

    Args:
        text: the story.
        start: the paragraph's first character.
        end: the end of the paragraph, exclusive.
        convention: whose marks count.
    """
    weigh = _weigh_single if convention.single else _weigh
    found = []
    for match in _finder(convention).finditer(text, start, end):
        at, after = match.span()
        before_char = text[at - 1] if at > start else ""
        after_char = text[after] if after < end else ""
        found.append(weigh(text, match.group(), at, after, before_char, after_char, end, convention))
    return found


def _weigh(
    text: str, mark: str, start: int, end: int, before: str, after: str, stop: int, convention: Convention
) -> Mark:
    opens, closes = _surroundings(before, after)
    neither = SLIP
    share = 0.1 if mark in "«»" else 0.5
    if mark == "``" or mark in convention.opens:
        wrong = _TURNED if opens >= 3 and not closes else SLIP + closes
        return Mark(start, end, share * opens, wrong, SLIP)
    if mark == "''" or mark in convention.closes:
        wrong = _TURNED if closes >= 3 and not opens else SLIP + opens
        return Mark(start, end, wrong, share * closes, SLIP)
    if before.isdigit():
        neither = 1.0  # 6'2" and 12" discs
    elif before.isspace() and after.isspace():
        return Mark(start, end, 1.5, 1.5, 2.0)
    elif before.isspace() and _SAID_WHO.match(text, end, stop):
        return Mark(start, end, opens + 2, 0.6, neither, 4.0)  # "It is cold, "said Ruth.
    return Mark(start, end, opens, closes, neither)


def _surroundings(before: str, after: str) -> tuple[float, float]:
    """What opening and closing cost between these two characters; "" is the paragraph's edge."""
    opens = closes = 0.0
    if before.isalnum():
        opens += 3
    elif before and before in _ENDS and before not in _BRACKETS and before not in DASHES + "-":
        opens += 2
    if not after or after.isspace():
        opens += 3
    elif after in ",.;:!?)":
        opens += 1.5
    if not before:
        closes += 6
    elif before.isspace() or before in "([{":
        closes += 3
    if after.isalnum():
        closes += 2
    return opens, closes


def _weigh_single(
    text: str, mark: str, start: int, end: int, before: str, after: str, stop: int, convention: Convention
) -> Mark:
    """Tell single marks from apostrophes: 'tis, 'em, the boys' room, goin', rock 'n' roll."""
    opens, closes = _surroundings(before, after)
    neither = SLIP
    if mark == "’":
        opens += 3
    elif mark in "‘‛":
        closes += 4
    if before.isalpha() and not after.isalpha():
        lower = text[end : end + 2].strip()[:1].islower() and not _SAYS.match(text, end, min(stop, end + 60))
        neither = 2.5
        closes += 0.3
        if before in "sSzx" or _DROPPED.search(text, max(0, start - 3), start):
            neither, closes = 0.7, closes + (3.2 if lower else 0.5)
        elif lower:
            closes += 1
    elif before.isdigit():
        neither = 1.0
    elif after.isalnum() and _ELISION.match(text, end, stop):
        opens += 0.5 if mark == "‘" else 1.5
        neither = 0.3 if mark == "’" else 0.5
    return Mark(start, end, opens, closes, neither)
