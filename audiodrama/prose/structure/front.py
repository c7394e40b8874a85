"""Turn the lines at the top of a story into its title, its author and a heading.

The title is performed, so it becomes a heading; bylines, publication dates and header fields are read and skipped.
The case files named below are in ``tests/cases/prose``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from audiodrama.model import Span
from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.structure.headings import bare, heading_form, like_title, set_date

# "By Jonas Hale" (licence-boilerplate.txt); the roles are in a-title-page-with-many-bylines.txt.
_BYLINE = re.compile(
    r"""
    (?P<role>
        (?: (?: written | a[ ](?:short[ ])?story                      # "Written by Ida Brandt"
              | a[ ](?:novel|tale|novella|play|fan[ ]?fic(?:tion)?)   # "A novella by Ida Brandt"
              | translated | edited | illustrated )[ ]                # "Translated by Otto Lind"
        )?
        by
    )\b
    [:\s]*(?P<name>.*)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A name without the marks of a sentence, "Hanna Brook"; or a pen name of one word, "sea_glass.91".
_NAME = re.compile(r"[^\W\d_][^,;:!?\"“”]{1,59}$|[\w.-]{2,30}$")
# "1912", "[1903]", "First published in 1898" (a-title-page-with-many-bylines.txt), "(c. 1850)".
_YEAR = re.compile(r"[\[(]?(?:first published(?: in)?:? )?(?:c\. ?)?1?\d{3}[\])]?$", re.IGNORECASE)
# "Title: Low Tide", "**Author:** seaglass" (a-writers-notes-around-a-story.txt).
_TITLE_FIELD = re.compile(r"[\[(*_\s]*title[*_\s]*:[*_\s]*(?P<value>.+?)[*_\s\])]*$", re.IGNORECASE)
_AUTHOR_FIELD = re.compile(r"[\[(*_\s]*(?:authors?|by)[*_\s]*:[*_\s]*(?P<value>.+?)[*_\s\])]*$", re.IGNORECASE)
# Words of a name that may be small.
_SMALL_IN_NAMES = "and of the de la von van der du di da le el al y with"
_PARTICLES = frozenset(_SMALL_IN_NAMES.split())

# Limits above which a passage is text and no title, byline or date. Chosen by hand: a title page sets each of them in
# one or a few short lines.
_MAX_FIELD = 200
"""Characters of a header field that are read."""
_MAX_TITLE_AND_BYLINE_LINES = 4
_MAX_TITLE_AND_BYLINE = 250
"""Characters of a passage that a title and a byline share."""
_MAX_TITLE_LINES = 3
_MAX_TITLE = 150
"""Characters of a title's passage."""
_MAX_BYLINE_LINES = 3
_MAX_BYLINE = 120
"""Characters of a passage that is a byline or a date."""
_MAX_BYLINE_LINE = 80
"""Characters of one line of a byline."""
_REACH = 8
"""Passages, from the title on, among which bylines and dates are looked for."""


def name(source: str, passages: list[Passage], naming: Naming) -> tuple[list[Passage], Naming]:
    """Find the title and the author, and make a heading of the title line.

    Returns:
        the passages with the heading and with bylines skipped, and ``naming`` with what was still empty filled in.
    """
    naming = _fields(source, passages, naming)
    result = list(passages)
    at = _next(result, 0)
    if at == len(result):
        return result, naming
    result[at : at + 1] = _split(source, result[at])
    if result[at].kind == "paragraph" and _is_title(source, result, at):
        result[at] = replace(result[at], kind="heading", level=1)
        naming = replace(naming, title=naming.title or _title_text(source, result[at]))
    elif result[at].kind == "heading" and not heading_form(source[slice(*result[at].lines[0])]):
        naming = replace(naming, title=naming.title or _title_text(source, result[at]))
    return _skip_bylines(source, result, at, naming)


def _next(passages: list[Passage], at: int) -> int:
    """Give the index of the first passage from ``at`` that is not left out."""
    while at < len(passages) and passages[at].kind in ("skip", "note", "break"):
        at += 1
    return at


def _fields(source: str, passages: list[Passage], naming: Naming) -> Naming:
    """Read the title and the author from header fields."""
    for passage in passages:
        if passage.reason == "story header":
            for start, end in passage.lines:
                line = source[start : min(end, start + _MAX_FIELD)]
                title, author = _TITLE_FIELD.match(line), _AUTHOR_FIELD.match(line)
                if title and not naming.title:
                    naming = replace(naming, title=bare(title["value"]))
                if author and not naming.author:
                    naming = replace(naming, author=bare(author["value"]))
    return naming


def _title_text(source: str, passage: Passage) -> str:
    """Give a title passage as one line without markup."""
    return " ".join(bare(passage.text(source)).lstrip("# ").split())


def _split(source: str, passage: Passage) -> list[Passage]:
    """Part a title from the byline in the line below it (chapter-number-and-title-are-one-heading.txt)."""
    length = passage.span.end - passage.span.start
    if not 2 <= len(passage.lines) <= _MAX_TITLE_AND_BYLINE_LINES or length > _MAX_TITLE_AND_BYLINE:
        return [passage]
    for number in range(1, len(passage.lines)):
        if _byline(source[slice(*passage.lines[number])]):
            above, below = passage.lines[:number], passage.lines[number:]
            return [
                replace(passage, span=Span(passage.span.start, above[-1].end), lines=above),
                Passage(Span(below[0].start, below[-1].end), below, 0, solid=passage.solid),
            ]
    return [passage]


def _is_title(source: str, passages: list[Passage], at: int) -> bool:
    """Tell whether a passage at the top is the story's title."""
    passage = passages[at]
    if len(passage.lines) > _MAX_TITLE_LINES or passage.span.end - passage.span.start > _MAX_TITLE:
        return False
    lines = [source[slice(*line)] for line in passage.lines]
    below = _next(passages, at + 1)
    if below == len(passages):
        return False
    # A date at the top begins a diary (a-date-at-the-top-is-no-title.txt).
    if any(_byline(line) for line in lines) or set_date(lines[0]):
        return False
    following = passages[below]
    if following.kind == "paragraph" and _byline(source[slice(*following.lines[0])]):
        return bare(lines[0])[-1] not in ",;:"
    return all(like_title(line, caps_end=False) for line in lines)


def _byline(line: str) -> str:
    """Give the role of a byline ("by", "translated by"), or nothing if the line is none."""
    if len(line) > _MAX_BYLINE_LINE:
        return ""
    match = _BYLINE.match(bare(line))
    if not match:
        return ""
    words = match["name"].split()
    if not words:
        return match["role"]
    named = all(word[0].isupper() or word in _PARTICLES for word in words) or len(words) == 1
    return match["role"] if named and _NAME.match(match["name"]) else ""


def _skip_bylines(source: str, passages: list[Passage], at: int, naming: Naming) -> tuple[list[Passage], Naming]:
    """Skip the bylines and dates below the title, which is passage ``at``, and read the author."""
    # Whether the last byline ended with "by": the name is in the next passage.
    name_follows = False
    for number in range(at, min(len(passages), at + _REACH)):
        passage = passages[number]
        if passage.kind in ("skip", "note", "break"):
            continue
        if passage.kind == "heading" and (number == at or not name_follows):
            if number > at:
                break
            continue
        if len(passage.lines) > _MAX_BYLINE_LINES or passage.span.end - passage.span.start > _MAX_BYLINE:
            break
        text = bare(passage.text(source))
        role = _byline(text)
        if name_follows and not role:
            if not _NAME.match(text):
                break
            naming = replace(naming, author=naming.author or text)
            passages[number] = replace(passage.skipped("byline"), level=0)
            name_follows = False
        elif role:
            match = _BYLINE.match(text)
            author = match["name"].strip() if match else ""
            name_follows = not author
            if author and _writes(role):
                naming = replace(naming, author=naming.author or author)
            passages[number] = passage.skipped("byline")
        elif _YEAR.match(text) and (number > at or not text[0].isdigit()):
            passages[number] = passage.skipped("publication date")
        else:
            break
    return passages, naming


def _writes(role: str) -> bool:
    """Tell whether a byline's role is the author's, and not the translator's."""
    return role.lower() == "by" or role.lower().startswith(("written", "a "))
