"""Turn a paragraph that a dash leads into its speeches: — Come in, said Anna. — Sit down.

Three customs are read. The tag stands behind a comma (— Come in, said Anna.); the narration stands between dashes with
spaces (— Come in, — said Anna. — Sit down.); or it stands in dashes that cling to it (—Come in —said Anna—. Sit down.).
A dash inside a speech that none of these explains is only a dash.
"""

from __future__ import annotations

import re

from audiodrama.script.language.lexicon import speech_verbs, voice_verbs
from audiodrama.script.quotes.conventions import DASHES
from audiodrama.script.quotes.pairing import Quotation

_DASH = rf"(?:[{DASHES}]|--)"
_LEAD = re.compile(rf"\s*(?:{_DASH}|-(?=\s))\s*")
_TURN = re.compile(
    rf"(?P<stop>[,.!?…]['’]?)\s*(?P<dash>{_DASH})\s*(?=[^\W\d_])"  # Come in, — said Anna
    rf"|\s(?P<cling>{_DASH})(?=[^\W\d_])"  # Come in —said Anna
    r"|(?P<comma>[,.!?…]) (?=(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+))"  # Come in, said Anna
)
_BACK = re.compile(rf"(?P<end>[.!?…:;,]?)\s*(?P<dash>{_DASH})\s*(?P<after>[.,;:!?]?\s*)(?=\S)")
_PRONOUNS = frozenset(("he", "she", "i", "they", "we", "it"))


def is_dash_led(text: str, start: int, end: int) -> bool:
    """Whether a dash leads a paragraph."""
    match = _LEAD.match(text, start, end)
    return match is not None and match.end() > start and match.end() < end


def speeches(text: str, start: int, end: int) -> list[Quotation]:
    """The speeches of a paragraph that a dash leads.

    Args:
        text: the story.
        start: the paragraph's first character.
        end: its end, exclusive.
    """
    lead = _LEAD.match(text, start, end)
    opened, inner = start, lead.end() if lead else start
    found = []
    while True:
        cut = _narration(text, inner, end)
        if cut is None:
            found.append(Quotation(opened, inner, end, end))
            return found
        stop, resume = cut
        found.append(Quotation(opened, inner, stop, resume))
        back = _BACK.search(text, resume, end)
        if back is None:
            return found
        opened, inner = back.start("dash"), back.end()
        if inner >= end:
            return found


def _narration(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the speech that begins at ``start`` stops and where the narration behind it begins."""
    for match in _TURN.finditer(text, start, end):
        if match["dash"]:
            if text[match.end()].islower() or _tag(text, match.end(), end):
                return match.end("stop"), match.end()
        elif match["cling"]:
            if text[match.end()].islower():
                return match.start(), match.end()
        elif _inverted(match["first"], match["second"], match["comma"]):
            return match.end("comma"), match.end()
    return None


def _inverted(first: str, second: str, stop: str) -> bool:
    """Whether two words begin a tag: said Anna, he said, Anna said."""
    one, two = first.lower(), second.lower()
    if one in speech_verbs() and one.endswith(("d", "says", "asks")):
        return second[0].isupper() or two in _PRONOUNS or two in ("the", "his", "her", "my", "a")
    names = first[0].isupper() if stop == "," else one in _PRONOUNS or first[0].isupper()
    return two in speech_verbs() and (names or one in _PRONOUNS) and one != "you"


def _tag(text: str, start: int, end: int) -> bool:
    words = re.findall(r"[^\W\d_]+", text[start : min(end, start + 40)])[:3]
    return any(word.lower() in speech_verbs() or word.lower() in voice_verbs() for word in words[:2])
