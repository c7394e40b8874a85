"""Turn what an endpoint sends into speakers of the lines asked about, believing nothing that was not asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from audiodrama.model import UNKNOWN, name_key
from audiodrama.script.second_opinion.questions import Question
from audiodrama.script.second_opinion.request import choices

Speakers = dict[int, str]
"""Number of a line in its question, from 1 -> the speaker's name."""
LONGEST_CONTENT = 100_000
"""Characters of an answer; thinking aloud included, real ones stay far below."""
MOST_OBJECTS = 20
"""How many beginnings of JSON are tried in an answer with prose around it."""
LONGEST_NUMBER = 9
"""Digits; longer ones number no line, and are slow to read."""
_NO_JSON = "its answer is not the JSON that was asked for"


class NoAnswerError(Exception):
    """An endpoint gave nothing that can be used; says why, in words that follow the endpoint's name."""


def content(received: bytes) -> str:
    """The model's words, out of the body of a chat completion.

    Raises:
        NoAnswerError: the body is no chat completion, or has no words, or too many.
    """
    try:
        words = _loads(received.decode("utf-8-sig"))["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise NoAnswerError("what it sent is no chat completion") from None
    if not isinstance(words, str):
        raise NoAnswerError("what it sent has no answer in it")
    if len(words) > LONGEST_CONTENT:
        raise NoAnswerError("its answer is far too long")
    return words


def speakers(words: str, question: Question) -> tuple[Speakers, str]:
    """Who speaks which line, according to a model.

    The JSON may have prose, a code fence or the model's thinking around it, as models without a JSON mode write it,
    as long as it is clear which JSON is meant.

    Returns:
        The lines with a usable answer, and what is wrong with the others; nothing if all is well.

    Raises:
        NoAnswerError: there is no such JSON in it, or it has numbers of lines that were not asked: then it may well
            count from another beginning, and nothing in it can be trusted.
    """
    entries = _entries(_the_object(words))
    names = _names(question)
    answered: dict[int, set[str]] = {}
    strange = False
    for number, name in entries:
        if not 1 <= number <= len(question.asked):
            raise NoAnswerError("it answered lines that it was not asked about")
        listed = names.get(name_key(name))
        strange |= listed is None
        answered.setdefault(number, set()).add(listed or "")
    usable = {
        number: min(people) for number, people in sorted(answered.items()) if len(people) == 1 and "" not in people
    }
    if len(usable) == len(question.asked):
        return usable, ""
    if strange:
        return usable, "it named people who are not on the list"
    twice = any(len(people) > 1 for people in answered.values())
    return usable, "it named two people for one line" if twice else "it left out lines that it was asked about"


def _names(question: Question) -> dict[str, str]:
    """Names by how a model may write them: as listed, in other capitals, or an alias that only one person has."""
    aliases: dict[str, set[str]] = {}
    for person in question.roster:
        for alias in person.aliases:
            aliases.setdefault(name_key(alias), set()).add(person.name)
    named = {alias: min(owners) for alias, owners in aliases.items() if len(owners) == 1}
    listed: dict[str, set[str]] = {}
    for name in choices(question):
        listed.setdefault(name_key(name), set()).add(name)
    return {**named, **{name: min(owners) for name, owners in listed.items() if len(owners) == 1}}


def _entries(answer: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The (number of a line, name) of an answer.

    Raises:
        NoAnswerError: the answer has another form.
    """
    entries = answer["answers"]
    if not isinstance(entries, list):
        raise NoAnswerError(_NO_JSON)
    for entry in entries:
        if not isinstance(entry, dict):
            raise NoAnswerError(_NO_JSON)
        number, name = entry.get("line"), entry.get("speaker")
        if not isinstance(number, int) or isinstance(number, bool) or not isinstance(name, str):
            raise NoAnswerError(_NO_JSON)
        yield number, name


def _the_object(words: str) -> Mapping[str, Any]:
    """The one JSON object with answers in a text."""
    text = words.rpartition("</think>")[2]
    try:
        whole = _loads(text)
        answers = [whole] if isinstance(whole, dict) and "answers" in whole else []
    except (ValueError, RecursionError):
        answers = list(_objects(text))
    if not answers or any(answer != answers[0] for answer in answers):
        raise NoAnswerError(_NO_JSON)
    return answers[0]


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects with answers that stand in a text, those inside another left out."""
    at = text.find("{")
    for _ in range(MOST_OBJECTS):
        if at < 0:
            return
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(value, dict) and "answers" in value:
                yield value
        at = text.find("{", end)


def _whole(digits: str) -> int:
    """Read a whole number of JSON; one that is too long is refused before it takes time."""
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number that is too long")
    return int(digits)


_DECODER = json.JSONDecoder(parse_int=_whole)


def _loads(text: str) -> Any:
    """Read JSON from a text."""
    return _DECODER.decode(text)


def is_opinion(name: str) -> bool:
    """Whether an answer names a speaker: a model may not know either."""
    return name != UNKNOWN
