"""Act II: a Document becomes a Script.

    Document -> Manuscript          -> people, decisions          -> Script -> proof
                (marks, pairing,       (people, mentions, tags,      (lines)   (coverage)
                 quotes, speech)        turns, speakers)
"""

from __future__ import annotations

from audiodrama.model import Document, Role, Script
from audiodrama.script import coverage
from audiodrama.script.casting import fill
from audiodrama.script.lines import build, script_spans
from audiodrama.script.manuscript import transcribe
from audiodrama.script.speakers import attribute, bare_tags

__all__ = ["adapt", "fill", "script_spans"]


def adapt(document: Document, roster: tuple[Role, ...] = (), *, drop_tags: bool = False) -> Script:
    """Split narration from dialogue and say who speaks.

    Args:
        document: the story.
        roster: what a casting file says of people: names, aliases, gender, who narrates.
        drop_tags: leave out speech tags that say nothing else ("he said").

    Raises:
        InternalError: the lines do not account for every character of the source exactly once.
    """
    manuscript = transcribe(document)
    people, decisions = attribute(manuscript, roster)
    dropped = bare_tags(manuscript) if drop_tags else ()
    script = build(document, manuscript, people, decisions, dropped)
    coverage.check(script, document.source)
    return script
