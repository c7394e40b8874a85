"""Every speaker gets a voice: the one that the casting gives, else one that suits and that no speaker nearby has."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.casting.fill import fill, stand_ins
from audiodrama.casting.voice_distance import LEAD_DISTANCE, MIN_DISTANCE, TunedVoice, distance
from audiodrama.errors import CastingError
from audiodrama.files import draft_casting, extend_casting, load_casting, parse_casting
from audiodrama.model import (
    CROWD,
    NARRATOR,
    UNKNOWN,
    Age,
    Cast,
    Casting,
    Gender,
    Line,
    Person,
    Role,
    Scene,
    Script,
    Voice,
    VoiceInfo,
)
from audiodrama.sound.engines import VoiceCatalog as RealOffer
from tests.conftest import ROOT

_TABLE = """
f3 female adult 210, plain male adult 102, Annie female adult 240, david male adult 74, Andrea female adult 245,
m8 male adult 85, anika female adult 269, Andy male adult 96, Alicia female adult 253, Lee male adult 96,
belinda female adult 230, marcelo male adult 98, grandma female old 202, Denis male young 98, steph2 female adult 184,
RicishayMax2 male adult 100, shelby female young 179, kaukovalta male adult 101, aunty female adult 172,
boris male adult 102, zac male child 350, Reed male adult 116, Marco male adult 130, Nguyen male young 149,
whisper unknown adult 450
"""


def _cards() -> tuple[VoiceInfo, ...]:
    rows = (row.split() for row in _TABLE.split(","))
    return tuple(
        VoiceInfo(
            "espeak",
            f"en-us+{name}",
            gender,  # type: ignore[arg-type]
            age,  # type: ignore[arg-type]
            "US",
            float(hertz),
            automatic=name != "whisper",
        )
        for name, gender, age, hertz in rows
    )


class Palette:
    """An offer of the measured voices, and of an engine with two voices without measurements."""

    default_engine = "espeak"
    cards = _cards()

    def engines(self) -> tuple[str, ...]:
        return ("espeak", "system", "mute")

    def voices(self, engine: str, /) -> tuple[VoiceInfo, ...]:
        system = (VoiceInfo("system", "Zira", "female"), VoiceInfo("system", "David", "male"))
        return {"espeak": self.cards, "system": system, "mute": ()}[engine]

    def knows(self, engine: str, voice: str, /) -> bool:
        return voice in [card.name for card in self.voices(engine)] or voice.startswith("en-gb+")

    def nearest(self, engine: str, voice: str, /) -> str:
        return get_close_matches(voice, [card.name for card in self.voices(engine)], 1, 0)[0]


OFFER = Palette()
CARD = {card.name: card for card in OFFER.cards}


def script(*scenes: str, people: tuple[Person, ...] = ()) -> Script:
    """A script of scenes that are written as the names of those who speak."""
    return Script(
        tuple(
            Scene(tuple(Line("dialogue", name.replace("_", " "), "Hm.") for name in scene.split())) for scene in scenes
        ),
        people,
    )


def cast(story: Script, casting: str = "") -> Cast:
    return fill(story, parse_casting(casting, "casting.yaml") if casting else Casting(), OFFER)


def men(*names: str) -> tuple[Person, ...]:
    return tuple(Person(name, (), "male") for name in names)


def women(*names: str) -> tuple[Person, ...]:
    return tuple(Person(name, (), "female") for name in names)


def heard(voice: Voice) -> TunedVoice:
    return TunedVoice(CARD[voice.name], voice.rate, voice.pitch)


def voices(full: Cast) -> dict[str, Voice]:
    return {role.name: role.voice for role in full.roles}


# ------------------------------------------------------------------------------------ automatic casting


def test_a_script_without_dialogue_has_a_narrator_only() -> None:
    full = fill(Script((Scene((Line("narration", NARRATOR, "It rained."),)),)), Casting(), OFFER)
    assert (full.narrator.name, full.narrator.voice, full.roles) == (NARRATOR, Voice("en-us+f3", "espeak"), ())


def test_two_people_and_the_narrator_have_three_clearly_different_voices() -> None:
    full = cast(script("Spike Angel Spike Angel Spike Angel", people=men("Spike", "Angel")))
    sounds = [heard(full.narrator.voice), *(heard(role.voice) for role in full.roles)]
    assert min(distance(first, second) for first, second in combinations(sounds, 2)) >= MIN_DISTANCE
    assert [role.gender for role in full.roles] == ["male", "male"]
    assert all(role.chosen == "automatic" for role in (full.narrator, *full.roles))


def test_roles_come_in_the_order_of_the_first_line_whoever_says_more() -> None:
    story = script("B A A A", "A C", people=men("A", "B", "C", "Silent"))
    assert [role.name for role in cast(story).roles] == ["B", "A", "C"]


def test_voices_follow_gender_and_age() -> None:
    people = (
        Person("Tom", (), "male", "child"),
        Person("Gran", (), "female", "old"),
        Person("Lad", (), "male", "young"),
        *men("Bill"),
        *women("Ann"),
    )
    full = cast(script("Tom Gran Lad Bill Ann", people=people))
    cards = {role.name: CARD[role.voice.name] for role in full.roles}
    assert cards["Tom"].name == "en-us+zac"
    assert cards["Gran"].name == "en-us+grandma"
    assert (cards["Lad"].gender, cards["Lad"].age) == ("male", "young")
    assert (cards["Bill"].gender, cards["Bill"].age) == ("male", "adult")
    assert cards["Ann"].gender == "female"


def test_where_no_voice_has_the_age_another_is_set_to_it() -> None:
    people = (
        Person("Gramps", (), "male", "old"),
        Person("Tom", (), "male", "child"),
        Person("Sue", (), "female", "child"),
    )
    full = cast(script("Gramps Tom Sue", people=people))
    gramps, tom, sue = (role.voice for role in full.roles)
    assert CARD[gramps.name].gender == "male"
    assert (gramps.rate, gramps.pitch) == (0.9, -1.5)
    assert CARD[tom.name].age == "child"
    assert CARD[sue.name].gender == "female"
    assert sue.pitch > 0


def test_effects_are_never_chosen_automatically() -> None:
    full = cast(script(" ".join(f"P{n}" for n in range(60))))
    assert "en-us+whisper" not in {role.voice.name for role in full.roles}


def test_the_narrators_voice_is_nobody_elses() -> None:
    full = cast(script(" ".join(f"P{n}" for n in range(40)), people=women(*(f"P{n}" for n in range(40)))))
    assert full.narrator.voice.name not in {role.voice.name for role in full.roles}


def test_when_the_palette_is_exhausted_voices_are_raised_and_lowered_before_they_are_shared() -> None:
    names = [f"W{n}" for n in range(24)]
    full = cast(script(" ".join(names), people=women(*names)))
    assert len({role.voice for role in full.roles}) == 24
    assert {CARD[role.voice.name].gender for role in full.roles} == {"female"}


def test_a_voice_is_shared_by_people_who_do_not_speak_to_each_other() -> None:
    names = [f"W{n}" for n in range(200)]
    full = cast(script(*(" ".join(names[n : n + 4]) for n in range(0, 200, 4)), people=women(*names)))
    by_name = voices(full)
    for n in range(0, 200, 4):
        sounds = [heard(by_name[name]) for name in names[n : n + 4]]
        assert min(distance(first, second) for first, second in combinations(sounds, 2)) >= 1.0


def test_thousands_of_speakers_are_cast_in_no_time() -> None:
    names = [f"P{n}" for n in range(3000)]
    full = cast(script(" ".join(names)))
    assert len(full.roles) == 3000


def test_unmeasured_voices_are_told_apart_by_name_and_gender() -> None:
    full = cast(script("A B", people=(*men("A"), *women("B"))), "engine: system\nnarrator: Zira\n")
    assert voices(full)["A"] == Voice("David", "system")
    assert voices(full)["B"].name == "David" or voices(full)["B"] != full.narrator.voice


# ------------------------------------------------------------------------------------ nobody is reshuffled


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_newcomer_who_says_less_than_everybody_changes_nobodys_voice(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from([f"P{n}" for n in range(30)]), min_size=1, max_size=10, unique=True))
    gender: st.SearchStrategy[Gender] = st.sampled_from(["male", "female"])
    people = tuple(Person(name, (), data.draw(gender)) for name in names)
    turns = data.draw(st.permutations(names * 2))
    at = data.draw(st.integers(0, len(turns)))
    newcomer = Person(data.draw(st.text("abcxyz", min_size=1, max_size=5)), (), data.draw(gender))
    before = voices(cast(script(" ".join(turns), people=people)))
    after = voices(cast(script(" ".join([*turns[:at], newcomer.name, *turns[at:]]), people=(newcomer, *people))))
    assert {name: after[name] for name in before} == before


NAMES = [f"P{n}" for n in range(30)]


@st.composite
def scenes_with_people(draw: st.DrawFn) -> tuple[list[list[str]], list[Person]]:
    """The speakers of a few scenes, and who they are; more of them than there are voices of some kinds."""
    names = draw(st.lists(st.sampled_from([*NAMES, UNKNOWN, CROWD]), min_size=1, max_size=20, unique=True))
    scenes = draw(st.lists(st.lists(st.sampled_from(names), min_size=1, max_size=30), min_size=1, max_size=3))
    gender: st.SearchStrategy[Gender] = st.sampled_from(["male", "female", "unknown"])
    age: st.SearchStrategy[Age] = st.sampled_from(["adult", "adult", "young", "old", "child"])
    return scenes, [Person(name, (), draw(gender), draw(age)) for name in names if name in NAMES]


@settings(max_examples=150, deadline=None)
@given(st.data(), scenes_with_people(), st.sampled_from(["espeak", "system"]))
def test_who_enters_after_the_others_changes_nobodys_voice(
    data: st.DataObject, drawn: tuple[list[list[str]], list[Person]], engine: str
) -> None:
    scenes, people = drawn
    casting = Casting(engine=engine)
    before = fill(script(*map(_written, scenes), people=tuple(people)), casting, OFFER)
    turns = [(number, name) for number, scene in enumerate(scenes) for name in scene]
    entered = max(turns.index(next(turn for turn in turns if turn[1] == name)) for _, name in turns)
    newcomer = Person("Newcomer", (), data.draw(st.sampled_from(["male", "female"])))
    for at in sorted(data.draw(st.lists(st.integers(entered + 1, len(turns)), max_size=12)), reverse=True):
        turns.insert(at, (turns[at - 1][0], newcomer.name))
    turns += [(len(scenes), newcomer.name)]
    more = [_written([name for number, name in turns if number == scene]) for scene in range(len(scenes) + 1)]
    after = fill(script(*more, people=(*people, newcomer)), casting, OFFER)
    assert after.narrator == before.narrator
    assert after.roles[:-1] == before.roles


def _written(scene: list[str]) -> str:
    return " ".join(scene)


def test_who_enters_after_hundreds_that_share_voices_changes_nobodys_voice() -> None:
    dice = Random(1)
    names = [f"P{n}" for n in range(400)]
    people = tuple(Person(name, (), dice.choice(("male", "female"))) for name in names)
    scene = [*dice.sample(names, 400), *dice.choices(names, k=400)]
    before = voices(cast(script(" ".join(scene), people=people)))
    talk = [word for name in scene[400:] for word in ("Zora", name)]
    after = voices(cast(script(" ".join([*scene[:400], *talk]), people=people)))
    assert after.pop("Zora").name
    assert after == before
    assert len(set(before.values())) < len(before), "some share a voice"


@pytest.mark.parametrize("lines", [2, 9])
def test_a_walk_on_of_the_shipped_voices_is_told_from_whoever_comes_later(lines: int) -> None:
    offer = RealOffer("espeak")
    cards = {card.name: card for card in offer.voices("espeak")}
    for number in range(40):
        names = [f"P{number}", *(f"P{number}-{n}" for n in range(6))]
        people = (*men(*names[::2]), *women(*names[1::2]))
        turns = " ".join([names[0], *names[1:] * lines])
        walk_on, *others = fill(script(turns, people=people), Casting(), offer).roles
        sounds = [TunedVoice(cards[role.voice.name], role.voice.rate, role.voice.pitch) for role in (walk_on, *others)]
        assert min(distance(sounds[0], other) for other in sounds[1:]) >= MIN_DISTANCE
        assert others == list(fill(script(" ".join(names[1:] * lines), people=people), Casting(), offer).roles)


def test_a_stand_in_changes_nobodys_voice() -> None:
    before = voices(cast(script(STORIES[1])))
    for name in (UNKNOWN, CROWD, "unknown_woman"):
        after = voices(cast(script(f"{name} {STORIES[1]} {name} {name}")))
        assert after.pop(name.replace("_", " ")).name
        assert after == before


def test_leading_parts_are_clearly_apart_and_have_voices_as_they_are() -> None:
    for number in range(20):
        names = [f"Ida{number}", f"Tobias{number}", f"Nora{number}", f"Pell{number}"]
        full = cast(script(" ".join(names * 5), people=(*women(*names[::2]), *men(*names[1::2]))))
        sounds = [heard(role.voice) for role in full.roles]
        assert min(distance(first, second) for first, second in combinations(sounds, 2)) >= LEAD_DISTANCE
        assert {(sound.rate, sound.pitch) for sound in sounds} == {(1.0, 0.0)}


STORIES = (
    "Ida Tobias Ida Tobias Ida Tobias Ida",
    "Pell Dobbs Pell Tansy Dobbs Jem Tansy Pell Jem Dobbs",
    "Nora Lovell Nora Lovell Finch Davy Finch Davy Nora Davy",
    "Mayor Hatch Wren Crane Mayor Crane Wren Hatch",
)


@pytest.mark.parametrize("story", STORIES)
def test_a_newcomer_at_any_place_keeps_the_cast(story: str) -> None:
    names = list(dict.fromkeys(story.split()))
    people = tuple(Person(name, (), "female" if len(name) % 2 else "male") for name in names)
    before = voices(cast(script(story, people=people)))
    for newcomer in (*men("Ezra", "Hugo"), *women("Olive", "Wanda")):
        turns = story.split()
        for at in range(len(turns) + 1):
            more = script(" ".join([*turns[:at], newcomer.name, *turns[at:]]), people=(*people, newcomer))
            after = voices(cast(more))
            assert {name: after[name] for name in names} == before


def test_a_cast_that_was_written_down_is_kept_whoever_joins() -> None:
    story = script(STORIES[1])
    first = cast(story)
    text = draft_casting(first, story, "", stand_ins(first, Casting(), OFFER))
    bigger = script("Zora Zora Zora Zora Zora " + STORIES[1] + " Zora Zora Zora Zora", people=men("Zora"))
    second = cast(bigger, text)
    assert {name: voice for name, voice in voices(second).items() if name != "Zora"} == voices(first)
    grown = extend_casting(text, "casting.yaml", second, bigger)
    assert voices(cast(bigger, grown)) == voices(second)
    assert [role.name for role in parse_casting(grown, "casting.yaml").roles][-1] == "Zora"


def test_the_same_story_has_the_same_cast_whatever_the_order_of_its_people() -> None:
    names = STORIES[1].split()
    first = cast(script(STORIES[1], people=men(*dict.fromkeys(names))))
    second = cast(script(STORIES[1], people=tuple(reversed(men(*dict.fromkeys(names))))))
    assert first == second


# ------------------------------------------------------------------------------------ what a person wrote


def test_what_the_casting_says_is_taken_and_the_rest_is_chosen_around_it() -> None:
    text = (
        "narrator: {voice: en-us+boris, rate: 0.9}\n"
        "roles:\n"
        "  Spike: {voice: en-us+david, pitch: -1, gain: 2, pan: -0.3}\n"
        "  Angel: {pan: 0.4, rate: 1.1, pitch: 1}\n"
        "  Elsewhere: en-us+Andy\n"
        "pauses: {reply: 100}\n"
        "pronunciations: {Angelus: an-jell-us}\n"
    )
    full = cast(script("Spike Angel", people=men("Spike", "Angel")), text)
    spike, angel = full.roles
    assert full.narrator.voice == Voice("en-us+boris", "espeak", 0.9)
    assert full.narrator.chosen == spike.chosen == "person"
    assert spike.voice == Voice("en-us+david", "espeak", 1.0, -1.0, 2.0)
    assert (spike.pan, spike.where) == (-0.3, "casting.yaml:3")
    assert (angel.chosen, angel.pan, angel.voice.rate, angel.voice.pitch) == ("automatic", 0.4, 1.1, 1.0)
    assert angel.voice.name not in ("en-us+boris", "en-us+david")
    assert full.pauses.reply == 100
    assert full.pronunciations == (("Angelus", "an-jell-us"),)
    assert [role.name for role in full.roles] == ["Spike", "Angel"]


def test_a_casting_joins_what_the_extractor_took_for_two_people() -> None:
    story = script(
        "Angelus Spike Liam Angel", people=(Person("Angel", ("Liam",), "male"), Person("Angelus", (), "male"))
    )
    full = cast(story, "roles:\n  Angel: {aliases: [Angelus]}\n")
    assert [role.name for role in full.roles] == ["Angel", "Spike"]
    assert full.roles[0].aliases == ("Angelus", "Liam")
    assert full.role_of("Angelus") == full.role_of("Liam") == full.role_of("Angel") == full.roles[0]


def test_a_casting_may_call_a_person_by_any_of_their_names() -> None:
    story = script("Spike", people=(Person("Spike", ("William",), "male"),))
    full = cast(story, "roles:\n  William: en-us+david\n")
    assert full.role_of("Spike").voice.name == "en-us+david"


def test_an_alias_that_two_people_share_joins_nobody() -> None:
    people = (Person("Mr Pell", ("Pell",), "male"), Person("Mrs Pell", ("Pell",), "female"))
    full = cast(script("Mr_Pell Mrs_Pell", people=people), "roles:\n  Pell: en-us+david\n")
    assert [role.name for role in full.roles] == ["Mr Pell", "Mrs Pell"]
    assert full.role_of("Mr Pell").voice.name != full.role_of("Mrs Pell").voice.name


def test_a_casting_decides_gender_and_age_against_the_extractor() -> None:
    full = cast(script("Alex", people=men("Alex")), "roles:\n  Alex: {gender: female, age: old}\n")
    assert (full.roles[0].gender, full.roles[0].age, full.roles[0].voice.name) == ("female", "old", "en-us+grandma")


def test_a_role_may_have_an_engine_of_its_own() -> None:
    full = cast(script("A B", people=men("A", "B")), "roles:\n  A: {engine: system}\n")
    assert voices(full)["A"] == Voice("David", "system")
    assert voices(full)["B"].engine == "espeak"


def test_a_first_person_narrator_and_the_person_who_tells_are_one_voice() -> None:
    story = script("Nora Finch Nora", people=(Person("Nora", (), "female", narrates=True), *men("Finch")))
    full = cast(story)
    assert full.role_of("Nora").voice == full.narrator.voice
    assert CARD[full.narrator.voice.name].gender == "female"
    assert full.role_of("Finch").voice != full.narrator.voice
    person = cast(story, "roles:\n  Nora: en-us+shelby\n")
    assert person.narrator.voice == person.role_of("Nora").voice == Voice("en-us+shelby", "espeak")
    narrator = cast(story, "narrator: en-us+aunty\n")
    assert narrator.narrator.voice == narrator.role_of("Nora").voice == Voice("en-us+aunty", "espeak")
    both = cast(story, "narrator: en-us+aunty\nroles:\n  Nora: en-us+shelby\n")
    assert (both.narrator.voice.name, both.role_of("Nora").voice.name) == ("en-us+aunty", "en-us+shelby")


def test_speakers_nobody_was_found_for_get_stand_ins() -> None:
    story = script(f"Spike {UNKNOWN} {CROWD} unknown_woman", people=men("Spike"))
    full = cast(story, "stand-ins:\n  person: en-us+Lee\n  woman: {voice: en-us+aunty, pan: 0.5}\n")
    assert [role.chosen for role in full.roles] == ["automatic", "stand-in", "stand-in", "stand-in"]
    assert full.role_of(UNKNOWN).voice.name == "en-us+Lee"
    assert (full.role_of("unknown woman").voice.name, full.role_of("unknown woman").pan) == ("en-us+aunty", 0.5)
    assert len({role.voice.name for role in full.roles}) == 4


def test_stand_ins_for_a_draft_are_all_four_and_nobody_elses_voices() -> None:
    story = script(f"Spike Angel {UNKNOWN}", people=men("Spike", "Angel"))
    full = cast(story)
    roles = dict(stand_ins(full, Casting(), OFFER))
    assert list(roles) == ["man", "woman", "person", "crowd"]
    assert roles["person"].voice == full.role_of(UNKNOWN).voice
    assert CARD[roles["woman"].voice.name].gender == "female"
    taken = {full.narrator.voice.name, full.role_of("Spike").voice.name, full.role_of("Angel").voice.name}
    assert len({role.voice.name for role in roles.values()} | taken) == 7


def test_a_cue_needs_no_voice() -> None:
    story = Script((Scene((Line("cue", "Door", "slams"), Line("dialogue", "Spike", "Hm."))),))
    assert [role.name for role in cast(story).roles] == ["Spike"]


# ------------------------------------------------------------------------------------ what cannot be cast

FAULTS = {
    "engine: espaek\n": "casting.yaml:1: there is no engine 'espaek'; the nearest is 'espeak'",
    "roles:\n  X: {engine: piper}\n": (
        "casting.yaml:2: there is no engine 'piper'; there are 'espeak', 'system', 'mute'"
    ),
    "narrator: en-us+annie\n": (
        "casting.yaml:1: the engine 'espeak' has no voice 'en-us+annie'; the nearest is 'en-us+Annie'"
    ),
    "roles:\n  Spike: en-us+davod\n": (
        "casting.yaml:2: the engine 'espeak' has no voice 'en-us+davod'; the nearest is 'en-us+david'"
    ),
    "roles:\n  Absent:\n    voice: Zirra\n    engine: system\n": (
        "casting.yaml:2: the engine 'system' has no voice 'Zirra'; the nearest is 'Zira'"
    ),
    "stand-ins:\n  crowd: en-us+f33\n": (
        "casting.yaml:2: the engine 'espeak' has no voice 'en-us+f33'; the nearest is 'en-us+f3'"
    ),
    "roles:\n  X: {engine: mute}\n": "casting.yaml:2: the engine 'mute' offers no voices; name another with 'engine:'",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_voice_or_an_engine_that_does_not_exist_is_an_error_with_the_nearest_one(text: str) -> None:
    with pytest.raises(CastingError) as caught:
        cast(script("Spike X"), text)
    assert str(caught.value) == FAULTS[text]


# ------------------------------------------------------------------------------------ the voices that are shipped


def test_the_shipped_palette_casts_a_crowded_scene_with_clearly_different_voices() -> None:
    offer = RealOffer("espeak")
    cards = {card.name: card for card in offer.voices("espeak")}
    names = [f"P{n}" for n in range(10)]
    people = (*men(*names[:5]), *women(*names[5:]))
    full = fill(script(" ".join(names * 3), people=people), Casting(), offer)
    sounds = [
        TunedVoice(cards[role.voice.name], role.voice.rate, role.voice.pitch) for role in (full.narrator, *full.roles)
    ]
    assert min(distance(first, second) for first, second in combinations(sounds, 2)) >= MIN_DISTANCE
    assert [cards[role.voice.name].gender for role in full.roles] == ["male"] * 5 + ["female"] * 5


def test_the_casting_that_comes_with_the_project_names_voices_that_exist() -> None:
    casting = load_casting(ROOT / "casting.yaml")
    story = script(" ".join(role.name.replace(" ", "_") for role in casting.roles))
    full = fill(story, casting, RealOffer("espeak"))
    assert all(role.chosen == "person" for role in full.roles if not role.narrates)
    used = [replace(role, pan=0.0).voice for role in full.roles if not role.narrates]
    assert len(set(used)) == len(used)


def test_a_cast_can_be_made_by_hand_without_a_file() -> None:
    casting = Casting(roles=(Role("Spike", Voice("en-us+nobody")),))
    with pytest.raises(CastingError) as caught:
        fill(script("Spike"), casting, OFFER)
    assert str(caught.value).startswith("the engine 'espeak' has no voice 'en-us+nobody'; the nearest is ")
