"""A user asks for voices, title and author on the command line, without a casting file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3
from typer.testing import CliRunner

from audiodrama.cli import app
from audiodrama.errors import CastingError


def produced(story: Path, *options: str) -> dict[str, Any]:
    """The report of a production with these options."""
    output, report = story.with_suffix(".mp3"), story.with_suffix(".json")
    arguments = ["produce", str(story), "-o", str(output), "--report", str(report), "--picture", f"{output}.svg"]
    result = CliRunner().invoke(app, [*arguments, "--jobs", "1", "-q", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    described: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return described


def voices(report: dict[str, Any]) -> dict[str, str]:
    return {line["speaker"]: line["voice"] for line in report["lines"]}


def test_an_option_has_the_last_word_over_the_casting_file(tone_story: Path) -> None:
    assert voices(produced(tone_story)) == {"narrator": "200Hz", "Maud": "500Hz", "Walter": "350Hz"}
    report = produced(tone_story, "--voice", "maud=600Hz", "--narrator", "150Hz")
    assert voices(report) == {"narrator": "150Hz", "Maud": "600Hz", "Walter": "350Hz"}
    assert report["takes"]["reused"] > 0


def test_an_engine_speaks_the_voices_that_the_casting_does_not_name(tone_story: Path, tmp_path: Path) -> None:
    (tone_story.parent / "casting.yaml").write_text("narrator: en-gb\n", encoding="utf-8")
    report = produced(tone_story, "--engine", "tone", "--voice", "Walter=350Hz")
    assert voices(report)["narrator"] == "en-gb"
    assert voices(report)["Maud"].endswith("Hz")
    assert voices(report)["Walter"] == "350Hz"


def test_title_and_author_are_in_the_tags_the_report_and_the_picture(tone_story: Path) -> None:
    report = produced(tone_story, "--title", "Steam", "--author", "A. Writer")
    # mutagen leaves its frames untyped.
    frames: Any = id3
    tags = frames.ID3(tone_story.with_suffix(".mp3"))
    assert (str(tags["TIT2"]), str(tags["TPE1"]), report["title"]) == ("Steam", "A. Writer", "Steam")
    assert "Steam: 9 lines" in tone_story.with_suffix(".mp3.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--voice", "Maude=500Hz"), "did you mean 'Maud'"),
        (("--voice", "Maud=five"), "the voice of Maud: the engine 'tone' has no voice 'five'"),
        (("--narrator", "five"), "the voice of the narrator: the engine 'tone' has no voice 'five'"),
        (("--engine", "tine"), "there is no engine 'tine'; the nearest is 'tone'"),
    ],
)
def test_what_is_misspelt_is_one_sentence(tone_story: Path, options: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CastingError, match=sentence):
        produced(tone_story, *options)


@pytest.mark.parametrize("options", [["--voice", "Maud"], ["--voice", "Maud=1Hz", "--voice", "Maud=2Hz"]])
def test_a_voice_needs_a_name_and_a_name_has_one_voice(tone_story: Path, options: list[str]) -> None:
    result = CliRunner().invoke(app, ["produce", str(tone_story), *options])
    assert result.exit_code == 2
    assert "--voice" in result.output.split("Error:")[1]


def test_a_batch_has_one_narrator_and_one_engine(tone_story: Path, tmp_path: Path) -> None:
    (tone_story.parent / "casting.yaml").unlink()
    (tone_story.parent / "kettle 2.txt").write_text(tone_story.read_text(encoding="utf-8"), encoding="utf-8")
    report = tmp_path / "report.json"
    options = ["--engine", "tone", "--narrator", "150Hz", "--jobs", "1", "-q", "--report", str(report)]
    result = CliRunner().invoke(app, ["batch", str(tone_story.parent), "-o", str(tmp_path / "out"), *options])
    assert result.exit_code == 0, result.output
    spoken = [line["voice"] for story in json.loads(report.read_text())["stories"] for line in story["lines"]]
    assert all(voice.endswith("Hz") for voice in spoken)
    assert "150Hz" in spoken
