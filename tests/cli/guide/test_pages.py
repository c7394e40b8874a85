"""The pages of the manual: every name and key in them is one of the program's, and every one of those is in them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from audiodrama.cli import app
from audiodrama.cli.guide import TOPICS, page
from audiodrama.cli.settings.registry import SETTINGS
from audiodrama.cli.settings.settings_file import read_settings
from audiodrama.files.castings import PART_KEYS, ROLE_KEYS, STAND_INS, parse_casting
from audiodrama.files.paths import STORY_ENDINGS
from audiodrama.files.script_text import LINE_KEYS
from audiodrama.files.scripts import parse_script
from audiodrama.model import Pauses
from audiodrama.sound.engines import BUILT_IN, VoiceCatalog
from audiodrama.sound.takes.delivery import NEUTRAL, prosody_for, words_by_effect


def keys(topic: str) -> set[str]:
    """The keys in the first column of a page's table."""
    rows = re.findall(r"^\| (`.+?) \|", page(topic), re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`(.+?)`", row)}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_page_that_begins_with_a_heading_and_is_listed(topic: str) -> None:
    assert page(topic).startswith("# ")
    result = CliRunner().invoke(app, ["guide", topic])
    assert result.exit_code == 0
    assert result.stdout == page(topic)
    assert topic in CliRunner().invoke(app, ["guide"]).stdout


def test_a_topic_that_does_not_exist_gets_the_list_of_those_that_do() -> None:
    result = CliRunner().invoke(app, ["guide", "kettles"])
    assert result.exit_code == 2
    assert "casting" in result.output


def test_the_page_about_casting_names_every_key_of_a_part() -> None:
    assert keys("casting") == {*PART_KEYS, *ROLE_KEYS}
    assert all(f"`{name}`" in page("casting") for name in STAND_INS)


def test_the_page_about_scripts_names_every_key_of_a_line() -> None:
    assert keys("script") == {*LINE_KEYS}


def test_the_page_about_pauses_has_the_lengths_that_are_used() -> None:
    for field in fields(Pauses):
        row = rf"\| `{field.name.replace('_', ' ')}` \| .+ \| {field.default} ms \|"
        assert re.search(row, page("pauses")), field.name


def test_the_page_about_deliveries_lists_the_words_that_change_a_voice() -> None:
    for words in words_by_effect():
        assert ", ".join(words) in page("deliveries")
    phrases = page("deliveries").split("too: ")[1].strip().rstrip(".").replace("\n", " ").split(", ")
    for phrase in phrases:
        assert prosody_for(phrase) != NEUTRAL, phrase


def test_the_page_about_voices_names_the_engines() -> None:
    assert keys("voices") == {*BUILT_IN}


def test_the_page_about_formats_names_the_stories_that_can_be_read() -> None:
    assert all(f"`{ending}`" in page("formats") for ending in STORY_ENDINGS)


def test_the_page_about_settings_names_every_setting_and_its_example_can_be_used(tmp_path: Path) -> None:
    assert keys("settings") == {setting.key for setting in SETTINGS}
    (example,) = re.findall(r"^```toml\n(.*?)^```", page("settings"), re.DOTALL | re.MULTILINE)
    (tmp_path / "audiodrama.toml").write_text(example, encoding="utf-8")
    assert read_settings(tmp_path / "audiodrama.toml", own=False)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_examples_are_files_that_can_be_used(topic: str) -> None:
    for example in re.findall(r"^```yaml\n(.*?)^```", page(topic), re.DOTALL | re.MULTILINE):
        if "script 1" in example:
            assert parse_script(example, topic).lines()
        else:
            casting = parse_casting(example, topic)
            voices = [casting.narrator.voice, *(role.voice for role in casting.roles)]
            assert all(VoiceCatalog().knows("espeak", voice.name) for voice in voices if voice.name)
        assert yaml.safe_load(example)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_commands_and_options_exist(topic: str) -> None:
    for command in re.findall(r"`audiodrama ([a-z]+)", page(topic)):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0, command
    commands = (["produce"], ["extract"], ["play"], ["takes", "prune"], ["config"])
    helps = "".join(CliRunner().invoke(app, [*command, "--help"]).output for command in commands)
    for option in re.findall(r"(--[a-z][a-z-]+)", page(topic)):
        assert option in helps, option
