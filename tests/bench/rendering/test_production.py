"""The synthetic novel and what is measured on it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from audiodrama import pipeline
from audiodrama.bench.rendering.production import Cost, compare_pairs, cost_table, costs, run_measured
from audiodrama.bench.rendering.synthetic_novel import QUIET_SPEAKER, SPEAKERS, novel
from audiodrama.errors import InputError
from tests.conftest import ROOT


def test_a_made_up_novel_is_the_same_every_time_and_as_long_as_asked_for() -> None:
    text = novel(5000)
    assert text == novel(5000) != novel(5000, seed=2)
    assert len(text.split()) == pytest.approx(5000, abs=100)
    assert text.count("Chapter ") == 2


def test_the_one_to_recast_speaks_one_line_in_twenty(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text(novel(6000), encoding="utf-8")
    lines = pipeline.extract(tmp_path / "novel.txt").lines()
    speaking = [line.speaker for line in lines]
    assert set(speaking) == {"narrator", QUIET_SPEAKER, *SPEAKERS}
    assert speaking.count(QUIET_SPEAKER) / len(lines) == pytest.approx(0.05, abs=0.02)


def test_a_command_is_measured_in_time_and_memory(tmp_path: Path) -> None:
    work = (
        "import time; x = bytearray(80_000_000); end = time.process_time() + 0.5\nwhile time.process_time() < end: pass"
    )
    cost = run_measured("work", [sys.executable, "-c", work], tmp_path)
    assert cost.wall >= cost.processor * 0.9 >= 0.4
    assert cost.memory > 70
    with pytest.raises(InputError, match="ended with 3"):
        run_measured("fail", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_the_ratios_are_to_the_cold_run() -> None:
    rows = cost_table([Cost("cold", 10.0, 20.0, 100.0), Cost("recast", 1.0, 5.0, 50.0)])
    assert re.split(r"\s{2,}", rows[2]) == ["recast", "1.0s", "0.100", "5.0s", "0.250", "50 MB"]


def test_the_growth_of_memory_with_length_is_shown() -> None:
    rows = cost_table([Cost("cold", 10.0, 20.0, 105.0), Cost("a tenth", 1.0, 2.0, 100.0)])
    assert rows[-1] == "memory of ten times the length: +5.0%"


def test_a_story_is_produced_in_turns_with_another_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    story = tmp_path / "one story.txt"
    story.write_text("The door opened. Nobody was there.\n", encoding="utf-8")
    other = f"{sys.executable} -c 'import sys; open(sys.argv[2], \"w\").write(open(sys.argv[1]).read())'"
    rows = list(compare_pairs(story, 1, f"{other} {{text}} {{output}} {{jobs}}", 2))
    assert [row.split(":")[0] for row in rows] == ["cold, floor"] * 2 + ["cold over floor, medians of the pairs"]


def test_a_short_novel_is_produced_again_and_recast_at_less_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    by_step = {cost.step: cost for cost in costs(1500, 1)}
    assert list(by_step) == ["cold", "unchanged", "recast", "a tenth"]
    assert by_step["unchanged"].processor < by_step["cold"].processor
