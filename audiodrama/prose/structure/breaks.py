"""Turn lines of symbols, and blank lines beyond the text's usual spacing, into scene breaks."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from audiodrama.model import Span
from audiodrama.prose.passages import Passage

_SYMBOLS = re.compile(r"(?:[+\s]+|[-*#~=_•·●◦○◊◆♦♥❤♡★☆✦✧✿❀❁⁂※❦❧§†‡^|/\\<>.…:;,°×@&%$–—―─━═\s]+)$")
# oOo, o0o, -x-, xXx, ooo, with at least one small letter, for XX is a number; xoxo signs a letter.
_LETTERS = re.compile(r"(?=.{3})(?=.*[xo])[-~*=.\s]*(?:(?:[oO0][-~*=.\s]*){1,60}|(?:[xX][-~*=.\s]*){1,60})$")
_WORDED = re.compile(r"[\W_]*(?:scene|line|page|section)[ -]?(?:break|change|divider)[\W_]*$", re.IGNORECASE)
_TAG = re.compile(r"</?(?:center|p|div|span|b|i|strong|em)\b[^<>]*>", re.IGNORECASE)
_LONGEST = 200
_MARKS = "\"'“”‘’«»_*()[] \t"
# A letter, a diary's date, words that go on in small letters.
_BEGINS_INSET = re.compile(
    r"[\"“‘'«_*(\[\s]*(?:(?:[Mm]y |MY )?(?:[Oo]wn )?(?:[Dd]ear|[Dd]earest|DEAR|DEAREST)\b|[a-zà-ÿ]"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d)",
)
_FORMULA = re.compile(
    r"(?:yours|i am|i remain|believe me|your (?:affectionate|loving|sincere))\b.{0,40}$", re.IGNORECASE
)
# A break that is as common as this is no break but the writer's way of spacing.
_COMMON = 0.12


def is_break(text: str) -> bool:
    """Tell whether a line is a scene break: ``* * *``, ``---``, ``oOo``, ``[scene break]``."""
    if len(text) > _LONGEST:
        return False
    if "<" in text:
        text = _TAG.sub("", text).strip() or text
    if "\\" in text:
        text = text.replace("\\", "")
    if _SYMBOLS.match(text):
        return True
    return bool(_LETTERS.match(text) or _WORDED.match(text))


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
    return Passage(passage.span, passage.lines, passage.blanks, "break")


def _cut(source: str, passage: Passage) -> list[Passage]:
    """Cut a passage at the lines that are breaks."""
    flags = [end - start <= _LONGEST and is_break(source[start:end]) for start, end in passage.lines]
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
    counts = Counter(after.blanks for before, after in pairwise(passages) if before.kind == after.kind == "paragraph")
    return max(counts, key=lambda blanks: (counts[blanks], blanks), default=1)


def add_spaced(source: str, passages: list[Passage]) -> list[Passage]:
    """Add a break before each paragraph that is set off from the one before by more blank lines than is usual."""
    usual = usual_spacing(passages)
    wide = [after.blanks > usual for before, after in pairwise(passages) if before.kind == after.kind == "paragraph"]
    if sum(wide) > max(_COMMON * len(wide), 1):
        return passages
    width = _width(passages)
    result: list[Passage] = []
    for passage in passages:
        before = result[-1] if result else passage
        if before.kind == passage.kind == "paragraph" and passage.blanks > usual and before is not passage:
            inset = any(_inset(source, one, width) for one in (before, passage))
            if not inset and _closes(source, before) and not _BEGINS_INSET.match(source, passage.span.start):
                start = passage.span.start
                result.append(Passage(Span(start, start), (), passage.blanks, "break"))
        result.append(passage)
    return result


def _width(passages: list[Passage]) -> int:
    """Give the length of a full line of a hard-wrapped text; 0 if lines are paragraphs."""
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
        return max(end - start for start, end in passage.lines) < 0.8 * width
    text = source[start : min(end, start + 60)].strip(_MARKS)
    return (len(text) < 50 and (text.isupper() or text[-1:] == ",")) or bool(_FORMULA.match(text))


def _closes(source: str, passage: Passage) -> bool:
    """Tell whether a passage ends like a paragraph that the next one does not go on from."""
    start, end = passage.span
    tail = source[max(start, end - 20) : end].rstrip(_MARKS)
    broken_off = tail[-1:] in ("\u2014", "\u2013", "-") and tail[-1] != source[end - 1]
    return not tail or (
        (tail[-1] in ".!?\u2026" or broken_off) and not re.search(r"[A-Z]{3}\.?$|(?:^|\s)[A-Z]\.$", tail)
    )
