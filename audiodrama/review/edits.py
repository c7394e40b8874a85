"""Turn a script that the user edited into decisions: wherever it names another speaker than the extraction does."""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.model import UNKNOWN, DecidedLine, Line, Script
from audiodrama.review.session import Session
from audiodrama.script import DECIDED_BY_USER, excerpt, match, numbered

_SPOKEN = ("dialogue", "thought", "narration")


@dataclass(frozen=True, slots=True)
class KeptEdits:
    """What became of an edited script."""

    decisions: int
    """Speakers that differ; each is a decision now."""
    lost: tuple[str, ...]
    """What dialogue lines of the script say that no line of the story says; nothing can be kept of them."""


def keep_edits(session: Session, edited_script: Script) -> KeptEdits:
    """Keep every speaker of an edited script that differs from a fresh extraction as a decision.

    A speaker that the extraction without decisions gives is no edit, unless the script says that the user decided it.

    Raises:
        InputError: the file of decisions says what it may not, or cannot be written.
    """
    edited_lines = [line for line in edited_script.lines() if line.kind in _SPOKEN]
    described_lines = _described(edited_lines)
    current = {line.spoken.start: line for line in session.script.lines() if line.spoken}
    undecided = {line.spoken.start: line for line in session.undecided().lines() if line.spoken}
    places = session.decidable_lines
    at_line: dict[int, int] = {}
    for index, line in enumerate(edited_lines):
        at = line.spoken.start if line.spoken else -1
        if at in places and places[at].text == described_lines[index].text:
            at_line[index] = at
    rest = [i for i, line in enumerate(edited_lines) if i not in at_line]
    taken = set(at_line.values())
    free = {at: place for at, place in places.items() if at not in taken}
    matched = match([described_lines[i] for i in rest], free)
    at_line |= {rest[index]: at for index, at in matched.items()}
    answers = []
    for index, at in sorted(at_line.items()):
        line = edited_lines[index]
        meant = line.why == DECIDED_BY_USER or line.speaker != undecided[at].speaker
        # A line without a speaker was never sure; to leave it so is no edit.
        given_up = line.speaker == UNKNOWN and line.confidence == 0
        if line.speaker != current[at].speaker and meant and not given_up:
            answers.append((at, line.speaker))
    if answers:
        session.decide_many(answers)
    lost = tuple(line.text for i, line in enumerate(edited_lines) if i not in at_line and line.kind == "dialogue")
    return KeptEdits(len(answers), lost)


def _described(lines: list[Line]) -> list[DecidedLine]:
    """Lines as decisions describe them, with their neighbours around them."""
    texts = [line.text for line in lines]
    whole, starts = "\n".join(texts), []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    excerpts = [excerpt(whole, text, (start, start + len(text))) for text, start in zip(texts, starts, strict=True)]
    return numbered(excerpts)
