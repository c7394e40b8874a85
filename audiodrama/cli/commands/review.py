"""Turn the commands about who speaks into a table, or into questions and answers: ``people``, ``review``."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiodrama.cli.options import CastingFile, KeepNotes, Story

if TYPE_CHECKING:
    from audiodrama.review import Question, Session


def people(
    story: Story,
    casting: CastingFile = None,
    json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
) -> None:
    """Show who was found to speak, how much, and by which names."""
    from json import dumps

    from audiodrama import pipeline, review
    from audiodrama.cli.display import summaries

    script = pipeline.extract(story, pipeline.read_casting(story, casting))
    summaries_of_people = review.people(script, review.UNSURE_BELOW)
    if json:
        typer.echo(dumps(review.describe(summaries_of_people), ensure_ascii=False, indent=1))
    else:
        typer.echo(summaries.of_people(story, summaries_of_people))


def review(
    story: Story,
    casting: CastingFile = None,
    edited: Annotated[
        Path | None, typer.Option("--from", help="Take the speakers from this script file that you edited.")
    ] = None,
    below: Annotated[
        float, typer.Option("--below", min=0, max=1, help="Ask about lines that are less sure than this.")
    ] = 0.8,
    every: Annotated[bool, typer.Option("--all", help="Ask about every line that somebody speaks, in order.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the lines and ask nothing.")] = False,
    keep_notes: KeepNotes = False,
) -> None:
    """Ask who speaks the doubtful lines, the most doubtful first. The answers are kept beside the story."""
    from audiodrama.review import Session

    session = Session(story, casting, keep_notes=keep_notes)
    if lost := session.unused:
        from audiodrama.cli.display.summaries import amount

        fit = amount(len(lost), "decision fits", "decisions fit")
        texts = "; ".join(decision.text for decision in lost)
        typer.echo(f"audiodrama: {session.file}: {fit} no line any more: {texts}", err=True)
    if edited is not None:
        _keep_edits(session, edited)
        return
    keyboard = Keyboard()
    if listed or not keyboard.has_input():
        _list(session, below, every)
    else:
        _ask_all(session, keyboard, below, every)


def _keep_edits(session: Session, path: Path) -> None:
    from audiodrama import files, review
    from audiodrama.cli.display.summaries import amount

    kept_edits = review.keep_edits(session, files.load_script(path))
    typer.echo(f"{session.file}: {amount(kept_edits.decisions, 'speaker')} taken from {path}")
    for text in kept_edits.lost:
        typer.echo(f"  no line of the story says this, so its speaker is not kept: {text}")


_BACK = "\b"
"""The answer that asks for the previous line; no character can have this name."""


class Keyboard:
    """Where answers come from: a user at a terminal, or a pipe with an answer in each line."""

    def __init__(self) -> None:
        self._terminal = sys.stdin is not None and sys.stdin.isatty()
        self._first: str | None = None

    def has_input(self) -> bool:
        """Whether there is a terminal, or a pipe that has a first line."""
        if self._terminal:
            return True
        self._first = sys.stdin.readline() if sys.stdin is not None else ""
        return bool(self._first)

    def ask(self, prompt: str) -> str | None:
        """The next answer without white space around it; None at the end of input."""
        if self._terminal:
            typer.echo(prompt, nl=False)
            _wait_for_a_line()
            answer = sys.stdin.readline()
            if not answer:
                typer.echo("")
            return answer.strip() if answer else None
        answer, self._first = sys.stdin.readline() if self._first is None else self._first, None
        typer.echo(f"{prompt}{answer.strip()}")
        return answer.strip() if answer else None


def _wait_for_a_line() -> None:
    """Wait at a terminal so that Ctrl-C is heard at every moment, also just before the waiting begins."""
    if os.name == "nt":
        return
    wakeup_read, wakeup_write = os.pipe()
    os.set_blocking(wakeup_write, False)
    old_wakeup = signal.set_wakeup_fd(wakeup_write)
    try:
        select.select([sys.stdin, wakeup_read], [], [])
    finally:
        signal.set_wakeup_fd(old_wakeup)
        os.close(wakeup_read)
        os.close(wakeup_write)


def _list(session: Session, below: float, every: bool) -> None:
    from audiodrama.cli.display.questions import question_text
    from audiodrama.cli.display.summaries import amount

    asked = session.doubtful(below, include_sure=every)
    for at in asked:
        typer.echo(question_text(session.question(at), str(session.story), _width()) + "\n")
    less = "" if every else f", less than {below:.0%} sure"
    typer.echo(f"{session.story}: {amount(len(asked), 'line')}{less}")


def _ask_all(session: Session, keyboard: Keyboard, below: float, every: bool) -> None:
    """Ask until no line is left, or the user stops."""
    from audiodrama.cli.display.questions import question_text

    asked: list[int] = []
    again: int | None = None
    decided: set[int] = set()
    while True:
        seen = set(asked)
        left = [at for at in session.doubtful(below, include_sure=every) if at not in seen]
        if again is None and not left:
            break
        at = left[0] if again is None else again
        again = None
        question = session.question(at)
        typer.echo("\n" + question_text(question, str(session.story), _width(), f"{len(left)} left"))
        answer = _answer(session, keyboard, question, bool(asked))
        if answer is None:
            break
        if answer == _BACK:
            again = asked.pop()
            continue
        asked.append(at)
        if answer:
            session.decide(at, answer)
            decided.add(at)
    _end(session, len(decided), len(session.doubtful(below)))


def _answer(session: Session, keyboard: Keyboard, question: Question, can_go_back: bool) -> str | None:
    """A name; empty to leave the line as it is; _BACK; None to stop. An answer that fits nothing is asked again."""
    from audiodrama.cli.display.questions import HELP, prompt

    while True:
        answer = keyboard.ask(prompt(question))
        lowered = answer.lower() if answer else answer
        if lowered is None or answer is None or lowered == "q":
            return None
        if not answer:
            return ""
        if lowered == "y" and question.guess:
            return question.guess
        if lowered == "b" and can_go_back:
            return _BACK
        if answer.isdecimal() and 1 <= int(answer) <= len(question.choices):
            return question.choices[int(answer) - 1]
        if len(answer) > 1 and any(map(str.isalpha, answer)):
            name = session.resolved_name(answer)
            if session.is_new(name):
                typer.echo(f"  {name} is new here.")
            return name
        reasons = {"b": "This is the first line.", "y": "There is no guess."}
        reason = reasons.get(lowered, f"{answer!r} is no answer; ? lists the answers.")
        typer.echo(HELP if answer == "?" else f"  {reason}")


def _end(session: Session, decisions: int, doubtful: int) -> None:
    """Print what was decided and what the user may do next."""
    from audiodrama.cli.display.summaries import amount
    from audiodrama.files.paths import script_beside

    typer.echo(f"\n{amount(decisions, 'decision')} kept in {session.file}; {amount(doubtful, 'line')} in doubt.")
    script = script_beside(session.story)
    if decisions and script.exists():
        typer.echo(f"{script} does not know of them yet: audiodrama extract {session.story} --force")


def _width() -> int:
    return min(110, shutil.get_terminal_size((100, 24)).columns)
