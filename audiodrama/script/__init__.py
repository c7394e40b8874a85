"""Act II: a Document becomes a Script.

Document -> Manuscript            -> people and decisions      -> Script -> proof
            (marks, pairing,         (people, mentions, tags,     (lines)   (coverage)
            quotes, speech)          turns, speakers)
"""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.model import DecidedLine, Document, Role, Script
from audiodrama.script.adaptation import Adaptation
from audiodrama.script.assembly.decisions import excerpt, match, numbered
from audiodrama.script.assembly.lines import script_spans
from audiodrama.script.attribution.overrides import DECIDED_BY_USER
from audiodrama.script.language.detect import seems_english

__all__ = [
    "DECIDED_BY_USER",
    "Adaptation",
    "adapt",
    "excerpt",
    "match",
    "numbered",
    "script_spans",
    "seems_english",
]


def adapt(
    document: Document,
    roster: tuple[Role, ...] = (),
    *,
    decided: Sequence[DecidedLine] = (),
    drop_tags: bool = False,
) -> Script:
    """Split narration from dialogue and say who speaks.

    Args:
        document: the story.
        roster: what a casting file says of people: names, aliases, gender, who narrates. Those whom the story does
            not name change nothing.
        decided: what a person decided about lines. They are found by their words and are facts for the lines around,
            too; a decision whose line is gone counts for nothing.
        drop_tags: leave out speech tags that say nothing else ("he said").

    Raises:
        InternalError: the lines do not account for every character of the source exactly once.
    """
    return Adaptation(document, roster, drop_tags=drop_tags).script(decided)
