"""Turn a Script into one with a second opinion on its unsure lines, where the user asked for that.

Most users do not: the code that asks a language model is imported when it is needed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.files import paths
from audiodrama.model import Casting, Person, Script, name_key
from audiodrama.pipeline.options import Options, Progress

if TYPE_CHECKING:
    from audiodrama.script import second_opinion


def consult(
    story: Path, drama: Script, casting: Casting, options: Options, progress: Progress
) -> tuple[Script, tuple[str, ...]]:
    """Ask a language model about the unsure lines, saying first how much that is.

    A script file stays as it is: the user may have edited who speaks in it.

    Args:
        story: the file that ``drama`` comes from.
        drama: as it was adapted.
        casting: has characters who may speak, too.
        options: has the language model, or None.
        progress: hears of the estimate and of each answer.

    Returns:
        The script with the opinion, and one sentence if lines were left without an answer.

    Raises:
        InputError: the key in the environment cannot be sent.
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
    """The script with the answers that a language model gave before; nothing is asked."""
    if options.llm is None or paths.is_script(story):
        return drama
    from audiodrama.script import second_opinion

    return second_opinion.ask_model(replace(_plan(drama, casting, options.llm), open=())).script


def estimate(story: Path, drama: Script, casting: Casting, endpoint: second_opinion.Endpoint) -> str:
    """A sentence on how much would be asked about a story; nothing is asked."""
    if paths.is_script(story):
        return f"{story.name}: a script; nobody is asked who speaks in it."
    return f"{story.name}: {_plan(drama, casting, endpoint).estimate}."


def _plan(drama: Script, casting: Casting, endpoint: second_opinion.Endpoint) -> second_opinion.QuestionPlan:
    from audiodrama.script import second_opinion

    return second_opinion.plan(drama, endpoint, paths.opinions_folder(), _others(drama, casting))


def _others(drama: Script, casting: Casting) -> tuple[Person, ...]:
    """The characters that the casting names and that have no line in the script."""
    known_names = {name_key(name) for person in drama.people for name in (person.name, *person.aliases)}
    return tuple(
        Person(role.name, role.aliases, role.gender, role.age or "adult", role.narrates)
        for role in casting.roles
        if known_names.isdisjoint(map(name_key, (role.name, *role.aliases)))
    )
