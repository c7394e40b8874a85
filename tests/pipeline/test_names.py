"""Names of the casting, the decisions and a script are the story's in any letters and any form of Unicode."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from audiodrama import files, pipeline
from audiodrama.errors import DecisionsError, ScriptFileError
from audiodrama.model import name_key, names_meant

Form = Literal["NFC", "NFD"]
STORY = '"You came," said Zoë.\n\n"I did," said José.\n\n"Late," said Zoë.\n'
CASTING = "schema: audiodrama/casting 1\nroles:\n  {}: en-us+f3\n  {}: en-gb\n"
FORMS: tuple[Form, ...] = ("NFC", "NFD")


@pytest.mark.parametrize("story_form", FORMS)
@pytest.mark.parametrize("casting_form", FORMS)
@pytest.mark.parametrize("names", [("Zoë", "José"), ("zoë", "JOSÉ")])
def test_a_role_is_its_speakers_in_any_form(
    story_form: Form, casting_form: Form, names: tuple[str, str], tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes(unicodedata.normalize(story_form, STORY).encode())
    text = unicodedata.normalize(casting_form, CASTING.format(*names))
    (tmp_path / "casting.yaml").write_bytes(text.encode())
    material = pipeline.read(story)
    script = pipeline.adapt(material)
    cast = pipeline.fill(script, material.casting)
    voices = {name: role.voice.name for role in cast.roles for name in (role.name, *role.aliases)}
    spoken = {line.speaker for line in script.lines() if line.kind == "dialogue"}
    assert {voices[name] for name in spoken} == {"en-us+f3", "en-gb"}
    assert len(spoken) == 2


def test_a_story_with_both_forms_of_a_name_has_one_person_of_it(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes((STORY + "\n" + unicodedata.normalize("NFD", STORY)).encode())
    assert {person.name for person in pipeline.extract(story).people} == {"Zoë", "José"}


def test_a_decision_names_its_speaker_in_any_letters(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, "utf-8")
    session_line = '  - {line: "Late,", speaker: JOSÉ}\n'
    decisions = files.paths.decisions_beside(story)
    decisions.write_text(f"schema: audiodrama/decisions 1\ndecisions:\n{session_line}", "utf-8")
    script = pipeline.adapt(pipeline.read(story))
    assert [line.speaker for line in script.lines() if line.text == "Late,"] == ["José"]


def test_a_decision_that_may_mean_two_people_is_an_error_with_its_line(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text('"Hi," said MacAdam.\n\n"No," said Macadam.\n\n"Oh."\n', "utf-8")
    assert {person.name for person in pipeline.extract(story).people} == {"MacAdam", "Macadam"}
    decisions = files.paths.decisions_beside(story)
    decisions.write_text('schema: audiodrama/decisions 1\ndecisions:\n  - {line: "Oh.", speaker: macadam}\n', "utf-8")
    with pytest.raises(DecisionsError, match=r"decisions\.yaml:3: .*may be 'MacAdam' or 'Macadam'"):
        pipeline.adapt(pipeline.read(story))


def test_a_script_speaker_in_other_letters_is_the_person_and_an_ambiguous_one_an_error_with_its_line() -> None:
    head = "schema: audiodrama/script 1\npeople: [{name: %s}]\nlines:\n"
    script = files.parse_script(head % "Zoë" + '  - ZOË: "Hello."\n', "s.yaml")
    assert [line.speaker for line in script.lines()] == ["Zoë"]
    with pytest.raises(ScriptFileError, match=r"s\.yaml:4: 'aDa' may be 'ADA' or 'Ada'"):
        files.parse_script(head % "Ada}, {name: ADA" + '  - aDa: "Hello."\n', "s.yaml")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë", "ZOË"), ("Weiß", "WEISS"), ("O'Brien", "o’Brien"), ("Mrs  Hale", "mrs hale"), ("Σίσυφος", "ΣΊΣΥΦΟΣ")],
)
def test_letter_case_apostrophes_spaces_and_unicode_form_make_no_other_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) == name_key(unicodedata.normalize("NFD", other))


def test_accents_make_another_name() -> None:
    assert name_key("Zoe") != name_key("Zoë")


def test_a_name_means_itself_before_those_that_are_written_otherwise() -> None:
    assert names_meant("Ada", ["ADA", "Ada"]) == ("Ada",)
    assert names_meant("ada", ["ADA", "Ada"]) == ("ADA", "Ada")
    assert names_meant("Bea", ["ADA", "Ada"]) == ()
