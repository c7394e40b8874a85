"""Turn a Script into a Plan: what is to be asked, what was answered before, and about how much that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiodrama.model import Person, Script
from audiodrama.script.second_opinion import answer_cache
from audiodrama.script.second_opinion.answers import Speakers
from audiodrama.script.second_opinion.endpoint import Endpoint
from audiodrama.script.second_opinion.questions import Question, questions
from audiodrama.script.second_opinion.request import digest, tokens

_SIGNIFICANT = 2
"""Figures of a rough count that the user is shown."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much is going to be asked: what the user is shown before."""

    model: str
    """The model that is asked."""
    origin: str
    """The endpoint's scheme, host and port."""
    lines: int
    """Unsure lines to ask about."""
    requests: int
    """Requests, if the endpoint takes each of them at the first attempt."""
    tokens: int
    """Tokens of requests and answers together, a rough count."""
    answered: int
    """Unsure lines that were answered before."""

    def __str__(self) -> str:
        earlier = _amount(self.answered, "unsure line was", "unsure lines were") + " answered before"
        behind = f"; {earlier}" if self.answered else ""
        if not self.lines:
            return f"asking {self.model} nothing: {earlier if self.answered else 'no line is unsure'}"
        return (
            f"asking {self.model} about {_amount(self.lines, 'unsure line', 'unsure lines')} "
            f"in {_amount(self.requests, 'request', 'requests')}, about {rounded(self.tokens):,} tokens, "
            f"at {self.origin}{behind}"
        )


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """What is to be asked about a script."""

    script: Script
    """The script without a second opinion."""
    endpoint: Endpoint
    """The language model that is asked."""
    folder: Path
    """The folder of the answer cache."""
    other_people: tuple[Person, ...]
    """People who speak no line of the script so far."""
    open: tuple[tuple[Question, str], ...]
    """Questions to ask, each with its digest."""
    answered: Mapping[Question, Speakers]
    """Questions that were answered before."""
    estimate: Estimate
    """How much is going to be asked."""


def plan(script: Script, endpoint: Endpoint, folder: Path, other_people: Sequence[Person] = ()) -> QuestionPlan:
    """Find the unsure lines of a script and what has to be asked about them. Asks nothing.

    Args:
        script: the script as it was adapted.
        endpoint: the language model to ask.
        folder: the folder of the answer cache.
        others: people who may speak though no line was given to them, such as those of a casting file.
    """
    lines, model = script.lines(), endpoint.model.strip()
    answered: dict[Question, Speakers] = {}
    left: list[tuple[Question, str]] = []
    for question in questions(script, other_people):
        key = digest(question, lines, model)
        speakers = answer_cache.find(folder, key, question)
        if speakers is None:
            left.append((question, key))
        else:
            answered[question] = speakers
    estimate = Estimate(
        model,
        endpoint.origin,
        lines=sum(len(question.asked) for question, _ in left),
        requests=len(left),
        tokens=sum(tokens(question, lines, model) for question, _ in left),
        answered=sum(len(question.asked) for question in answered),
    )
    return QuestionPlan(script, endpoint, folder, tuple(other_people), tuple(left), answered, estimate)


def rounded(count: int) -> int:
    """A count with two significant figures: 2,137 becomes 2,100."""
    digits = max(0, len(str(count)) - _SIGNIFICANT)
    return round(count, -digits)


def _amount(count: int, singular: str, plural: str) -> str:
    """A count with the noun in the right number, for a message."""
    return f"{count:,} {singular if count == 1 else plural}"
