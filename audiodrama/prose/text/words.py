"""Turn the source into the set of its words, which tells whether a hyphen at a line end belongs to its word."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Halves that are no word of their own: a word broken before one of them was not hyphenated.
_WORD_ENDINGS = (
    "ing ings tion tions sion sions ly ness ment ments ed er ers est ble able ably ible ful fully less "
    "ous ously ity ities ies ture tures ance ances ence ences ent ants ive ively ship cious tious tial "
    "cial ists ized ised"
)
_ENDINGS = frozenset(_WORD_ENDINGS.split())
# Letters of half a word that are looked at: no English word is as long, and a line of a million letters costs nothing.
_MAX_HALF = 40


class Vocabulary:
    """The words of one source text, gathered when they are first asked for."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._words: frozenset[str] | None = None

    def hyphenated(self, text: str, start: int, end: int) -> bool:
        """Tell whether the hyphen of a word that is broken from ``start`` to ``end`` of ``text`` is its own.

        The rest of the story decides: "to-morrow" is hyphenated if it is elsewhere, "mountain" is not. Where the word
        is nowhere else, a hyphen stays unless it is invisible or the second half is no more than an ending. The case
        file is words-broken-at-a-line-end-are-mended.txt.
        """
        if text[start] == "\u00ad":
            return False
        first, second = _half(text, start, -1), _half(text, end, 1)
        if self._words is None:
            self._words = frozenset(word.lower() for word in _WORD.findall(self._source))
        if f"{first}-{second}" in self._words:
            return True
        if first + second in self._words:
            return False
        return second not in _ENDINGS


def _half(text: str, at: int, step: int) -> str:
    """Give the letters before (``step`` -1) or from (1) ``at``, _MAX_HALF at most, in lower case."""
    stop = at
    if step < 0:
        while stop > 0 and at - stop < _MAX_HALF and text[stop - 1].isalpha():
            stop -= 1
        return text[stop:at].lower()
    while stop < len(text) and stop - at < _MAX_HALF and text[stop].isalpha():
        stop += 1
    return text[at:stop].lower()
