"""A casting file is drafted, and an existing one only ever grows: what a person wrote stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.errors import CastingError
from audiodrama.files import draft_casting, extend_casting, parse_casting
from audiodrama.files.yaml import reader
from audiodrama.model import NARRATOR, UNKNOWN, Cast, Line, Role, Scene, Script, Voice

NAMES = ("Spike", "Angel", "No: 1", "O'Hara, the cook", "\u201cQuote\u201d \U0001f600", "1984")
SCRIPT = Script((Scene(tuple(Line("dialogue", name, "Hm.") for name in (*NAMES, "Spike", UNKNOWN))),), title="Night")
STAND_INS = tuple((name, Role(name, Voice(f"en-us+{name}", "espeak"))) for name in ("man", "woman", "person", "crowd"))


def cast(*names: str) -> Cast:
    roles = tuple(
        Role(name, Voice(f"en-us+m{number}", "espeak", pitch=-2.5 * (number == 1)), chosen="automatic")
        for number, name in enumerate(names)
    )
    unknown = Role(UNKNOWN, Voice("en-us+m9", "espeak"), chosen="stand-in")
    return Cast(Role(NARRATOR, Voice("en-us+f3", "espeak"), chosen="automatic"), (*roles, unknown))


DRAFT = """\
schema: audiodrama/casting 1
# The cast of "Night".
# Made for the night.
# Who speaks with which voice. Change whatever you like; "audiodrama voices list" shows the voices.
# A part is a voice, or in full:
#   Anna: {voice: en-us+f3, rate: 1.1, pitch: 2, gain: -3, pan: -0.4, aliases: [Annie], gender: female, age: old}
# rate in times, pitch in semitones, gain in decibels, pan from -1 (left) to 1 (right).
engine: espeak
narrator: en-us+f3

roles:
  Spike: en-us+m0  # 2 lines
  Angel: {voice: en-us+m1, pitch: -2.5}  # 1 line
  "No: 1": en-us+m2  # 1 line

stand-ins:
  man: en-us+man
  woman: en-us+woman
  person: en-us+person
  crowd: en-us+crowd
"""


def test_a_draft_names_everybody_and_explains_itself() -> None:
    text = draft_casting(cast(*NAMES[:3]), SCRIPT, "Made for the night.", STAND_INS)
    assert text.startswith(DRAFT)
    assert all(line.startswith("#") for line in text[len(DRAFT) :].splitlines() if line)


def test_a_draft_reads_back_as_the_cast_it_was_made_from() -> None:
    casting = parse_casting(draft_casting(cast(*NAMES), SCRIPT, "", STAND_INS), "casting.yaml")
    assert casting.engine == "espeak"
    assert [(role.name, role.voice.name, role.voice.pitch) for role in casting.roles] == [
        (name, f"en-us+m{number}", -2.5 * (number == 1)) for number, name in enumerate(NAMES)
    ]
    assert dict(casting.stand_ins) == {name: replace(role, voice=Voice(role.voice.name)) for name, role in STAND_INS}


def test_what_a_draft_explains_in_comments_is_valid_when_uncommented() -> None:
    text = draft_casting(cast("Spike"), SCRIPT, "", STAND_INS)
    tail = text[text.index("# pauses:") :]
    parse_casting(
        "\n".join(
            line.removeprefix("# ").replace("#   ", "  ") for line in tail.splitlines() if not line.startswith("# How")
        ),
        "tail",
    )


def test_a_first_person_narrator_is_listed_without_a_voice_of_their_own() -> None:
    full = cast("Nora")
    nora = replace(full.roles[0], narrates=True, voice=full.narrator.voice)
    text = draft_casting(replace(full, roles=(nora,)), SCRIPT)
    assert "  Nora:  # 0 lines; tells the story and has the narrator's voice, unless you give another here\n" in text
    assert parse_casting(text, "c").roles == (Role("Nora"),)


def test_a_voice_of_another_engine_names_its_engine() -> None:
    full = cast("Spike", "Angel")
    other = replace(full.roles[1], voice=Voice("Zira: US", "pyttsx3"))
    text = draft_casting(replace(full, roles=(full.roles[0], other)), SCRIPT)
    assert '  Angel: {voice: "Zira: US", engine: pyttsx3}  # 1 line\n' in text


def test_without_other_stand_ins_those_that_speak_are_written() -> None:
    casting = parse_casting(draft_casting(cast("Spike"), SCRIPT), "c")
    assert casting.stand_ins == (("person", Role("person", Voice("en-us+m9"))),)


def test_a_complete_casting_is_not_touched() -> None:
    text = draft_casting(cast(*NAMES), SCRIPT, "", STAND_INS)
    assert extend_casting(text, "casting.yaml", cast(*NAMES), SCRIPT, STAND_INS) == text


def test_a_newcomer_is_added_below_the_last_role_in_its_manner() -> None:
    old = (
        "narrator: en-us   # keep!\n"
        "roles:\n"
        "      Spike:\n"
        "         voice: en-us+david   # best\n"
        "      # Angel: perhaps later\n"
        "\n"
        "stand-ins: {man: a, woman: b, person: c, crowd: d,}  # all\n"
    )
    new = extend_casting(old, "casting.yaml", cast("Spike", "Angel"), SCRIPT, STAND_INS)
    assert new == old.replace(
        "# best\n",
        "# best\n      Angel: {voice: en-us+m1, engine: '', pitch: -2.5}  # 1 line\n".replace("engine: '', ", ""),
    )


def test_a_casting_of_comments_only_keeps_them_and_gets_the_draft_below() -> None:
    old = "# My cast.\r\n#\tTo do."
    new = extend_casting(old, "casting.yaml", cast("Spike"), SCRIPT, STAND_INS)
    assert new.startswith(old + "\r\nschema: audiodrama/casting 1\r\n")
    assert new.count("\n") == new.count("\r\n")


@pytest.mark.parametrize(
    ("old", "message"),
    [
        (
            "{roles: {Spike: x}}",
            "casting.yaml:1: the whole file is in braces, where no lines can be added; give each key a line of its own",
        ),
        (
            "roles: null\n",
            "casting.yaml:1: 'roles' has 'null' behind it; remove that, so that lines can be added below",
        ),
        (
            "roles: {Spike: x}\n...\n",
            "casting.yaml: it is written in a way that cannot be added to safely; add yourself: "
            "narrator: en-us+f3 roles: Angel: {voice: en-us+m1, pitch: -2.5} # 1 line "
            "stand-ins: person: en-us+m9",
        ),
    ],
)
def test_a_casting_that_cannot_be_added_to_is_refused_with_advice(old: str, message: str) -> None:
    with pytest.raises(CastingError) as caught:
        extend_casting(old, "casting.yaml", cast("Spike", "Angel"), SCRIPT)
    assert str(caught.value) == message


# ------------------------------------------------------------------------------------ any formatting is kept

_COMMENT = st.sampled_from(["", "  # mine", " #\ttabs \u2014 and \u201cmarks\u201d", "   "])
_BETWEEN = st.sampled_from(["", "\n", "# a comment\n", "  # an indented one: x\n\n"])
_VOICE = st.sampled_from(["en-us+david", "'en-us+david'", '"en-us+david"', "", "{voice: en-us, rate: 1.1}", "{ }"])


@st.composite
def castings(draw: st.DrawFn) -> str:
    """The text of a casting as people write them."""
    indent = " " * draw(st.integers(1, 5))
    names = draw(st.lists(st.sampled_from([*NAMES, "Giles", "Zed"]), unique=True, max_size=4))
    keys = [f'"{name}"' if ":" in name or "," in name else name for name in names]
    style = draw(st.sampled_from(["block", "flow", "wide flow", "long"] if names else ["empty", "braces", "missing"]))
    voices = [draw(_VOICE) for _ in names]
    rows = [f"{indent}{key}: {voice}{draw(_COMMENT)}\n" for key, voice in zip(keys, voices, strict=True)]
    roles = {
        "block": "roles:" + draw(_COMMENT) + "\n" + draw(_BETWEEN).join(rows),
        "flow": "roles: {" + ", ".join(f"{key}: {voice}" for key, voice in zip(keys, voices, strict=True)) + "}\n",
        "wide flow": "roles: {\n" + "".join(f"  {key}: x,  # who\n" for key in keys) + "  }  # end\n",
        "long": "roles:\n" + "".join(f"{indent}{key}:\n{indent}   voice: >-\n{indent}     en-us\n" for key in keys),
        "empty": "roles:" + draw(_COMMENT) + "\n",
        "braces": "roles: {}" + draw(_COMMENT) + "\n",
        "missing": "",
    }[style]
    others = [
        draw(st.sampled_from(["", "engine: espeak\n", "engine:\n"])),
        draw(st.sampled_from(["", "narrator: en-us+f3  # hers\n", "narrator:\n", "narrator: {rate: 1.2}\n"])),
        draw(
            st.sampled_from(["", "stand-ins:\n  man: en-us+m3 # he\n", "stand-ins: {crowd: en-us}\n", "stand-ins:\n"])
        ),
        draw(st.sampled_from(["", "pauses: {reply: 300}\n", "pauses:\n  reply: 300\n"])),
        draw(st.sampled_from(["schema: audiodrama/casting 1\n", "pronunciations: {a: b}\n"])),
        roles,
    ]
    parts = draw(st.permutations(others))
    text = draw(_BETWEEN) + "".join(part + draw(_BETWEEN) for part in parts if part)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text


def is_what_remains(old: str, new: str) -> bool:
    """Whether taking characters out of ``new`` can give ``old``."""
    rest = iter(new)
    return all(sign in rest for sign in old)


def check_growth(old: str) -> None:
    before = parse_casting(old, "casting.yaml")
    new = extend_casting(old, "casting.yaml", cast(*NAMES), SCRIPT, STAND_INS)
    after = parse_casting(new, "casting.yaml")
    assert is_what_remains(old, new)
    missing = [name for name in NAMES if name not in {role.name for role in before.roles}]
    assert after.roles[: len(before.roles)] == before.roles
    assert [role.name for role in after.roles[len(before.roles) :]] == missing
    assert {name for name, _ in after.stand_ins} == {"man", "woman", "person", "crowd"}
    assert after.stand_ins[: len(before.stand_ins)] == before.stand_ins
    assert after.narrator.voice.name or before.narrator != Role(NARRATOR) or "narrator" in old
    assert (after.pauses, after.pronunciations) == (before.pauses, before.pronunciations)
    # Whole lines are kept: every line of the old text is a line of the new one, or grew at a brace or a bare key.
    kept = new.splitlines()
    grown = [line for line in old.splitlines() if line not in kept]
    assert all(("{" in line or line.split("#")[0].rstrip().endswith((":", "}")) or "x," in line) for line in grown)
    assert extend_casting(new, "casting.yaml", cast(*NAMES), SCRIPT, STAND_INS) == new


@settings(max_examples=150, deadline=None)
@given(castings())
def test_a_casting_in_any_formatting_only_grows(old: str) -> None:
    check_growth(old)


def test_the_parser_in_python_finds_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_Loader", yaml.SafeLoader)

    @settings(max_examples=40, deadline=None)
    @given(castings())
    def run(old: str) -> None:
        check_growth(old)

    run()
