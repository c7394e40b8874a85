"""Turn the marks of a paragraph into quotations: the cheapest reading of all of them together.

Reading marks one after the other lets one typing slip turn the rest of a paragraph inside out. So every mark may
open, close or mean nothing, at a cost that its surroundings give, and the cheapest way through the paragraph is
taken (Viterbi over three states: outside, inside, inside a quotation within).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audiodrama.script.quotes.marks import SLIP, WELL_SET, Mark

_OUT, _IN, _WITHIN = range(3)
_REOPENS = 5.0
"""What it costs more to open a quotation while the one before was never closed: '"Come in." "Sit'."""
_WITHIN_UNCLOSED = 2.0
"""What it costs more to leave a quotation within another one open, too, at the paragraph's end."""
_IMPOSSIBLE = 1e9
"""The cost of a state that a paragraph cannot begin in."""
_Step = tuple[float, int, str]


class Quotation(NamedTuple):
    """A stretch between marks."""

    start: int
    """Its opening mark; its first character if that has none here."""
    inner: int
    """Behind the opening mark."""
    inner_end: int
    """Before the closing mark."""
    end: int
    """Behind the closing mark."""
    closed: bool = True
    """Whether the closing mark is there."""
    opened: bool = True
    """Whether the opening mark is there."""


def pair_marks(marks: Sequence[Mark], start: int, end: int, *, inside: bool, unclosed: float) -> list[Quotation]:
    """The quotations of one paragraph, outermost ones only.

    Args:
        marks: the paragraph's marks, in order.
        start: the paragraph's first character.
        end: its end, exclusive.
        inside: whether a speech of the paragraph before goes on without an opening mark.
        unclosed: the cost of leaving the last quotation open.
    """
    roles = _plain(marks, inside) or _cheapest(marks, inside, unclosed)
    pairs = []
    opened = (start, start, False) if inside else None
    for mark, role in zip(marks, roles, strict=True):
        if role == "open":
            if opened:
                pairs.append(Quotation(opened[0], opened[1], mark.start, mark.start, False, opened[2]))
            opened = (mark.start, mark.end, True)
        elif role == "close" and opened:
            pairs.append(Quotation(opened[0], opened[1], mark.start, mark.end, True, opened[2]))
            opened = None
    if opened:
        pairs.append(Quotation(opened[0], opened[1], end, end, False, opened[2]))
    return pairs


def _plain(marks: Sequence[Mark], inside: bool) -> list[str] | None:
    """The reading of a paragraph in which every mark is where it belongs; None where one is not."""
    roles = []
    for mark in marks:
        if (mark.closes if inside else mark.opens) > WELL_SET or mark.neither < SLIP:
            return None
        roles.append("close" if inside else "open")
        inside = not inside
    return None if inside else roles


def _cheapest(marks: Sequence[Mark], inside: bool, unclosed: float) -> list[str]:
    """The role of each mark, "open", "close" or "" for neither, in the cheapest reading of all."""
    costs = [_IMPOSSIBLE, 0.0, _IMPOSSIBLE] if inside else [0.0, _IMPOSSIBLE, _IMPOSSIBLE]
    steps: list[tuple[_Step, _Step, _Step]] = []
    for mark in marks:
        out, within, deep = costs
        to_out = min((within + mark.closes, _IN, "close"), (out + mark.neither, _OUT, ""))
        to_in = min(
            (out + mark.opens, _OUT, "open"),
            (within + mark.neither, _IN, ""),
            (deep + mark.closes, _WITHIN, ""),
            (within + mark.opens + _REOPENS, _IN, "open"),
        )
        to_deep = min((within + mark.opens + mark.nests, _IN, ""), (deep + mark.neither, _WITHIN, ""))
        steps.append((to_out, to_in, to_deep))
        costs = [to_out[0], to_in[0], to_deep[0]]
    finals = (costs[0], costs[1] + unclosed, costs[2] + unclosed + _WITHIN_UNCLOSED)
    state = finals.index(min(finals))
    roles = []
    for step in reversed(steps):
        _, state, role = step[state]
        roles.append(role)
    return roles[::-1]
