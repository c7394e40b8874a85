"""Turn a text into YAML that the user likes to read: plain where that is safe, folded where it is long, else quoted.

``reader.Reader`` reads each text back as it was, character for character.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any

import yaml

WIDTH = 110
"""Columns that a folded text keeps to."""

_VISIBLE = (
    r"\x20-\x7e\xa1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e"
    r"\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
)
_LINE = re.compile(f"[{_VISIBLE}]*")
"""Characters that stand for themselves; control characters, odd spaces and line separators are written as escapes."""
_PLAIN = re.compile(r"""(?![-?:](?:\s|$)|---|\.\.\.)[^\s,\[\]{}#&*!|>'"%@`=~<](?:.*\S)?""", re.DOTALL)
"""How a text may begin and end to go without quotation marks."""
_RESOLVER: Any = yaml.resolver.Resolver()
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str) -> str:
    """The text on one line, in block context, as a value or a key."""
    if _LINE.fullmatch(text) and _PLAIN.fullmatch(text) and not _cuts(text) and _is_a_text(text):
        return text
    return quoted(text)


def flow_scalar(text: str) -> str:
    """The text on one line, between brackets, where commas, colons and brackets also need marks."""
    plain = scalar(text)
    return quoted(text) if plain == text and any(sign in text for sign in ",[]{}:?") else plain


def quoted(text: str) -> str:
    """The text between quotation marks: single ones if it holds double ones and nothing else that is special."""
    if '"' in text and _LINE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    inside = re.sub(rf'[^{_VISIBLE}]|[\\"]', lambda match: _SHORT.get(match[0]) or _escape(ord(match[0])), text)
    return f'"{inside}"'


def paragraph(text: str, indent: int, used: int) -> str:
    """The text as a value behind "key: ", on one line if it fits behind ``used`` columns, else folded below it.

    ``indent`` is the column of the folded lines. A text that folding would change goes between marks on one line.
    """
    if used + len(text) <= WIDTH or not _folds(text):
        return scalar(text)
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(" " * indent + line for line in lines)


def _cuts(text: str) -> bool:
    """Whether a plain text would end early: at a comment, or at what looks like a key."""
    return ": " in text or " #" in text or text.endswith(":")


def _is_a_text(text: str) -> bool:
    """Whether other YAML readers would also take the plain text for a text (not a number, a date, yes or null)."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


def _folds(text: str) -> bool:
    """Whether single spaces are the only white space, so that they can become line ends and come back."""
    return bool(_LINE.fullmatch(text)) and "  " not in text and text == text.strip(" ") and " " in text


def _escape(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
