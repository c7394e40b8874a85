"""Turn what is wrong in a YAML file into a line number and a sentence that helps the person who typed it."""

from __future__ import annotations

import re
from difflib import get_close_matches

import yaml

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 forbids in a file."""

MAX_DEPTH = 12
"""Levels of nesting that a file may have; this package's files need five."""
TOO_DEEP = f"this is nested more than {MAX_DEPTH} deep; a bracket may be too many"

_QUOTE = "put the whole text in quotation marks"
_SENTENCES = (
    # (what the parser says, what it means to the person who typed the line)
    (
        "mapping values are not allowed",
        f"there is a ': ' too many here, or the indentation is off; if it is part of a text, {_QUOTE}",
    ),
    ("found unexpected end of stream", "the quotation mark that opens here is never closed"),
    ("found unknown escape character", "a backslash between double quotation marks must be written twice"),
    ("comment or line break", f"a text that begins with '|' or '>' means something else in YAML; {_QUOTE}"),
    ("a comment or a line break", f"a text that begins with '|' or '>' means something else in YAML; {_QUOTE}"),
    ("chomping or indentation", f"a text that begins with '|' or '>' means something else in YAML; {_QUOTE}"),
    ("alphabetic or numeric", f"a text that begins with '*', '&' or '!' means something else in YAML; {_QUOTE}"),
    ("expected ',' or", "the bracket that opens before this is not closed, or a comma is missing"),
    ("maximum nesting depth", TOO_DEEP),  # libyaml has a limit of its own since 0.2.6, and looks far ahead.
    ("'-' indicator", "this line is not indented like the '- ' lines before it"),
)
_AFTER_MARK = re.compile(r"""^\s*(?:- +)?(?:[^"'\s][^:]*: +)?(["'\[{])""")


def first_unprintable(text: str) -> int:
    """Where the first character is that a YAML file may not hold; -1 if there is none."""
    match = _UNPRINTABLE.search(text)
    return match.start() if match else -1


def explain(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line (from 1) and one sentence: what is wrong in it and what to do."""
    problem = error.problem or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in problem and error.context_mark:
        mark = error.context_mark
    at = mark.line if mark else 0
    lines = text.split("\n")
    written = lines[at] if at < len(lines) else ""
    for complaint, sentence in _SENTENCES:
        if complaint in problem:
            return at + 1, sentence
    if "tab character" in problem:
        return at + 1, "a tab is used for indentation; use spaces"
    if "cannot start any token" in problem:
        if written[: mark.column + 1 if mark else 0].strip(" -").startswith("\t"):
            return at + 1, "a tab is used for indentation; use spaces"
        return at + 1, f"a text cannot begin with '@', '`', '%' or a tab in YAML; {_QUOTE}"
    opening = _AFTER_MARK.match(written)
    if opening and opening[1] in "\"'":
        return at + 1, f"there is more behind the closing quotation mark; {_QUOTE} of the other sort"
    if opening:
        return at + 1, f"a text that begins with {opening[1]!r} means something else in YAML; {_QUOTE}"
    return at + 1, f"this line does not fit the lines before it ({problem}); look at its indentation and its colons"


def suggestion(word: str, choices: tuple[str, ...]) -> str:
    """What to do about an unknown word: the nearest known one, or all of them if none is near."""
    folded = {name.casefold(): name for name in reversed(choices)}
    nearest = get_close_matches(word.casefold()[:100], folded, n=3, cutoff=0.6)
    if nearest:
        # Of names that are equally near, the one with the same first letter: people get that one right.
        best = next((name for name in nearest if name[:1] == word[:1].casefold()), nearest[0])
        return f"did you mean {folded[best]!r}?"
    return f"it can be {', '.join(repr(name) for name in choices)}"


def shown(text: str) -> str:
    """A text as a message quotes it: on one line, shortened if it is long."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
