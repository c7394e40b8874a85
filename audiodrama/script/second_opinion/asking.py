"""Turn a Plan into an Opinion: ask, believe what can be believed, and leave every other line as it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from audiodrama.model import Line, Person, Scene, Script
from audiodrama.script.second_opinion import answer_cache
from audiodrama.script.second_opinion.answers import NoAnswerError, Speakers, content, is_opinion, speakers
from audiodrama.script.second_opinion.endpoint import Endpoint, find_key
from audiodrama.script.second_opinion.plan import QuestionPlan
from audiodrama.script.second_opinion.questions import Question
from audiodrama.script.second_opinion.request import FORMS, body, encode

AGREED, OVERRULED = 0.85, 0.8
"""How sure a line is, 0 to 1, when the model names the extractor's speaker, and when it names another. No model has
been measured, so both stay below the confidence that the project publishes figures for."""
MOST_FAILURES = 3
"""After so many questions in a row without a usable answer, nothing more is asked."""
BUSY = (429, 500, 502, 503, 504)
"""Statuses after which an endpoint is tried again."""
NOT_IN_THIS_FORM = (400, 415, 422)
"""Statuses of an endpoint that does not take what a request asks for: the next form asks for less."""
NOT_THERE = (404, 405)
"""Statuses of an address without an endpoint, or of a model that it does not have."""
HOPELESS = (401, 402, 403, 404, 405, 429, 503)
"""Statuses that the next questions would get too."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A script with a second opinion in it."""

    script: Script
    """The same lines; of those asked about, the speaker, the confidence and the evidence may be others."""
    complaints: tuple[str, ...] = ()
    """One sentence if the endpoint left lines unanswered."""


def ask_model(plan: QuestionPlan, tell: Callable[[], None] = lambda: None) -> Opinion:
    """Ask what is to be asked, and put the answers into the script.

    Args:
        plan: what to ask.
        tell: called after each question.

    Raises:
        InputError: the environment holds what no key looks like.
    """
    answered = dict(plan.answered)
    troubles: list[str] = []
    if plan.open:
        answered |= _ask_all(plan, _Conversation(plan.endpoint, find_key(plan.endpoint)), troubles, tell)
    script = advised(plan, answered)
    missing = sum(len(question.asked) - len(answered.get(question, {})) for question, _ in plan.open)
    if not missing:
        return Opinion(script)
    return Opinion(script, (_complaint(plan, missing, troubles[0]),))


def _complaint(plan: QuestionPlan, missing: int, trouble: str) -> str:
    """The sentence that tells the user how many lines have no second opinion, and why."""
    estimate = plan.estimate
    count = estimate.lines + estimate.answered
    which = f"{missing} of {count} unsure lines, which keep" if count > 1 else "the unsure line, which keeps"
    endpoint = f"{estimate.model} at {estimate.origin}"
    return f"{endpoint} gave no second opinion on {which} the offline answer, because {trouble}."


def _ask_all(
    plan: QuestionPlan, conversation: _Conversation, troubles: list[str], tell: Callable[[], None]
) -> dict[Question, Speakers]:
    """The answers that could be had; ``troubles`` gets what went wrong, first things first."""
    lines, answers, failures = plan.script.lines(), {}, 0
    for question, digest in plan.open:
        try:
            answered, wrong = conversation.ask(question, lines)
        except NoAnswerError as trouble:
            answered, wrong = {}, str(trouble)
        answers[question] = answered
        if wrong:
            troubles.append(wrong)
        else:
            answer_cache.store(plan.folder, digest, answered)
        failures = 0 if answered else failures + 1
        if conversation.over or failures == MOST_FAILURES:
            break
        tell()
    return answers


class _Conversation:
    """The requests to one endpoint, with what was learned of it so far."""

    def __init__(self, endpoint: Endpoint, key: str) -> None:
        self._model, self._patience, self._key = endpoint.model.strip(), endpoint.patience, key
        self._addresses = endpoint.addresses
        self._address = self._form = 0
        self._end = time.monotonic() + endpoint.patience.total
        self.over = False
        """Whether asking on would be useless."""

    def ask(self, question: Question, lines: Sequence[Line]) -> tuple[Speakers, str]:
        """Who speaks which line, and what is wrong with the other lines.

        Raises:
            NoAnswerError: there is no usable answer.
        """
        from audiodrama.script.second_opinion.http import RefusedError, UnreachableError

        try:
            return speakers(content(self._send(question, lines)), question)
        except UnreachableError:
            self.over = True
            raise
        except RefusedError as trouble:
            self.over = trouble.status in HOPELESS
            raise

    def _send(self, question: Question, lines: Sequence[Line]) -> bytes:
        """Send a question to the address and in the form that the endpoint takes, and remember which."""
        from audiodrama.script.second_opinion.http import RefusedError

        address, form = self._address, self._form
        while True:
            try:
                sent = encode(body(question, lines, self._model, FORMS[form]))
                received = self._patiently(self._addresses[address], sent)
            except RefusedError as trouble:
                if trouble.status in NOT_IN_THIS_FORM and form + 1 < len(FORMS):
                    form += 1
                elif trouble.status in NOT_THERE and address + 1 < len(self._addresses):
                    address += 1
                else:
                    raise
            else:
                self._address, self._form = address, form
                return received

    def _patiently(self, address: str, sent: bytes) -> bytes:
        """Post, and again after a pause while the endpoint says that it is busy."""
        from audiodrama.script.second_opinion.http import RefusedError, UnreachableError, post

        patience = self._patience
        for attempt in range(patience.retries + 1):
            left = self._end - time.monotonic()
            if left <= 0:
                raise UnreachableError("the time for asking is over")
            try:
                return post(address, sent, self._key, min(left, patience.request))
            except RefusedError as trouble:
                pause = patience.pause * 2**attempt if trouble.wait is None else trouble.wait
                last = attempt == patience.retries or pause > min(patience.wait, self._end - time.monotonic())
                if trouble.status not in BUSY or last:
                    raise
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")


def advised(plan: QuestionPlan, answered: Mapping[Question, Speakers]) -> Script:
    """The script of a plan with answers in it: of the lines asked about, the speaker, the confidence, the evidence."""
    model = plan.endpoint.model.strip()
    changed: dict[int, Line] = {}
    lines = plan.script.lines()
    for question, names in answered.items():
        for number, name in names.items():
            place = question.asked[number - 1]
            if is_opinion(name):
                changed[place] = _with_opinion(lines[place], name, model)
    if not changed:
        return plan.script
    scenes, at = [], 0
    for scene in plan.script.scenes:
        end = at + len(scene.lines)
        scenes.append(Scene(tuple(changed.get(place, lines[place]) for place in range(at, end)), scene.chapter))
        at = end
    return replace(plan.script, scenes=tuple(scenes), people=_people(plan, tuple(scenes)))


def _with_opinion(line: Line, name: str, model: str) -> Line:
    """The line with the speaker that the model names."""
    sure = AGREED if name == line.speaker else OVERRULED
    return replace(line, speaker=name, confidence=sure, why=f"second opinion: {model}")


def _people(plan: QuestionPlan, scenes: Sequence[Scene]) -> tuple[Person, ...]:
    """The people who speak now, in the order of their first line, then those who had no line before either."""
    by_name = {person.name: person for person in (*plan.other_people, *plan.script.people)}
    spoken = dict.fromkeys(line.speaker for scene in scenes for line in scene.lines)
    spoke = {line.speaker for line in plan.script.lines()}
    silent = [person for person in plan.script.people if person.name not in spoken and person.name not in spoke]
    return (*(by_name[name] for name in spoken if name in by_name), *silent)
