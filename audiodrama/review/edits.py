"""Turn a script that a person edited into decisions: wherever it names another speaker than the extraction does."""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.model import UNKNOWN, DecidedLine, Line, Script
from audiodrama.review.session import Session
from audiodrama.script import DECIDED_BY_USER, excerpt, match, numbered

_SPOKEN = ("dialogue", "thought", "narration")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an edited script."""

    decisions: int
    """Speakers that differ; each is a decision now."""
    lost: tuple[str, ...]
    """What dialogue lines of the script say that no line of the story says; nothing can be kept of them."""


def keep_edits(session: Session, edited: Script) -> Kept:
    """Keep every speaker of an edited script that differs from a fresh extraction as a decision.

    A line that the script gives to whom the extraction gave it before anything was decided is no edit, unless the
    script knows of the decision.

    Raises:
        InputError: the file of decisions says what it may not, or cannot be written.
    """
    said = [line for line in edited.lines() if line.kind in _SPOKEN]
    described = _described(said)
    fresh = {line.spoken.start: line for line in session.script.lines() if line.spoken}
    raw = {line.spoken.start: line for line in session.undecided().lines() if line.spoken}
    places = session.decidable_lines
    at_line: dict[int, int] = {}
    for index, line in enumerate(said):
        at = line.spoken.start if line.spoken else -1
        if at in places and places[at].text == described[index].text:
            at_line[index] = at
    rest = [i for i, line in enumerate(said) if i not in at_line]
    taken = set(at_line.values())
    free = {at: place for at, place in places.items() if at not in taken}
    found = match([described[i] for i in rest], free)
    at_line |= {rest[index]: at for index, at in found.items()}
    answers = []
    for index, at in sorted(at_line.items()):
        line = said[index]
        meant = line.why == DECIDED_BY_USER or line.speaker != raw[at].speaker
        # What the extraction had nobody for was never sure; it is not an edit to leave it so.
        given_up = line.speaker == UNKNOWN and line.confidence == 0
        if line.speaker != fresh[at].speaker and meant and not given_up:
            answers.append((at, line.speaker))
    if answers:
        session.decide_many(answers)
    lost = tuple(line.text for i, line in enumerate(said) if i not in at_line and line.kind == "dialogue")
    return Kept(len(answers), lost)


def _described(said: list[Line]) -> list[DecidedLine]:
    """Lines as decisions describe them, with their neighbours around them."""
    texts = [line.text for line in said]
    whole, starts = "\n".join(texts), []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    found = [excerpt(whole, text, (start, start + len(text))) for text, start in zip(texts, starts, strict=True)]
    return numbered(found)
