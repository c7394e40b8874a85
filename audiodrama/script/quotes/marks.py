"""Turn a paragraph into its marks, each with what it costs to read it as opening, closing or neither."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from audiodrama.script.language import Language
from audiodrama.script.quotes.conventions import DASHES, Convention


class Mark(NamedTuple):
    """A character, or two, that may open or close speech. A cost of 0 is what a good printer would set."""

    start: int
    """Offset in the text, in characters."""
    end: int
    """Offset behind its last character."""
    opens: float
    """Cost of reading it as an opening mark."""
    closes: float
    """Cost of reading it as a closing mark."""
    neither: float
    """Cost of reading it as an apostrophe, an inch mark or a slip."""
    nests: float = 2.0
    """What it costs more to read it as opening a quotation within another one in the same marks."""

    @property
    def surely_closes(self) -> bool:
        """Whether it can only be a closing mark, if it is no slip."""
        return self.closes <= WELL_SET and self.opens >= _PLAINLY_WRONG


# Costs were chosen by hand. They compare readings of one paragraph: where one slip explains what two would, it wins.
SLIP = 4.0
"""The cost of a mark that means nothing: a mark too many in 'He came" in.'."""
WELL_SET = 0.5
"""Up to this cost, a mark is where a good printer would set it."""
_TURNED = 2.5
"""The cost of a mark that has the form of the other one: ”Come in,“ said Ann."""

_OPENS_BEHIND_WORD = 3.0
"""It opens where a word ends: 'rain"'."""
_OPENS_BEHIND_STOP = 2.0
"""It opens behind a stop with no blank: 'rain."'."""
_OPENS_BEFORE_BLANK = 3.0
"""It opens before a blank, or at the paragraph's end: '" rain'."""
_OPENS_BEFORE_STOP = 1.5
"""It opens before a stop: '",'."""
_CLOSES_AT_START = 6.0
"""It closes as the paragraph's first character, where no speech can be open."""
_CLOSES_BEHIND_BLANK = 3.0
"""It closes behind a blank or a bracket: ' "rain'."""
_CLOSES_BEFORE_WORD = 2.0
"""It closes right before a letter: '"rain'."""

_BY_FORM = 0.5
"""So much of what the surroundings cost counts for a mark whose form tells what it does: “, ”."""
_BY_FORM_OF_GUILLEMETS = 0.1
"""The same for guillemets: French sets blanks inside of them, « Entrez », so that surroundings tell less."""
_PLAINLY_WRONG = 3.0
"""What surroundings must cost for a formed mark to be taken for a turned one."""

_INCHES = 1.0
"""The cost of reading a mark behind a digit as neither: 6'2" and 12" discs."""
_STANDS_ALONE = (1.5, 1.5, 2.0)
"""The costs (opens, closes, neither) of a mark between two blanks: 'Come in, " said Ann.'."""
_BEFORE_A_TAG = (2.0, 0.6, 4.0)
"""What it costs more to open, and what it costs to close and to nest, for a mark that a tag follows:
'"It is cold, "said Ruth.'."""

_STRAIGHT_FORM = 3.0
"""What it costs more to open with ’, which closes by its form."""
_OPENING_FORM = 4.0
"""What it costs more to close with ‘, which opens by its form."""
_WORD_END = 2.5
"""The cost of reading a single mark behind a letter as an apostrophe: "Come' he"."""
_MAY_DROP = 0.7
"""The same where the word's end often has one: "the boys'", "goin'"."""
_CLOSES_A_WORD = 0.3
"""What it costs more to close behind a letter, where a printer would set a stop first."""
_GOES_ON_DROPPED = 3.2
"""The same behind such a word's end if a small letter follows that begins no tag: "the boys' room"."""
_ENDS_DROPPED = 0.5
"""The same if none does: "Go to the boys'. He"."""
_GOES_ON = 1.0
"""What it costs more to close behind another word if a small letter follows that begins no tag: "Come' in"."""
_ELIDED = {"‘": (0.5, 0.5), "’": (1.5, 0.3), "'": (1.5, 0.5)}
"""The form of a mark before "'tis" or "'em" -> (what it costs more to open, the cost of neither)."""

_BRACKETS = "([{*_"
_ENDS = ".,!?…;:)]}*_" + DASHES + "-"
_TAG_WITHIN = 60
"""Characters behind a single mark in which a tag is looked for."""
_DROPPED_WITHIN = 3
"""Characters before a single mark that tell whether a word loses its end."""


class _Place(NamedTuple):
    """A mark in its place."""

    text: str
    start: int
    """Offset in the text, in characters."""
    end: int
    stop: int
    """Where the paragraph ends."""
    before: str
    """The character before the mark; "" at the paragraph's start."""
    after: str
    """The character behind it; "" at the paragraph's end."""

    @property
    def mark(self) -> str:
        """The mark itself."""
        return self.text[self.start : self.end]


@lru_cache(maxsize=16)
def _finder(convention: Convention) -> re.Pattern[str]:
    """The pattern of the characters that may be marks of a convention."""
    if convention.name == "backticks":
        return re.compile(r"``|''|[\"“”]")
    marks = re.escape(convention.marks) or "(?!)"
    if not convention.marks:
        return re.compile("(?!)")
    if convention.single:
        # Between two letters it is an apostrophe, of any form; three and more of a kind are an ornament.
        return re.compile(rf"(?<![^\W_])[{marks}]|[{marks}](?![^\W_])")
    return re.compile(rf"[{marks}]")


def find_marks(text: str, start: int, end: int, convention: Convention, language: Language) -> list[Mark]:
    """The marks of one paragraph, in order.

    Args:
        text: the story.
        start: the paragraph's first character.
        end: the end of the paragraph, exclusive.
        convention: whose marks count.
        language: tells apostrophes, and tags beside a mark.
    """
    weigh = _weigh_single if convention.single else _weigh
    marks = []
    for match in _finder(convention).finditer(text, start, end):
        first, after = match.span()
        char_before = text[first - 1] if first > start else ""
        char_after = text[after] if after < end else ""
        marks.append(weigh(_Place(text, first, after, end, char_before, char_after), convention, language))
    return marks


def _weigh(place: _Place, convention: Convention, language: Language) -> Mark:
    """Weigh a mark that no apostrophe looks like."""
    start, end, mark = place.start, place.end, place.mark
    opens, closes = _surroundings(place.before, place.after)
    share = _BY_FORM_OF_GUILLEMETS if mark in "«»" else _BY_FORM
    if mark == "``" or mark in convention.opens:
        wrong = _TURNED if opens >= _PLAINLY_WRONG and not closes else SLIP + closes
        return Mark(start, end, share * opens, wrong, SLIP)
    if mark == "''" or mark in convention.closes:
        wrong = _TURNED if closes >= _PLAINLY_WRONG and not opens else SLIP + opens
        return Mark(start, end, wrong, share * closes, SLIP)
    if place.before.isdigit():
        return Mark(start, end, opens, closes, _INCHES)
    if place.before.isspace() and place.after.isspace():
        return Mark(start, end, *_STANDS_ALONE)
    if place.before.isspace() and language.quotes.verb_and_subject.match(place.text, end, place.stop):
        more, closed, nests = _BEFORE_A_TAG
        return Mark(start, end, opens + more, closed, SLIP, nests)
    return Mark(start, end, opens, closes, SLIP)


def _surroundings(char_before: str, char_after: str) -> tuple[float, float]:
    """What opening and closing cost between these two characters; "" is the paragraph's edge."""
    opens = closes = 0.0
    if char_before.isalnum():
        opens += _OPENS_BEHIND_WORD
    elif char_before and char_before in _ENDS and char_before not in _BRACKETS and char_before not in DASHES + "-":
        opens += _OPENS_BEHIND_STOP
    if not char_after or char_after.isspace():
        opens += _OPENS_BEFORE_BLANK
    elif char_after in ",.;:!?)":
        opens += _OPENS_BEFORE_STOP
    if not char_before:
        closes += _CLOSES_AT_START
    elif char_before.isspace() or char_before in "([{":
        closes += _CLOSES_BEHIND_BLANK
    if char_after.isalnum():
        closes += _CLOSES_BEFORE_WORD
    return opens, closes


def _weigh_single(place: _Place, _: Convention, language: Language) -> Mark:
    """Weigh a single mark, which may be an apostrophe: 'tis, 'em, the boys' room, goin', rock 'n' roll."""
    text, start, end, mark = place.text, place.start, place.end, place.mark
    opens, closes = _surroundings(place.before, place.after)
    neither, words = SLIP, language.quotes
    if mark == "’":
        opens += _STRAIGHT_FORM
    elif mark in "‘‛":
        closes += _OPENING_FORM
    if place.before.isalpha() and not place.after.isalpha():
        tag_end = min(place.stop, end + _TAG_WITHIN)
        goes_on = text[end : end + 2].strip()[:1].islower() and not words.verb_soon.match(text, end, tag_end)
        neither = _WORD_END
        closes += _CLOSES_A_WORD
        if place.before in "sSzx" or words.dropped_end.search(text, max(0, start - _DROPPED_WITHIN), start):
            neither, closes = _MAY_DROP, closes + (_GOES_ON_DROPPED if goes_on else _ENDS_DROPPED)
        elif goes_on:
            closes += _GOES_ON
    elif place.before.isdigit():
        neither = _INCHES
    elif place.after.isalnum() and words.elision.match(text, end, place.stop):
        more, neither = _ELIDED[mark if mark in _ELIDED else "'"]
        opens += more
    return Mark(start, end, opens, closes, neither)
