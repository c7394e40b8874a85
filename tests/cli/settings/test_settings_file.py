"""A settings file is read to the letter; one that cannot be used is one sentence with the file and the line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audiodrama.cli.settings.example import example
from audiodrama.cli.settings.registry import SETTINGS
from audiodrama.cli.settings.settings_file import Value, read_settings
from audiodrama.errors import InputError

WRONG = {
    "enigne = 'tone'": "'enigne' is no setting; did you mean 'engine'?",
    "keep_notes = true": "'keep_notes' is no setting; did you mean 'keep-notes'?",
    "Narrator = 'x'": "'Narrator' is no setting; did you mean 'narrator'?",
    "title = 'x'": "'title' is no setting; it belongs to one run",
    "voices = {Ida = 'en-gb'}": "'voices' is no setting; it belongs in casting.yaml",
    "casting = 'c.yaml'": "casting.yaml beside the story or in this folder is found without it",
    "engine = 3": 'engine must be a text like engine = "espeak", not 3',
    "jobs = '2'": "jobs must be a whole number like 2, not '2'",
    "jobs = 2.5": "jobs must be a whole number like 2, not 2.5",
    "jobs = true": "jobs must be a whole number like 2, not true",
    "jobs = 0": "jobs must be from 1 to 100000, not 0",
    "llm-minutes = nan": "llm-minutes must be from 0.01 to 100000, not nan",
    "llm-minutes = -1": "llm-minutes must be from 0.01 to 100000, not -1",
    "quiet = 'yes'": "quiet must be true or false, not 'yes'",
    "[engine]\nname = 'tone'": "engine must be a text like",
    "llm.model = 'x'": "llm must be a text like",
    "narrator = 'a\\u0007b'".replace("'", '"'): "narrator must be a text on one line, without control characters",
    'takes = "a\\u0000b"': "this cannot be the name of a folder; it has a control character",
    "llm = 'localhost'": "--llm must be",
    "engine = espeak": "a text needs quotation marks",
    "keep-notes = yes": "yes or no is written true or false",
    "engine: 'tone'": "a line is written KEY = VALUE",
    "engine": "a line is written KEY = VALUE",
    "= 3": "a line is written KEY = VALUE",
    'takes = "C:\\Users"': "must be written twice; or use single ones",
    'takes = "C:\\qqq"': "must be written twice; or use single ones",
    "engine = 'x": "a quotation mark is never closed",
    'engine = "x\n': "the quotation mark that opens here is never closed",
    "engine = 'x' 'y'": "there is more behind the value",
    "jobs = " + "9" * 5000: "a number has too many digits",
    "jobs = " + "[" * 5000: "this is nested too deep",
    "author = 'a\x00'": "this is not TOML: ",
}
"""A line -> what is said of it."""


def values(folder: Path, text: str, *, own: bool = True) -> dict[str, Value]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return {key: given.value for key, given in read_settings(path, own=own).items()}


@pytest.mark.parametrize("line", WRONG, ids=lambda line: line[:20])
def test_what_is_wrong_is_one_sentence_with_its_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        values(tmp_path, f"# mine\nbelow = 0.5\n{line}")
    place, _, sentence = str(caught.value).partition(": ")
    assert place == f"{tmp_path / 'config.toml'}:{1 if 'nested' in sentence else 3}"
    assert WRONG[line].lower() in sentence.lower()
    assert "\n" not in sentence
    assert len(sentence) < 250


def test_a_key_that_is_given_twice_is_named_with_its_second_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"config.toml:3: a key is given twice"):
        values(tmp_path, "jobs = 1\nquiet = true\njobs = 2\nauthor = 'x'\n")


@pytest.mark.parametrize("key", ["cluster", "llm"])
def test_a_folder_may_not_send_a_story_elsewhere_but_may_forbid_it(key: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"{key}.+sends work to another machine"):
        values(tmp_path, f"{key} = 'http://localhost'\n", own=False)
    assert values(tmp_path, f"{key} = ''\n", own=False) == {key: ""}
    assert values(tmp_path, f"{key} = 'http://localhost'\n") == {key: "http://localhost"}


def test_a_folder_is_beside_the_file_or_in_the_users_home(tmp_path: Path) -> None:
    assert values(tmp_path, "takes = 'kept'\n") == {"takes": str(tmp_path / "kept")}
    assert values(tmp_path, "takes = '~/kept'\n") == {"takes": os.path.expanduser("~/kept")}
    assert values(tmp_path, "takes = ''\n") == {"takes": ""}


def test_where_there_is_no_file_nothing_is_set(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml", own=True) == {}
    assert read_settings(tmp_path / "file" / "config.toml", own=True) == {}


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read_settings(tmp_path / "folder.toml", own=True)
    os.symlink("nowhere", tmp_path / "link.toml")
    with pytest.raises(InputError, match=r"link\.toml"):
        read_settings(tmp_path / "link.toml", own=True)
    (tmp_path / "large.toml").write_text("#" * 70_000, encoding="utf-8")
    with pytest.raises(InputError, match="too large"):
        read_settings(tmp_path / "large.toml", own=True)


@pytest.mark.parametrize("own", [True, False])
def test_the_example_sets_nothing_and_each_of_its_lines_can_be_used(own: bool, tmp_path: Path) -> None:
    text = example(own=own)
    assert values(tmp_path, text, own=own) == {}
    active = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("#") and line[1:2] != " ")
    assert {*values(tmp_path, active, own=own)} == {each.key for each in SETTINGS if own or not each.own_only}
