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


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much is going to be asked."""

    model: str
    """The model that is asked."""
    place: str
    """Where: scheme, host and port."""
    lines: int
    """Unsure lines to ask about."""
    requests: int
    """Requests, if the endpoint takes each of them at the first attempt."""
    tokens: int
    """About so many, of requests and answers together."""
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
            f"at {self.place}{behind}"
        )


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """What is to be asked about a script."""

    script: Script
    """As it is without a second opinion."""
    endpoint: Endpoint
    """Who is asked."""
    folder: Path
    """Where answers are kept."""
    others: tuple[Person, ...]
    """People who speak no line of the script so far."""
    open: tuple[tuple[Question, str], ...]
    """Questions to ask, each with its digest."""
    answered: Mapping[Question, Speakers]
    """Questions that were answered before."""
    estimate: Estimate
    """How much it is."""


def plan(script: Script, endpoint: Endpoint, folder: Path, others: Sequence[Person] = ()) -> QuestionPlan:
    """Find the unsure lines of a script and what has to be asked about them. Asks nothing.

    Args:
        script: as it was adapted.
        endpoint: the language model to ask.
        folder: where answers are kept.
        others: people who may speak though no line was given to them, such as those of a casting file.
    """
    lines, model = script.lines(), endpoint.model.strip()
    answered: dict[Question, Speakers] = {}
    left: list[tuple[Question, str]] = []
    for question in questions(script, others):
        key = digest(question, lines, model)
        speakers = answer_cache.find(folder, key, question)
        if speakers is None:
            left.append((question, key))
        else:
            answered[question] = speakers
    estimate = Estimate(
        model,
        endpoint.place,
        lines=sum(len(question.asked) for question, _ in left),
        requests=len(left),
        tokens=sum(tokens(question, lines, model) for question, _ in left),
        answered=sum(len(question.asked) for question in answered),
    )
    return QuestionPlan(script, endpoint, folder, tuple(others), tuple(left), answered, estimate)


def rounded(count: int) -> int:
    """A count with two significant figures: 2,137 is about 2,100."""
    digits = max(0, len(str(count)) - 2)
    return round(count, -digits)


def _amount(count: int, singular: str, plural: str) -> str:
    return f"{count:,} {singular if count == 1 else plural}"
