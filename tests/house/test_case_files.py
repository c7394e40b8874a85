"""Case files are all read, each says what it shows, and a mistake in one is an error and not a test that passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, SCRIPTS
from tests.helpers.cases import CASES, FOLDERS, Case, CaseError, Row, case_paths, load_case, load_rows

FEWEST = {"forms": 30, "prose": 52, "quotes": 56, "scripts": 172, "speakers": 20, "stories": 5}
"""Case files that each folder has at the least: one that is lost by mistake is missed."""
WELL_FORMED = "A sentence.\nfile: story.md\n===\nThe gate was open.\n\n---\nnarrator | The gate was open.\n"


def load(text: str, folder: Path) -> Case:
    path = folder / "a-case.txt"
    path.write_text(text, encoding="utf-8")
    return load_case(path)


def test_every_folder_of_case_files_is_read_by_a_test() -> None:
    assert {path.name for path in CASES.iterdir() if path.is_dir() and any(path.rglob("*"))} == set(FOLDERS)
    tests = "".join(path.read_text(encoding="utf-8") for path in (CASES.parent).rglob("test_*.py"))
    assert [folder for folder in FOLDERS if f'case_paths("{folder}")' not in tests] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_case_of_a_folder_says_what_it_alone_shows(folder: str) -> None:
    traps = [load_case(path).trap for path in case_paths(folder)]
    assert len(traps) >= FEWEST[folder]
    assert len(set(traps)) == len(traps), sorted({trap for trap in traps if traps.count(trap) > 1})


@pytest.mark.parametrize("room", ["prose", "script"])
def test_the_case_files_that_comments_name_are_there(room: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "audiodrama" / room).rglob("*.py")]
    named = {name for text in texts for name in re.findall(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\.(?:txt|md)\b", text)}
    assert named - {path.name for path in CASES.rglob("*.txt")} == set()


def test_every_story_has_one_case_that_is_named_after_it() -> None:
    stories = sorted(path for path in SCRIPTS.iterdir() if path.suffix in (".txt", ".md"))
    assert [path.stem for path in case_paths("stories")] == [path.stem for path in stories]
    assert [load_case(path).file for path in case_paths("stories")] == [path.name for path in stories]


def test_a_case_file_is_read_into_its_parts(tmp_path: Path) -> None:
    rows = (Row("narrator", "The gate was open."),)
    assert load(WELL_FORMED, tmp_path) == Case("A sentence.", "story.md", "The gate was open.\n", rows)


def test_the_passage_of_a_case_may_hold_the_lines_that_part_it(tmp_path: Path) -> None:
    passage = "---\ntitle: x\n---\n\nTitle\n===\n\nText."
    assert load(f"A sentence.\n===\n{passage}\n---\nbreak |\n", tmp_path).passage == passage


def test_a_row_is_written_as_it_is_read() -> None:
    lines = ["Ada (whispered) | I heard it | twice.", "thought: Ada | Did I?", "person: Ada | female, child", "break |"]
    assert [str(row) for row in load_rows("\n".join(lines), "here")] == lines


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("A sentence.", "A sentence"),
        ("===", "=="),
        ("---", "--"),
        ("file: story.md", "fiel: story.md"),
        ("file: story.md", "file: "),
        ("file: story.md", "file: story.md\nfile: story.md"),
        ("file: story.md", "story: lamp-room.txt"),
        ("The gate was open.\n\n---", "---"),
        ("narrator | The gate was open.", ""),
        ("narrator | The", "narrator: The"),
        ("narrator | The", "narrator| The"),
        ("narrator | The", "narrator (said | The"),
        ("narrator | The", "though: narrator | The"),
    ],
)
def test_a_case_file_that_is_not_well_formed_is_an_error(right: str, wrong: str, tmp_path: Path) -> None:
    assert right in WELL_FORMED
    with pytest.raises(CaseError, match=r"a-case\.txt: "):
        load(WELL_FORMED.replace(right, wrong, 1), tmp_path)


def test_a_folder_without_case_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        with pytest.raises(CaseError, match="no case file"):
            case_paths(folder, tmp_path)


@pytest.mark.parametrize("name", ["a_case.txt", "A-case.txt", "a-case.md", "a-case.text", "more/a-case.txt"])
def test_a_file_that_no_test_would_read_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder" / "more").mkdir(parents=True)
    (tmp_path / "folder" / "good.txt").touch()
    (tmp_path / "folder" / name).touch()
    with pytest.raises(CaseError, match="not a case file"):
        case_paths("folder", tmp_path)
