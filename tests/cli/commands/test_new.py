"""A folder to begin with: its files can be used as they are, and nothing of the user's is written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from audiodrama import pipeline
from audiodrama.cli import app
from audiodrama.errors import OutputError

FILES = {"the-last-ferry.txt", "the-spare-key.script.yaml", "casting.yaml"}


def test_a_new_folder_has_a_story_a_script_and_a_casting_for_both(tmp_path: Path) -> None:
    folder = tmp_path / "plays"
    result = CliRunner().invoke(app, ["new", str(folder)])
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.iterdir()} == FILES
    roles = {role.name for role in pipeline.read_casting(folder / "the-last-ferry.txt").roles}
    assert roles == {"Nell", "Mr. Abbott", "June", "Arthur"}


def test_who_speaks_in_the_sample_story_is_found(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["new", str(tmp_path / "plays")])
    script = pipeline.extract(tmp_path / "plays" / "the-last-ferry.txt")
    speakers = [line.speaker for line in script.lines() if line.kind == "dialogue"]
    assert (
        speakers
        == ["Mr. Abbott"] * 2 + ["Nell"] * 2 + ["Mr. Abbott", "Nell", "Nell"] + ["Mr. Abbott"] * 2 + ["Nell"] * 2
    )


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Mine.", encoding="utf-8")
    for place in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(OutputError, match="new or empty"):
            CliRunner().invoke(app, ["new", str(place)], catch_exceptions=False)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
