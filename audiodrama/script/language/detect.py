"""Tell whether a Script is English, by the share of its words that are the commonest of that language."""

from __future__ import annotations

import re
from itertools import islice

from audiodrama.model import Script
from audiodrama.script.language.en import ENGLISH

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 0.2
"""Share of the commonest words in a text that is English; English prose has twice as much, others a quarter of it."""
_FEWEST = 50
"""Words that it takes to tell; a shorter script counts as English."""
_ENOUGH = 20_000
"""Words of a script that are looked at."""
_LETTERS = 10
"""Letters that count as a word where there are no spaces."""


def seems_english(script: Script) -> bool:
    """Whether the words of a script look like English; short ones do."""
    texts = (line.text for line in script.lines() if line.kind != "cue")
    words = islice((word for text in texts for word in _WORD.findall(text)), _ENOUGH)
    commonest = ENGLISH.lists.common_words
    count = common = letters = 0
    for word in words:
        count += 1
        letters += len(word)
        common += word.lower() in commonest
    count = max(count, letters // _LETTERS)
    return count < _FEWEST or common >= _LEAST * count
