"""A session: which lines are asked about and how, what is kept when, what an edited script becomes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audiodrama import files, pipeline, review
from audiodrama.errors import DecisionsError, InputError
from audiodrama.model import NARRATOR, UNKNOWN, Line, Script
from audiodrama.pipeline import Options
from audiodrama.review import Session, keep_edits
from audiodrama.script import DECIDED_BY_USER

SLIPWAY = """The ferry had stopped running at six. Agnes and Bertram sat on the slipway with their bags.

“We could row,” said Agnes.

“We could drown,” said Bertram.

“There is that.”

“There is a boat, all the same.”

Agnes pulled the tarpaulin back and looked at what was under it.

“It has no bottom,” said Agnes.

“And only half an oar. Who pays for that?”

“The ferryman,” said Agnes.
"""


@pytest.fixture
def slipway(tmp_path: Path) -> Path:
    path = tmp_path / "slipway.txt"
    path.write_text(SLIPWAY, encoding="utf-8")
    return path


def place(session: Session, text: str) -> int:
    return next(at for at, one in session.decidable_lines.items() if one.text == text)


def line(script: Script, text: str) -> Line:
    return next(line for line in script.lines() if line.text == text)


def replaced(script: Script, text: str, speaker: str) -> Script:
    def edited(one: Line) -> Line:
        return replace(one, speaker=speaker) if one.text == text else one

    return replace(script, scenes=tuple(replace(s, lines=tuple(map(edited, s.lines))) for s in script.scenes))


def test_the_most_doubtful_line_comes_first_and_sure_ones_never(slipway: Path) -> None:
    session = Session(slipway)
    sure = [session.question(at).line.confidence for at in session.doubtful(1.0)]
    assert sure == sorted(sure)
    assert len(set(sure)) > 1
    assert len(session.doubtful(sure[-1])) == sum(one < sure[-1] for one in sure) < len(sure)
    assert session.doubtful(0.0) == ()


def test_every_line_that_is_spoken_can_be_asked_about_in_order(slipway: Path) -> None:
    session = Session(slipway)
    every = session.doubtful(include_sure=True)
    assert list(every) == sorted(every)
    assert len(every) == 7
    assert {SLIPWAY[at - 1] for at in every} == {"“"}


def test_a_question_shows_the_lines_around_and_who_it_may_be(slipway: Path) -> None:
    session = Session(slipway)
    question = session.question(place(session, "There is that."))
    assert question.row == 7
    assert question.line.text == "There is that."
    assert [one.text for one in question.before] == ["We could drown,", "said Bertram."]
    assert [one.text for one in question.after] == ["There is a boat, all the same."]
    assert set(question.choices) == {"Agnes", "Bertram"}
    assert question.choices[0] == question.guess == question.line.speaker


def test_the_rest_of_the_paragraph_is_shown(slipway: Path) -> None:
    session = Session(slipway)
    question = session.question(place(session, "It has no bottom,"))
    assert [one.text for one in question.after][:2] == ["said Agnes.", "And only half an oar. Who pays for that?"]


def test_an_answer_is_in_the_file_at_once_and_the_lines_around_follow(slipway: Path) -> None:
    session = Session(slipway)
    session.decide(place(session, "There is that."), "Bertram")
    assert [one.speaker for one in files.load_decisions(slipway.with_name("slipway.decisions.yaml"))] == ["Bertram"]
    assert line(session.script, "There is a boat, all the same.").speaker == "Agnes"
    session.decide(place(session, "There is that."), "Agnes")
    assert [one.speaker for one in files.load_decisions(session.file)] == ["Agnes"]
    assert line(session.script, "There is a boat, all the same.").speaker == "Bertram"
    assert place(session, "There is that.") not in session.doubtful()


def test_decisions_are_used_by_every_extraction_and_survive_a_changed_text(slipway: Path) -> None:
    session = Session(slipway)
    session.decide(place(session, "There is that."), "Clement")
    assert line(pipeline.extract(slipway), "There is that.").speaker == "Clement"
    changed = SLIPWAY.replace("with their bags.", "with their bags and a parrot.\n\n“Row,” said the parrot.")
    slipway.write_text(changed.replace("“There is a", "A pause.\n\n“There is a"), encoding="utf-8")
    found = line(pipeline.extract(slipway), "There is that.")
    assert (found.speaker, found.why) == ("Clement", DECIDED_BY_USER)
    assert Session(slipway).unused == ()


def test_a_decision_whose_line_is_gone_stays_in_the_file_and_is_told(
    slipway: Path, caplog: pytest.LogCaptureFixture
) -> None:
    session = Session(slipway)
    session.decide(place(session, "There is that."), "Clement")
    session.decide(place(session, "There is a boat, all the same."), "Agnes")
    before = session.file.read_bytes()
    slipway.write_text(SLIPWAY.replace("“There is that.”", "He thought."), encoding="utf-8")
    assert [one.text for one in Session(slipway).unused] == ["There is that."]
    pipeline.extract(slipway)
    assert "1 decision fits no line any more" in caplog.text
    assert session.file.read_bytes() == before


def test_a_decision_that_somebody_writes_meanwhile_is_kept(slipway: Path) -> None:
    session = Session(slipway)
    session.decide(place(session, "There is that."), "Agnes")
    by_hand = session.file.read_text(encoding="utf-8") + "- line: The ferryman,\n  speaker: Bertram # sure\n"
    session.file.write_text(by_hand, encoding="utf-8")
    session.decide(place(session, "There is a boat, all the same."), "Bertram")
    assert session.file.read_text(encoding="utf-8").startswith(by_hand)
    assert line(session.script, "The ferryman,").speaker == "Bertram"


def test_a_name_means_whom_it_names_in_any_case_and_by_alias(slipway: Path) -> None:
    slipway.with_name("casting.yaml").write_text("roles:\n  Bertram: {aliases: [Bertie]}\n  Ivo:\n", encoding="utf-8")
    session = Session(slipway)
    assert session.resolved_name("agnes") == "Agnes"
    assert session.resolved_name(" bertie ") == "Bertram"
    assert session.resolved_name("IVO") == "Ivo"
    assert session.resolved_name("Narrator") == NARRATOR
    assert session.resolved_name("the  ferryman") == "the ferryman"
    assert [session.is_new(name) for name in ("Agnes", "Ivo", UNKNOWN, "the ferryman")] == [False, False, False, True]


def test_a_script_is_not_reviewed_but_edited(slipway: Path) -> None:
    path = pipeline.write_script(slipway, Options()).path
    with pytest.raises(InputError, match="is a script"):
        Session(path)


def test_a_broken_file_of_decisions_stops_the_review_before_anything_is_written(slipway: Path) -> None:
    session = Session(slipway)
    session.file.write_text("schema: audiodrama/decisions 1\ndecisions:\n- line: Yes.\n", encoding="utf-8")
    with pytest.raises(DecisionsError, match=r"slipway\.decisions\.yaml:3: "):
        session.decide(place(session, "There is that."), "Agnes")
    with pytest.raises(DecisionsError, match=r"slipway\.decisions\.yaml:3: "):
        pipeline.extract(slipway)


def test_the_speakers_of_an_edited_script_become_decisions(slipway: Path) -> None:
    edited = replaced(replaced(pipeline.extract(slipway), "There is that.", "Clement"), "We could row,", "Dora")
    session = Session(slipway)
    assert keep_edits(session, edited) == review.KeptEdits(2, ())
    assert {one.text: one.speaker for one in files.load_decisions(session.file)} == {
        "There is that.": "Clement",
        "We could row,": "Dora",
    }
    assert line(pipeline.extract(slipway), "There is that.").speaker == "Clement"
    assert keep_edits(Session(slipway), edited) == review.KeptEdits(0, ())


def test_an_edited_script_of_an_older_text_is_matched_by_content(slipway: Path) -> None:
    edited = replaced(pipeline.extract(slipway), "There is that.", "Clement")
    slipway.write_text("It was late.\n\n" + SLIPWAY.replace("“The ferryman,” said Agnes.\n", ""), encoding="utf-8")
    kept = keep_edits(Session(slipway), edited)
    assert kept == review.KeptEdits(1, ("The ferryman,",))
    assert line(pipeline.extract(slipway), "There is that.").speaker == "Clement"


def test_what_an_edited_script_leaves_as_it_was_undoes_no_decision(slipway: Path) -> None:
    older = pipeline.extract(slipway)
    guess = line(older, "There is that.").speaker
    session = Session(slipway)
    session.decide(place(session, "There is that."), "Agnes" if guess == "Bertram" else "Bertram")
    before = session.file.read_bytes()
    assert keep_edits(Session(slipway), older).decisions == 0
    assert session.file.read_bytes() == before


def test_a_decision_can_be_taken_back_in_a_script_that_has_it(slipway: Path) -> None:
    guess = line(pipeline.extract(slipway), "There is that.").speaker
    session = Session(slipway)
    session.decide(place(session, "There is that."), "Clement")
    edited = replaced(pipeline.extract(slipway), "There is that.", guess)
    assert keep_edits(Session(slipway), edited).decisions == 1
    assert line(pipeline.extract(slipway), "There is that.").speaker == guess


def test_speech_that_an_edited_script_gives_to_the_narrator_is_narrated(slipway: Path) -> None:
    edited = replaced(pipeline.extract(slipway), "There is that.", NARRATOR)
    keep_edits(Session(slipway), edited)
    found = line(pipeline.extract(slipway), "There is that.")
    assert (found.kind, found.speaker) == ("narration", NARRATOR)


def test_people_are_counted_by_their_lines_and_names(slipway: Path) -> None:
    found = {one.person.name: one for one in review.people(pipeline.extract(slipway), review.UNSURE_BELOW)}
    assert set(found) == {"Agnes", "Bertram"}
    assert found["Agnes"].names == (("Agnes", 5),)
    assert sum(one.lines for one in found.values()) == 7
    assert sum(one.unsure for one in found.values()) == len(Session(slipway).doubtful())


def test_a_long_name_does_not_count_as_the_short_one_inside_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.txt"
    path.write_text(
        "Mr. Cray kept the shop. Old Mr. Cray kept his temper.\n\n“Shut,” said Wilmot Cray.\n\n“Shut?” asked Ann.\n\n"
        "“Shut, Wilmot?” said Ann.\n\n“Shut,” said Wilmot Cray.\n",
        encoding="utf-8",
    )
    names = [name for one in review.people(pipeline.extract(path), review.UNSURE_BELOW) for name in one.names]
    counted = dict(names)
    assert counted["Wilmot Cray"] == 2
    assert counted["Ann"] == 2
    assert counted.get("Wilmot", 0) == 1
