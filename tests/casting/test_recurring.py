"""People who come back in several stories, and the one voice that they have in all of them."""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.casting import recurring_roles, story_speakers
from audiodrama.model import Casting, Gender, Line, Person, Role, Scene, Script, Voice
from audiodrama.sound.engines import VoiceCatalog


def story(*people: Person, scenes: int = 1) -> Script:
    lines = tuple(Line("dialogue", person.name, "Yes.") for person in people)
    return Script(tuple(Scene(lines) for _ in range(scenes)), people)


def person(name: str, gender: Gender = "unknown", *aliases: str) -> Person:
    return Person(name, aliases, gender)


def voices(stories: Sequence[Script], casting: Casting | None = None) -> list[dict[str, Voice]]:
    roles = recurring_roles([story_speakers(script) for script in stories], casting or Casting(), VoiceCatalog("tone"))
    return [{role.name: role.voice for role in story_roles} for story_roles in roles]


def test_only_those_who_come_back_are_cast() -> None:
    by_story = voices([story(person("Ida"), person("Maud")), story(person("Ida"), person("Walter"))])
    assert [set(names) for names in by_story] == [{"Ida"}, {"Ida"}]
    assert by_story[0]["Ida"] == by_story[1]["Ida"]


def test_those_who_meet_have_different_voices() -> None:
    stories = [story(person("Ida"), person("Maud")), story(person("Ida"), person("Maud"))]
    by_name = voices(stories)[0]
    assert by_name["Ida"] != by_name["Maud"]


def test_a_full_name_and_a_short_one_are_one_person() -> None:
    by_story = voices([story(person("Ida Marsh", "female", "Ida", "Miss Marsh")), story(person("Ida"))])
    assert by_story[0]["Ida Marsh"] == by_story[1]["Ida"]


def test_a_first_name_is_the_one_persons_who_has_it_even_where_her_own_story_never_uses_it() -> None:
    by_story = voices([story(person("Ida Marsh", "female")), story(person("Ida", "female"))])
    assert by_story[0]["Ida Marsh"] == by_story[1]["Ida"]


def test_a_short_name_that_two_have_is_nobodys() -> None:
    by_story = voices(
        [story(person("Ida Marsh", "female", "Ida")), story(person("Ida Bell", "female", "Ida")), story(person("Ida"))]
    )
    assert by_story == [{}, {}, {}]


def test_a_man_and_a_woman_of_one_name_are_two_people() -> None:
    alexes = [story(person("Alex", gender)) for gender in ("female", "male", "female", "male", "unknown")]
    first, second, third, fourth, unknown = (by_name["Alex"] for by_name in voices(alexes))
    assert first == third
    assert second == fourth
    assert first != second
    assert unknown in (first, second)


def test_the_waiter_of_one_story_is_not_the_waiter_of_another() -> None:
    assert voices([story(person("the waiter")), story(person("the waiter"))]) == [{}, {}]


def test_whom_the_casting_gives_a_voice_needs_none() -> None:
    casting = Casting(roles=(Role("Ida Marsh", Voice("300Hz"), aliases=("Ida",)),))
    assert voices([story(person("Ida")), story(person("Ida"))], casting) == [{}, {}]


def test_a_voice_does_not_hang_on_who_else_is_in_the_story_once() -> None:
    alone = voices([story(person("Ida")), story(person("Ida"))])
    crowded = voices([story(person("Ida"), *(person(f"Guest{number}") for number in range(30))), story(person("Ida"))])
    assert alone[0]["Ida"] == crowded[0]["Ida"]
