"""Who speaks, by the passages in ``tests/cases/speakers`` and by what must hold for every text.

A case file lists every speech with its speaker and its first words.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama.model import CROWD, UNKNOWN, Role
from audiodrama.prose import parse
from audiodrama.script.attribution.ranker import shipped
from audiodrama.script.attribution.speakers import attribute
from audiodrama.script.attribution.tags.bare_tags import bare_tags
from audiodrama.script.quotes.manuscript import transcribe
from tests.helpers.cases import Row, case_paths, load_case

TWO = '"Is it heavy?" asked Harriet.\n\n"It is a feather," said Edmund dryly.\n\n"Whose?"'


def spoken(passage: str, roster: tuple[Role, ...] = (), file: str = "story.txt") -> list[tuple[str, str]]:
    manuscript = transcribe(parse(passage, file))
    _, decisions = attribute(manuscript, roster)
    speeches = [s for p in manuscript.paragraphs for s in p.speech]
    return [(decisions[s.start].speaker, manuscript.text[s.start : s.end]) for s in speeches]


@pytest.mark.parametrize("path", case_paths("speakers"), ids=lambda path: path.stem)
def test_a_passage_is_spoken_by_whom_its_file_says(path: Path) -> None:
    case = load_case(path)
    rows = [Row(who, text) for who, text in spoken(case.passage, file=case.file)]
    assert len(rows) == len(case.rows), case.trap
    assert [str(row) for row, wanted in zip(rows, case.rows, strict=True) if not wanted.allows(row)] == [], case.trap


def test_the_reason_names_the_words_of_the_tag() -> None:
    decisions = attribute(transcribe(parse(TWO)))[1]
    assert [d.why for d in decisions.values()][:2] == ["tag: 'asked Harriet'", "tag: 'said Edmund'"]


def test_the_manner_is_the_tags_own_words() -> None:
    assert [d.delivery for d in attribute(transcribe(parse(TWO)))[1].values()] == ["", "dryly", ""]


def test_a_tag_is_surer_than_a_turn() -> None:
    tagged, _, turn = attribute(transcribe(parse(TWO)))[1].values()
    assert tagged.confidence > turn.confidence > 0.3
    assert tagged.confidence > 0.9


def test_a_text_that_names_nobody_has_an_unknown_speaker_and_no_confidence() -> None:
    people, decisions = attribute(transcribe(parse('"It is raining."\n\n"It was raining before."')))
    assert not people
    assert [(d.speaker, d.confidence) for d in decisions.values()] == [(UNKNOWN, 0.0)] * 2


def test_people_come_in_the_order_of_their_first_line() -> None:
    assert [p.name for p in attribute(transcribe(parse(TWO)))[0]] == ["Harriet", "Edmund"]


def test_a_cast_list_joins_two_names_and_tells_the_gender() -> None:
    passage = '"Is it you?" asked the Owl.\n\n"It is I," said Captain Bright.'
    roster = (Role("Captain Bright", aliases=("the Owl",), gender="female"),)
    people, _ = attribute(transcribe(parse(passage)), roster)
    assert [(p.name, p.gender) for p in people] == [("Captain Bright", "female")]


def test_a_narrator_named_by_a_cast_list_speaks_under_that_name() -> None:
    assert spoken('"Who is it?" I said.', (Role("Marlowe Finch", narrates=True),)) == [("Marlowe Finch", "Who is it?")]


def test_only_narration_that_is_nothing_but_a_tag_is_bare() -> None:
    manuscript = transcribe(parse('"Go," he said. "Now," said Edmund, rising. "Run." Said Harriet quietly.'))
    bare = [manuscript.text[span.start : span.end].strip() for span in bare_tags(manuscript)]
    assert bare == ["he said.", "Said Harriet quietly."]


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_likelier_speaker_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= shipped().confidence(low) <= shipped().confidence(high) <= 1.0


WORDS = st.sampled_from(
    ["Edmund", "Harriet", "said", "he", "she", "I", ",", ".", '"', "Mr. Bright", "the waiter", "\n\n", "sir", "Yes"]
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_every_speech_of_any_text_has_one_decision_by_somebody_who_is_listed(text: str) -> None:
    manuscript = transcribe(parse("It rained. " + text))
    people, decisions = attribute(manuscript)
    names = {person.name for person in people} | {UNKNOWN, CROWD}
    assert set(decisions) == {s.start for p in manuscript.paragraphs for s in p.speech}
    assert all(d.speaker in names and 0.0 <= d.confidence <= 1.0 and d.why for d in decisions.values())
    assert len({person.name for person in people}) == len(people)


def test_deciding_twice_decides_the_same() -> None:
    passages = [load_case(path).passage for path in case_paths("speakers")]
    manuscript = transcribe(parse("\n\n".join(passages)))
    assert attribute(manuscript) == attribute(manuscript)
