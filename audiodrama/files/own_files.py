"""Recognise the files that this program made, by the marks that it leaves in each: only these it replaces unasked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

Kind = Literal["audio", "picture", "report", "summary", "spans"]
"""What a result is."""
MAKER = "audiodrama"
"""The mark in the tag of an MP3 (ID3: TSSE, the encoder) and in the comment of a picture."""
PICTURE_MARK = f"<!-- made by {MAKER} -->"
_ID3_HEADER = 10
"""Bytes of a tag's header."""
_LONGEST_HEAD = 1 << 20
"""Bytes at the beginning of a file that are looked at; a tag with a cover may be long."""
_STRING = r'"(?:[^"\\]|\\.)*"'
_JSON: dict[Kind, re.Pattern[str]] = {
    "report": re.compile(rf'\{{\s*"title":\s*{_STRING},\s*"master":\s*\{{|\{{\s*"totals":\s*\{{\s*"made":'),
    "summary": re.compile(r'\{\s*"totals":\s*\{\s*"made":'),
    "spans": re.compile(r'\[\s*\]|\[\s*\{\s*"start":\s*\d+,\s*"end":\s*\d+,\s*"speaker":'),
}
"""How the JSON that this program writes begins."""


def is_own(path: Path, kind: Kind) -> bool:
    """Whether a file was made by this program as a result of that kind. An empty file is: nothing in it can be lost."""
    try:
        with path.open("rb") as file:
            head = file.read(_LONGEST_HEAD)
    except OSError:
        return False
    if not head:
        return True
    if kind == "audio":
        return _is_own_audio(head)
    text = head.decode("utf-8", "replace")
    return PICTURE_MARK in text[:1000] if kind == "picture" else bool(_JSON[kind].match(text))


def _is_own_audio(head: bytes) -> bool:
    """Whether the tag at the head of an MP3 says that this program encoded it, in whichever encoding of ID3v2."""
    if not head.startswith(b"ID3"):
        return False
    size = 0
    for byte in head[_ID3_HEADER - 4 : _ID3_HEADER]:
        size = size << 7 | byte & 0x7F
    tag = head[: _ID3_HEADER + size]
    begin = tag.find(b"TSSE")
    frame = tag[begin : begin + 64] if begin >= 0 else b""
    return any(MAKER.encode(code) in frame for code in ("ascii", "utf-16-le", "utf-16-be"))
