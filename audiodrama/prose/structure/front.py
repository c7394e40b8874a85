"""Turn the lines at the top of a story into its title, its author and a heading.

The title is performed, so it becomes a heading; bylines, publication dates and header fields are read and skipped.
"""

from __future__ import annotations

import re
from dataclasses import replace

from audiodrama.model import Span
from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.structure.headings import bare, like_title, set_date, strength

_BY = re.compile(
    r"(?P<role>(?:(?:written|a (?:short )?story|a (?:novel|tale|novella|play|fan ?fic(?:tion)?)"
    r"|translated|edited|illustrated) )?by)\b"
    r"[:\s]*(?P<name>.*)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^,;:!?\"“”]{1,59}$|[\w.-]{2,30}$")
_YEAR = re.compile(r"[\[(]?(?:first published(?: in)?:? )?(?:c\. ?)?1?\d{3}[\])]?$", re.IGNORECASE)
_TITLE = re.compile(r"[\[(*_\s]*title[*_\s]*:[*_\s]*(?P<value>.+?)[*_\s\])]*$", re.IGNORECASE)
_AUTHOR = re.compile(r"[\[(*_\s]*(?:authors?|by)[*_\s]*:[*_\s]*(?P<value>.+?)[*_\s\])]*$", re.IGNORECASE)
_SMALL = frozenset(
    ["and", "of", "the", "de", "la", "von", "van", "der", "du", "di", "da", "le", "el", "al", "y", "with"]
)
# The top of a story is looked for in this many passages behind what is skipped.
_REACH = 8


def name(source: str, passages: list[Passage], naming: Naming) -> tuple[list[Passage], Naming]:
    """Find out what the story is called and who wrote it, and set its title as a heading."""
    naming = _fields(source, passages, naming)
    result = list(passages)
    at = _next(result, 0)
    if at == len(result):
        return result, naming
    result[at : at + 1] = _split(source, result[at])
    if result[at].kind == "paragraph" and _is_title(source, result, at):
        result[at] = replace(result[at], kind="heading", level=1)
        naming = replace(naming, title=naming.title or _title_text(source, result[at]))
    elif result[at].kind == "heading" and not strength(source[slice(*result[at].lines[0])]):
        naming = replace(naming, title=naming.title or _title_text(source, result[at]))
    return _bylines(source, result, at, naming)


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
                line = source[start : min(end, start + 200)]
                title, author = _TITLE.match(line), _AUTHOR.match(line)
                if title and not naming.title:
                    naming = replace(naming, title=bare(title["value"]))
                if author and not naming.author:
                    naming = replace(naming, author=bare(author["value"]))
    return naming


def _title_text(source: str, passage: Passage) -> str:
    return " ".join(bare(passage.text(source)).lstrip("# ").split())


def _split(source: str, passage: Passage) -> list[Passage]:
    """Part a title from the byline in the line below it."""
    if not 2 <= len(passage.lines) <= 4 or passage.span.end - passage.span.start > 250:
        return [passage]
    for number in range(1, len(passage.lines)):
        if _byline(source[slice(*passage.lines[number])]):
            return [
                replace(passage, span=Span(passage.span.start, part[-1].end), lines=part)
                if first
                else Passage(Span(part[0].start, part[-1].end), part, 0, solid=passage.solid)
                for first, part in ((True, passage.lines[:number]), (False, passage.lines[number:]))
            ]
    return [passage]


def _is_title(source: str, passages: list[Passage], at: int) -> bool:
    """Tell whether a passage at the top is the story's title."""
    passage = passages[at]
    if len(passage.lines) > 3 or passage.span.end - passage.span.start > 150:
        return False
    lines = [source[slice(*line)] for line in passage.lines]
    below = _next(passages, at + 1)
    if below == len(passages):
        return False
    if any(_byline(line) for line in lines) or set_date(lines[0]):
        return False
    followed = passages[below]
    if followed.kind == "paragraph" and _byline(source[slice(*followed.lines[0])]):
        return bare(lines[0])[-1] not in ",;:"
    return all(like_title(line, caps_end=False) for line in lines)


def _byline(line: str) -> str:
    """Give the role word of a byline, or nothing if it is none."""
    if len(line) > 80:
        return ""
    match = _BY.match(bare(line))
    if not match:
        return ""
    words = match["name"].split()
    if not words:
        return match["role"]
    named = all(word[0].isupper() or word in _SMALL for word in words) or len(words) == 1
    return match["role"] if named and _NAME.match(match["name"]) else ""


def _bylines(source: str, passages: list[Passage], at: int, naming: Naming) -> tuple[list[Passage], Naming]:
    """Skip the bylines and dates at the top."""
    wanted = False
    for number in range(at, min(len(passages), at + _REACH)):
        passage = passages[number]
        if passage.kind in ("skip", "note", "break"):
            continue
        if passage.kind == "heading" and (number == at or not wanted):
            if number > at:
                break
            continue
        if len(passage.lines) > 3 or passage.span.end - passage.span.start > 120:
            break
        text = bare(passage.text(source))
        role = _byline(text)
        if wanted and not role:
            if not _NAME.match(text):
                break
            naming = replace(naming, author=naming.author or text)
            passages[number] = replace(passage.skipped("byline"), level=0)
            wanted = False
        elif role:
            match = _BY.match(text)
            author = match["name"].strip() if match else ""
            wanted = not author
            writes = role.lower() == "by" or role.lower().startswith(("written", "a "))
            if author and writes:
                naming = replace(naming, author=naming.author or author)
            passages[number] = passage.skipped("byline")
        elif _YEAR.match(text) and (number > at or not text[0].isdigit()):
            passages[number] = passage.skipped("publication date")
        else:
            break
    return passages, naming
