"""Documents that name their speakers themselves; more of them are in ``cases/``."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama import prose, script
from audiodrama.model import NARRATOR, UNKNOWN, Role, Script
from audiodrama.script import Adaptation, language_of
from audiodrama.script.assembly import coverage
from audiodrama.script.labelled.play import is_labelled
from audiodrama.script.labelled.speaker_labels import character_cue, is_slug, is_transition, read
from audiodrama.script.language.en import ENGLISH

PLAY = """\
MAUD
Somebody ought to see to that.

WALTER
(turning a page)
Somebody ought. Is it you?

MAUD
It was me yesterday.
"""
CHAT = "[10:01] maud: are you there\n[10:01] walter: yes\n[10:02] maud: it boiled dry\n[10:03] walter: oh\n"
ROWS = st.sampled_from(
    [
        "MAUD", "WALTER (V.O.)", "@McTavish", "MAUD: No.", "Walter (reading): Yes.", "MAUD. [Rising.] Oh. (Sits.) Ah.",
        "(softly)", "INT. KITCHEN - NIGHT", "CUT TO:", "[10:01] maud: hi", "10:02 <walter> hm", "10:03 * maud waves",
        "maud has left", "She put it down.", "", "", "* * *", "Chapter One", "MAUD: \"Well?\"", "\t", "[", "(", "MAUD:",
        "**MAUD:** *so*", "> FADE OUT", ":", "A/N: please review", "10:04",
    ]
)  # fmt: skip


def adapted(text: str, *roster: Role) -> Script:
    return script.adapt(prose.parse(text), roster)


def speakers(drama: Script) -> list[str]:
    return [line.speaker for line in drama.lines()]


def test_a_labelled_line_is_certain_and_says_why() -> None:
    line = adapted(PLAY).lines()[1]
    assert (line.speaker, line.confidence, line.why) == ("Walter", 1.0, "label: 'WALTER'")
    assert (line.text, line.delivery) == ("Somebody ought. Is it you?", "turning a page")


def test_what_is_spoken_is_found_where_it_stands_in_the_source() -> None:
    for line in adapted(PLAY).lines():
        assert line.spoken is not None
        assert " ".join(PLAY[slice(*line.spoken)].split()) == line.text


def test_two_lines_of_a_chat_are_two_readings_and_not_one_paragraph() -> None:
    drama = adapted(CHAT)
    assert speakers(drama) == ["Maud", "Walter", "Maud", "Walter"]
    assert not any(line.runs_on for line in drama.lines())


def test_an_alias_of_the_casting_names_the_speaker_of_a_label() -> None:
    drama = adapted(PLAY, Role("Mrs. Tope", aliases=("maud",), gender="female", age="old"))
    assert speakers(drama) == ["Mrs. Tope", "Walter", "Mrs. Tope"]
    assert (drama.people[0].gender, drama.people[0].age) == ("female", "old")


def test_a_persons_decision_goes_before_the_label() -> None:
    adaptation = Adaptation(prose.parse(PLAY))
    before = adaptation.script()
    at = {line.text: line.spoken.start for line in before.lines() if line.spoken}
    decided = [
        replace(adaptation.decidable_lines[at["It was me yesterday."]].line, speaker="Ada"),
        replace(adaptation.decidable_lines[at["Somebody ought to see to that."]].line, speaker=NARRATOR),
    ]
    after = adaptation.script(decided)
    assert speakers(after) == [NARRATOR, "Walter", "Ada"]
    assert [line.why for line in after.lines()] == [script.DECIDED_BY_USER, "label: 'WALTER'", script.DECIDED_BY_USER]
    assert after.lines()[0].kind == "narration"
    assert [person.name for person in after.people] == ["Walter", "Ada"]


def test_a_narrator_in_a_play_is_the_narrator_and_nobodys_person() -> None:
    drama = adapted("NARRATOR: It was late.\n\n" + PLAY + "\nNARRATOR: It was later.\n\nUnknown: Who is there?\n")
    assert speakers(drama) == [NARRATOR, "Maud", "Walter", "Maud", NARRATOR, UNKNOWN]
    assert [person.name for person in drama.people] == ["Maud", "Walter"]


def test_each_scene_heading_begins_a_scene() -> None:
    drama = adapted("INT. KITCHEN - NIGHT\n\n" + PLAY + "\nEXT. GARDEN - LATER\n\nMAUD\nFrost.\n")
    assert [scene.lines[0].text for scene in drama.scenes] == ["INT. KITCHEN - NIGHT", "EXT. GARDEN - LATER"]
    assert drama.title == ""


@pytest.mark.parametrize(
    ("row", "name", "how"),
    [
        ("MAUD (CONT'D)", "MAUD", ""),
        ("MAUD (V.O.) (angrily)", "MAUD", "angrily"),
        ("DR. BLACK", "DR. BLACK", ""),
        ("@McTavish", "McTavish", ""),
        ("Maud (rising): No.", "Maud", "rising"),
        ("MRS. TOPE. No.", "MRS. TOPE", ""),
        ("MAUD.—No.", "MAUD", ""),
        ("Maud [10:01]: no", "Maud", ""),
        ("[2026-11-23 10:01:07] <maud> no", "maud", ""),
        ("Q: Why?", "Q", ""),
    ],
)
def test_a_row_names_its_speaker(row: str, name: str, how: str) -> None:
    label = read(row, ENGLISH)
    assert label is not None
    assert (label.name, label.delivery) == (name, how)
    assert label.alone or row[label.end :].strip(" .").casefold() in ("no", "why?")


@pytest.mark.parametrize(
    "row",
    [
        "He said: no.",
        "Note: no tea.",
        "It was ten: late.",
        "II. The Kettle",
        "http://example.org/a",
        "U.S. troops",
        "NO!",
    ],
)
def test_a_row_of_prose_names_no_speaker(row: str) -> None:
    assert read(row, ENGLISH) is None


def test_scene_headings_and_transitions_are_no_cues() -> None:
    for row in ("INT. KITCHEN - NIGHT", "EXT./INT. CAR - DAY"):
        assert is_slug(row, ENGLISH)
        assert character_cue(row, ENGLISH) is None
    for row in ("SMASH CUT TO:", "FADE OUT.", "CUT TO:"):
        assert is_transition(row, ENGLISH)
        assert character_cue(row, ENGLISH) is None
    assert not is_slug("INTO THE WOODS", ENGLISH)
    assert not is_transition("MAUD", ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Maud: yes\nWalter: no\n",
        "Monday: rain.\n\nTuesday: rain.\n\nMonday: rain.\n\nTuesday: sun.\n",
        "Flour: two cups.\n\nSugar: one cup.\n\nButter: some.\n\nMilk: a little.\n",
        "MAUD SMILED.\n\nShe went out.\n\nMAUD SMILED.\n\nShe came in.\n\nMAUD SMILED.\n\nShe sat down.\n",
    ],
    ids=["too short to tell", "days", "ingredients", "shouting"],
)
def test_what_only_looks_labelled_is_no_play(text: str) -> None:
    assert not is_labelled(prose.parse(text), ENGLISH)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=30), st.sampled_from(["a.txt", "a.md"]))
def test_every_character_of_a_play_is_in_a_line_or_left_out_for_a_reason(rows: list[str], file: str) -> None:
    source = PLAY + "\n".join(rows) + "\n\n" + CHAT + PLAY
    drama = script.adapt(prose.parse(source, file))
    coverage.check(drama, source)
    assert all(skip.reason for skip in drama.skipped)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "The kettle had been singing for some time when Maud put down her book. Somebody ought to see to that, she "
            "said, and did not get up. Walter turned a page. It rained outside, and the wind drove leaves against the "
            "window. There was nothing that they could do about it, he thought, and that was just as well.",
            True,
        ),
        (
            "La bouilloire chantait depuis longtemps quand Maud posa enfin son livre sur la table. Il faudrait que "
            "quelqu'un s'en occupe, dit elle sans se lever. Walter tourna une page et ne répondit pas tout de suite. "
            "Dehors il pleuvait, et le vent poussait les feuilles contre la vitre. On ne sortirait pas ce soir.",
            False,
        ),
        (
            "De ketel zong al een tijdje toen Maud eindelijk haar boek op de tafel legde. Iemand moet daar wat aan "
            "doen, zei ze, en ze stond niet op. Walter sloeg een bladzijde om en gaf niet meteen antwoord. Buiten was "
            "het nat en de wind had de bladeren tegen het raam gedrukt. Of we gaan, of we blijven, dacht hij.",
            False,
        ),
        ("水壶已经响了很久。" * 80, False),
        ("Der Kessel sang schon lange.", True),
    ],
    ids=["English", "French", "Dutch", "Chinese", "too short to tell"],
)
def test_a_text_is_english_by_its_commonest_words(text: str, english: bool) -> None:
    assert (language_of(adapted(text)) == "en") is english
