"""Turn the commands about who speaks into talk with a person: ``people``, ``review``."""

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
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Show who was found: how much they speak, under which names, and what is known of them."""
    from json import dumps

    from audiodrama import pipeline, review
    from audiodrama.cli import summaries

    script = pipeline.extract(story, pipeline.read_casting(story, casting))
    found = review.people(script, review.BELOW)
    if json:
        typer.echo(dumps(review.describe(found), ensure_ascii=False, indent=1))
    else:
        typer.echo(summaries.of_people(story, found))


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
    """Decide who speaks the doubtful lines, most doubtful first; decisions are kept beside the story."""
    from audiodrama.review import Session

    session = Session(story, casting, keep_notes=keep_notes)
    if lost := session.unused:
        from audiodrama.cli.summaries import amount

        fit = amount(len(lost), "decision fits", "decisions fit")
        typer.echo(
            f"audiodrama: {session.file}: {fit} no line any more: {'; '.join(one.text for one in lost)}", err=True
        )
    if edited is not None:
        _take(session, edited)
        return
    keyboard = Keyboard()
    if listed or not keyboard.speaks():
        _list(session, below, every)
    else:
        _talk(session, keyboard, below, every)


def _take(session: Session, path: Path) -> None:
    from audiodrama import files, review
    from audiodrama.cli.summaries import amount

    kept = review.keep_edits(session, files.load_script(path))
    typer.echo(f"{session.file}: {amount(kept.decisions, 'speaker')} taken from {path}")
    for text in kept.lost:
        typer.echo(f"  no line of the story says this, so its speaker is not kept: {text}")


_BACK = "\b"
"""The answer that asks for the line before; nobody is called so."""


class Keyboard:
    """Whoever answers: a person at a terminal, or a pipe with an answer in each line."""

    def __init__(self) -> None:
        self._terminal = sys.stdin is not None and sys.stdin.isatty()
        self._first: str | None = None

    def speaks(self) -> bool:
        """Whether there is anybody: a terminal, or a pipe that has a line to begin with."""
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
    heard, call = os.pipe()
    os.set_blocking(call, False)
    before = signal.set_wakeup_fd(call)
    try:
        select.select([sys.stdin, heard], [], [])
    finally:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(call)


def _list(session: Session, below: float, every: bool) -> None:
    from audiodrama.cli.questions import shown
    from audiodrama.cli.summaries import amount

    asked = session.doubtful(below, every=every)
    for at in asked:
        typer.echo(shown(session.question(at), str(session.story), _width()) + "\n")
    less = "" if every else f", less than {below:.0%} sure"
    typer.echo(f"{session.story}: {amount(len(asked), 'line')}{less}")


def _talk(session: Session, keyboard: Keyboard, below: float, every: bool) -> None:
    """Ask until nothing is left, or the person stops."""
    from audiodrama.cli.questions import shown

    asked: list[int] = []
    again: int | None = None
    made: set[int] = set()
    while True:
        seen = set(asked)
        left = [at for at in session.doubtful(below, every=every) if at not in seen]
        if again is None and not left:
            break
        at = left[0] if again is None else again
        again = None
        question = session.question(at)
        typer.echo("\n" + shown(question, str(session.story), _width(), f"{len(left)} left"))
        answer = _answer(session, keyboard, question, bool(asked))
        if answer is None:
            break
        if answer == _BACK:
            again = asked.pop()
            continue
        asked.append(at)
        if answer:
            session.decide(at, answer)
            made.add(at)
    _end(session, len(made), len(session.doubtful(below)))


def _answer(session: Session, keyboard: Keyboard, question: Question, back: bool) -> str | None:
    """A name; empty to leave the line as it is; _BACK; None to stop. What cannot be meant is asked again."""
    from audiodrama.cli.questions import HELP, prompt

    while True:
        said = keyboard.ask(prompt(question))
        low = said.lower() if said else said
        if low is None or said is None or low == "q":
            return None
        if not said:
            return ""
        if low == "y" and question.guess:
            return question.guess
        if low == "b" and back:
            return _BACK
        if said.isdecimal() and 1 <= int(said) <= len(question.choices):
            return question.choices[int(said) - 1]
        if len(said) > 1 and any(map(str.isalpha, said)):
            name = session.known(said)
            if session.is_new(name):
                typer.echo(f"  {name} is new here.")
            return name
        wrong = {"b": "This is the first line.", "y": "There is no guess."}
        typer.echo(HELP if said == "?" else f"  {wrong.get(low, f'{said!r} is no answer; ? lists the answers.')}")


def _end(session: Session, made: int, left: int) -> None:
    """Say what was done and what comes next."""
    from audiodrama.cli.summaries import amount
    from audiodrama.files.paths import script_beside

    typer.echo(f"\n{amount(made, 'decision')} kept in {session.file}; {amount(left, 'line')} in doubt.")
    script = script_beside(session.story)
    if made and script.exists():
        typer.echo(f"{script} does not know of them yet: audiodrama extract {session.story} --force")


def _width() -> int:
    return min(110, shutil.get_terminal_size((100, 24)).columns)
