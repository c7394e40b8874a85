"""Turn a question about a line into what the user reads: the line among its neighbours, the doubt, who it may be."""

from __future__ import annotations

import textwrap

from audiodrama.model import NARRATOR, Line
from audiodrama.review import Question

_LONGEST = 280
"""Characters of a neighbouring line that are shown."""
_NAMES = 20
"""Columns for the names, at most."""

HELP = """\
  a number   the person of that number speaks it
  a name     somebody else does; "narrator", "unknown" and "crowd" can be said, too
  y          the guess is right
  Enter      leave it as it is
  b          back to the line before
  q          stop; every decision is kept already"""


def question_text(question: Question, file: str, width: int, note: str = "") -> str:
    """The question as lines of text, without a prompt.

    Args:
        question: what to show.
        file: the story, as messages call it.
        width: columns there are.
        note: what to say behind it, such as how many are left.
    """
    lines = (*question.before, question.line, *question.after)
    column = min(_NAMES, max(len(line.speaker) for line in lines))
    rows = [_row(line, column, width) for line in question.before]
    rows.append(_row(question.line, column, width, asked=True))
    rows += [_row(line, column, width) for line in question.after]
    choices = "   ".join(f"{number} {name}" for number, name in enumerate(question.choices, 1))
    head = f"{file}:{question.row}  {_doubt(question)}{f'  ({note})' if note else ''}"
    return "\n".join([head, *rows, *([f"    {choices}"] if choices else [])])


def prompt(question: Question) -> str:
    """What can be answered."""
    count = len(question.choices)
    ways = [f"1-{count}" if count > 1 else "1"] if count else []
    ways += ["a name"]
    ways += [f"y = {question.guess}"] if question.guess else []
    return f"Who? {', '.join([*ways, 'Enter = leave, b = back, q = stop, ? = help'])}: "


def _doubt(question: Question) -> str:
    if question.decided:
        return f"{question.line.speaker}: you decided"
    guess = f"{question.guess}? {question.line.confidence:.0%} sure" if question.guess else "nobody found"
    return f"{guess}, {question.line.why}" if question.line.why else guess


def _row(line: Line, column: int, width: int, *, asked: bool = False) -> str:
    text = line.text if asked or len(line.text) <= _LONGEST else f"{line.text[:_LONGEST].rpartition(' ')[0]} ..."
    if line.kind not in ("narration", "heading", "cue"):
        text = f"“{text}”" if line.kind == "dialogue" else f"({text})"
    speaker = "" if line.speaker == NARRATOR else line.speaker
    speaker = speaker if len(speaker) <= column else f"{speaker[: column - 1]}…"
    head = f"  {'>' if asked else ' '} {speaker:<{column}}  "
    return textwrap.fill(
        text, max(width, len(head) + 30), initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False
    )
