"""Every passage in ``cases/`` becomes the script that a careful reader would write down.

The format of the files is described in ``cases/README.md``; whoever finds a passage that comes out wrong adds a file.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from audiodrama import prose, script
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Line, Person, Script
from tests.conftest import ROOT, SCRIPTS

HERE = ROOT / "tests" / "cases" / "scripts"
CASES = sorted(HERE.glob("*.txt"))
STORIES = sorted(path for path in SCRIPTS.iterdir() if path.suffix in (".txt", ".md"))
CUT = " …"
"""Ends an expected text that gives only the first words."""

PERSON = "person: "

_ROW = re.compile(r"(?P<thought>thought: )?(?P<who>[^|()]+?)(?: \((?P<how>[^()]*)\))? \|(?: (?P<text>.*))?")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an expected script, or a line of a script written down in the same way."""

    who: str
    """The speaker, or "heading", "break", "skipped"."""
    text: str = ""
    how: str = ""
    """The manner; of a skipped stretch, the reason."""
    thought: bool = False

    def __str__(self) -> str:
        how = f" ({self.how})" if self.how else ""
        return f"{'thought: ' * self.thought}{self.who}{how} | {self.text}".rstrip()

    def allows(self, other: Row) -> bool:
        """Whether ``other`` is what this row asks for."""
        text = other.text
        if self.text.endswith(CUT):
            text = text[: len(self.text) - len(CUT)] + CUT
        return (self.who, self.text, self.thought) == (other.who, text, other.thought) and self.how in other.how


@dataclass(frozen=True, slots=True)
class Case:
    """A file of ``cases/``."""

    trap: str
    file: str
    passage: str
    rows: tuple[Row, ...]
    people: tuple[Row, ...]


def load_case(path: Path) -> Case:
    """Read a case file; an ill-formed one fails with the reason."""
    head, mark, rest = path.read_text("utf-8").partition("\n===\n")
    assert mark, f"{path.name}: no line of three = between the trap and the passage"
    passage, mark, expected = rest.rpartition("\n---\n")
    assert mark, f"{path.name}: no line of three - between the passage and the expected script"
    trap, _, option = head.partition("\n")
    assert trap.endswith("."), f"{path.name}: the first line is not a sentence"
    assert not option or option.startswith("file: "), f"{path.name}: the second line is not `file: NAME`"
    rows, people = load_rows(expected, path.name)
    return Case(trap, option.removeprefix("file: ") or "story.txt", passage, rows, people)


def load_rows(text: str, where: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The lines of an expected script, and what it says of people."""
    rows = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _ROW.fullmatch(line)
        assert match, f"{where}: this line of the expected script is not `who | text`: {line}"
        rows.append(Row(match["who"], match["text"] or "", match["how"] or "", bool(match["thought"])))
    people = tuple(Row(row.who.removeprefix(PERSON), row.text) for row in rows if row.who.startswith(PERSON))
    return tuple(row for row in rows if not row.who.startswith(PERSON)), people


def load_story(path: Path) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    return load_rows((HERE / "stories" / f"{path.stem}.expected").read_text("utf-8"), path.name)


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
    return Row("I" if speaker == NARRATOR else speaker, text, line.delivery, line.kind == "thought")


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
        plain = Row(row.who, row.text, row.how if row.who == "skipped" else "", row.thought)
        came.append(str(same or plain))
    if wanted == came:
        return ""
    return "\n".join(line for line in difflib.ndiff(wanted, came) if not line.startswith("?"))


def misjudged(people: tuple[Row, ...], played: Script) -> list[str]:
    """Who is not of the gender and age that a case gives, or does not narrate though it says so."""
    wrong = []
    for row in people:
        known = [person for person in played.people if called(person, row.who)]
        known = known or [person for person in played.people if partly_called(person, row.who, played)]
        said = [" ".join((person.gender, person.age, "narrates" * person.narrates)).split() for person in known]
        if len(said) != 1 or not set(row.text.split(", ")) <= set(said[0]):
            wrong.append(f"- {PERSON}{row}\n+ {PERSON}{row.who} | {' / '.join(map(', '.join, said)) or 'not found'}")
    return wrong


def speeches(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.who not in (NARRATOR, "heading", "break", "skipped")]


def tidied(row: Row) -> Row:
    return Row(row.who, row.text.strip(" —–-"), row.how) if row.who == NARRATOR else row


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_passage_becomes_the_script_of_a_careful_reader(path: Path) -> None:
    case = load_case(path)
    played = perform(case.passage, case.file)
    found = difference(case.rows, write_down(played, case.passage, case.rows))
    assert not found, f"{case.trap}\n{found}"
    assert not misjudged(case.people, played)


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
    rows, people = load_story(path)
    source = path.read_text("utf-8")
    played = perform(source, path.name)
    found = difference(rows, speeches(write_down(played, source, rows)))
    assert missed(path.name, found, *misjudged(people, played)) == OPEN.get(path.name, set()), found


@pytest.mark.parametrize("marks", ["“”", "‘’", "„“", "»«", "«»", '""', "''"])
@pytest.mark.parametrize("name", ["music-box.txt", "harbour-forty-two.txt", "hush.md"])
def test_another_quote_convention_changes_nothing_but_the_marks(name: str, marks: str) -> None:
    source = (SCRIPTS / name).read_text("utf-8")
    story = source.translate(str.maketrans("“”«»", marks * 2))
    rows, _ = load_story(Path(name))
    found = difference(rows, speeches(write_down(perform(story, name), story, rows)))
    assert missed(name, found) <= OPEN.get(name, set()), f"{name} with {marks}\n{found}"


def test_a_case_with_a_wrong_speaker_is_shown_as_a_difference() -> None:
    rows, _ = load_rows("Ada | Good night.\nnarrator | said Ada …\nBen (growled) | Is it?", "here")
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
