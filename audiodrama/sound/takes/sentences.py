"""Turn a text that is too long for one utterance into texts that are not, cut where an engine pauses anyway.

Engines speak a paragraph sentence by sentence, so what is cut between two sentences and joined with the engine's own
pause sounds like what was never cut. Text in any language: only marks, spaces and capitals are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CHARACTERS_PER_SECOND = 15.0
"""What a voice speaks at rate 1: espeak-ng speaks 17.5 characters of English prose in a second, by measurement."""
SYLLABLE, FIRST_WIDE = 3, "\u2e80"
"""A sign of Chinese, Japanese or Korean is a syllable and lasts as long as three letters; the first of such signs."""
EARLIEST = 0.25
"""Share of the bound before which no sentence end is taken: the texts would be many and short."""

_CUTS = (
    re.compile(
        r"""
          (?: (?<=[^\W\d_A-Z]{4}) [.…]        # "He rose. The", but not "Mr. Crane": an abbreviation is shorter
            | [!?]                            # "Come! The"
          )
          ["'”’»)\]]* \s+ (?= [^\w]* [^\Wa-zß-ÿ_] )
        | [。！？؟।] ["'”’»」』]* \s*            # "来了。他"
        """,
        re.VERBOSE,
    ),
    re.compile(r"""[.!?…;:]["'”’»)\]]*\s+"""),  # "at nine. he rose; she"
    re.compile(r"""[,—–]["'”’»)\]]*\s+|[、，；：]\s*"""),  # "the lamp, the bell", "来了，他"
    re.compile(r"\s+"),
)
"""Where a text may be cut, best first; the cut is behind what matches."""


def longest_text(text: str, seconds: float, rate: float) -> int:
    """How many characters of a text a voice speaks in ``seconds``, at a multiple of its own speed; at least 1."""
    wide = sum(character >= FIRST_WIDE for character in text)
    characters = seconds * CHARACTERS_PER_SECOND * rate
    return max(1, int(characters / SYLLABLE if 2 * wide > len(text) else characters))


def texts_of(text: str, longest: int) -> tuple[str, ...]:
    """The text in parts of ``longest`` characters at most; the text alone if it is no longer.

    A part ends with the last sentence that fits, or where none fits, with the last clause or word, or where the text
    has no spaces, with the last character. Joined with spaces, the parts are the text.
    """
    return tuple(part for part in _parts(text, longest) if any(map(str.isalnum, part))) or (text,)


def _parts(text: str, longest: int) -> Iterator[str]:
    begin = 0
    while len(text) - begin > longest:
        end = _cut(text, begin, longest)
        yield text[begin:end].strip()
        begin = end
    yield text[begin:].strip()


def _cut(text: str, begin: int, longest: int) -> int:
    """The index behind the best cut of what begins at ``begin``."""
    earliest = begin + max(1, int(longest * EARLIEST))
    for cuts in _CUTS:
        ends = [match.end() for match in cuts.finditer(text, begin, begin + longest + 1)]
        fitting = [end for end in ends if earliest <= end and len(text[begin:end].rstrip()) <= longest]
        if fitting:
            return fitting[-1]
    return begin + longest
