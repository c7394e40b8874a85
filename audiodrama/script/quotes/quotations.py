"""Turn a story's paragraphs into quotations: every stretch between marks, and where an unclosed one goes on.

Most unclosed marks are slips, so a speech goes on in the next paragraph only where that one opens with a mark again,
or where the next mark to come can only be the closing one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from audiodrama.script.language import Language
from audiodrama.script.quotes.conventions import DOUBLE, GUILLEMETS, SINGLE, Convention
from audiodrama.script.quotes.dash_dialogue import is_dash_led, speeches
from audiodrama.script.quotes.marks import Mark, find_marks
from audiodrama.script.quotes.pairing import Quotation, pair_marks
from audiodrama.script.quotes.tag_start import BEHIND_LONE_MARK, are_tag, begins_with_tag

_GOES_ON = 0.6
"""The cost of leaving a quotation open where the next paragraph bears it out: it opens with a mark, too."""
_UNCLOSED = 3.5
"""The cost where nothing does, '"Come in, said Ann.': a little less than to call its opening mark a slip."""
_MAY_OPEN = 2.0
"""A mark at the start of a paragraph that costs less to open than this opens it."""
_AHEAD = 8
"""Paragraphs without any mark that an unclosed speech may run through: verse, a letter."""
_TAG_SOON = 80
"""Characters of a speech in which a tag without its mark is looked for if the speech seems to go on."""
_CLAUSE = re.compile(r"[,.!?;—]['’]? (?=(\w+) (\w+))")
_SURELY_GOES_ON = 4 * _TAG_SOON
"""Characters of a speech that seems to go on; of a longer one no tag without its mark is believed."""


class ParagraphSpan(NamedTuple):
    """A paragraph to look for quotations in."""

    start: int
    """Offset of its first character in the manuscript's text."""
    end: int
    """Offset behind its last character."""
    prose: bool
    """False for headings and breaks, which no speech runs through."""


class FoundQuotations(NamedTuple):
    """The quotations of one paragraph."""

    quotations: tuple[Quotation, ...]
    """The quotations, in the order of the text."""
    continues: bool = False
    """Whether the first one goes on from the paragraph before."""
    sure: bool = False
    """Whether all of them are speech, because a dash leads them."""


def quotations(
    text: str, stretches: Sequence[ParagraphSpan], convention: Convention, language: Language
) -> list[FoundQuotations]:
    """Every paragraph's quotations.

    Args:
        text: the story.
        stretches: its paragraphs, in order.
        convention: the marks that count.
        language: what the story is written in.
    """
    marks = [find_marks(text, *stretch[:2], convention, language) if stretch.prose else [] for stretch in stretches]
    result: list[FoundQuotations] = []
    carried = inside = False
    for index, stretch in enumerate(stretches):
        start, end, prose = stretch
        if not prose or start == end:
            result.append(FoundQuotations(()))
            carried = inside = False
            continue
        if convention.dashes and not carried and is_dash_led(text, start, end):
            result.append(FoundQuotations(tuple(speeches(text, start, end, language)), sure=True))
            continue
        again = _opens(marks, stretches, index + 1)
        runs_on = not again and _closes_later(marks, stretches, index + 1)
        begun = inside or (not carried and _lost_its_opening(text, marks[index], end, language))
        pieces = pair_marks(
            marks[index], start, end, inside=begun, unclosed=_GOES_ON if again or runs_on else _UNCLOSED
        )
        if not pieces:
            carried = inside = False
            result.append(FoundQuotations(tuple(_in_other_marks(text, stretch, convention, language))))
            continue
        continues = carried and pieces[0].start == start
        cut = [piece if piece.closed else _cut(text, piece, again or runs_on, language) for piece in pieces]
        carried = not cut[-1].closed and cut[-1].end == end and (again or runs_on)
        inside = carried and runs_on
        result.append(FoundQuotations(tuple(cut), continues))
    return result


def _in_other_marks(text: str, stretch: ParagraphSpan, convention: Convention, language: Language) -> list[Quotation]:
    """The quotations of a paragraph that begins with a mark of another convention and has none of the text's own."""
    for other in (DOUBLE, SINGLE, GUILLEMETS):
        if other.name == convention.name or text[stretch.start] not in other.opens + other.either:
            continue
        marks = find_marks(text, *stretch[:2], other, language)
        pieces = pair_marks(marks, *stretch[:2], inside=False, unclosed=_UNCLOSED)
        ends = all(piece.closed and text[piece.inner_end - 1] in ".,!?…;:—–-" for piece in pieces)
        if pieces and pieces[0].start == stretch.start and ends:
            return pieces
    return []


def _opens(marks: Sequence[Sequence[Mark]], stretches: Sequence[ParagraphSpan], index: int) -> bool:
    """Whether a paragraph begins with an opening mark."""
    if index >= len(stretches) or not marks[index]:
        return False
    first = marks[index][0]
    return first.start == stretches[index].start and first.opens < _MAY_OPEN


def _closes_later(marks: Sequence[Sequence[Mark]], stretches: Sequence[ParagraphSpan], index: int) -> bool:
    """Whether the next mark, some paragraphs on, can only be a closing one."""
    for later in range(index, min(index + _AHEAD, len(stretches))):
        if not stretches[later].prose:
            return False
        if marks[later]:
            first = marks[later][0]
            return first.surely_closes
    return False


def _lost_its_opening(text: str, marks: Sequence[Mark], end: int, language: Language) -> bool:
    """Whether a paragraph is spoken from its start, and only the mark there is missing: Come in," said Ann."""
    if len(marks) % 2 == 0 or not marks[0].surely_closes or text[marks[0].start - 1] not in ",!?":
        return False
    return begins_with_tag(text, marks[0].end, end, language, BEHIND_LONE_MARK)


def _cut(text: str, piece: Quotation, goes_on: bool, language: Language) -> Quotation:
    """End an unclosed quotation where a tag evidently begins: "Come in, said Ann.

    Where the next paragraph bears out that the speech goes on, only a tag behind its first words is evident.
    """
    stop = min(piece.inner_end, piece.inner + _TAG_SOON) if goes_on else piece.inner_end
    if goes_on and piece.inner_end - piece.inner > _SURELY_GOES_ON:
        return piece
    for match in _CLAUSE.finditer(text, piece.inner, stop):
        if are_tag(match.group(1), match.group(2), language, language.quotes.tags_unmarked):
            break
    else:
        return piece
    place = match.end() - 1
    return piece._replace(inner_end=place, end=place)
