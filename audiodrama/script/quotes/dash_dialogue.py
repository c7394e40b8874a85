"""Turn a paragraph that a dash leads into its speeches: — Come in, said Anna. — Sit down.

Three customs are read. The tag stands behind a comma (— Come in, said Anna.); the narration stands between dashes with
spaces (— Come in, — said Anna. — Sit down.); or it stands in dashes that cling to it (—Come in —said Anna—. Sit down.).
A dash inside a speech that none of these explains is only a dash.
"""

from __future__ import annotations

import re

from audiodrama.script.language import Language
from audiodrama.script.quotes.conventions import DASHES
from audiodrama.script.quotes.pairing import Quotation
from audiodrama.script.quotes.tag_start import BEHIND_DASH, are_tag, begins_with_tag

_DASH = rf"(?:[{DASHES}]|--)"
_LEAD = re.compile(rf"\s*(?:{_DASH}|-(?=\s))\s*")
_TURN = re.compile(
    rf"""
    (?P<stop>[,.!?…]['’]?)\s*(?P<dash>{_DASH})\s*(?=[^\W\d_])  # Come in, — said Anna
    | \s(?P<cling>{_DASH})(?=[^\W\d_])  # Come in —said Anna
    | (?P<comma>[,.!?…])[ ](?=(?P<first>[^\W\d_]+)[ ](?P<second>[^\W\d_]+))  # Come in, said Anna
    """,
    re.VERBOSE,
)
_BACK = re.compile(rf"(?P<end>[.!?…:;,]?)\s*(?P<dash>{_DASH})\s*(?P<after>[.,;:!?]?\s*)(?=\S)")


def is_dash_led(text: str, start: int, end: int) -> bool:
    """Whether a dash leads a paragraph."""
    match = _LEAD.match(text, start, end)
    return match is not None and match.end() > start and match.end() < end


def speeches(text: str, start: int, end: int, language: Language) -> list[Quotation]:
    """The speeches of a paragraph that a dash leads.

    Args:
        text: the story.
        start: the paragraph's first character.
        end: its end, exclusive.
        language: what the story is written in.
    """
    lead = _LEAD.match(text, start, end)
    opened, inner = start, lead.end() if lead else start
    pieces = []
    while True:
        cut = _narration(text, inner, end, language)
        if cut is None:
            pieces.append(Quotation(opened, inner, end, end))
            return pieces
        stop, resume = cut
        pieces.append(Quotation(opened, inner, stop, resume))
        back = _BACK.search(text, resume, end)
        if back is None:
            return pieces
        opened, inner = back.start("dash"), back.end()
        if inner >= end:
            return pieces


def _narration(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """Where the speech that begins at ``start`` stops and where the narration behind it begins."""
    for match in _TURN.finditer(text, start, end):
        if match["dash"]:
            if text[match.end()].islower() or begins_with_tag(text, match.end(), end, language, BEHIND_DASH):
                return match.end("stop"), match.end()
        elif match["cling"]:
            if text[match.end()].islower():
                return match.start(), match.end()
        elif are_tag(match["first"], match["second"], language, language.quotes.tags_behind_dash):
            return match.end("comma"), match.end()
    return None
