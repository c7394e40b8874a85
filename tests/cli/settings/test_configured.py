"""Settings count where neither the command line nor a casting file says otherwise, and only for the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3
from typer.main import get_command
from typer.testing import CliRunner, Result

from audiodrama import pipeline
from audiodrama.cli import app
from audiodrama.cli.settings.registry import SETTINGS
from audiodrama.errors import AudiodramaError, CastingError, InputError

TONES = "engine = 'tone'\nnarrator = '200Hz'\njobs = 1\n"


@pytest.fixture
def folder(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The story's folder, to work in, with an empty folder for the user's settings."""
    monkeypatch.chdir(story.parent)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return story.parent


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """The user's settings file, not there yet."""
    path = tmp_path / "config" / "audiodrama" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments])


def report(folder: Path, *options: str) -> dict[str, Any]:
    """The report of a production with these options."""
    result = run("produce", "kettle.txt", "-o", "k.mp3", "--report", "r.json", "-q", "--jobs", "1", *options)
    if isinstance(result.exception, AudiodramaError):
        raise result.exception
    assert result.exit_code == 0, result.output
    described: dict[str, Any] = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    return described


def voices(folder: Path, *options: str) -> dict[str, str]:
    return {line["speaker"]: line["voice"] for line in report(folder, *options)["lines"]}


def settle(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def test_every_setting_is_an_option_of_some_command() -> None:
    # The class is that of one library or of another, by the version.
    group: Any = get_command(app)
    commands = [group.commands[name] for name in ("produce", "review")]
    options = {option for command in commands for each in command.params for option in each.opts}
    assert {f"--{setting.key}" for setting in SETTINGS} <= options


def test_the_folder_goes_before_the_user_and_the_command_line_before_both(folder: Path, own: Path) -> None:
    settle(own, TONES)
    assert voices(folder)["narrator"] == "200Hz"
    settle(folder / "audiodrama.toml", "narrator = '250Hz'\n")
    assert voices(folder)["narrator"] == "250Hz"
    assert voices(folder, "--narrator", "300Hz")["narrator"] == "300Hz"
    settle(folder / "audiodrama.toml", "narrator = ''\n")
    assert voices(folder)["narrator"] not in ("200Hz", "250Hz")
    settle(folder / "audiodrama.toml", "engine = ''\n")
    assert not voices(folder)["Maud"].endswith("Hz")


def test_a_casting_file_goes_before_the_settings(folder: Path) -> None:
    settle(folder / "audiodrama.toml", TONES)
    settle(folder / "casting.yaml", "narrator: en-gb\nroles: {Maud: en-us}\n")
    assert voices(folder)["narrator"] == "en-gb"
    assert voices(folder)["Maud"] == "en-us"
    assert voices(folder)["Walter"].endswith("Hz")


def test_a_voice_that_does_not_exist_is_an_error_with_its_line(folder: Path) -> None:
    settle(folder / "audiodrama.toml", "jobs = 1\nengine = 'tone'\nnarrator = 'en-gb'\n")
    with pytest.raises(CastingError, match=r"^audiodrama.toml:3: the engine 'tone' has no voice 'en-gb'"):
        report(folder)
    settle(folder / "audiodrama.toml", "engine = 'tine'\n")
    with pytest.raises(CastingError, match=r"^audiodrama.toml:1: there is no engine 'tine'; the nearest is 'tone'"):
        report(folder)


def test_the_command_line_can_say_no_where_a_file_says_yes(folder: Path) -> None:
    settle(folder / "audiodrama.toml", f"{TONES}keep-notes = true\nquiet = true\n")
    text = (folder / "kettle.txt").read_text(encoding="utf-8")
    settle(folder / "kettle.txt", f"A/N: Thanks for reading!\n\n{text}")
    assert "Thanks" in json.dumps(report(folder)["lines"])
    assert "Thanks" not in json.dumps(report(folder, "--no-keep-notes")["lines"])
    assert run("produce", "kettle.txt", "-o", "k.mp3").output == ""
    assert run("produce", "kettle.txt", "-o", "k.mp3", "--no-quiet").output != ""


def test_jobs_are_for_this_machine_and_a_cluster_is_for_others(folder: Path, own: Path) -> None:
    settle(own, f"{TONES}cluster = 'tcp://127.0.0.1:1'\n")
    assert voices(folder, "--jobs", "1")["narrator"] == "200Hz"
    assert run("produce", "kettle.txt", "--cluster", "").exit_code == 0
    assert "127.0.0.1:1" in str(run("produce", "kettle.txt", "--force").exception)


def test_takes_go_where_the_settings_say(folder: Path) -> None:
    settle(folder / "audiodrama.toml", f"{TONES}takes = 'kept'\n")
    report(folder)
    assert any((folder / "kept").iterdir())
    assert "kept" in run("takes", "info").output


def test_the_author_of_the_settings_is_shown_where_the_story_names_none(folder: Path) -> None:
    # mutagen leaves its frames untyped.
    frames: Any = id3
    settle(folder / "audiodrama.toml", f"{TONES}author = 'A. Writer'\n")
    report(folder)
    assert str(frames.ID3(folder / "k.mp3")["TPE1"]) == "A. Writer"
    report(folder, "--author", "B. Writer")
    assert str(frames.ID3(folder / "k.mp3")["TPE1"]) == "B. Writer"


def test_a_model_without_an_endpoint_counts_for_nothing_and_an_endpoint_needs_one(folder: Path, own: Path) -> None:
    settle(own, f"{TONES}llm-model = 'm'\nllm-minutes = 1\n")
    assert report(folder)
    settle(own, "llm = 'http://127.0.0.1:1'\n")
    with pytest.raises(InputError, match=r"config.toml:1: llm needs llm-model"):
        report(folder)
    assert run("extract", "kettle.txt", "--llm-model", "m", "--llm-estimate").exit_code == 0
    settle(folder / "audiodrama.toml", "llm = ''\n")
    assert run("extract", "kettle.txt", "-o", "x.script.yaml").exit_code == 0


def test_a_casting_that_is_drafted_and_a_list_of_voices_have_the_usual_engine(folder: Path) -> None:
    settle(folder / "audiodrama.toml", TONES)
    assert run("cast", "kettle.txt").exit_code == 0
    assert "engine: tone\nnarrator: 200Hz\n" in (folder / "casting.yaml").read_text(encoding="utf-8")
    assert "Hz" in run("voices", "list").output.split("\n")[1]
    assert "en-gb" in run("voices", "list", "--engine", "espeak").output


def test_a_batch_has_the_settings_too(folder: Path) -> None:
    settle(folder / "audiodrama.toml", TONES)
    settle(folder / "pot.txt", (folder / "kettle.txt").read_text(encoding="utf-8"))
    result = run("batch", ".", "-o", "out", "--report", "r.json", "-q")
    assert result.exit_code == 0, result.output
    stories = json.loads((folder / "r.json").read_text(encoding="utf-8"))["stories"]
    heard = [{line["speaker"]: line["voice"] for line in story["lines"]} for story in stories]
    assert heard[0]["narrator"] == "200Hz"
    assert heard[0] == heard[1]
    assert all(voice.endswith("Hz") for voice in heard[0].values())


def test_the_library_and_other_commands_and_the_help_read_no_settings(folder: Path) -> None:
    settle(folder / "audiodrama.toml", "engine = \n")
    assert run("produce", "--help").exit_code == 0
    assert run("people", "kettle.txt").exit_code == 0
    production = pipeline.produce(folder / "kettle.txt", folder / "k.mp3", jobs=1)
    assert not production.cast.narrator.voice.name.endswith("Hz")
    assert isinstance(run("produce", "kettle.txt").exception, InputError)
