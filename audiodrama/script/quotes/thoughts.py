"""Tell what a character only thinks from what is said: by a tag that says so, in marks or in italics."""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.script.language import Language
from audiodrama.script.quotes.segments import Segment


def is_thought(before: str, after: str, language: Language) -> bool:
    """Whether the narration beside some words says that they were thought.

    Args:
        before: narration before them, without white space at its end.
        after: narration after them.
        language: what the story is written in.
    """
    words = language.quotes
    return words.thought_after.match(after) is not None or words.thought_before.search(before[-60:]) is not None


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
            before, after = text[max(at, start - 60) : start].rstrip(), text[end : min(segment.end, end + 60)]
            whole = text[end - 1] in ".,!?…—" or after[:1] in (*",.",) or end == segment.end
            if not whole or not is_thought(before, after.lstrip(" ."), language) or " " not in text[start:end]:
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
