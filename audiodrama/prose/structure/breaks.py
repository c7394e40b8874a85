"""Turn lines of symbols, and blank lines beyond the text's usual spacing, into scene breaks.

The case files named below are in ``tests/cases/prose``.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from audiodrama.model import Span
from audiodrama.prose.passages import Passage

# A line of nothing but symbols, "* * *", "---", "~*~", "#" (scene-breaks-of-symbols.txt); any number of pluses, the
# list marks of Markdown, are one too.
_SYMBOLS = re.compile(r"(?:[+\s]+|[-*#~=_•·●◦○◊◆♦♥❤♡★☆✦✧✿❀❁⁂※❦❧§†‡^|/\\<>.…:;,°×@&%$–—―─━═\s]+)$")
# oOo, o0o, -x-, xXx, ooo, with at least one small letter, for XX is a number; xoxo signs a letter.
_LETTERS = re.compile(r"(?=.{3})(?=.*[xo])[-~*=.\s]*(?:(?:[oO0][-~*=.\s]*){1,60}|(?:[xX][-~*=.\s]*){1,60})$")
# "[scene break]", "--- line break ---", "Page Divider" (scene-breaks-in-words.txt).
_IN_WORDS = re.compile(r"[\W_]*(?:scene|line|page|section)[ -]?(?:break|change|divider)[\W_]*$", re.IGNORECASE)
_TAG = re.compile(r"</?(?:center|p|div|span|b|i|strong|em)\b[^<>]*>", re.IGNORECASE)
# Characters that a line of symbols has at most; hand-made rules fill one line of a wide screen.
_MAX_CHARACTERS = 200
_MARKS = "\"'“”‘’«»_*()[] \t"
# What follows extra space without beginning a scene (extra-lines-before-letters-and-diaries.txt).
_BEGINS_INSET = re.compile(
    r"""
    [\"“‘'«_*(\[\s]*
    (?:
      (?:[Mm]y[ ]|MY[ ])?(?:[Oo]wn[ ])?(?:[Dd]ear|[Dd]earest|DEAR|DEAREST)\b    # "Dear Tom: ...": a letter
    | [a-zà-ÿ]                                                                  # a sentence that goes on
    | (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ ]\d            # "March 3": a diary
    )
    """,
    re.VERBOSE,
)
# The formula above a signature (extra-lines-before-letters-and-diaries.txt).
_FORMULA = re.compile(
    r"""
    (?: yours                                         # "Yours truly"
      | i[ ]am | i[ ]remain                           # "I am your obedient roofer", "I remain, dear Sir, a roofer"
      | believe[ ]me                                  # "Believe me, it was a good roof."
      | your[ ](?:affectionate | loving | sincere)    # "Your affectionate aunt"
    )\b.{0,40}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Extra space before more than this share of the paragraphs is no break but the writer's way of spacing.
_COMMON = 0.12
# A passage whose widest line is below this share of a full line is set narrower, as verse is.
_NARROW = 0.8
# Characters that a card or the end of a letter ("YOUR AUNT", "Your loving brother,") has at most, and how many of a
# passage are looked at for it.
_MAX_INSET = 50
_INSET_OPENING = 60
# Characters at the end of a passage that are looked at, marks included.
_ENDING = 20


def is_break(text: str) -> bool:
    """Tell whether a line is a scene break: ``* * *``, ``---``, ``oOo``, ``[scene break]``."""
    if len(text) > _MAX_CHARACTERS:
        return False
    if "<" in text:
        text = _TAG.sub("", text).strip() or text
    if "\\" in text:
        text = text.replace("\\", "")
    if _SYMBOLS.match(text):
        return True
    return bool(_LETTERS.match(text) or _IN_WORDS.match(text))


def mark_symbols(source: str, passages: list[Passage]) -> list[Passage]:
    """Make breaks of the passages that are one; a rule above or below a paragraph's lines is cut off it."""
    result: list[Passage] = []
    for passage in passages:
        if passage.kind != "paragraph":
            result.append(passage)
        elif len(passage.lines) == 1:
            result.append(_marked(passage) if is_break(source[slice(*passage.span)]) else passage)
        else:
            result.extend(_cut(source, passage))
    return result


def _marked(passage: Passage) -> Passage:
    """Make a scene break of a passage."""
    return Passage(passage.span, passage.lines, passage.blanks, "break")


def _cut(source: str, passage: Passage) -> list[Passage]:
    """Cut a passage at the lines that are breaks."""
    flags = [end - start <= _MAX_CHARACTERS and is_break(source[start:end]) for start, end in passage.lines]
    if not any(flags):
        return [passage]
    parts: list[Passage] = []
    group: list[Span] = []
    for line, flag in zip(passage.lines, flags, strict=True):
        if group and flag:
            parts.append(_part(passage, group, not parts))
            group = []
        if flag:
            parts.append(_marked(_part(passage, [line], not parts)))
        else:
            group.append(line)
    if group:
        parts.append(_part(passage, group, not parts))
    return parts


def _part(passage: Passage, lines: list[Span], first: bool) -> Passage:
    """Make a passage of some lines of another."""
    span = Span(lines[0].start, lines[-1].end)
    return Passage(span, tuple(lines), passage.blanks if first else 0, solid=passage.solid)


def usual_spacing(passages: list[Passage]) -> int:
    """Give the number of blank lines that most often parts two paragraphs."""
    pairs = pairwise(passages)
    counts = Counter(below.blanks for above, below in pairs if above.kind == below.kind == "paragraph")
    return max(counts, key=lambda blanks: (counts[blanks], blanks), default=1)


def add_spaced(source: str, passages: list[Passage]) -> list[Passage]:
    """Add a break before each paragraph that is set off from the one before by more blank lines than is usual."""
    usual = usual_spacing(passages)
    wide = [below.blanks > usual for above, below in pairwise(passages) if above.kind == below.kind == "paragraph"]
    if sum(wide) > max(_COMMON * len(wide), 1):
        return passages
    width = _width(passages)
    result: list[Passage] = []
    for passage in passages:
        above = result[-1] if result else passage
        if above.kind == passage.kind == "paragraph" and passage.blanks > usual and above is not passage:
            inset = _inset(source, above, width) or _inset(source, passage, width)
            if not inset and _closes(source, above) and not _BEGINS_INSET.match(source, passage.span.start):
                start = passage.span.start
                result.append(Passage(Span(start, start), (), passage.blanks, "break"))
        result.append(passage)
    return result


def _width(passages: list[Passage]) -> int:
    """Give the median length, in characters, of a full line of a hard-wrapped text; 0 if lines are paragraphs."""
    longest = sorted(
        max(end - start for start, end in passage.lines)
        for passage in passages
        if passage.kind == "paragraph" and len(passage.lines) > 2
    )
    return longest[len(longest) // 2] if longest else 0


def _inset(source: str, passage: Passage, width: int) -> bool:
    """Tell whether a passage is verse, a card or a letter's ending, which is set off without being a new scene."""
    start, end = passage.span
    if len(passage.lines) > 1:
        return max(end - start for start, end in passage.lines) < _NARROW * width
    text = source[start : min(end, start + _INSET_OPENING)].strip(_MARKS)
    return (len(text) < _MAX_INSET and (text.isupper() or text[-1:] == ",")) or bool(_FORMULA.match(text))


def _closes(source: str, passage: Passage) -> bool:
    """Tell whether a passage ends like a paragraph that the next one does not go on from."""
    start, end = passage.span
    tail = source[max(start, end - _ENDING) : end].rstrip(_MARKS)
    # A dash ends a paragraph only where a quotation mark behind it shows that the speech is over.
    broken_off = tail[-1:] in ("\u2014", "\u2013", "-") and tail[-1] != source[end - 1]
    # "...EST." or "J." at the end is a signature or initials, which stand in the middle of a letter or a card.
    return not tail or (
        (tail[-1] in ".!?\u2026" or broken_off) and not re.search(r"[A-Z]{3}\.?$|(?:^|\s)[A-Z]\.$", tail)
    )
