"""A shared casting and a story's own: who has the last word on what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audiodrama.files import join, over_defaults, parse_casting
from audiodrama.model import Casting, Role, Voice

SHARED = """engine: espeak
narrator: en-us
roles:
  Spike: {voice: en-us+david, pan: 0.4, aliases: [William]}
  Angel: {voice: en-us+Lee, rate: 0.9}
stand-ins: {man: en-us+m3}
pauses: {reply: 400, scene: 900}
pronunciations: {Sidhe: shee}
"""


def joined(own: str, shared: str = SHARED) -> Casting:
    return join(parse_casting(shared, "casting.yaml"), parse_casting(own, "lamp.casting.yaml"), "espeak")


def role(casting: Casting, name: str) -> Role:
    return next(role for role in casting.roles if role.name == name)


def test_what_the_own_casting_does_not_say_is_shared() -> None:
    assert joined("narrator: en-gb\n").roles == parse_casting(SHARED, "casting.yaml").roles
    assert joined("narrator: en-gb\n").narrator.voice.name == "en-gb"


def test_a_role_of_the_own_casting_wins_and_keeps_the_place_it_had() -> None:
    spike = role(joined("roles:\n  Spike: en-us+Andy\n"), "Spike")
    assert (spike.voice.name, spike.pan, spike.aliases) == ("en-us+Andy", 0.4, ("William",))


def test_a_voice_comes_without_the_settings_of_the_one_it_replaces() -> None:
    assert role(joined("roles:\n  Angel: en-us+Andy\n"), "Angel").voice.rate == 1.0


def test_a_role_without_a_voice_changes_the_settings_of_the_shared_one() -> None:
    angel = role(joined("roles:\n  Angel: {pitch: -2}\n"), "Angel")
    assert angel.voice == Voice("en-us+Lee", rate=0.9, pitch=-2.0)


def test_a_role_is_known_by_any_of_its_names() -> None:
    casting = joined("roles:\n  William: en-us+Andy\n")
    assert [one.name for one in casting.roles] == ["William", "Angel"]
    assert "Spike" in role(casting, "William").aliases


def test_a_new_role_is_added_behind_the_others() -> None:
    assert [one.name for one in joined("roles:\n  Drusilla: en-us+f3\n").roles] == ["Spike", "Angel", "Drusilla"]


def test_only_the_pauses_that_are_given_win_even_if_they_are_the_usual_ones() -> None:
    pauses = joined("pauses: {reply: 350}\n").pauses
    assert (pauses.reply, pauses.scene) == (350, 900)


def test_stand_ins_and_pronunciations_are_joined_one_by_one() -> None:
    casting = joined("stand-ins: {woman: en-us+f3}\npronunciations: {Sidhe: sheethe, Eoin: owen}\n")
    assert [name for name, _ in casting.stand_ins] == ["man", "woman"]
    assert casting.pronunciations == (("Sidhe", "sheethe"), ("Eoin", "owen"))


def test_another_engine_for_one_story_moves_no_voice_that_the_shared_casting_names() -> None:
    casting = joined("engine: tone\nroles:\n  Drusilla: 300Hz\n")
    assert casting.engine == "tone"
    assert casting.narrator.voice.engine == role(casting, "Spike").voice.engine == "espeak"
    assert role(casting, "Drusilla").voice.engine == ""


NAMES = st.sampled_from(["Ida", "Maud", "Walter", "Spike"])
ROLES = st.lists(
    st.builds(Role, NAMES, st.builds(Voice, st.sampled_from(["", "a", "b"]))),
    unique_by=lambda one: one.name,
    max_size=4,
)


@given(ROLES, ROLES)
def test_merged_castings_have_each_role_once_and_the_voices_of_the_own_casting(
    shared: list[Role], own: list[Role]
) -> None:
    casting = join(Casting(roles=tuple(shared)), Casting(roles=tuple(own)))
    names = [one.name for one in casting.roles]
    assert sorted(names) == sorted({one.name for one in (*shared, *own)})
    assert all(role(casting, one.name).voice == one.voice for one in own if one.voice.name)
    assert join(casting, Casting()) == casting
    assert join(Casting(), casting) == casting


def over(own: str, defaults: str) -> Casting:
    return over_defaults(parse_casting(own, "casting.yaml"), parse_casting(defaults, "settings"), "espeak")


def test_defaults_speak_where_no_casting_file_does() -> None:
    casting = over("roles: {Spike: en-us+Andy}\n", "engine: tone\nnarrator: 200Hz\n")
    assert (casting.engine, casting.narrator.voice.name) == ("tone", "200Hz")


def test_a_casting_file_goes_before_the_defaults() -> None:
    casting = over("engine: espeak\nnarrator: en-gb\n", "engine: tone\nnarrator: 200Hz\n")
    assert (casting.engine, casting.narrator.voice.name) == ("espeak", "en-gb")


def test_a_voice_of_a_casting_file_is_not_moved_to_the_usual_engine() -> None:
    assert role(over("roles: {Spike: en-us+Andy}\n", "engine: tone\n"), "Spike").voice.engine == "espeak"


def test_the_usual_narrator_keeps_the_usual_engine() -> None:
    assert over("engine: espeak\n", "engine: tone\nnarrator: 200Hz\n").narrator.voice == Voice("200Hz", "tone")


def test_without_defaults_a_casting_is_what_it_was() -> None:
    assert over(SHARED, "roles: {}\n") == parse_casting(SHARED, "casting.yaml")
