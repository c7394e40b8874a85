"""Turn a Script into whether it is English, by the share of its words that are the commonest of that language."""

from __future__ import annotations

import re
from itertools import islice

from audiodrama.model import Script

_WORD = re.compile(r"[^\W\d_]+")
# Words that other languages with Latin letters do not have, or seldom: no "a", "in", "on", "an", "me", "die".
_COMMON_WORDS = (
    "the and of to that it he she you his her they not with for had have has this from be been are were which "
    "what when there their would could should will if who them then your my by but all into out up about how "
    "did don said know just like over again some only down where now than it's its i we us our can no do"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_LEAST = 0.2
"""Share of them in a text that is English; English prose has twice as much, other languages a quarter of it."""
_FEWEST = 50
"""Words that it takes to tell."""
_ENOUGH = 20_000
"""Words that are looked at."""
_LETTERS = 10
"""Letters that count as a word where there are no spaces."""


def seems_english(script: Script) -> bool:
    """Whether the words of a script look like English; short ones do."""
    texts = (line.text for line in script.lines() if line.kind != "cue")
    found = islice((word for text in texts for word in _WORD.finditer(text)), _ENOUGH)
    count = common = letters = 0
    for word in found:
        count += 1
        letters += word.end() - word.start()
        common += word.end() - word.start() < 10 and word.group().lower() in _COMMON
    count = max(count, letters // _LETTERS)
    return count < _FEWEST or common >= _LEAST * count
