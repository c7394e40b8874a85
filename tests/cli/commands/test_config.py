"""``audiodrama config`` says what applies here, from which file, and writes a file to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audiodrama.cli import app
from audiodrama.cli.settings.registry import SETTINGS
from audiodrama.errors import CastingError, InputError, OutputError
from tests.conftest import TONE_CASTING


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings file, not there yet, with an empty working folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "audiodrama" / "config.toml"


def config(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["config", *arguments])


def rows(*arguments: str) -> dict[str, str]:
    """What is said behind the first word of each line."""
    result = config(*arguments)
    assert result.exit_code == 0, result.output
    return {line.split()[0]: " ".join(line.split()[1:]) for line in result.output.splitlines() if line[:2] == "  "}


def test_without_files_all_is_built_in_and_the_files_are_named(own: Path) -> None:
    shown = rows()
    assert {setting.key for setting in SETTINGS} <= {*shown}
    assert all(shown[setting.key].endswith(" built in") for setting in SETTINGS)
    assert shown["casting"] == "casting.yaml not there"
    assert shown["yours"] == f"{own} not there"
    assert "--init" in config().output


def test_each_setting_has_the_file_and_the_line_that_it_comes_from(own: Path) -> None:
    own.parent.mkdir(parents=True)
    own.write_text("engine = 'tone'\nquiet = true\nauthor = 'A. Writer'\n", encoding="utf-8")
    Path("audiodrama.toml").write_text("\nquiet = false\nauthor = ''\n", encoding="utf-8")
    shown = rows()
    assert shown["engine"] == f"tone {own}:1"
    assert shown["quiet"] == "false audiodrama.toml:2"
    assert shown["author"] == "the story's audiodrama.toml:3"


def test_a_casting_file_is_shown_where_it_goes_before_the_settings(own: Path, tone_story: Path) -> None:
    Path("audiodrama.toml").write_text("narrator = '250Hz'\nengine = 'tone'\n", encoding="utf-8")
    assert rows()["narrator"] == "250Hz audiodrama.toml:1"
    file = tone_story.parent / "casting.yaml"
    assert rows(str(tone_story))["narrator"] == f"200Hz {file}:3"
    assert rows(str(tone_story))["engine"] == f"tone {file}:2"
    Path("casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    assert rows()["narrator"] == "200Hz casting.yaml:3"


def test_what_is_wrong_in_a_file_or_in_the_name_of_a_story_is_said(own: Path) -> None:
    assert "nowhere.txt does not exist" in str(config("nowhere.txt").exception)
    Path("audiodrama.toml").write_text("engine = tone\n", encoding="utf-8")
    assert isinstance(config().exception, InputError)
    Path("casting.yaml").write_text("enigne: tone\n", encoding="utf-8")
    assert isinstance(config().exception, CastingError)


@pytest.mark.parametrize("here", [[], ["--here"]], ids=str)
def test_an_example_is_written_once_and_never_over_a_file(own: Path, here: list[str]) -> None:
    path = Path("audiodrama.toml") if here else own
    assert config("--init", *here).exit_code == 0
    assert all(
        f"#{setting.key} = " in path.read_text("utf-8") for setting in SETTINGS if not (here and setting.own_only)
    )
    path.write_text("quiet = true\n", encoding="utf-8")
    result = config("--init", *here)
    assert isinstance(result.exception, OutputError)
    assert "is there already" in str(result.exception)
    assert path.read_text(encoding="utf-8") == "quiet = true\n"


def test_options_that_do_not_belong_together_are_refused(own: Path) -> None:
    assert config("--here").exit_code == 2
    assert config("story.txt", "--init").exit_code == 2
    assert not own.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(Path("file").absolute()))
    result = config("--init")
    assert isinstance(result.exception, OutputError)
    assert "\n" not in str(result.exception)
