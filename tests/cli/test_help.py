"""The help: whole sentences at 80 columns, in the letters that users try first."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from audiodrama.cli import app

GROUPS: tuple[list[str], ...] = ([], ["takes"], ["voices"])
COMMANDS = ("produce", "extract", "people", "review", "cast", "batch", "measure", "guide", "config", "new", "doctor")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments], env={"COLUMNS": "80", "_TYPER_FORCE_DISABLE_TERMINAL": "1"})


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_every_command_is_told_in_a_whole_sentence_at_80_columns(group: list[str]) -> None:
    overview = run(*group, "--help").stdout.split("Commands:")[1].strip().splitlines()
    assert overview
    for line in overview:
        assert len(line) <= 80, line
        assert line.endswith("."), line
        assert not line.endswith("..."), line


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_is_shown_for_h_as_well(command: str) -> None:
    short, long = run(command, "-h"), run(command, "--help")
    assert short.exit_code == long.exit_code == 0
    assert short.stdout == long.stdout
    assert all(len(line) <= 80 for line in short.stdout.splitlines())


def test_extract_says_where_it_writes() -> None:
    assert "NAME.script.yaml" in run("extract", "-h").stdout


def test_the_version_is_told() -> None:
    from audiodrama import __version__

    assert run("--version").stdout == f"audiodrama {__version__}\n"


def test_the_shell_completes_commands() -> None:
    environment = {"_AUDIODRAMA_COMPLETE": "complete_bash", "COMP_WORDS": "audiodrama pro", "COMP_CWORD": "1"}
    result = CliRunner().invoke(app, [], env=environment, prog_name="audiodrama")
    assert result.stdout.split() == ["produce"]
