"""Tell what a character only thinks from what is said: by a tag that says so, in marks or in italics."""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.script.language import Language
from audiodrama.script.quotes.segments import Segment

_NEAR = 60
"""Characters beside words in which a tag says that they were thought."""


def is_thought(narration_before: str, narration_after: str, language: Language) -> bool:
    """Whether the narration beside some words says that they were thought.

    Args:
        narration_before: narration before them, without white space at its end.
        narration_after: narration after them.
        language: what the story is written in.
    """
    patterns = language.quotes
    if patterns.thought_after.match(narration_after):
        return True
    return patterns.thought_before.search(narration_before[-_NEAR:]) is not None


def italic_thoughts(
    text: str, segments: tuple[Segment, ...], emphasis: Sequence[tuple[int, int]], language: Language
) -> tuple[Segment, ...]:
    """Cut thoughts out of narration: whole sentences in italics beside a tag like "he thought".

    Args:
        text: the story.
        segments: of one paragraph.
        emphasis: what of the paragraph is set in italics, as offsets in the text.
        language: what the story is written in.
    """
    cut: list[Segment] = []
    waiting = sorted(emphasis, reverse=True)
    for segment in segments:
        at = segment.start
        while waiting and waiting[-1][0] < segment.end:
            start, end = waiting.pop()
            if segment.kind != "narration" or not at <= start < end <= segment.end:
                continue
            lead, follows = text[max(at, start - _NEAR) : start].rstrip(), text[end : min(segment.end, end + _NEAR)]
            whole = text[end - 1] in ".,!?…—" or follows[:1] in (*",.",) or end == segment.end
            if not whole or not is_thought(lead, follows.lstrip(" ."), language) or " " not in text[start:end]:
                continue
            if start > at:
                cut.append(Segment(at, start, "narration"))
            cut.append(Segment(start, end, "thought"))
            at = end
        if at == segment.start:
            cut.append(segment)
        elif at < segment.end:
            cut.append(Segment(at, segment.end, "narration"))
    return tuple(cut)
