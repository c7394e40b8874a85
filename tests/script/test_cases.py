"""Every passage in ``tests/cases/scripts`` becomes the script that a careful reader would write down.

The format is described in ``tests/cases/README.md``. A contributor adds a file for a passage that comes out wrong.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from audiodrama import prose, script
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Line, Person, Script
from tests.conftest import SCRIPTS
from tests.helpers.cases import Row, case_paths, load_case, load_rows

STORIES = sorted(path for path in SCRIPTS.iterdir() if path.suffix in (".txt", ".md"))
STORY_CASES = {case.file: case for case in map(load_case, case_paths("stories"))}
ABOUT_PEOPLE = {"female", "male", "child", "young", "adult", "old", "narrates"}
"""What a row ``person: NAME | ...`` may say."""


def perform(passage: str, file: str) -> Script:
    return script.adapt(prose.parse(passage, file))


def write_down(played: Script, source: str, expected: tuple[Row, ...]) -> list[Row]:
    """A script in rows, skipped stretches and breaks at their places, under the names that ``expected`` uses."""
    names = names_of(played, {row.who for row in expected})
    rows: list[tuple[float, Row]] = []
    for number, scene in enumerate(played.scenes):
        for place, line in enumerate(scene.lines):
            assert line.span is not None, f"a line without a span: {line}"
            if number and place == 0 and line.kind != "heading":
                rows.append((line.span.start - 0.5, Row("break")))
            rows.append((line.span.start, row_of(line, names)))
    for skip in played.skipped:
        text = " ".join(source[skip.span.start : skip.span.end].split())
        if any(map(str.isalpha, text)) and skip.reason != "scene break":
            rows.append((skip.span.start, Row("skipped", text, skip.reason)))
    return [row for _, row in sorted(rows, key=lambda item: item[0])]


def row_of(line: Line, names: dict[str, str]) -> Row:
    text = " ".join(line.text.split())
    if line.kind == "heading":
        return Row("heading", text)
    if line.kind == "narration":
        return Row(NARRATOR, text.strip(" —–-"))
    speaker = names.get(line.speaker, line.speaker)
    mark = "thought" if line.kind == "thought" else ""
    return Row("I" if speaker == NARRATOR else speaker, text, line.delivery, mark)


def like(name: str) -> str:
    """A name without what two ways to write it may differ in."""
    return name.casefold().replace("’", "'")


def names_of(played: Script, wanted: set[str]) -> dict[str, str]:
    """Person's name -> the name that the case uses. Two people for one name, or one for two, stay to be seen."""
    exact = {person.name: [name for name in sorted(wanted) if called(person, name)] for person in played.people}
    left = wanted.difference(*exact.values())
    names: dict[str, str] = {}
    for person in played.people:
        found = exact[person.name] or [name for name in sorted(left) if partly_called(person, name, played)]
        names[person.name] = " = ".join(found) or person.name
        if names[person.name] in [name for other, name in names.items() if other != person.name]:
            names[person.name] = f"another {person.name}"
    return names


def called(person: Person, name: str) -> bool:
    own = {like(other) for other in (person.name, *person.aliases)}
    return like(name) in own or (person.narrates and name == "I")


def partly_called(person: Person, name: str, played: Script) -> bool:
    """Whether a name is a part of this one person's name, or the other way round: Jem of Jem Oakes."""
    words = set(like(name).split())
    sharing = []
    for other in played.people:
        theirs = [set(like(alias).split()) for alias in (other.name, *other.aliases)]
        if any(words <= own or own <= words for own in theirs):
            sharing.append(other)
    return sharing == [person]


def difference(expected: tuple[Row, ...], actual: list[Row]) -> str:
    """A diff to read, empty if there is none; - is expected, + is what came out."""
    wanted = [str(tidied(row)) for row in expected]
    came = []
    for row in actual:
        same = next((want for want in map(tidied, expected) if want.allows(row)), None)
        plain = Row(row.who, row.text, row.how if row.who == "skipped" else "", row.mark)
        came.append(str(same or plain))
    if wanted == came:
        return ""
    return "\n".join(line for line in difflib.ndiff(wanted, came) if not line.startswith("?"))


def split_off_people(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Part the rows of the script from those that say of people what they are."""
    people = tuple(row for row in rows if row.mark == "person")
    for row in people:
        assert set(row.text.split(", ")) <= ABOUT_PEOPLE, f"not one of {sorted(ABOUT_PEOPLE)}: {row}"
    return tuple(row for row in rows if row.mark != "person"), people


def misjudged(people: tuple[Row, ...], played: Script) -> list[str]:
    """Who is not of the gender and age that a case gives, or does not narrate though it says so."""
    wrong = []
    for row in people:
        known = [person for person in played.people if called(person, row.who)]
        known = known or [person for person in played.people if partly_called(person, row.who, played)]
        traits = [" ".join((person.gender, person.age, "narrates" * person.narrates)).split() for person in known]
        if len(traits) != 1 or not set(row.text.split(", ")) <= set(traits[0]):
            came = " / ".join(map(", ".join, traits)) or "not found"
            wrong.append(f"- {row}\n+ {Row(row.who, came, mark='person')}")
    return wrong


def speeches(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.who not in (NARRATOR, "heading", "break", "skipped")]


def tidied(row: Row) -> Row:
    return Row(row.who, row.text.strip(" —–-"), row.how) if row.who == NARRATOR else row


@pytest.mark.parametrize("path", case_paths("scripts"), ids=lambda path: path.stem)
def test_the_passage_becomes_the_script_of_a_careful_reader(path: Path) -> None:
    case = load_case(path)
    rows, people = split_off_people(case.rows)
    played = perform(case.passage, case.file)
    differing = difference(rows, write_down(played, case.passage, rows))
    assert not differing, f"{case.trap}\n{differing}"
    assert not misjudged(people, played)


OPEN = {
    # His age is told by what he does.
    "tenor-bell.txt": {"- person: Jem Oakes | male, child"},
}
"""What is not found in our own stories yet, and nothing else: take out what has been mended."""


def missed(name: str, *found: str) -> set[str]:
    lines = {line for text in found for line in text.splitlines() if line.startswith("- ")}
    expected = OPEN.get(name, set())
    return {next((gap for gap in expected if line.startswith(gap.removesuffix("."))), line) for line in lines}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_every_speech_of_the_story_is_given_to_who_speaks_it_but_for_the_gaps_that_are_told(path: Path) -> None:
    case = STORY_CASES[path.name]
    rows, people = split_off_people(case.rows)
    played = perform(case.passage, path.name)
    differing = difference(rows, speeches(write_down(played, case.passage, rows)))
    assert missed(path.name, differing, *misjudged(people, played)) == OPEN.get(path.name, set()), differing


@pytest.mark.parametrize("marks", ["“”", "‘’", "„“", "»«", "«»", '""', "''"])
@pytest.mark.parametrize("name", ["music-box.txt", "harbour-forty-two.txt", "hush.md"])
def test_another_quote_convention_changes_nothing_but_the_marks(name: str, marks: str) -> None:
    case = STORY_CASES[name]
    story = case.passage.translate(str.maketrans("“”«»", marks * 2))
    rows, _ = split_off_people(case.rows)
    differing = difference(rows, speeches(write_down(perform(story, name), story, rows)))
    assert missed(name, differing) <= OPEN.get(name, set()), f"{name} with {marks}\n{differing}"


def test_a_case_with_a_wrong_speaker_is_shown_as_a_difference() -> None:
    rows = load_rows("Ada | Good night.\nnarrator | said Ada …\nBen (growled) | Is it?", "here")
    right = [
        Row("Ada", "Good night.", "softly"),
        Row(NARRATOR, "said Ada and sat down."),
        Row("Ben", "Is it?", "growled"),
    ]
    assert difference(rows, right) == ""
    assert "+ Ben | Good night." in difference(rows, [Row("Ben", "Good night."), *right[1:]])
    assert "- Ben (growled) | Is it?" in difference(rows, [*right[:2], Row("Ben", "Is it?", "whispered")])
    assert "- Ben (growled) | Is it?" in difference(rows, right[:2])


def test_one_voice_for_two_people_and_two_voices_for_one_are_differences() -> None:
    passage = '"There is a bear," said Mrs. Tope.\n\n"What sort?" said Mr. Finch.'
    played = perform(passage, "story.txt")
    assert set(names_of(played, {"Mrs. Tope", "Mr. Finch"}).values()) == {"Mrs. Tope", "Mr. Finch"}
    merged = Script(played.scenes, (Person("Tope", ("Mr. Tope", "Mrs. Tope")),))
    assert names_of(merged, {"Mr. Tope", "Mrs. Tope"}) == {"Tope": "Mr. Tope = Mrs. Tope"}


def test_unknown_speakers_are_not_people() -> None:
    played = perform('"Is anybody there?"\n\nThe fog came up and went down again.', "story.txt")
    assert {UNKNOWN, CROWD, NARRATOR}.isdisjoint(person.name for person in played.people)
