"""The table of a batch fits the terminal, whatever the names and the sentences of errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from audiodrama.batch import Outcome
from audiodrama.cli.display import batch_table
from audiodrama.model import Master
from audiodrama.pipeline import Forecast

NAMES = ("anchor.txt", "a-story-with-a-very-long-name-and-[brackets]-" * 3 + ".txt", "故事" * 30 + ".txt")
ERROR = "anchor.txt is not text (it has bytes that no text has); save the story as plain text (.txt)."


def outcomes(folder: Path) -> Sequence[Outcome]:
    good = [
        Outcome(
            folder / name,
            output := (folder / name).with_suffix(".mp3"),
            Master(output, 3661.0, 44100, 1, -16.0, -1.0),
            1234,
            999,
        )
        for name in NAMES
    ]
    return [*good, Outcome(folder / "anchor.txt", folder / "anchor.mp3", error=ERROR)]


def widest(text: str) -> int:
    return max(map(cell_len, text.splitlines()))


@pytest.mark.parametrize("columns", [200, 80, 60, 40, 20])
def test_the_table_is_no_wider_than_the_terminal(columns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = batch_table.of_batch(outcomes(tmp_path))
    assert widest(shown) <= columns
    assert "3 of 4" in shown
    forecasts = [Forecast(tmp_path / name, tmp_path / name, 9, 9, (), 1.0, fresh=True) for name in NAMES]
    assert widest(batch_table.of_forecasts(forecasts)) <= columns


def test_why_a_story_failed_stands_whole_below_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = batch_table.of_batch(outcomes(tmp_path)).splitlines()
    assert ["anchor.txt", "failed"] in [row.split() for row in rows]
    start = next(number for number, row in enumerate(rows) if row.startswith("failed: "))
    assert " ".join(" ".join(rows[start:-1]).split()) == f"failed: {ERROR}"


def test_an_error_that_does_not_name_its_story_gets_the_name(tmp_path: Path) -> None:
    assert batch_table.named(tmp_path / "anchor.txt", "The disk is full.") == "anchor.txt: The disk is full."
    assert batch_table.named(tmp_path / "anchor.txt", ERROR) == ERROR
