"""A casting file is read strictly, and says in one sentence what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiodrama.errors import CastingError
from audiodrama.files import load_casting, parse_casting
from audiodrama.model import NARRATOR, Casting, Pauses, Role, Voice
from tests.conftest import ROOT

FULL = """\
schema: audiodrama/casting 1
engine: espeak
narrator: {voice: en-us+f3, rate: 0.95}
roles:
  Spike: en-us+david
  Angel:   # the long form
    voice: en-us+Lee
    engine: tone
    aliases: [Angelus, "Liam: the first"]
    gender: male
    age: old
    rate: 1.1
    pitch: -2 semitones
    gain: +3 dB
    pan: \u22120.5
  No: en-us+f1
  1984: en-us+f2
  Nora: {narrates: yes}
  Extra:
stand-ins:
  woman: en-us+f4
  crowd: {voice: en-us+m1}
pauses:
  same speaker: 100
  reply: 0.4 s
pronunciations:
  Yes: yess
  Cholmondeley: Chumley
"""


def test_every_key_is_understood_in_its_short_and_its_long_form() -> None:
    assert parse_casting(FULL, "casting.yaml") == Casting(
        narrator=Role(NARRATOR, Voice("en-us+f3", rate=0.95)),
        roles=(
            Role("Spike", Voice("en-us+david")),
            Role(
                "Angel", Voice("en-us+Lee", "tone", 1.1, -2.0, 3.0), ("Angelus", "Liam: the first"), "male", "old", -0.5
            ),
            Role("No", Voice("en-us+f1")),
            Role("1984", Voice("en-us+f2")),
            Role("Nora", narrates=True),
            Role("Extra"),
        ),
        stand_ins=(("woman", Role("woman", Voice("en-us+f4"))), ("crowd", Role("crowd", Voice("en-us+m1")))),
        pauses=Pauses(same_speaker=100, reply=400),
        pronunciations=(("Yes", "yess"), ("Cholmondeley", "Chumley")),
        engine="espeak",
        file="casting.yaml",
    )


def test_every_part_knows_its_line() -> None:
    casting = parse_casting(FULL, "casting.yaml")
    assert casting.where == "casting.yaml:2"
    assert casting.narrator.where == "casting.yaml:3"
    assert [role.where for role in casting.roles] == [f"casting.yaml:{line}" for line in (5, 6, 16, 17, 18, 19)]
    assert [role.where for _, role in casting.stand_ins] == ["casting.yaml:21", "casting.yaml:22"]


@pytest.mark.parametrize("text", ["schema: audiodrama/casting 1\n", "roles:\n", "narrator:\nroles: {}\npauses:\n"])
def test_a_casting_may_leave_out_every_key(text: str) -> None:
    assert parse_casting(text, "") == Casting()


FAULTS = {
    "rolls:\n  Spike: x\n": "1: 'rolls' is not a key of a casting file; did you mean 'roles'?",
    "stand_ins:\n  man: x\n": "1: 'stand_ins' is not a key of a casting file; did you mean 'stand-ins'?",
    "roles:\n  Spike: {voise: x}\n": "2: 'voise' is not a key of the role 'Spike'; did you mean 'voice'?",
    "roles:\n  Spike:\n    Pan: 0.1\n": "3: 'Pan' is not a key of the role 'Spike'; did you mean 'pan'?",
    "roles:\n  Spike:\n    colour: red\n": (
        "3: 'colour' is not a key of the role 'Spike'; it can be 'voice', 'engine', 'gender', 'age', 'rate', 'pitch', "
        "'gain', 'pan', 'aliases', 'narrates'"
    ),
    "roles:\n  Spike: x\n  Angel: y\n  Spike: z\n": "4: 'Spike' is given twice in roles; it was in line 2 before",
    "roles:\n  Spike: x\n  Angel: {aliases: [Spike]}\n": (
        "3: 'Spike' is cast twice; it is a role or an alias in line 2 already"
    ),
    "roles:\n  Angel: {aliases: [A, A]}\n": "2: the alias 'A' of the role 'Angel' is empty or given twice",
    "roles:\n  narrator: x\n": (
        "2: the narrator is not cast under 'roles' but with 'narrator:' at the beginning of a line"
    ),
    "roles:\n  unknown: x\n": "2: 'unknown' is not cast under 'roles' but under 'stand-ins', as man, woman or person",
    "roles:\n  crowd: x\n": "2: 'crowd' is not cast under 'roles' but under 'stand-ins', as crowd",
    "roles:\n- Spike: x\n": "2: roles must be a mapping, with lines like 'key: value', but here is a list",
    "roles: Spike\n": "1: roles must be a mapping, with lines like 'key: value', but here is the text 'Spike'",
    "roles:\n  Spike: [a, b]\n": (
        "2: the role 'Spike' must be a mapping, with lines like 'key: value', but here is a list"
    ),
    "roles:\n  Spike: {rate: fast}\n": "2: rate must be a number, like 4, not 'fast'",
    "roles:\n  Spike: {rate: 10}\n": "2: rate must be from 0.25 to 4, not '10'",
    "roles:\n  Spike: {pitch: 3 dB}\n": "2: pitch must be a number of semitones, like 24, not '3 dB'",
    "roles:\n  Spike: {pan: left}\n": "2: pan must be a number, like 1, not 'left'",
    "roles:\n  Spike: {pan: -2}\n": "2: pan must be from -1 to 1, not '-2'",
    "roles:\n  Spike: {gain: .nan}\n": "2: gain must be a number of dB, like 20, not '.nan'",
    "roles:\n  Spike: {gender: femal}\n": "2: gender cannot be 'femal'; did you mean 'female'?",
    "roles:\n  Spike: {age: 40}\n": "2: age cannot be '40'; it can be 'child', 'young', 'adult', 'old'",
    "roles:\n  Spike: {narrates: perhaps}\n": "2: narrates must be yes or no, not 'perhaps'",
    "narrator: {aliases: [Bob]}\n": (
        "1: 'aliases' is not a key of the narrator; it can be 'voice', 'engine', 'gender', 'age', 'rate', 'pitch', "
        "'gain', 'pan'"
    ),
    "stand-ins:\n  men: x\n": "2: 'men' is not a key of 'stand-ins'; did you mean 'man'?",
    "pauses:\n  same_speaker: 100\n": "2: 'same_speaker' is not a key of 'pauses'; did you mean 'same speaker'?",
    "pauses:\n  reply: long\n": "2: the pause 'reply' must be a time like '350 ms' or '1.2 s', not 'long'",
    "pauses:\n  reply: 2 min\n": "2: the pause 'reply' must be a time like '350 ms' or '1.2 s', not '2 min'",
    "pronunciations:\n  Cholmondeley: ''\n": "2: the respelling of 'Cholmondeley' is empty",
    "schema: audiodrama/script 1\n": "1: schema must be 'audiodrama/casting 1', not 'audiodrama/script 1'",
    "": "1: the file is empty",
    "two words\n": (
        "1: a casting file must be a mapping, with lines like 'key: value', but here is the text 'two words'"
    ),
    "roles: {Spike: x\nnarrator: y\n": "2: the bracket that opens before this is not closed, or a comma is missing",
    "roles:\n  Spike: x\n   Angel: y\n": (
        "3: there is a ': ' too many here, or the indentation is off; "
        "if it is part of a text, put the whole text in quotation marks"
    ),
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_with_its_line_and_the_nearest_thing_that_would_do(text: str) -> None:
    with pytest.raises(CastingError) as caught:
        parse_casting(text, "casting.yaml")
    assert str(caught.value) == f"casting.yaml:{FAULTS[text]}"


def test_a_casting_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CastingError, match="does not exist; check the name and the folder"):
        load_casting(tmp_path / "casting.yaml")


def test_the_casting_that_comes_with_the_project_is_in_order() -> None:
    casting = load_casting(ROOT / "casting.yaml")
    assert casting.narrator.voice.name
    assert casting.pauses == Pauses()
    assert [name for name, _ in casting.stand_ins] == ["man", "woman", "person", "crowd"]
    assert all(role.voice.name or role.narrates for role in casting.roles)


@pytest.mark.parametrize(
    ("first", "second"), [("Zoë", "ZOË"), ("Zo\u00eb", "Zoe\u0308"), ("O'Brien", "o’brien"), ("Weiß", "WEISS")]
)
def test_roles_that_differ_in_letter_case_or_unicode_form_are_one_cast_twice(first: str, second: str) -> None:
    with pytest.raises(CastingError, match=r"^f\.yaml:3: .*twice.* in line 2"):
        parse_casting(f'schema: audiodrama/casting 1\nroles: {{"{first}": en-us,\n  "{second}": en-gb}}\n', "f.yaml")


@pytest.mark.parametrize("alias", ["narrator", "the Narrator", "unknown", "Crowd"])
def test_the_narrator_the_unknown_and_the_crowd_are_nobodys_alias(alias: str) -> None:
    with pytest.raises(CastingError, match=r"^f\.yaml:2: .*cannot have the alias"):
        parse_casting(f"schema: audiodrama/casting 1\nroles: {{Anna: {{aliases: [{alias}]}}}}\n", "f.yaml")
