"""Voices that are asked for without a casting file have the last word, and their speakers are found by name."""

from __future__ import annotations

import unicodedata

import pytest

from audiodrama.casting import asked_casting
from audiodrama.errors import CastingError
from audiodrama.model import UNKNOWN, Casting, Line, Person, Role, Scene, Script

SCRIPT = Script(
    (Scene(tuple(Line("dialogue", name, "Hm.") for name in ("Zoë", "Mr Pell", "Ada", "ada", UNKNOWN))),),
    (Person("Mr Pell", ("Septimus",)),),
)


def roles(name: str, casting: Casting | None = None) -> dict[str, str]:
    asked = asked_casting(SCRIPT, casting or Casting(), {name: "low"}, "", "")
    return {role.name: role.voice.name for role in (*asked.roles, *(role for _, role in asked.stand_ins))}


def test_a_speaker_is_found_by_name_alias_letter_case_and_unicode_form() -> None:
    for name in ("Zoë", "ZOË", unicodedata.normalize("NFD", "zoë")):
        assert roles(name) == {"Zoë": "low"}
    assert roles("septimus") == {"Mr Pell": "low"}
    assert roles("the organist", Casting(roles=(Role("Mr Pell", aliases=("the organist",)),))) == {"Mr Pell": "low"}


def test_a_name_that_two_speakers_have_in_other_letters_is_asked_for() -> None:
    assert roles("ada") == {"ada": "low"}
    with pytest.raises(CastingError, match="'ADA' may be 'Ada' or 'ada'; write that name"):
        roles("ADA")


def test_who_speaks_for_the_unknown_can_be_named_as_in_a_casting() -> None:
    assert roles("person") == roles("unknown") == {"person": "low"}


def test_the_narrator_is_a_name_too() -> None:
    assert asked_casting(SCRIPT, Casting(), {"Narrator": "low"}, "", "").narrator.voice.name == "low"
    with pytest.raises(CastingError, match="The narrator is given two voices, 'high' and 'low'"):
        asked_casting(SCRIPT, Casting(), {"narrator": "low"}, "high", "")


def test_a_misspelt_name_is_an_error_with_the_nearest_or_with_all() -> None:
    with pytest.raises(CastingError, match=r"'Septimuss'.*did you mean 'Septimus'\?"):
        roles("Septimuss")
    with pytest.raises(CastingError, match="there are 'narrator', 'Zoë', 'Mr Pell', 'Ada'"):
        roles("Qwxy")


def test_one_speaker_by_two_names_has_one_voice() -> None:
    with pytest.raises(CastingError, match="Mr Pell is given two voices, 'low' and 'high'"):
        asked_casting(SCRIPT, Casting(), {"Septimus": "low", "Mr Pell": "high"}, "", "")
