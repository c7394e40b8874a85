"""A production that is up to date is not made again, and a dry run says what would be made."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audiodrama import files, pipeline
from audiodrama.cache.as_json import from_json, to_json
from audiodrama.files import paths
from audiodrama.pipeline import Options, Production, forecast, produce
from audiodrama.pipeline.production_record import ProductionRecord
from audiodrama.pipeline.throughput import Throughput, load_throughput
from tests.conftest import STORY, TONE_CASTING, Run

CLI = Callable[..., Run]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_run_does_nothing_and_says_the_same(tone_story: Path, tmp_path: Path) -> None:
    first = produce(tone_story, tmp_path / "k.mp3", jobs=1)
    written = (tmp_path / "k.mp3").stat()
    second = produce(tone_story, tmp_path / "k.mp3", jobs=1)
    assert second.unchanged
    assert not first.unchanged
    assert (second.made, second.reused) == (0, 9)
    assert replace(second, made=9, reused=0, seconds=first.seconds, unchanged=False) == first
    assert (tmp_path / "k.mp3").stat() == written


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "the story": lambda story, _: edit(story, "kettle", "teapot"),
    "the casting": lambda story, _: edit(story.with_name("casting.yaml"), "350Hz", "360Hz"),
    "a pause": lambda story, _: story.with_name("casting.yaml").write_text(f"{TONE_CASTING}pauses:\n  reply: 800\n"),
    "the story's own casting": lambda story, _: paths.casting_beside(story).write_text("roles:\n  Maud: 510Hz\n"),
    "a decision": lambda story, _: paths.decisions_beside(story).write_text(
        "schema: audiodrama/decisions 1\ndecisions:\n- {line: Is it you?, speaker: Maud}\n"
    ),
    "the result is gone": lambda _, output: output.unlink(),
    "the result is damaged": lambda _, output: output.write_bytes(output.read_bytes()[:-1] + b"\x55"),
    "the result is another's": lambda _, output: output.write_bytes(b"something else"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_decides_the_result_makes_the_production_again(
    change: str, tone_story: Path, tmp_path: Path
) -> None:
    output = tmp_path / "k.mp3"
    produce(tone_story, output, jobs=1)
    CHANGES[change](tone_story, output)
    again = produce(tone_story, output, jobs=1)
    assert not again.unchanged
    elsewhere = produce(tone_story, tmp_path / "fresh.mp3", Options(takes=tmp_path / "other takes"), jobs=1)
    assert output.read_bytes() == elsewhere.master.path.read_bytes()


def test_other_options_make_the_production_again(tone_story: Path, tmp_path: Path) -> None:
    output = tmp_path / "k.mp3"
    produce(tone_story, output, jobs=1)
    assert not produce(tone_story, output, Options(drop_tags=True), jobs=1).unchanged
    assert produce(tone_story, output, Options(drop_tags=True), jobs=1).unchanged


def test_a_result_that_was_only_touched_is_still_the_same(tone_story: Path, tmp_path: Path) -> None:
    produce(tone_story, tmp_path / "k.mp3", jobs=1)
    os.utime(tmp_path / "k.mp3", (1, 1))
    assert produce(tone_story, tmp_path / "k.mp3", jobs=1).unchanged


def test_a_damaged_record_costs_nothing_but_time(tone_story: Path, tmp_path: Path) -> None:
    produce(tone_story, tmp_path / "k.mp3", jobs=1)
    (note,) = paths.productions_folder().glob("*.note")
    content = note.read_bytes()
    for damaged in (b"", content[:-1], content[:50], content.replace(b"Maud", b"Moud"), b"\xff" * 100):
        note.write_bytes(damaged)
        assert ProductionRecord(tone_story, tmp_path / "k.mp3", Options()).finished() is None
        assert ProductionRecord(tone_story, tmp_path / "k.mp3", Options()).last() is None
    assert not produce(tone_story, tmp_path / "k.mp3", jobs=1).unchanged
    assert note.read_bytes() != b"\xff" * 100


def test_without_a_cache_folder_everything_still_works(
    tone_story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        made = produce(tone_story, tmp_path / "k.mp3", Options(takes=tmp_path / "takes"), jobs=1)
        assert not made.unchanged


def test_a_production_survives_its_way_through_json(tone_story: Path, tmp_path: Path) -> None:
    made = produce(tone_story, tmp_path / "k.mp3", jobs=1)
    assert from_json(Production, json.loads(json.dumps(to_json(made)))) == made


def test_a_recast_encodes_only_what_changed_and_gives_the_same_bytes_as_a_fresh_run(tmp_path: Path) -> None:
    story, takes = tmp_path / "long.txt", tmp_path / "takes"
    story.write_text(STORY + ('\nThe rain went on.\n\n"Still raining," said Maud.\n' * 60) + STORY, encoding="utf-8")
    casting = tmp_path / "casting.yaml"
    casting.write_text(TONE_CASTING, encoding="utf-8")
    produce(story, tmp_path / "k.mp3", Options(takes=takes), jobs=1)
    before = set(takes.rglob("*.segment"))
    casting.write_text(TONE_CASTING.replace("350Hz", "300Hz"), encoding="utf-8")
    produce(story, tmp_path / "k.mp3", Options(takes=takes), jobs=1)
    new = set(takes.rglob("*.segment")) - before
    assert 0 < len(new) < 0.5 * len(before)
    produce(story, tmp_path / "fresh.mp3", Options(takes=tmp_path / "none"), jobs=1)
    assert (tmp_path / "k.mp3").read_bytes() == (tmp_path / "fresh.mp3").read_bytes()


# ------------------------------------------------------------------------------------------------ told beforehand


def told(story: Path, output: Path) -> tuple[int, int, tuple[tuple[str, str, int], ...]]:
    seen = forecast(story, output, jobs=1)
    return seen.made, seen.lines, seen.reasons


def test_a_forecast_makes_nothing(tone_story: Path, tmp_path: Path) -> None:
    seen = forecast(tone_story, tmp_path / "out" / "k.mp3")
    assert (seen.made, seen.lines, seen.fresh, seen.unchanged) == (9, 9, True, False)
    assert seen.seconds > 0
    assert not (tmp_path / "cache").exists()
    assert not (tmp_path / "out").exists()


def test_a_forecast_says_who_is_made_again_and_why(tone_story: Path, tmp_path: Path) -> None:
    output, casting = tmp_path / "k.mp3", tone_story.with_name("casting.yaml")
    produce(tone_story, output, jobs=1)
    assert forecast(tone_story, output).unchanged
    edit(casting, "350Hz", "355Hz")
    assert told(tone_story, output) == (2, 9, (("Walter", "voice changed", 2),))
    edit(casting, "355Hz", "350Hz")
    edit(tone_story, "Is it you?", "Is it Walter?")
    assert told(tone_story, output) == (1, 9, (("Walter", "text changed", 1),))
    edit(tone_story, "The kettle boiled dry.", '"I did," said Maud.\n\nThe kettle boiled dry.')
    assert [reason for reason in told(tone_story, output)[2] if reason[0] == "Maud"] == [("Maud", "new line", 1)]


def test_a_forecast_is_what_then_happens(tone_story: Path, tmp_path: Path) -> None:
    output, casting = tmp_path / "k.mp3", tone_story.with_name("casting.yaml")
    for old, new in (("350Hz", "355Hz"), ("500Hz", "{voice: 500Hz, rate: 1.2}"), ("200Hz", "210Hz")):
        produce(tone_story, output, jobs=1)
        edit(casting, old, new) if "rate" not in new else edit(casting, f"voice: {old}", "voice: 500Hz\n    rate: 1.2")
        expected = forecast(tone_story, output).made
        assert 0 < expected == produce(tone_story, output, jobs=1).made


def test_pauses_pans_and_gains_are_told_to_make_no_line(tone_story: Path, tmp_path: Path) -> None:
    produce(tone_story, tmp_path / "k.mp3", jobs=1)
    edit(tone_story.with_name("casting.yaml"), "gender: male", "gender: male\n    pan: 0.5\n    gain: -2")
    assert told(tone_story, tmp_path / "k.mp3") == (0, 9, ())


def test_one_line_can_ask_for_another_reading(tone_story: Path, tmp_path: Path) -> None:
    script = tmp_path / "kettle.script.yaml"
    drama = pipeline.extract(tone_story)
    files.save_script(drama, script)
    (tmp_path / "casting.yaml").write_text("engine: espeak\n", encoding="utf-8")
    output = tmp_path / "k.mp3"
    first = produce(script, output, jobs=1)
    (scene,) = drama.scenes
    lines = tuple(replace(line, retake=1) if line.text == "Is it you?" else line for line in scene.lines)
    files.save_script(replace(drama, scenes=(replace(scene, lines=lines),)), script)
    assert told(script, output) == (1, 9, (("Walter", "another reading asked for", 1),))
    again = produce(script, output, jobs=1)
    assert (first.made, again.made, again.reused) == (9, 1, 8)


def test_the_command_line_tells_in_a_sentence_what_would_be_made(
    audiodrama: CLI, tone_story: Path, tmp_path: Path
) -> None:
    command = ("produce", tone_story, "-o", "k.mp3", "--dry-run")
    assert audiodrama(*command).stdout.startswith("k.mp3: 9 of 9 lines will be made (not made yet), about ")
    assert not (tmp_path / "k.mp3").exists()
    assert audiodrama("produce", tone_story, "-o", "k.mp3", "-q").returncode == 0
    assert "nothing will be made" in audiodrama(*command).stdout
    edit(tone_story.with_name("casting.yaml"), "500Hz", "510Hz")
    assert "2 of 9 lines will be made (Maud: voice changed, 2), about " in audiodrama(*command).stdout
    batch = audiodrama("batch", tone_story, "-o", ".", "--dry-run").stdout.splitlines()
    assert batch[0].startswith("kettle.mp3: ")
    assert batch[-1].startswith("1 story of 1 to be made, ")


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"spoken": {"espeak": -1}, "encoded": 1, "length": 1}', "[" * 100_000, "\0"]
)
def test_a_damaged_file_of_throughputs_is_no_reason_to_fail(content: str, tmp_path: Path) -> None:
    (tmp_path / "pace.json").write_text(content)
    assert load_throughput(tmp_path / "pace.json") == Throughput({})
