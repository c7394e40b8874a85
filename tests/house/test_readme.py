"""What the README says is true: its commands run, its excerpts are excerpts, its options exist."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, SCRIPTS, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMANDS = [
    line
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
    if line.startswith("audiodrama ") and "--llm" not in line and "--cluster" not in line
]
"""Those that need nothing but the machine."""


pytestmark = pytest.mark.xdist_group("readme")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is kept of one command for the next, as on a user's machine."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the plays and their casting, to run the README's commands in."""
    shutil.copytree(SCRIPTS, tmp_path / "checkout" / "scripts")
    shutil.copy(ROOT / "casting.yaml", tmp_path / "checkout")
    return tmp_path / "checkout"


def test_the_commands_of_the_readme_run_one_after_the_other(audiodrama: Callable[..., Run], checkout: Path) -> None:
    assert len(COMMANDS) >= 5
    for command in COMMANDS:
        run = audiodrama(*command.split()[1:], folder=checkout)
        assert run.returncode == 0, f"{command}\n{run.stderr}"
        if "-o" in command.split():
            assert (checkout / command.split()[command.split().index("-o") + 1]).exists(), command


def test_every_excerpt_stands_in_the_file_it_is_from() -> None:
    files = [ROOT / "casting.yaml", *SCRIPTS.glob("*.script.yaml")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    excerpts = [block for language, block in BLOCKS if language == "yaml"]
    assert len(excerpts) >= 2
    for excerpt in excerpts:
        assert any(excerpt in text for text in texts), excerpt


def test_the_options_and_commands_of_the_tables_exist(audiodrama: Callable[..., Run]) -> None:
    for command in re.findall(r"^\| `audiodrama ([a-z]+(?: list| preview)?)", README, re.MULTILINE):
        assert audiodrama(*command.split(), "--help").returncode == 0, command
    rows = re.findall(r"^\| `(--[a-z-]+).*?` \| ([a-z, ]+) \|", README, re.MULTILINE)
    assert len(rows) >= 6
    helps: dict[str, str] = {}
    for option, commands in rows:
        for command in commands.split(", "):
            if command not in helps:
                helps[command] = audiodrama(command, "--help").stdout
            assert option in helps[command], f"{command} {option}"


def test_every_command_is_in_the_readme(audiodrama: Callable[..., Run]) -> None:
    listed = audiodrama("--help").stdout.split("Commands:")[1]
    for command in re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE):
        assert f"`audiodrama {command}" in README, command


def test_the_program_of_the_readme_runs(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    program = next(block for language, block in BLOCKS if language == "python" and "produce" in block)
    exec(compile(program, "README.md", "exec"), {})
    assert (checkout / "lamp-room.mp3").exists()


def test_the_engine_of_the_readme_is_an_engine() -> None:
    from audiodrama.model import Utterance
    from audiodrama.sound.engines import Engine

    program = next(block for language, block in BLOCKS if language == "python" and "class" in block)
    names: dict[str, type] = {}
    exec(compile(program, "README.md", "exec"), names)
    hum = names["Hum"]()
    assert isinstance(hum, Engine)
    assert hum.speak(Utterance("Hm.", "hum", "low")).pcm


def test_every_dependency_is_in_the_table_with_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = project.split("dependencies = [")[1].split("]")[0]
    table = "\n".join(line for line in README.splitlines() if line.startswith("| "))
    for name in re.findall(r'"([a-z0-9-]+)', listed):
        assert re.search(rf"^\| [^|]*\b{name}\b", table, re.MULTILINE), name


def test_the_picture_is_of_the_run_it_says(audiodrama: Callable[..., Run], checkout: Path) -> None:
    source = re.search(r"!\[.*?\]\((scripts/.+?)\.svg\)", README)
    assert source
    run = audiodrama("produce", f"{source[1]}.txt", "-o", "x.mp3", "--picture", "x.svg", folder=checkout)
    assert run.returncode == 0
    drawn, shown = ((checkout / name).read_text(encoding="utf-8") for name in ("x.svg", f"{source[1]}.svg"))
    for text in re.findall(r"<title>(.*?)</title>", drawn):
        assert text in shown
    assert drawn.count("<rect") == shown.count("<rect")


@pytest.mark.parametrize("story", [path for path in sorted(SCRIPTS.iterdir()) if path.suffix in (".txt", ".md")])
def test_the_script_beside_a_story_is_the_one_that_is_extracted(
    story: Path, audiodrama: Callable[..., Run], checkout: Path
) -> None:
    run = audiodrama("extract", f"scripts/{story.name}", folder=checkout)
    assert run.returncode == 0, "a script that differs is not written over: extract it anew"
