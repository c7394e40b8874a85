"""Turn the passages that name a chapter, a part or the whole story into headings.

A line that could as well be a shout or a character's speech stays a paragraph: a heading is a number, a word such as
"Prologue", or capitals set apart from the text by more space than its paragraphs.

The case files named below are in ``tests/cases/prose``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from audiodrama.model import Span
from audiodrama.prose.passages import Passage, joined
from audiodrama.prose.structure.breaks import usual_spacing

_ONE_TO_NINE = "one|two|three|four|five|six|seven|eight|nine"
_TEN_TO_HUNDRED = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
_FIRST_TO_NINTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_HIGHER_ORDINALS = (
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|"
    "twentieth|thirtieth|last|final"
)
# "Three", "the Last", "Twenty-One", "Thirty Second".
_NUMBER_WORD = f"{_ONE_TO_NINE}|{_TEN_TO_HUNDRED}|{_FIRST_TO_NINTH}|{_HIGHER_ORDINALS}"
_IN_WORDS = rf"(?:the\s+)?(?:{_NUMBER_WORD})(?:[-\s](?:{_ONE_TO_NINE}|{_FIRST_TO_NINTH}))?"
# I to XXXIX, then XL or L and what follows, then XC or C. The last condition refuses the empty number, which all
# three forms could be.
_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{0,3})|X?L(?:X{0,3})(?:IX|IV|V?I{0,3})|X?C(?:X{0,3})(?:IX|IV|V?I{0,3}))(?<=[IVXLC])"
_UNIT = r"chapter|chap\.|part|book|volume|vol\.|act|scene|section|canto|stave|episode|letter|day|night"
# "Chapter 3: The Cellar", "PART II", "Book the First" (chapter-number-and-title-are-one-heading.txt).
_CHAPTER = re.compile(
    rf"""
    (?P<unit>{_UNIT})\s+
    (?P<number> \d{{1,4}}  # "Chapter 3"
      | {_ROMAN}           # "PART II"
      | {_IN_WORDS}        # "Book the First"
    )(?![\w'’])
    (?P<rest>.*)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "EPILOGUE", "Prologue: The Well" (chapter-number-and-title-are-one-heading.txt).
_NAMED_PART = re.compile(
    r"""
    (?:the\s+)?
    (?:prologue|epilogue|preface|foreword|introduction|interlude|intermission|afterword|conclusion|coda)
    (?P<rest>(?:\s*[:.—–-].*)?)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "IV.", "- 3 -", "12)".
_NUMBER = re.compile(rf"[-~—–*_\s]*(?:{_ROMAN}|\d{{1,3}})[.):]?[-~—–*_\s]*$")
# "IV. The Cellar", "3 - The Top".
_NUMBERED_TITLE = re.compile(rf"(?:{_ROMAN}|\d{{1,3}})\s*[.:)—–-]\s+(?P<rest>\S.*)$")
_THE_END = re.compile(r"[\W_]*(?:the\s+)?(?:end|fin|finis)[\W_]*$", re.IGNORECASE)
# The first line of a diary or a report. Behind each example is how its case file begins, and all five go on with
# "-at-the-top-is-no-title".
_DATE = re.compile(
    r"""
      \b(?:1[5-9]|20)\d\d\b                                                 # "in May 1912" (a-year)
    | ^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b
      (?:,|$|[ ](?:morning|evening|night|the))                              # "Monday, 3 March" (a-date)
    | \d\s?[ap]\.?m\b                                                       # "9 p.m." (an-hour)
    | ^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*[ ]\d      # "March 3" (a-month)
    | ^\d{1,2}(?:st|nd|rd|th)?[ ]
      (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)                   # "3rd March" (a-day)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words that titles leave small; those of up to _LONGEST_SMALL_WORD letters need no entry.
_SMALL = "from with into upon over that this than their your under after before about between through near"
_SMALL_WORDS = frozenset(_SMALL.split())
_LONGEST_SMALL_WORD = 3
# Units that are parts of a chapter where the story has chapters.
_BELOW_CHAPTER = frozenset(("scene", "section", "letter", "day", "night"))
# Units that common sentences begin with, so that a title must be parted from them ("Day one was a failure." in
# a-sentence-that-begins-like-a-heading.txt).
_EVERYDAY_UNITS = ("day", "night", "letter")
_CHAPTER_UNITS = frozenset(("chapter", "chap.", "stave", "canto", "episode"))

# Characters and words that a title has at most. Measured: between 70 and 100 characters no text changes, 50 changes
# ten of 330, 120 two.
_MAX_CHARACTERS = 100
_MAX_WORDS = 14
# A line of capitals alone is a heading only if it is shorter still, so that a telegram stays text, and has so many
# letters, so that "M." and "19--" do. Measured: between 35 and 84 characters no text changes, 105 changes two.
_MAX_CAPITALS = 70
_MIN_LETTERS = 3
# Lines of a heading of several lines without a blank line between them: "CHAPTER I", its title, its subtitle.
_MAX_HEADING_LINES = 3
_QUOTES = "\"“„«‘'—–"

HeadingForm = Literal["", "titled", "number"]


def bare(text: str) -> str:
    """Give a line without marks of emphasis around it."""
    return text.strip("_*~ \t")


def like_title(text: str, *, caps_end: bool = True) -> bool:
    """Tell whether a line reads like a title: short, its words capitalised, no sentence.

    Args:
        text: the line.
        caps_end: whether a line of capitals may end with a mark of punctuation.
    """
    text = bare(text)
    if not text or not (text[0].isupper() or text[0].isdigit()):
        return False
    if len(text) > _MAX_CHARACTERS or len(text.split()) > _MAX_WORDS:
        return False
    if text.isupper():
        return caps_end or text[-1] not in ".!?,;:"
    if text[-1] in ".!?,;:-—–" or re.search(r"[.!?;][\"”]?\s", text.replace("Mr.", "").replace("Mrs.", "")):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > _LONGEST_SMALL_WORD]
    return all(word[0].isupper() or word in _SMALL_WORDS for word in words)


def set_date(text: str) -> bool:
    """Tell whether a line gives a date or a time, as the first line of a diary or a report does."""
    return bool(_DATE.search(text))


def heading_form(text: str) -> HeadingForm:
    """Tell whether a line is a heading by its words alone: with a title, a number without one, or not (empty)."""
    text = bare(text)
    if not text or len(text) > _MAX_CHARACTERS or text[0] in _QUOTES:
        return ""
    if text[0].isupper():
        if _NAMED_PART.match(text):
            return "titled"
        chapter = _CHAPTER.match(text)
        if chapter:
            return _chapter_form(chapter["unit"].lower(), chapter["rest"].strip())
    return "number" if _NUMBER.match(text) else ""


def _chapter_form(unit: str, rest: str) -> HeadingForm:
    """Judge what follows a chapter's number: nothing, a title, or the rest of a sentence."""
    if not rest.strip(".:-—– "):
        return "number"
    title = rest.lstrip(".:-—– )")
    parted = title != rest
    if parted and not re.search(r"[.!?]\s", title) and (title[0].isupper() or not title[0].isalpha()):
        return "titled"
    return "titled" if like_title(title) and unit not in _EVERYDAY_UNITS else ""


def mark(source: str, passages: list[Passage]) -> list[Passage]:
    """Make headings of the passages that are one, a number and the title below it of one piece."""
    usual = usual_spacing(passages)
    result: list[Passage] = []
    at = 0
    while at < len(passages):
        passage = passages[at]
        at += 1
        if passage.kind != "paragraph":
            result.append(passage)
            continue
        parts = _heading(source, passage)
        if not parts and _set_apart(source, passages, at - 1, result, usual):
            parts = [replace(passage, kind="heading", level=2)]
        if not parts or _in_a_row(source, passages, at - 1):
            result.append(passage)
            continue
        heading = parts[0]
        if len(parts) == 1 and len(heading.lines) == 1 and heading_form(source[slice(*heading.span)]) == "number":
            title = passages[at] if at + 1 < len(passages) else None
            if title and _titles(source, title, passages[at + 1]):
                heading = joined(heading, title)
                at += 1
        result.append(heading)
        result.extend(parts[1:])
    return _levelled(source, result)


def _heading(source: str, passage: Passage) -> list[Passage]:
    """Make a heading of a passage, or of its first line and a paragraph of the others; nothing if it is none."""
    if passage.lines[0].end - passage.lines[0].start > _MAX_CHARACTERS:
        return []
    first = source[slice(*passage.lines[0])]
    form = heading_form(first)
    whole = replace(passage, kind="heading", level=1)
    if len(passage.lines) == 1:
        numbered = _NUMBERED_TITLE.match(bare(first))
        return [whole] if form or (numbered and like_title(numbered["rest"])) else []
    if not form:
        return []
    below = [source[slice(*line)] for line in passage.lines[1 : _MAX_HEADING_LINES + 1]]
    if (
        len(passage.lines) <= _MAX_HEADING_LINES
        and not heading_form(below[0])
        and all(map(_below_number if form == "number" else like_title, below))
    ):
        return [whole]
    if form == "number" and not _NUMBER.match(bare(first)):
        rest = passage.lines[1:]
        return [
            replace(whole, span=passage.lines[0], lines=passage.lines[:1]),
            Passage(Span(rest[0].start, passage.span.end), rest, 0, solid=passage.solid),
        ]
    return []


def _below_number(text: str) -> bool:
    """Tell whether a line right below a chapter's number, with a blank line behind it, is its title."""
    text = bare(text)
    if text[:1] in _QUOTES:
        return text.isupper() and text[-1:] in "\"”»'’"
    return like_title(text.rstrip("?!"))


def _titles(source: str, passage: Passage, after: Passage) -> bool:
    """Tell whether a passage below a chapter's number is its title."""
    if passage.kind != "paragraph" or len(passage.lines) > 2 or after.kind == "break":
        return False
    text = passage.text(source)
    quoted = text[0] in _QUOTES and text.isupper() and text[-1] in '"”»' and text[-2] not in ".!?,—-"
    return (quoted or like_title(text)) and not heading_form(text)


def _set_apart(source: str, passages: list[Passage], at: int, above: list[Passage], usual: int) -> bool:
    """Tell whether a passage is a line of capitals with more space around it than paragraphs have.

    A shout has no more space than its neighbours (a-shout-is-no-heading.txt).

    Args:
        source: the whole text.
        passages: all passages.
        at: the index of the one to judge.
        above: what the passages before it became.
        usual: blank lines between two paragraphs of this text.
    """
    passage = passages[at]
    text = bare(source[passage.span.start : passage.span.start + _MAX_CHARACTERS + 1])
    if len(passage.lines) > 2 or len(text) > _MAX_CAPITALS or not text.isupper() or _THE_END.match(text):
        return False
    if text[0] in _QUOTES or text[-1] in '.!?,;:-—–"”' or sum(map(str.isalpha, text)) < _MIN_LETTERS:
        return False
    if at + 1 >= len(passages):
        return False
    below_heading = bool(above) and above[-1].kind == "heading"
    return below_heading or passage.blanks > usual


def _in_a_row(source: str, passages: list[Passage], at: int) -> bool:
    """Tell whether a numbered passage stands in a list of such (numbers-in-a-row-are-a-countdown.txt)."""

    def is_numbered(where: int) -> bool:
        """Whether a paragraph is a number, or a numbered title."""
        if not 0 <= where < len(passages) or passages[where].kind != "paragraph":
            return False
        start, end = passages[where].span
        text = source[start : min(end, start + _MAX_CHARACTERS)]
        return bool(_NUMBER.match(text) or _NUMBERED_TITLE.match(text))

    return is_numbered(at) and (is_numbered(at - 1) or is_numbered(at + 1))


def _levelled(source: str, passages: list[Passage]) -> list[Passage]:
    """Set levels: numbers alone are below the chapters in a story that calls its chapters so."""

    def words(passage: Passage) -> str:
        """The passage's first characters, without marks around them."""
        return bare(source[passage.span.start : passage.span.start + _MAX_CHARACTERS])

    headings = [passage for passage in passages if passage.kind == "heading"]
    units = {match["unit"].lower() for match in (_CHAPTER.match(words(passage)) for passage in headings) if match}
    has_chapters = bool(units & _CHAPTER_UNITS)
    result = []
    for passage in passages:
        if passage.kind == "heading" and passage.level == 1:
            match = _CHAPTER.match(words(passage))
            below = match["unit"].lower() in _BELOW_CHAPTER if match else bool(_NUMBER.match(words(passage)))
            if below and has_chapters:
                passage = replace(passage, level=2)
        result.append(passage)
    return result
