r"""Recognise files that are read as prose but are not, by their suffix or by how their text is set.

A reader that takes over one of these kinds is entered in ``prose.READERS``, and its suffixes leave the tables here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from audiodrama.errors import ProseError

DOCUMENTS = {
    **dict.fromkeys((".docx", ".doc"), "a Word document"),
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    **dict.fromkeys((".epub", ".mobi", ".azw3", ".fb2"), "an e-book"),
    ".pdf": "a PDF",
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml"), "a web page"),
    ".fdx": "a Final Draft script",
    **dict.fromkeys((".tex", ".latex"), "a LaTeX source"),
    **dict.fromkeys((".srt", ".vtt", ".ass", ".ssa", ".sbv"), "a file of subtitles"),
    ".lrc": "a file of timed lyrics",
}
"""Suffix in small letters -> what a message calls a file of words that no reader can read yet."""
_PROGRAMS = (
    *(".py", ".ipynb", ".js", ".ts", ".c", ".h", ".cpp", ".java", ".go", ".rs", ".rb", ".php", ".lua", ".pl", ".swift"),
    *(".sh", ".bat", ".ps1", ".css", ".sql"),
)
REFUSED = {
    **DOCUMENTS,
    **dict.fromkeys((".csv", ".tsv"), "a table"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "JSON data"),
    **dict.fromkeys((".xml", ".xsl"), "XML data"),
    ".svg": "an SVG picture",
    **dict.fromkeys((".ini", ".cfg", ".toml", ".conf"), "a file of settings"),
    **dict.fromkeys(_PROGRAMS, "the text of a program"),
}
"""Suffix in small letters -> what a message calls a file that is refused."""

_SAMPLE = 100_000
"""Characters at the beginning of a text that are looked at."""
_BEGINNINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"WEBVTT(?:\s|$)", "a file of subtitles"),
        (r"\[Script Info\]\s", "a file of subtitles"),
        (r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!doctype html|<html\b|<head\b|<body\b)", "a web page"),
        (r"(?:<\?xml[^>]*>\s*)?<FinalDraft\b", "a Final Draft script"),
        (r"(?:<\?xml[^>]*>\s*)?(?:<!doctype svg[^>]*>\s*)?<svg\b", "an SVG picture"),
        (r"<\?xml\s|<!doctype\s", "XML data"),
        (r"%!PS", "a PostScript document"),
        (r"#!\s?/", "the text of a program"),
        (r"\{\s*\"[^\"\n]*\"\s*:|\[\s*\{\s*\"[^\"\n]*\"\s*:", "JSON data"),
        (r"(?:#[^\n]*\n\s*)*schema:\s*[\"']?audiodrama/script\b", "a drama script"),
    )
)
"""What a text of each kind begins with."""
_LATEX = re.compile(r"^\s*\\(?:documentclass\b|begin\{document\}|(?:chapter|section)\*?\{)", re.MULTILINE)
# "00:01:02,500 --> 00:01:04,000", the hours may be missing.
_TIMING = re.compile(r"(?:\d+:)?\d\d:\d\d[,.]\d{3}\s*-->\s*(?:\d+:)?\d\d:\d\d[,.]\d{3}")
_LYRIC = re.compile(r"\[(?:\d{1,3}:\d\d[.:]\d{2,3}\]|(?:ar|ti|al|by|offset|length|re|ve):)")
_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|span|li|ul|ol|table|tr|td|meta|link|script|style)\b[^<>]*>", re.IGNORECASE)
_LOG = re.compile(
    r"\W?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s.{0,40}?\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\b"
)
_SYSTEM_LOG = re.compile(r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S+?(?:\[\d+\])?: ")
_SETTING = re.compile(r"\[[^\[\]]+\]$|[\w.-]+ ?= ?\S*.*|[;#].*")
_CODE = re.compile(
    r".*[=(){}<>\]].*[;{]$|[})\]]+[;,)]*$|(?:async )?def \w+\(|class \w+[:({]|import [\w.]+$|from [\w.]+ import \w"
    r"|(?:el)?if .*:$|for \w+ in .*:$|else:$|try:$|#include|(?:const|let|var) \w+ ="
    r"|[\w.\[\]]+ [-+*/]?= \S|[\w.]+\(.*\)$"
)
_FEWEST_LINES = 4
"""Lines that it takes to tell a kind by the share of lines that are set in its way."""
_COLUMNS = 3
"""Columns of a table at least; a name, a tab and a speech are a play."""


def kind_of(text: str) -> str:
    """What a text is that is no prose, in a message's words; empty for prose."""
    sample = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    for pattern, kind in _BEGINNINGS:
        if pattern.match(sample):
            return kind
    if _LATEX.search(sample):
        return "a LaTeX source"
    lines = [line for line in map(str.strip, sample.splitlines()) if line]
    if any(map(_TIMING.match, lines[:_FEWEST_LINES])):
        return "a file of subtitles"
    if len(lines) < _FEWEST_LINES:
        return ""
    sections = sum(line.startswith("[") and line.endswith("]") for line in lines)
    if 0 < sections < len(lines) / 2 and _share(lines, _SETTING.match) > 0.9:
        return "a file of settings"
    if _share(lines, _is_json) > 0.9:
        return "JSON data"
    for pattern, least, kind in _SHARES:
        if _share(lines, pattern.match) >= least:
            return kind
    return "a table" if _is_table(lines) else ""


_SHARES = (
    (_TIMING, 0.15, "a file of subtitles"),
    (_LYRIC, 0.6, "a file of timed lyrics"),
    (_TAG, 0.6, "a web page"),
    (_LOG, 0.6, "a program's log"),
    (_SYSTEM_LOG, 0.6, "a program's log"),
    (_CODE, 0.5, "the text of a program"),
)
"""How the lines of a kind begin, the share of the lines that do, and the kind."""


def refuse_suffix(name: str, suffix: str) -> None:
    """Refuse a file by its suffix.

    Raises:
        ProseError: no reader reads such files.
    """
    if kind := REFUSED.get(suffix.lower()):
        raise ProseError(
            f"{name} is {kind}, and audiodrama reads prose; save the story as plain text (.txt) or Markdown (.md) and "
            "give that."
        )


def refuse_content(name: str, text: str) -> None:
    """Refuse a text that is no prose.

    Raises:
        ProseError: it is of another kind.
    """
    kind = kind_of(text)
    if kind == "a drama script":
        raise ProseError(f"{name} holds a drama script; rename it so that it ends in .script.yaml and give that.")
    if kind:
        raise ProseError(
            f"{name} holds {kind}, and audiodrama reads prose; save the story's words alone as plain text (.txt) or "
            "Markdown (.md) and give that."
        )


def _share(lines: list[str], matches: Callable[[str], object]) -> float:
    return sum(bool(matches(line)) for line in lines) / len(lines)


def _is_json(line: str) -> bool:
    """Whether a line is an object or a list in JSON."""
    if line[0] + line[-1] not in ("{}", "[]"):
        return False
    try:
        return bool(json.loads(line))
    except (ValueError, RecursionError):
        return False


def _is_table(lines: list[str]) -> bool:
    """Whether all lines have the same number of columns; prose has a space behind its commas, a table has none."""
    for separator in (r"\t", r",(?=[^\s,]|,|$)", r";(?=[^\s;]|;|$)"):
        counts = {len(re.split(separator, re.sub(r'"[^"]*"', "x", line))) for line in lines}
        if len(counts) == 1 and counts.pop() >= _COLUMNS:
            return True
    return False
