"""Recognise text that was decoded by the wrong table: an older encoding, or UTF-8 that was taken for Windows-1252."""

from __future__ import annotations

import re

_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
"""What Windows-1252 makes of each byte above ASCII -> the byte; its five gaps are control characters."""
_SIGNS = set("“”‘’–—…«»\u00a0")
_HIGH = re.compile("[" + re.escape("".join(set(_BYTES) - _SIGNS)) + "]")
_LATIN = re.compile("[À-ÖØ-öø-ÿ]")
_FOLLOWING = re.escape("".join(sign for sign, byte in _BYTES.items() if byte < 0xC0))
# The first bytes of the characters that prose has beside ASCII: accents, quotation marks, dashes, Greek, Cyrillic.
_MISREAD = re.compile(f"[ÂÃÄÅÆËÎÏÐÑ][{_FOLLOWING}]|[âã][{_FOLLOWING}]{{2}}|ð[{_FOLLOWING}]{{3}}")
_FEWEST_MISREAD = 2
_MOST_MISREAD = 0.5
"""Share of the characters above ASCII that belong to misread ones where a text was misread."""
_FEWEST_HIGH = 8
"""Different characters above ASCII that it takes to tell."""
_MOST_HIGH = 0.3
"""Share of the visible characters that are above ASCII; a Western text has a third of it at most."""
_TIMES = 2
"""Times that a text was misread and saved again."""


def is_misread(text: str, *, fallback: bool) -> bool:
    """Whether a text is in an older encoding that is not Western.

    Args:
        text: the text as it was decoded.
        fallback: it was no UTF-8, and the signs of Windows-1252 count as well as its letters.
    """
    high = (_HIGH if fallback else _LATIN).findall(text)
    return len(set(high)) >= _FEWEST_HIGH and len(high) > _MOST_HIGH * sum(not sign.isspace() for sign in text)


def mended(text: str) -> tuple[str, int]:
    """A text with its misread UTF-8 put right, and how many characters were; the text itself if it was not misread."""
    count = 0
    for _ in range(_TIMES):
        matches = _MISREAD.findall(text)
        above = sum(sign > "\x7f" for sign in text)
        if len(matches) < _FEWEST_MISREAD or sum(map(len, matches)) < _MOST_MISREAD * above:
            break
        count = len(matches)
        text = _MISREAD.sub(_reread, text)
    return text, count


def _reread(match: re.Match[str]) -> str:
    """What the bytes of a match say in UTF-8; the match itself if they say nothing."""
    try:
        return bytes(_BYTES[sign] for sign in match.group()).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
