"""Turn a Script into proof that nothing of its source is lost: every character is in one line or in one skip."""

from __future__ import annotations

from audiodrama.errors import InternalError
from audiodrama.model import Script, Span


def check(script: Script, source: str) -> None:
    """Make sure that the spans of lines and skips tile the source.

    Args:
        script: the script as it was adapted; lines without a span (written by the user) are not counted.
        source: the decoded text.

    Raises:
        InternalError: a character is in none of them, or in two, or a line's words lie outside its span.
    """
    spans = []
    for line in script.lines():
        if line.span is None:
            continue
        spans.append(line.span)
        inner = line.spoken or line.span
        if not line.span.start <= inner.start <= inner.end <= line.span.end:
            raise InternalError(f"The words of the line at {_place(source, line.span)} lie outside its span.")
    spans.extend(skip.span for skip in script.skipped)
    reached = 0
    for span in sorted(spans):
        if span.start > reached:
            raise InternalError(f"No line and no skip accounts for {_place(source, Span(reached, span.start))}.")
        if span.start < reached or span.end < span.start:
            raise InternalError(f"Two lines or skips account for {_place(source, Span(span.start, reached))}.")
        reached = span.end
    if reached != len(source):
        raise InternalError(f"No line and no skip accounts for {_place(source, Span(reached, len(source)))}.")


_SHOWN = 40
"""Characters of the source that a message shows at most."""


def _place(source: str, span: Span) -> str:
    """Where a stretch of the source is, for a message: offsets, line and first words."""
    excerpt = source[span.start : min(span.end, span.start + _SHOWN)]
    line = source.count("\n", 0, span.start) + 1
    return f"characters {span.start} to {span.end} (line {line}: {excerpt!r})"
