"""Turn a Script into one with a second opinion on its unsure lines, where a person asked for that.

Most people do not: what knows how to ask is loaded when somebody does.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.files import paths
from audiodrama.model import Casting, Person, Script
from audiodrama.pipeline.options import Options, Progress

if TYPE_CHECKING:
    from audiodrama.script import second_opinion


def consult(
    story: Path, drama: Script, casting: Casting, options: Options, progress: Progress
) -> tuple[Script, tuple[str, ...]]:
    """Ask a language model about the unsure lines, saying first how much that is.

    A script that a person may have edited is left alone: who speaks in it is for them to say.

    Args:
        story: where ``drama`` comes from.
        drama: as it was adapted.
        casting: whose people may speak too.
        options: whether to ask, and whom.
        progress: told of the estimate and of each answer.

    Returns:
        The script with the opinion, and one sentence if lines were left without an answer.

    Raises:
        InputError: the environment holds what no key looks like.
    """
    if options.llm is None:
        return drama, ()
    if paths.is_script(story):
        progress.note(f"{story.name} is a script, perhaps edited by you: nobody is asked who speaks in it.")
        return drama, ()
    from audiodrama.script import second_opinion

    plan = _plan(drama, casting, options.llm)
    progress.note(f"{plan.estimate}.")
    if plan.open:
        progress.begin("ask", len(plan.open))
    advice = second_opinion.ask_model(plan, progress.advance)
    if plan.open:
        progress.end()
    return advice.script, advice.complaints


def known_advice(story: Path, drama: Script, casting: Casting, options: Options) -> Script:
    """The script with what a language model answered before; asks nobody."""
    if options.llm is None or paths.is_script(story):
        return drama
    from audiodrama.script import second_opinion

    return second_opinion.ask_model(replace(_plan(drama, casting, options.llm), open=())).script


def estimate(story: Path, drama: Script, casting: Casting, adviser: second_opinion.Endpoint) -> str:
    """In a sentence, what would be asked about a story, without asking it."""
    if paths.is_script(story):
        return f"{story.name}: a script; nobody is asked who speaks in it."
    return f"{story.name}: {_plan(drama, casting, adviser).estimate}."


def _plan(drama: Script, casting: Casting, adviser: second_opinion.Endpoint) -> second_opinion.QuestionPlan:
    from audiodrama.script import second_opinion

    return second_opinion.plan(drama, adviser, paths.opinions_folder(), _others(drama, casting))


def _others(drama: Script, casting: Casting) -> tuple[Person, ...]:
    """Those whom the casting names and the script gave no line."""
    known = {name for person in drama.people for name in (person.name, *person.aliases)}
    return tuple(
        Person(role.name, role.aliases, role.gender, role.age or "adult", role.narrates)
        for role in casting.roles
        if known.isdisjoint((role.name, *role.aliases))
    )
