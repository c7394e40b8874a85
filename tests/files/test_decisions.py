"""A file of decisions: what is written is read back, what a person wrote around it stays, mistakes are named."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama.errors import DecisionsError
from audiodrama.files import load_decisions, parse_decisions, save_decisions, with_decisions
from audiodrama.model import DecidedLine

HEAD = "schema: audiodrama/decisions 1\n"
PITY = DecidedLine("That's a pity.", "Davy Pruett", "There's tea, I said.", "He drank it standing up.")
YES = DecidedLine("Yes.", "Maud", "", "", 3)

FILE = """# The harbour story.
schema: audiodrama/decisions 1

decisions:
  # Certain: he told me so.
  - line: "That's a pity."   # the second time
    before: There's tea, I said.
    after: He drank it standing up.
    speaker: 'Davy Pruett'   # not his father
  - {line: Yes., speaker: Maud, place: 3}
# The end.
"""

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
some = words.filter(bool)
decisions = st.lists(
    st.builds(DecidedLine, some, some, words, words, st.integers(0, 9)),
    unique_by=lambda one: (one.text, one.before, one.after, one.rank),
    max_size=6,
)


def added(*decided: DecidedLine) -> list[tuple[DecidedLine, None]]:
    return [(one, None) for one in decided]


@given(decisions)
def test_decisions_that_are_written_are_read_back(decided: list[DecidedLine]) -> None:
    text = with_decisions("", "x.decisions.yaml", added(*decided))
    assert (list(parse_decisions(text, "x.decisions.yaml")) if decided else []) == decided


@given(decisions, decisions)
def test_what_is_there_stays_when_more_is_added(first: list[DecidedLine], second: list[DecidedLine]) -> None:
    old = with_decisions("", "x", added(*first))
    lines = {replace(one, speaker="") for one in first}
    fresh = [one for one in second if replace(one, speaker="") not in lines]
    new = with_decisions(old, "x", added(*fresh))
    assert new.startswith(old)
    assert (list(parse_decisions(new, "x")) if new else []) == first + fresh


def test_a_file_by_hand_is_read_as_it_is_meant() -> None:
    first, second = parse_decisions(FILE, "harbour.decisions.yaml")
    assert (first, second) == (PITY, YES)
    assert first.where == "harbour.decisions.yaml:6"


def test_a_decision_goes_to_the_end_and_all_else_stays() -> None:
    new = with_decisions(FILE, "x", added(DecidedLine("No.", "Walter")))
    assert new.startswith(FILE)
    assert parse_decisions(new, "x") == (PITY, YES, DecidedLine("No.", "Walter"))


def test_a_changed_decision_changes_its_speaker_only() -> None:
    new = with_decisions(FILE, "x", [(replace(PITY, speaker="Nora"), PITY)])
    assert new == FILE.replace("'Davy Pruett'", "Nora")
    new = with_decisions(FILE, "x", [(replace(YES, speaker="Ann, or Eve"), YES)])
    assert new == FILE.replace("speaker: Maud", 'speaker: "Ann, or Eve"')


def test_the_last_of_two_changes_of_a_decision_counts() -> None:
    new = with_decisions(FILE, "x", [(replace(PITY, speaker="Nora"), PITY), (replace(PITY, speaker="Ida"), PITY)])
    assert new == FILE.replace("'Davy Pruett'", "Ida")


def test_a_decision_that_somebody_removed_meanwhile_is_added_again() -> None:
    gone = DecidedLine("Hm.", "Ida")
    new = with_decisions(FILE, "x", [(replace(gone, speaker="Nora"), gone)])
    assert parse_decisions(new, "x")[-1] == DecidedLine("Hm.", "Nora")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet",
        HEAD,
        HEAD + "decisions:\n",
        HEAD + "decisions: []\n",
        HEAD + "decisions:  # mine\n",
        FILE.replace("\n", "\r\n"),
        "\ufeff" + FILE,
        FILE.rstrip("\n"),
    ],
    ids=["empty", "comment", "no list", "nothing", "empty list", "remark", "crlf", "mark", "no end"],
)
def test_every_tidy_file_can_be_added_to(text: str) -> None:
    before = parse_decisions(text, "x") if "schema" in text else ()
    one = DecidedLine("No: not “now”.", "O'Brien #2", "- she", "{x}")
    new = with_decisions(text, "x", added(one))
    assert parse_decisions(new, "x") == (*before, one)
    assert ("\r\n" in new) == ("\r\n" in text)
    assert all(line in new for line in text.replace(" []", "").splitlines() if line.strip())


def test_a_file_in_braces_is_left_alone() -> None:
    text = "{schema: audiodrama/decisions 1, decisions: [{line: Yes., speaker: Maud}]}\n"
    assert parse_decisions(text, "x") == (DecidedLine("Yes.", "Maud"),)
    with pytest.raises(DecisionsError, match="x:1: "):
        with_decisions(text, "x", added(PITY))


def test_a_file_that_ends_early_is_left_alone() -> None:
    with pytest.raises(DecisionsError, match="x: it is written in a way that cannot be added to"):
        with_decisions(FILE + "...\n", "x", added(PITY))


BROKEN = {
    "no schema": ("decisions: []\n", 1, "schema"),
    "another schema": ("schema: audiodrama/casting 1\n", 1, "audiodrama/decisions 1"),
    "a key misspelt": (HEAD + "decisions:\n- line: Yes.\n  speeker: Maud\n", 4, "'speaker'"),
    "no speaker": (HEAD + "decisions:\n- line: Yes.\n", 3, "no 'speaker:'"),
    "no line": (HEAD + "decisions:\n- speaker: Maud\n", 3, "no 'line:'"),
    "an empty speaker": (HEAD + 'decisions:\n- line: Yes.\n  speaker: ""\n', 4, "empty"),
    "no list": (HEAD + "decisions: Maud\n", 2, "list"),
    "a list in a list": (HEAD + "decisions:\n- - Yes.\n", 3, "mapping"),
    "a speaker who is many": (HEAD + "decisions:\n- line: Yes.\n  speaker: [A, B]\n", 4, "text"),
    "the same line twice": (HEAD + "decisions:\n- {line: Yes., speaker: A}\n- {line: Yes., speaker: B}\n", 4, "line 3"),
    "a place that is none": (HEAD + "decisions:\n- line: Yes.\n  place: second\n  speaker: A\n", 4, "place"),
    "an open mark": (HEAD + 'decisions:\n- line: "Yes.\n  speaker: A\n', 3, "quotation mark"),
    "an empty file": ("", 1, "empty"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_named_with_its_file_and_line(name: str) -> None:
    text, line, word = BROKEN[name]
    with pytest.raises(DecisionsError) as caught:
        parse_decisions(text, "stories/x.decisions.yaml")
    message = str(caught.value)
    assert message.startswith(f"stories/x.decisions.yaml:{line}: ")
    assert word in message
    assert "\n" not in message


def test_a_file_is_made_with_the_first_decision_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "kettle.decisions.yaml"
    assert load_decisions(path) == ()
    save_decisions(path, [])
    assert not path.exists()
    save_decisions(path, added(PITY))
    assert load_decisions(path) == (PITY,)
    assert [other.name for other in tmp_path.iterdir()] == [path.name]
