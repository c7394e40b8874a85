"""What is asked: the unsure lines and no others, with what surrounds them and who may have spoken."""

from __future__ import annotations

import time
from dataclasses import replace

from audiodrama.model import CROWD, UNKNOWN, Line, Person, Scene, Script
from audiodrama.script.second_opinion.questions import (
    ASKED,
    CHARACTERS,
    LONGEST_TEXT,
    MOST_NAMES,
    UNSURE,
    Question,
    questions,
)
from audiodrama.script.second_opinion.request import body, choices, digest
from tests.helpers.llm_endpoint import PEOPLE, unsure_script


def said(question: Question, drama: Script) -> str:
    return str(body(question, drama.lines(), "parrot")["messages"][-1]["content"])


def names(question: Question) -> list[str]:
    return [person.name for person in question.roster]


def test_only_dialogue_below_the_threshold_is_asked_about() -> None:
    lines = (
        Line("dialogue", "Walter", "Just sure enough.", confidence=UNSURE),
        Line("dialogue", "Walter", "Not quite.", confidence=UNSURE - 0.001),
        Line("thought", "Walter", "Only a thought.", confidence=0.1),
        Line("narration", "narrator", "Nobody doubts this.", confidence=0.1),
    )
    asked = questions(Script((Scene(lines),), PEOPLE))
    assert [question.asked for question in asked] == [(1,)]


def test_a_script_without_doubts_asks_nothing() -> None:
    sure = Scene(tuple(replace(line, confidence=0.99) for line in unsure_script().lines()))
    assert questions(Script((sure,), PEOPLE)) == ()
    assert questions(Script(())) == ()


def test_unsure_lines_are_numbered_and_marked_and_the_others_have_their_speakers() -> None:
    drama = unsure_script(2)
    (question,) = questions(drama)
    passage = said(question, drama).partition("The passage:\n")[2]
    assert passage.splitlines()[::2] == [
        "narrator: The kettle boiled for the 1. time, and Tib looked up.",
        'Maud Pell: "Will nobody see to it, 0?"',
        '1? "Not I, number 0."',
        'Walter: "Then who?"',
        "narrator: The kettle boiled for the 2. time, and Tib looked up.",
        'Maud Pell: "Will nobody see to it, 1?"',
        '2? "Not I, number 1."',
        'Walter: "Then who?"',
    ]


def test_a_line_that_runs_on_stands_in_the_same_paragraph() -> None:
    lines = (
        Line("dialogue", "Walter", "Who is", confidence=0.3),
        Line("narration", "narrator", "somebody began,", runs_on=True),
        Line("dialogue", "Walter", "there?", confidence=0.3, runs_on=True),
        Line("narration", "narrator", "Nobody was."),
    )
    drama = Script((Scene(lines),), PEOPLE)
    (question,) = questions(drama)
    paragraphs = said(question, drama).partition("The passage:\n")[2].split("\n\n")
    assert paragraphs == ['1? "Who is"\nnarrator: somebody began,\n2? "there?"', "narrator: Nobody was."]


def test_the_guess_of_the_extractor_is_not_shown() -> None:
    # A model repeats what it is shown; an opinion that agrees shall mean something.
    drama = unsure_script(1)
    guessed = replace(drama, scenes=(Scene(tuple(replace(line, speaker="Walter") for line in drama.lines())),))
    passages = [said(question, script) for script in (drama, guessed) for question in questions(script)]
    assert '1? "Not I, number 0."' in passages[0]
    assert '1? "Not I, number 0."' in passages[1]


def test_a_question_stays_in_its_scene_and_asks_only_so_many_lines() -> None:
    drama = unsure_script(40, per_scene=15)
    sizes = [len(scene.lines) for scene in drama.scenes]
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    all_questions = questions(drama)
    for question in all_questions:
        first, last = question.excerpts[0][0], question.excerpts[-1][1] - 1
        assert len({next(scene for scene, end in enumerate(ends) if place < end) for place in (first, last)}) == 1
        assert 1 <= len(question.asked) <= ASKED
        assert sum(len(drama.lines()[at].text) for low, end in question.excerpts for at in range(low, end)) < CHARACTERS
    unsure = [place for place, line in enumerate(drama.lines()) if line.confidence < UNSURE]
    assert [place for question in all_questions for place in question.asked] == unsure


def test_lines_far_apart_are_shown_in_excerpts() -> None:
    calm = tuple(Line("narration", "narrator", f"Rain, day {day}.") for day in range(60))
    unsure = Line("dialogue", UNKNOWN, "Is it over?", confidence=0.0)
    spoken = Line("dialogue", "Walter", "No.")
    drama = Script((Scene((unsure, spoken, *calm, unsure)),), PEOPLE[1:2])
    (question,) = questions(drama)
    assert question.asked == (0, 62)
    passage = said(question, drama)
    assert passage.count("[...]") == 1
    assert "day 30" not in passage


def test_a_line_of_ten_megabytes_is_shown_in_part_only() -> None:
    long = Line("dialogue", "Walter", "hum " * 2_500_000, confidence=0.2)
    drama = Script((Scene((long,)),), PEOPLE)
    start = time.perf_counter()
    (question,) = questions(drama)
    assert len(said(question, drama)) < LONGEST_TEXT + 400
    assert time.perf_counter() - start < 2


def test_the_roster_is_who_speaks_nearby_or_is_mentioned() -> None:
    far = tuple(Line("dialogue", "Hermit", "Alone.") for _ in range(3))
    calm = tuple(Line("narration", "narrator", "Rain.") for _ in range(200))
    nearby = unsure_script(1).lines()
    people = (*PEOPLE, Person("Hermit"), Person("Old Nan"))
    drama = Script((Scene((*far, *calm, *nearby)),), people)
    (question,) = questions(drama)
    assert names(question) == ["Maud Pell", "Walter", "Tib"], "Tib is mentioned, the hermit is far away"
    assert choices(question)[-1] == UNKNOWN


def test_a_person_of_the_casting_who_is_mentioned_may_be_the_speaker() -> None:
    (question,) = questions(unsure_script(1), (Person("Tib"), Person("Nobody Here")))
    assert names(question) == ["Maud Pell", "Walter", "Tib"]


def test_a_part_of_a_name_is_no_mention() -> None:
    line = Line("narration", "narrator", "The tiber flowed; an old woman rowed.")
    unsure = Line("dialogue", "Walter", "Row!", confidence=0.1)
    drama = Script((Scene((line, unsure)),), (*PEOPLE, Person("the old man")))
    assert [names(question) for question in questions(drama)] == [["Walter"]]


def test_a_crowd_may_be_the_speaker_where_it_speaks() -> None:
    lines = (Line("dialogue", CROWD, "Hurrah!"), Line("dialogue", "Walter", "Who was that?", confidence=0.2))
    (question,) = questions(Script((Scene(lines),), PEOPLE))
    assert choices(question) == ("Walter", CROWD, UNKNOWN)


def test_with_nobody_to_choose_from_nothing_is_asked() -> None:
    lines = (Line("dialogue", UNKNOWN, "Hello?", confidence=0.0),)
    assert questions(Script((Scene(lines),))) == ()


def test_of_a_hundred_speakers_in_a_scene_the_nearest_are_candidates() -> None:
    guests = tuple(Person(f"Guest {number}") for number in range(90))
    lines = [Line("dialogue", guest.name, "Charmed.") for guest in guests]
    lines.insert(45, Line("dialogue", UNKNOWN, "Fire!", confidence=0.0))
    (question,) = questions(Script((Scene(tuple(lines)),), guests))
    assert len(question.roster) == MOST_NAMES
    assert {"Guest 44", "Guest 45"} <= set(names(question))


def test_the_same_question_has_the_same_digest_and_another_model_another() -> None:
    drama = unsure_script(2)
    (question,) = questions(drama)
    assert digest(question, drama.lines(), "a") == digest(questions(unsure_script(2))[0], drama.lines(), "a")
    assert digest(question, drama.lines(), "a") != digest(question, drama.lines(), "b")


def test_questions_take_time_in_proportion_to_the_text() -> None:
    def seconds(pairs: int) -> float:
        drama = unsure_script(pairs, per_scene=pairs)
        start = time.perf_counter()
        questions(drama)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(4000) < 12 * max(seconds(1000), 0.01)
