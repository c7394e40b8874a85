"""What a casting says of people is evidence for the story that has them, and nothing for any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audiodrama import prose
from audiodrama.model import Gender, Line, Person, Role, Script
from audiodrama.script import adapt
from tests.conftest import SCRIPTS, STORY

STRANGERS = (
    Role("Ottoline Vance", aliases=("Ottoline", "the harpist"), gender="female"),
    Role("Zebedee", gender="male", narrates=True),
    Role("the hangman"),
)
FIRST_PERSON = """I had the night watch. Pruitt came up the ladder with two mugs.

“Anything?” Pruitt asked.

“Nothing,” I said. I took a mug. “I counted the lamps again.”

“And?”

“I make it nine,” I said.
"""


def read(tmp_path: Path, text: str, *roster: Role) -> Script:
    path = tmp_path / "watch.txt"
    path.write_text(text, encoding="utf-8")
    return adapt(prose.read(path), roster)


def test_the_old_man_of_another_story_is_not_this_one(tmp_path: Path) -> None:
    text = "“It is you,” said the old man.\n\n“It is,” said Pruitt.\n\n“Well, well,” said the old man.\n"
    lovell, pruitt = Role("Mr. Lovell", aliases=("the old man",), gender="male"), Role("Pruitt", gender="male")
    speakers = [line.speaker for line in read(tmp_path, text, lovell, *STRANGERS).lines() if line.kind == "dialogue"]
    assert speakers == ["the old man", "Pruitt", "the old man"]
    speakers = [line.speaker for line in read(tmp_path, text, lovell, pruitt).lines() if line.kind == "dialogue"]
    assert speakers == ["Mr. Lovell", "Pruitt", "Mr. Lovell"]


def person(script: Script, name: str) -> Person:
    return next(one for one in script.people if one.name == name)


def dialogue(script: Script) -> list[Line]:
    return [line for line in script.lines() if line.kind == "dialogue"]


@pytest.mark.parametrize("story", sorted([*SCRIPTS.glob("*.md"), *SCRIPTS.glob("*.txt")]), ids=lambda path: path.stem)
def test_people_of_other_stories_change_nothing(story: Path) -> None:
    document = prose.read(story)
    assert adapt(document, STRANGERS) == adapt(document)


def test_an_alias_joins_two_people(tmp_path: Path) -> None:
    text = "“Who is it?” said Halloran.\n\n“Me,” said Tess.\n\n“Pass,” said the Captain.\n\n“I will,” said Tess.\n"
    apart = read(tmp_path, text)
    assert len({line.speaker for line in dialogue(apart)}) == 3
    joined = read(tmp_path, text, Role("Halloran", aliases=("the Captain",)))
    assert [line.speaker for line in dialogue(joined)] == ["Halloran", "Tess", "Halloran", "Tess"]
    assert "the Captain" in person(joined, "Halloran").aliases


@pytest.mark.parametrize(("sasha", "robin", "speaker"), [("female", "male", "Sasha"), ("male", "female", "Robin")])
def test_a_gender_resolves_a_pronoun(tmp_path: Path, sasha: Gender, robin: Gender, speaker: str) -> None:
    text = "Sasha and Robin had the shop to themselves.\n\n“It is raining,” she said.\n"
    script = read(tmp_path, text, Role("Sasha", gender=sasha), Role("Robin", gender=robin))
    assert [line.speaker for line in dialogue(script)] == [speaker]


def test_who_narrates_is_taken_from_the_casting(tmp_path: Path) -> None:
    text = FIRST_PERSON.replace("“And?”", "“And, Osric?”")
    script = read(tmp_path, text, Role("Osric", gender="male", narrates=True))
    assert person(script, "Osric").narrates
    assert [line.speaker for line in dialogue(script)] == ["Pruitt", "Osric", "Osric", "Pruitt", "Osric"]


def test_a_narrator_whom_nobody_names_is_listed_by_the_alias_i(tmp_path: Path) -> None:
    script = read(tmp_path, FIRST_PERSON, Role("Osric", aliases=("I",), gender="male"))
    assert person(script, "Osric").narrates
    assert dialogue(script)[1].speaker == "Osric"


def test_who_narrates_another_story_does_not_narrate_this_one(tmp_path: Path) -> None:
    told = Role("Maud", gender="female", narrates=True)
    script = read(tmp_path, STORY, told, Role("Osric", aliases=("I",), narrates=True))
    assert script.people == read(tmp_path, STORY, Role("Maud", gender="female")).people
    assert not any(one.narrates for one in script.people)


def test_in_a_first_person_story_the_listed_narrator_of_another_is_an_ordinary_speaker(tmp_path: Path) -> None:
    text = FIRST_PERSON + "\n“Nine,” said Pruitt.\n\n“Nine it is,” said Pruitt, and drank.\n"
    script = read(tmp_path, text, Role("Pruitt", narrates=True))
    assert not person(script, "Pruitt").narrates
    assert [line.speaker for line in dialogue(script)][:2] == ["Pruitt", "I"]


def test_a_listed_surname_is_another_name_of_the_one_who_is_listed_with_a_title_and_it(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("“The kiln is out,” said Penrose.\n\n“Then light it,” said Mr. Penrose.\n", encoding="utf-8")
    listed = (Role("Penrose"), Role("Jory Penrose", aliases=("Mr. Penrose",), gender="male"))
    script = adapt(prose.read(story), listed)
    assert [person.name for person in script.people] == ["Jory Penrose"]


def test_a_listed_surname_with_a_gender_of_its_own_stays_somebody_else(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("“The kiln is out,” said Penrose.\n\n“Then light it,” said Mr. Penrose.\n", encoding="utf-8")
    listed = (Role("Penrose", gender="female"), Role("Jory Penrose", aliases=("Mr. Penrose",), gender="male"))
    script = adapt(prose.read(story), listed)
    assert [person.name for person in script.people] == ["Penrose", "Jory Penrose"]


def test_a_text_that_lost_its_apostrophes_is_read_as_if_it_had_them(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    filler = "Maud s lamp was out, and it s a long way. " * 30
    told = "“I ll go first,” was Maud s answer.\n\n“You won t,” said Silas.\n"
    story.write_text(f"{filler}\n\n{told}", encoding="utf-8")
    spoken = [line.speaker for scene in adapt(prose.read(story)).scenes for line in scene.lines]
    assert [who for who in spoken if who != "narrator"] == ["Maud", "Silas"]


def said(script: Script) -> list[str]:
    return [line.speaker for line in dialogue(script)]


def test_a_listed_description_may_be_anybody_it_fits(tmp_path: Path) -> None:
    text = (
        "Corin sat on the wall with his boots off.\n\n“Is it deep?” asked Ottilie.\n\n“It is cold,” said the lad.\n\n"
        "“I asked if it was deep, Corin,” said Ottilie.\n\n“It is that, too,” said Corin.\n"
    )
    script = read(tmp_path, text, Role("Corin", gender="male"), Role("Ottilie", gender="female"), Role("The Lad"))
    assert said(script) == ["Ottilie", "Corin", "Ottilie", "Corin"]


def test_a_listed_description_of_somebody_of_its_own_stays_theirs(tmp_path: Path) -> None:
    text = "“Is it deep?” asked Ottilie.\n\n“It is cold,” said the waiter.\n"
    script = read(tmp_path, text, Role("Ottilie", gender="female"), Role("the waiter"))
    assert said(script) == ["Ottilie", "the waiter"]


def test_who_of_two_with_one_name_speaks_is_decided_by_the_scene(tmp_path: Path) -> None:
    text = (
        "Kit Marsh and Kit Thorne had been to the same school.\n\n“I was the short one,” said Kit Marsh.\n\n"
        "“You were the tall one,” said Kit Thorne.\n\n“I was,” said Kit.\n"
    )
    marsh, thorne = Role("Kit Marsh", gender="male"), Role("Kit Thorne", gender="male")
    assert said(read(tmp_path, text, marsh, thorne)) == ["Kit Marsh", "Kit Thorne", "Kit Marsh"]


def test_a_name_of_several_words_may_be_misspelt_in_one_of_them(tmp_path: Path) -> None:
    text = "“Is it late?” asked Jory Penhallow.\n\n“It is,” said Ann.\n"
    script = read(tmp_path, text, Role("Jory Penhalow", gender="male"), Role("Ann", gender="female"))
    assert said(script) == ["Jory Penhalow", "Ann"]
    assert "Jory Penhallow" in person(script, "Jory Penhalow").aliases


def test_another_name_is_no_misspelling(tmp_path: Path) -> None:
    text = "“Is it late?” asked Jory Penhallow.\n\n“It is,” said Ann.\n"
    script = read(tmp_path, text, Role("Jory Carveth", gender="male"), Role("Mary Penhallow", gender="female"))
    assert said(script) == ["Jory Penhallow", "Ann"]


def test_a_listed_mister_is_the_one_man_whom_the_list_calls_by_the_bare_surname(tmp_path: Path) -> None:
    text = "“Shut the lock,” said Mr. Tregear.\n\n“It is shut, Tregear,” said Ann.\n\n“Good,” said Piers.\n"
    piers = Role("Piers Tregear", aliases=("Tregear", "Piers"), gender="male")
    doubled = read(tmp_path, text, piers, Role("Mr. Tregear", gender="male"), Role("Ann", gender="female"))
    assert said(doubled) == ["Piers Tregear", "Ann", "Piers Tregear"]
    brother = replace(piers, aliases=("Piers",))
    apart = read(tmp_path, text, brother, Role("Mr. Tregear", gender="male"), Role("Ann", gender="female"))
    assert said(apart) == ["Mr. Tregear", "Ann", "Piers Tregear"]
