"""The commands about kept takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

CLI = Callable[..., Run]


def test_kept_takes_are_counted_and_pruned_and_made_again(audiodrama: CLI, tone_story: Path, tmp_path: Path) -> None:
    assert audiodrama("produce", tone_story, "-o", "k.mp3", "--takes", "t", "-q").returncode == 0
    first = (tmp_path / "k.mp3").read_bytes()
    told = audiodrama("takes", "info", "--takes", "t")
    assert told.returncode == 0
    assert told.stdout.startswith("t: 9 takes, ")
    assert "used between 0 minutes and 0 minutes ago" in told.stdout
    assert "0 files removed" in audiodrama("takes", "prune", "--older-than", "30d", "--takes", "t").stdout
    assert "0 files removed" in audiodrama("takes", "prune", "--keep", "2GB", "--takes", "t").stdout
    pruned = audiodrama("takes", "prune", "--all", "--takes", "t")
    assert "0 B left" in pruned.stdout
    assert not list((tmp_path / "t").rglob("*.take"))
    (tmp_path / "k.mp3").unlink()
    assert audiodrama("produce", tone_story, "-o", "k.mp3", "--takes", "t", "-q").returncode == 0
    assert (tmp_path / "k.mp3").read_bytes() == first


def test_takes_that_were_never_made_are_told_so(audiodrama: CLI) -> None:
    assert ": 0 takes, 0 encoded segments, 0 B" in audiodrama("takes", "info", "--takes", "none").stdout
    assert audiodrama("takes", "prune", "--all", "--takes", "none").returncode == 0


@pytest.mark.parametrize(
    "wrong", [(), ("--keep", "2 elephants"), ("--older-than", "30"), ("--all", "--keep", "1GB"), ("--keep", "")]
)
def test_what_to_prune_has_to_be_said_clearly(wrong: tuple[str, ...], audiodrama: CLI) -> None:
    run = audiodrama("takes", "prune", *wrong)
    assert run.returncode == 2
    assert "30d" in run.stderr or "2GB" in run.stderr or "--all" in run.stderr
