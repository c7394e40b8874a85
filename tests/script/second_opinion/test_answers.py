"""An answer is believed for names on the list and for lines that were asked about, and for nothing else."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.model import UNKNOWN, Line, Script
from audiodrama.script.second_opinion import UNSURE, Endpoint, ask_model, plan
from audiodrama.script.second_opinion.answers import NoAnswerError, content, speakers
from audiodrama.script.second_opinion.asking import advised
from audiodrama.script.second_opinion.questions import questions
from tests.helpers.llm_endpoint import completion, unsure_script

DRAMA = unsure_script(3)
(QUESTION,) = questions(DRAMA)
GOOD = [{"line": 1, "speaker": "Walter"}, {"line": 2, "speaker": "Maud Pell"}, {"line": 3, "speaker": UNKNOWN}]
SPEAKERS = {1: "Walter", 2: "Maud Pell", 3: UNKNOWN}
SAID = json.dumps({"answers": GOOD})


@pytest.mark.parametrize(
    "words",
    [
        SAID,
        f"  {SAID}\n",
        f"Here is who speaks:\n```json\n{SAID}\n```\nI hope this helps!",
        f"<think>It may be {{Walter}}... {json.dumps({'answers': []})}</think>{SAID}",
        f"{SAID}\n{SAID}",
        f"{{not this}} but {SAID}",
        SAID.replace("Maud Pell", " mrs. PELL "),
        json.dumps({"thoughts": "hm", "answers": GOOD}),
    ],
)
def test_an_answer_is_understood_as_models_write_it(words: str) -> None:
    assert speakers(words, QUESTION) == (SPEAKERS, "")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Walter says all of it.",
        "null",
        "[]",
        "{}",
        '{"answers": {"1": "Walter"}}',
        '{"answers": ["Walter"]}',
        '{"answers": [{"line": "1", "speaker": "Walter"}]}',
        '{"answers": [{"line": 1.0, "speaker": "Walter"}]}',
        '{"answers": [{"line": true, "speaker": "Walter"}]}',
        '{"answers": [{"line": 1, "speaker": null}]}',
        '{"answers": [{"line": 1, "speaker": ["Walter"]}]}',
        '{"answers": [{"line": 1, "speaker": "Walter"}',
        '{"answers": [{"line": ' + "9" * 50_000 + ', "speaker": "Walter"}]}',
        '{"answers": ' + "[" * 40_000,
        "{" * 100_000,
        f"{SAID} or rather {SAID.replace('Walter', 'Maud Pell')}",
    ],
    ids=lambda words: words[:40],
)
def test_what_is_not_the_json_asked_for_is_no_answer(words: str) -> None:
    with pytest.raises(NoAnswerError, match="JSON"):
        speakers(words, QUESTION)


@pytest.mark.parametrize("piece", ["{", '{"answers": ', '{"answers": [', '{"line": 1, "speaker": "W'])
def test_an_answer_that_opens_more_than_it_closes_is_given_up_soon(piece: str) -> None:
    start = time.perf_counter()
    with pytest.raises(NoAnswerError):
        speakers("I say " + piece * (99_000 // len(piece)), QUESTION)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("number", [0, -1, 4, 999])
def test_an_answer_that_counts_from_another_beginning_is_not_believed_at_all(number: int) -> None:
    with pytest.raises(NoAnswerError, match="not asked"):
        speakers(json.dumps({"answers": [*GOOD, {"line": number, "speaker": "Walter"}]}), QUESTION)


@pytest.mark.parametrize("name", ["Hamlet", "", "narrator", "Walter and Maud", "Mau", "\ud800"])
def test_a_stranger_is_not_believed_and_the_other_lines_are(name: str) -> None:
    words = json.dumps({"answers": [{"line": 1, "speaker": name}, *GOOD[1:]]})
    answered, wrong = speakers(words, QUESTION)
    assert answered == {2: "Maud Pell", 3: UNKNOWN}
    assert "not on the list" in wrong


def test_a_line_with_two_speakers_or_none_has_no_answer() -> None:
    two = json.dumps({"answers": [*GOOD, {"line": 1, "speaker": "Maud Pell"}]})
    answered, wrong = speakers(two, QUESTION)
    assert set(answered) == {2, 3}
    assert "two people" in wrong
    answered, wrong = speakers(json.dumps({"answers": GOOD[:1]}), QUESTION)
    assert set(answered) == {1}
    assert "left out" in wrong


def test_the_same_answer_twice_is_one() -> None:
    assert speakers(json.dumps({"answers": GOOD * 2}), QUESTION) == (SPEAKERS, "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": {}}',
        b'{"choices": [{"message": "Walter"}]}',
        completion(None),
        completion([SAID]),
        completion({"answers": GOOD}),
        completion("x" * 200_000),
        b'{"error": {"message": "out of memory"}}',
        b"[" * 100_000,
    ],
    ids=lambda body: body[:30],
)
def test_what_is_no_completion_is_no_answer(body: bytes) -> None:
    with pytest.raises(NoAnswerError):
        content(body)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 5)
    | st.floats(0, 4)
    | st.sampled_from(["Walter", "Maud", "Tib", UNKNOWN]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["answers", "line", "speaker", "text"]), inner, max_size=4)
    ),
    max_leaves=12,
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "line": st.integers(-1, 5) | VALUES,
            "speaker": st.sampled_from(["Walter", "Maud Pell", "Tib", UNKNOWN, "Hamlet", "narrator", "crowd"]) | VALUES,
        },
        optional={"text": st.text(max_size=5), "confidence": st.floats()},
    ),
    max_size=6,
)
ANSWERS = (
    ENTRIES.map(lambda entries: completion(json.dumps({"answers": entries})))
    | VALUES.map(lambda value: completion(json.dumps(value)))
    | VALUES.map(completion)
    | st.text(max_size=80).map(completion)
    | st.text(max_size=20).map(lambda prose: completion(prose + SAID + prose))
    | st.binary(max_size=80)
)


def bones(script: Script) -> list[tuple[Any, ...]]:
    """All of a script's lines that no opinion may touch."""
    return [
        (line.kind, line.text, line.span, line.spoken, line.delivery, line.runs_on, line.pause, line.retake, line.sound)
        for line in script.lines()
    ]


def sure(script: Script, drama: Script) -> list[Line]:
    return [line for line, old in zip(script.lines(), drama.lines(), strict=True) if old.confidence >= UNSURE]


@settings(max_examples=300, deadline=None)
@given(bodies=st.lists(ANSWERS, min_size=2, max_size=2))
def test_no_answer_changes_texts_spans_kinds_order_or_sure_lines(
    bodies: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    drama = unsure_script(6, per_scene=3)
    planned = plan(drama, Endpoint("http://127.0.0.1", "parrot"), Path("/nowhere/to/be/written"))
    answered = {}
    for (question, _), body in zip(planned.open, bodies, strict=True):
        try:
            answered[question], _ = speakers(content(body), question)
        except NoAnswerError:
            continue
    after = advised(planned, answered)
    assert bones(after) == bones(drama)
    assert sure(after, drama) == sure(drama, drama)
    assert [len(scene.lines) for scene in after.scenes] == [len(scene.lines) for scene in drama.scenes]
    assert (after.title, after.source, after.skipped) == (drama.title, drama.source, drama.skipped)
    for line, old in zip(after.lines(), drama.lines(), strict=True):
        assert line == old or (line.speaker in ("Walter", "Maud Pell") and line.why == "second opinion: parrot")
    assert {line.speaker for line in after.lines()} - {"narrator", UNKNOWN} == {person.name for person in after.people}


def test_people_are_again_those_who_speak_in_the_order_of_their_first_line() -> None:
    from audiodrama.model import Person, Scene

    lines = (
        Line("dialogue", "Tib", "Me!", confidence=0.2),
        Line("dialogue", "Walter", "You?"),
        Line("narration", "narrator", "Old Nan watched Maud Pell."),
    )
    drama = Script((Scene(lines),), (Person("Tib"), Person("Walter"), Person("Watcher")))
    nan = Person("Old Nan", gender="female")
    planned = plan(drama, Endpoint("http://127.0.0.1", "parrot"), Path("/nowhere"), (nan,))
    ((question, _),) = planned.open
    after = advised(planned, {question: {1: "Old Nan"}})
    assert [person.name for person in after.people] == ["Old Nan", "Walter", "Watcher"]
    assert after.people[0] == nan


def test_nothing_to_ask_gives_back_the_same_script(tmp_path: Path) -> None:
    sure_script = Script(())
    assert ask_model(plan(sure_script, Endpoint("http://127.0.0.1:1", "m"), tmp_path)).script is sure_script
