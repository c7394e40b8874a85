"""The doctor: it says of each thing whether it is there, and what mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from audiodrama.cli import app
from audiodrama.sound.engines import BUILT_IN


def test_a_good_machine_has_everything_that_is_needed() -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0, result.output
    assert "Everything is there that a production needs." in result.stdout
    for name in ("python", "cache folder", "ffmpeg", "dask", "player", *(f"engine {name}" for name in BUILT_IN)):
        assert name in result.stdout


def test_a_cache_folder_that_cannot_be_made_is_named_with_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "MISSING cache folder" in result.stdout
    assert "Set XDG_CACHE_HOME" in result.stdout


def test_a_player_that_is_not_there_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0, result.output
    assert "To hear results" in result.stdout
