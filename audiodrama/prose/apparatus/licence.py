"""Turn the licence and the credits around a story, and the tables in front of it, into skips.

Public libraries put a header above a book and their terms below it. What lies between their markers is the story;
without markers only passages that say of themselves that they are no part of it are left out.

The case files named below are in ``tests/cases/prose``.
"""

from __future__ import annotations

import re

from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.structure.headings import bare, heading_form, like_title

LICENCE = "licence boilerplate"
# "*** START OF THE PROJECT GUTENBERG EBOOK ... ***", and the same of other public libraries (licence-boilerplate.txt).
_START = re.compile(r"\*\*\*\s*START OF (?:THE|THIS) (?:PROJECT )?.*(?:E-?BOOK|E-?TEXT)", re.IGNORECASE)
_STOP = re.compile(
    r"""
    (?: \*\*\*\s*END[ ]OF[ ](?:THE|THIS)[ ](?:PROJECT[ ])?.*(?:E-?BOOK|E-?TEXT)  # licence-boilerplate.txt
        # "End of Project Gutenberg's A Night Ferry", above the marker or in its place (licence-of-an-older-file.txt)
      | End[ ]of[ ](?:the[ ])?Project[ ]Gutenberg(?:'s|’s)?(?:[ ]E-?Book|[ ]E-?Text|[ ]of|\b)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The file's first line: "The Project Gutenberg EBook of The Tin Moon, by Lucius Applegarth"
# (licence-text-is-skipped.txt in ``tests/cases/scripts``).
_BOOK = re.compile(
    r"""
    (?:The[ ])?Project[ ]Gutenberg(?:'s|’s)?[ ]E-?(?:Book|text)[ ]of[ ]
    (?P<title>.+?)
    (?:,?[ ]by[ ](?P<author>[^,*]+))?\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The examples are from licence-boilerplate.txt and licence-of-an-older-file.txt. They are believed below the marker or
# with a word of _SCANNER, for stories say such things too ("Produced by the thousand" in
# story-words-like-copyright-stay.txt).
_CREDIT = re.compile(
    r"""
    (?: produced | transcribed | prepared | scanned | proofread  # "Produced by two volunteers"
      | e-?text[ ]prepared                                       # "E-text prepared by two volunteers"
      | this[ ](?:e-?book|e-?text)[ ](?:was|is)                  # "This eBook is for the use of anyone anywhere"
    )[ ](?:by|from|for)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SCANNER = re.compile(r"https?:|www\.|e-?(?:book|text)|proofread|volunteer|gutenberg", re.IGNORECASE)
# The examples are from copyright-notices-in-every-form.txt; what stays is in story-words-like-copyright-stay.txt.
_RIGHTS = re.compile(
    r"""
    (?: copyright\b.{0,40}\d{4}                                               # "Copyright 2020 by Odile Marsh."
      | ©                                                                     # "© Odile Marsh"
      | \(c\)[ ]?\d{4}                                                        # "(c) 1998"
      | no[ ]part[ ]of[ ]this[ ](?:book|publication|work)[ ]may               # "No part of this book may be copied"
      | isbn[-: ]                                                             # "ISBN 0-00-000000-0"
      | (?:this|the)[ ](?:work|story|book|text)\b[^.]{0,40}[ ]licensed[ ]under  # "This story is licensed under"
      | [^\"“]{0,200}\ball[ ]rights[ ]reserved                                 # outside quotation marks
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Contents", "TABLE OF CONTENTS." (a-table-of-contents.txt).
_CONTENTS = re.compile(r"(?:table of )?contents[.:]?$", re.IGNORECASE)
# The end of an entry: dots, a tab or wide space and a page number, "........ 14", or the number alone.
_LEADER = re.compile(r"(?:\.{3,}|(?:\. ){3,}|\t|\s{3,})\s*(?:\d{1,4}|[ivxlc]{1,7})$|\s\d{1,4}$")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")

# Characters of a passage that the patterns of this module look at, and of a marker line.
_OPENING = 400
_MAX_MARKER = 200
# Passages at either end of the story in which boilerplate without markers is looked for.
_EDGE = 12
# Characters that the title of a table of contents has at most, and one of its entries.
_MAX_CONTENTS_TITLE = 30
_MAX_ENTRY = 110


def mark_licence(source: str, passages: list[Passage], naming: Naming) -> tuple[list[Passage], Naming]:
    """Skip the licence above and below a story, with the marker lines; read the title and author that it names."""
    first, last = _borders(source, passages)
    result: list[Passage] = []
    for number, passage in enumerate(passages):
        opening = _opening(source, passage)
        reason = ""
        if number < first or number >= last:
            reason = LICENCE
        elif number < first + _EDGE or number >= last - _EDGE:
            reason = _boilerplate(opening, front=number < first + _EDGE, marked=first > 0)
        book = _BOOK.match(opening) if reason == LICENCE and not naming.title else None
        if book and not _STOP.match(opening):
            naming = Naming(book["title"].strip(" *,"), (book["author"] or "").strip())
        result.append(passage.skipped(reason) if reason else passage)
    return result, naming


def _opening(source: str, passage: Passage) -> str:
    """Give the first _OPENING characters of a passage, on one line."""
    start, end = passage.span
    return " ".join(source[start : min(end, start + _OPENING)].split())


def _borders(source: str, passages: list[Passage]) -> tuple[int, int]:
    """Give the indexes of the story's first passage and of the first one behind it."""
    first, last = 0, len(passages)
    for number, passage in enumerate(passages):
        start = passage.span.start
        if source[start] == "*" and _START.match(source, start, start + _MAX_MARKER) and not first:
            first = number + 1
        elif source[start] in "*Ee" and first <= number and _STOP.match(source, start, start + _MAX_MARKER):
            return first, number
    return first, last


def _boilerplate(opening: str, *, front: bool, marked: bool) -> str:
    """Give the reason to skip a passage near an end of the text, or nothing.

    Args:
        opening: the beginning of the passage, on one line.
        front: whether it is near the top.
        marked: whether the file has a marker above the story, so that it comes from a public library.
    """
    if len(opening) < _OPENING and _RIGHTS.match(opening):
        return "copyright notice"
    if _BOOK.match(opening) and front:
        return LICENCE
    if _CREDIT.match(opening) and (marked or _SCANNER.search(opening)):
        return "transcriber's credit"
    return ""


def mark_contents(source: str, passages: list[Passage]) -> list[Passage]:
    """Skip a table of contents: its title and the entries below it, up to where the first of them comes again."""
    for number, passage in enumerate(passages):
        if (
            passage.kind not in ("paragraph", "heading")
            or passage.lines[0].end - passage.lines[0].start > _MAX_CONTENTS_TITLE
        ):
            continue
        if _CONTENTS.match(bare(source[slice(*passage.lines[0])])):
            end = _contents_end(source, passages, number)
            if end:
                marked = [entry.skipped("table of contents") for entry in passages[number:end]]
                return passages[:number] + marked + passages[end:]
    return passages


def _contents_end(source: str, passages: list[Passage], number: int) -> int:
    """Give the index behind the last entry of the table that begins with passage ``number``; 0 if it has none."""
    if len(passages[number].lines) > 1 and not _entries(source, passages[number], skip=1):
        return 0
    seen: set[str] = set()
    for line in passages[number].lines[1:]:
        seen.add(_entry(source[slice(*line)]))
    at = number + 1
    while at < len(passages):
        passage = passages[at]
        again = _entry(source[slice(*passage.lines[0])]) in seen
        if again or passage.kind != "paragraph" or not _entries(source, passage):
            break
        seen.update(_entry(source[slice(*line)]) for line in passage.lines)
        at += 1
    return at if seen else 0


def _entries(source: str, passage: Passage, skip: int = 0) -> bool:
    """Tell whether all the lines of a passage look like entries of a table of contents."""
    for start, end in passage.lines[skip:]:
        text = source[start : min(end, start + _MAX_ENTRY + 1)]
        if len(text) > _MAX_ENTRY:
            return False
        if not (_LEADER.search(text) or heading_form(_entry(text, fold=False)) or like_title(_entry(text, fold=False))):
            return False
    return True


def _entry(text: str, *, fold: bool = True) -> str:
    """Give an entry without its page number; with ``fold`` in small letters, so that its heading is found again."""
    text = _LINK.sub(r"\1", _LEADER.sub("", text[: _MAX_ENTRY + 1]))
    text = bare(text.lstrip("-+ ")).strip(" .")
    return " ".join(text.lower().split()) if fold else text
