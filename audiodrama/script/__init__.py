"""Act II: a Document becomes a Script.

1. ``quotes``: what is said. The Document becomes a Manuscript.
2. ``characters``: who is there. Its names and descriptions become figures.
3. ``attribution``: who speaks. Each speech gets a decision.
4. ``assembly``: lines and chapters, and the proof that they account for every character of the source.

``labelled`` does all of this for a document that names its speakers itself; ``language`` is what the steps know of
the document's language.
"""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.model import DecidedLine, Document, Role, Script
from audiodrama.script.adaptation import Adaptation
from audiodrama.script.assembly.decisions import excerpt, match, numbered
from audiodrama.script.assembly.lines import script_spans
from audiodrama.script.attribution.overrides import DECIDED_BY_USER
from audiodrama.script.language import Language
from audiodrama.script.language.detect import LANGUAGES, language_of
from audiodrama.script.language.en import ENGLISH

__all__ = [
    "DECIDED_BY_USER",
    "ENGLISH",
    "LANGUAGES",
    "Adaptation",
    "Language",
    "adapt",
    "excerpt",
    "language_of",
    "match",
    "numbered",
    "script_spans",
]


def adapt(
    document: Document,
    roster: tuple[Role, ...] = (),
    *,
    decided: Sequence[DecidedLine] = (),
    drop_tags: bool = False,
    language: Language = ENGLISH,
) -> Script:
    """Split narration from dialogue and say who speaks.

    Args:
        document: the story.
        roster: what a casting file says of people: names, aliases, gender, who narrates. Roles that the story does not
            name change nothing.
        decided: what the user decided about lines. They are found by their words and are facts for the lines around,
            too; a decision whose line is gone counts for nothing.
        drop_tags: leave out speech tags that say nothing else ("he said").
        language: what the story is written in.

    Raises:
        InternalError: the lines do not account for every character of the source exactly once.
    """
    return Adaptation(document, roster, drop_tags=drop_tags, language=language).script(decided)
