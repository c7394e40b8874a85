"""A person's decisions: found again in a changed text, facts for the lines around, nothing where the line is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama import prose
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, DecidedLine, Document, Line, Script
from audiodrama.script import DECIDED_BY_USER, Adaptation, adapt

PARAGRAPHS = (
    "The ferry had stopped running at six. Agnes and Bertram sat on the slipway with their bags.",
    "“We could row,” said Agnes.",
    "“We could drown,” said Bertram.",
    "“There is that.”",
    "“There is a boat, all the same.”",
    "A gull walked past them as if it had business in the town.",
    "“Yes.”",
    "Agnes pulled the tarpaulin back and looked at what was under it.",
    "“It has no bottom, and only half an oar.”",
    "“Yes.”",
    "Bertram sat down again upon the larger of the two bags, which was his.",
)
EXTRA = st.sampled_from(
    (
        "The tide went on going out.",
        "“Somebody is coming down the hill,” said Clement.",
        "A bell rang on the other side of the water, and then it stopped.",
        "“Not for us.”",
    )
)


def document(tmp_path: Path, *paragraphs: str) -> Document:
    path = tmp_path / "slipway.txt"
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return prose.read(path)


def speaker_of(script: Script, text: str, number: int = 0) -> Line:
    return [line for line in script.lines() if line.text == text][number]


def decide(adaptation: Adaptation, text: str, speaker: str, number: int = 0) -> DecidedLine:
    return replace(
        [p.line for p in adaptation.decidable_lines.values() if p.line.text == text][number], speaker=speaker
    )


def test_a_decided_line_has_that_speaker_for_sure(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    for speaker in ("Agnes", "Bertram", CROWD, UNKNOWN):
        line = speaker_of(adaptation.script([decide(adaptation, "There is that.", speaker)]), "There is that.")
        assert (line.speaker, line.confidence, line.why) == (speaker, 1.0, DECIDED_BY_USER)


def test_a_decision_informs_the_lines_around(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    answer = "There is a boat, all the same."
    first = adaptation.script([decide(adaptation, "There is that.", "Agnes")])
    assert speaker_of(first, answer).speaker == "Bertram"
    other = adaptation.script([decide(adaptation, "There is that.", "Bertram")])
    assert speaker_of(other, answer).speaker == "Agnes"


def test_somebody_new_is_one_of_the_people_and_may_speak_again(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    script = adaptation.script([decide(adaptation, "There is that.", "the ferryman")])
    assert speaker_of(script, "There is that.").speaker == "the ferryman"
    assert [person.name for person in script.people].count("the ferryman") == 1


def test_a_decision_by_an_alias_means_the_person(tmp_path: Path) -> None:
    text = (*PARAGRAPHS[:2], "“And who would row, Agnes Tolliver?” said Bertram.", *PARAGRAPHS[3:])
    adaptation = Adaptation(document(tmp_path, *text))
    script = adaptation.script([decide(adaptation, "There is that.", "Agnes")])
    assert speaker_of(script, "There is that.").speaker == speaker_of(script, "We could row,").speaker


def test_what_a_person_calls_no_speech_is_narrated(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    line = speaker_of(adaptation.script([decide(adaptation, "There is that.", NARRATOR)]), "There is that.")
    assert (line.kind, line.speaker) == ("narration", NARRATOR)


def test_two_may_speak_in_one_paragraph_if_a_person_says_so(tmp_path: Path) -> None:
    text = "Agnes met Bertram. “Cold,” said Agnes. “Very.” There was a silence. “Home?”"
    adaptation = Adaptation(document(tmp_path, text, "“Home,” said Agnes."))
    script = adaptation.script([decide(adaptation, "Cold,", "Agnes"), decide(adaptation, "Very.", "Bertram")])
    assert [line.speaker for line in script.lines() if line.kind == "dialogue"] == [
        "Agnes",
        "Bertram",
        "Bertram",
        "Agnes",
    ]
    assert {person.name for person in script.people} == {"Agnes", "Bertram"}


def test_what_stands_beside_a_decided_line_goes_with_it_but_is_no_decision(tmp_path: Path) -> None:
    text = "“Cold.” Somebody sneezed. “Very.” There was a silence. “Home?”"
    adaptation = Adaptation(document(tmp_path, "Agnes met Bertram.", text, "“Home,” said Agnes."))
    script = adaptation.script([decide(adaptation, "Very.", "Bertram")])
    spoken = [line for line in script.lines() if line.kind == "dialogue"][:3]
    assert {line.speaker for line in spoken} == {"Bertram"}
    assert [line.why == DECIDED_BY_USER for line in spoken] == [False, True, False]
    assert [0.9 < line.confidence < 1 for line in spoken] == [True, False, True]


def test_equal_lines_are_told_apart_by_what_is_around_them(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    for number, speaker in ((0, "Agnes"), (1, "Clement")):
        script = adaptation.script([decide(adaptation, "Yes.", speaker, number)])
        assert speaker_of(script, "Yes.", number).why == DECIDED_BY_USER
        assert speaker_of(script, "Yes.", 1 - number).why != DECIDED_BY_USER


def test_lines_that_agree_in_everything_are_told_apart_by_their_number(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *["“Yes.”"] * 40))
    for number in (0, 17, 39):
        script = adaptation.script([decide(adaptation, "Yes.", "Agnes", number)])
        assert [line.why == DECIDED_BY_USER for line in script.lines()].index(True) == number


def test_a_decision_whose_line_is_gone_fits_no_other(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    yes, oar = decide(adaptation, "Yes.", "Clement"), decide(adaptation, PARAGRAPHS[8][1:-1], "Clement")
    changed = Adaptation(document(tmp_path, *PARAGRAPHS[:5], "Night fell.", "Nobody stirred.", *PARAGRAPHS[9:]))
    assert changed.matched([yes, oar]) == {}
    assert all(line.speaker != "Clement" for line in changed.script([yes, oar]).lines())


def test_a_decision_survives_other_marks_other_wrapping_and_italics(tmp_path: Path) -> None:
    adaptation = Adaptation(document(tmp_path, *PARAGRAPHS))
    decision = decide(adaptation, "There is a boat, all the same.", "Clement")
    text = [paragraph.replace("“", '"').replace("”", '"').replace(" all ", "\n_all_ ") for paragraph in PARAGRAPHS]
    script = adapt(document(tmp_path, *text), decided=[decision])
    assert [line.text for line in script.lines() if line.why == DECIDED_BY_USER] == ["There is a boat, all the same."]


def test_a_decision_by_hand_needs_no_surroundings_where_the_line_is_the_only_one(tmp_path: Path) -> None:
    story = document(tmp_path, *PARAGRAPHS)
    script = adapt(story, decided=[DecidedLine("There is that.", "Clement"), DecidedLine("Yes.", "Clement")])
    assert [line.text for line in script.lines() if line.why == DECIDED_BY_USER] == ["There is that."]


@given(
    edits=st.lists(st.tuples(st.integers(0, 12), st.one_of(st.none(), EXTRA)), max_size=8),
    chosen=st.sampled_from([4, 8]),
)
def test_a_decision_survives_every_edit_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str | None]], chosen: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    adaptation = Adaptation(document(folder, *PARAGRAPHS))
    paragraph = PARAGRAPHS[chosen]
    decision = decide(adaptation, paragraph[1:-1], "Clement")
    text = list(PARAGRAPHS)
    for at, extra in edits:
        at = min(at, len(text))
        if extra is not None:
            text.insert(at, extra)
        elif at < len(text) and text[at] != paragraph:
            del text[at]
    line = speaker_of(adapt(document(folder, *text), decided=[decision]), paragraph[1:-1])
    assert (line.speaker, line.why) == ("Clement", DECIDED_BY_USER)


@given(edits=st.lists(st.tuples(st.integers(0, 12), st.one_of(st.none(), EXTRA)), max_size=3), number=st.integers(0, 1))
def test_one_of_equal_lines_keeps_its_decision_if_its_neighbours_stay(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str | None]], number: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    decision = decide(Adaptation(document(folder, *PARAGRAPHS)), "Yes.", "Clement", number)
    text = list(PARAGRAPHS)
    fixed = PARAGRAPHS[4 + 3 * number : 9 + 3 * number]
    for at, extra in edits:
        at = min(at, len(text))
        first, last = text.index(fixed[0]), text.index(fixed[-1])
        if extra is not None and not first < at <= last:
            text.insert(at, extra)
        elif extra is None and at < len(text) and not first <= at <= last and text[at] != "“Yes.”":
            del text[at]
    script = adapt(document(folder, *text), decided=[decision])
    assert [line.why == DECIDED_BY_USER for line in script.lines() if line.text == "Yes."] == [number == 0, number == 1]
