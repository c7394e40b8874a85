"""Turn the passages that name a chapter, a part or the whole story into headings.

A line that could as well be a shout or somebody's speech stays a paragraph: a heading is a number, a word such as
"Prologue", or capitals set apart from the text by more space than its paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from audiodrama.model import Span
from audiodrama.prose.passages import Passage, joined
from audiodrama.prose.structure.breaks import usual_spacing

_ONES_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred first "
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth last final"
)
_ONES = _ONES_WORDS.split()
_WORD_NUMBER = rf"(?:the\s+)?(?:{'|'.join(_ONES)})(?:[-\s](?:{'|'.join(_ONES[:9] + _ONES[28:37])}))?"
_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{0,3})|X?L(?:X{0,3})(?:IX|IV|V?I{0,3})|X?C(?:X{0,3})(?:IX|IV|V?I{0,3}))(?<=[IVXLC])"
_UNITS = "chapter|chap\\.|part|book|volume|vol\\.|act|scene|section|canto|stave|episode|letter|day|night"
_CHAPTER = re.compile(
    rf"(?P<unit>{_UNITS})\s+(?P<number>\d{{1,4}}|{_ROMAN}|{_WORD_NUMBER})(?![\w'’])(?P<rest>.*)$", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:the\s+)?(?:prologue|epilogue|preface|foreword|introduction|interlude|intermission|afterword|conclusion|coda)"
    r"(?P<rest>(?:\s*[:.—–-].*)?)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"[-~—–*_\s]*(?:{_ROMAN}|\d{{1,3}})[.):]?[-~—–*_\s]*$")
_NUMBERED = re.compile(rf"(?:{_ROMAN}|\d{{1,3}})\s*[.:)—–-]\s+(?P<rest>\S.*)$")
_END = re.compile(r"[\W_]*(?:the\s+)?(?:end|fin|finis)[\W_]*$", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?:,|$| (?:morning|evening|night|the))"
    r"|\d\s?[ap]\.?m\b"
    r"|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d"
    r"|^\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_SMALL_WORDS = "from with into upon over that this than their your under after before about between through near"
_SMALL = frozenset(_SMALL_WORDS.split())
_BELOW = frozenset(("scene", "section", "letter", "day", "night"))
_LONGEST = 100
_QUOTES = "\"“„«‘'—–"
_STRONG = 1
_BARE = 2


def bare(text: str) -> str:
    """Give a line without marks of emphasis around it."""
    return text.strip("_*~ \t")


def like_title(text: str, *, caps_end: bool = True) -> bool:
    """Tell whether a line reads like a title: short, its words capitalised, no sentence."""
    text = bare(text)
    if not text or len(text) > _LONGEST or not (text[0].isupper() or text[0].isdigit()) or len(text.split()) > 14:
        return False
    if text.isupper():
        return caps_end or text[-1] not in ".!?,;:"
    if text[-1] in ".!?,;:-—–" or re.search(r"[.!?;][\"”]?\s", text.replace("Mr.", "").replace("Mrs.", "")):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return all(word[0].isupper() or word in _SMALL for word in words)


def set_date(text: str) -> bool:
    """Tell whether a line gives a date or a time, as the first line of a diary or a report does."""
    return bool(_DATE.search(text))


def strength(text: str) -> int:
    """Tell whether one line is a heading by its words: 1 with a title, 2 if a number is all there is, 0 if not."""
    text = bare(text)
    if not text or len(text) > _LONGEST or text[0] in _QUOTES:
        return 0
    named = _NAMED.match(text)
    if named and text[0].isupper():
        return _STRONG
    chapter = _CHAPTER.match(text)
    if chapter and text[0].isupper():
        rest = chapter["rest"].strip()
        if not rest.strip(".:-—– "):
            return _BARE
        title = rest.lstrip(".:-—– )")
        parted = title != rest
        if parted and not re.search(r"[.!?]\s", title) and (title[0].isupper() or not title[0].isalpha()):
            return _STRONG
        return _STRONG if like_title(title) and chapter["unit"].lower() not in ("day", "night", "letter") else 0
    return _BARE if _NUMBER.match(text) else 0


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
        found = _heading(source, passage)
        if not found and _set_apart(source, passages, at - 1, result, usual):
            found = [replace(passage, kind="heading", level=2)]
        if not found or _in_a_row(source, passages, at - 1):
            result.append(passage)
            continue
        heading = found[0]
        if len(found) == 1 and len(heading.lines) == 1 and strength(source[slice(*heading.span)]) == _BARE:
            title = passages[at] if at + 1 < len(passages) else None
            if title and _titles(source, title, passages[at + 1]):
                heading = joined(heading, title)
                at += 1
        result.append(heading)
        result.extend(found[1:])
    return _levelled(source, result)


def _heading(source: str, passage: Passage) -> list[Passage]:
    """Make a heading of a passage, or of its first line; nothing if it is none."""
    if passage.lines[0].end - passage.lines[0].start > _LONGEST:
        return []
    first = source[slice(*passage.lines[0])]
    sure = strength(first)
    whole = replace(passage, kind="heading", level=1)
    if len(passage.lines) == 1:
        numbered = _NUMBERED.match(bare(first))
        return [whole] if sure or (numbered and like_title(numbered["rest"], caps_end=True)) else []
    if not sure:
        return []
    others = [source[slice(*line)] for line in passage.lines[1:4]]
    if (
        len(passage.lines) <= 3
        and not strength(others[0])
        and all(map(_below_number if sure == _BARE else like_title, others))
    ):
        return [whole]
    if sure == _BARE and not _NUMBER.match(bare(first)):
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
    return (quoted or like_title(text)) and not strength(text)


def _set_apart(source: str, passages: list[Passage], at: int, before: list[Passage], usual: int) -> bool:
    """Tell whether a passage is a line of capitals with more space around it than paragraphs have."""
    passage = passages[at]
    text = bare(source[passage.span.start : passage.span.start + _LONGEST + 1])
    if len(passage.lines) > 2 or len(text) > 70 or not text.isupper() or _END.match(text):
        return False
    if text[0] in _QUOTES or text[-1] in '.!?,;:-—–"”' or sum(map(str.isalpha, text)) < 3:
        return False
    if at + 1 >= len(passages):
        return False
    below_heading = bool(before) and before[-1].kind == "heading"
    return below_heading or passage.blanks > usual


def _in_a_row(source: str, passages: list[Passage], at: int) -> bool:
    """Tell whether a numbered passage stands in a list of such, as in a countdown."""

    def number(where: int) -> bool:
        if not 0 <= where < len(passages) or passages[where].kind != "paragraph":
            return False
        start, end = passages[where].span
        text = source[start : min(end, start + _LONGEST)]
        return bool(_NUMBER.match(text) or _NUMBERED.match(text))

    return number(at) and (number(at - 1) or number(at + 1))


def _levelled(source: str, passages: list[Passage]) -> list[Passage]:
    """Set levels: numbers alone are below the chapters where chapters are called so."""

    def words(passage: Passage) -> str:
        return bare(source[passage.span.start : passage.span.start + _LONGEST])

    headings = [passage for passage in passages if passage.kind == "heading"]
    units = {match["unit"].lower() for match in (_CHAPTER.match(words(passage)) for passage in headings) if match}
    called = bool(units & {"chapter", "chap.", "stave", "canto", "episode"})
    result = []
    for passage in passages:
        if passage.kind == "heading" and passage.level == 1:
            match = _CHAPTER.match(words(passage))
            lower = match["unit"].lower() in _BELOW if match else bool(_NUMBER.match(words(passage)))
            if lower and called:
                passage = replace(passage, level=2)
        result.append(passage)
    return result
