"""Find the letters that a story shows: paragraphs in marks that no character speaks, so that the narrator reads them.

A letter opens every paragraph with a mark and has no tag. What tells it from a speech is how it begins ("Dear Meg,"),
how it ends ("Yours truly,"), or the narration before it ("The note ran as follows:"). One that is read aloud is speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiodrama.script.language import Language
from audiodrama.script.quotes.quotations import FoundQuotations, ParagraphSpan

_SIGNATURE = re.compile(r"\W*(?:[A-Z][\w.'’-]*\W{1,3}){1,4}$")
_LONGEST = 60
"""Paragraphs of a letter at most."""
_BEFORE = 200
"""Characters before a letter in which narration may announce it, or say that it is read aloud."""
_OPENING = 90
"""Characters at the beginning of a paragraph in which a salutation stands."""
_CLOSING = 160
"""A paragraph with a closing ("Yours truly,") has fewer characters."""


def embedded_letters(
    text: str, stretches: Sequence[ParagraphSpan], quotations: Sequence[FoundQuotations], language: Language
) -> set[int]:
    """The indexes of the paragraphs that are part of a letter in marks.

    Args:
        text: the story.
        stretches: its paragraphs.
        quotations: their quotations.
        language: what the story is written in.
    """
    whole = [_whole(stretch, pieces) for stretch, pieces in zip(stretches, quotations, strict=True)]
    inside: set[int] = set()
    index = 0
    while index < len(stretches):
        length = _letter(text, stretches, quotations, whole, index, language) if whole[index] else 0
        inside.update(range(index, index + length))
        index += max(length, 1)
    return inside


def _whole(stretch: ParagraphSpan, quotations: FoundQuotations) -> bool:
    """Whether a paragraph is one quotation and nothing else."""
    pieces = quotations.quotations
    return len(pieces) == 1 and pieces[0].start == stretch.start and pieces[0].end == stretch.end


def _letter(
    text: str,
    stretches: Sequence[ParagraphSpan],
    quotations: Sequence[FoundQuotations],
    whole: Sequence[bool],
    first: int,
    language: Language,
) -> int:
    """How many paragraphs from this one on are a letter; 0 if it begins none."""
    words, start = language.letters, stretches[first].start
    if first > 0 and words.aloud.search(text, max(stretches[first - 1].start, start - _BEFORE), start):
        return 0
    begun = words.salutation.match(text, start, min(stretches[first].end, start + _OPENING))
    announced = first > 0 and _announced(text, stretches[first - 1], language)
    if not begun and not announced:
        return 0
    chain = last = first
    while chain + 1 < len(stretches) and quotations[chain + 1].continues and whole[chain + 1]:
        chain += 1
    while last < min(first + _LONGEST, len(stretches) - 1) and whole[last + 1]:
        last += 1
    for index in range(first + 1, last + 1):
        start, end, _ = stretches[index]
        if end - start < _CLOSING and words.closing.match(text, start, end):
            chain = max(chain, index)
            while chain < last and _SIGNATURE.match(text, *stretches[chain + 1][:2]):
                chain += 1
            return chain - first + 1
    return chain - first + 1 if announced or chain > first else 0


def _announced(text: str, above: ParagraphSpan, language: Language) -> bool:
    """Whether the paragraph above says that a letter follows."""
    announced = language.letters.announced
    return above.prose and announced.search(text, max(above.start, above.end - _BEFORE), above.end) is not None
