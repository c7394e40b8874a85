"""No command writes over what it reads, or over a file of the user's; results may go to standard output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audiodrama.cli import app
from audiodrama.files.own_files import is_own
from tests.conftest import STORY, TONE_CASTING


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a story and a casting of tones."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    (place / "s.txt").write_text(STORY, encoding="utf-8")
    (place / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    return place


def run(*arguments: str) -> Result:
    """The command line, run in this process."""
    return CliRunner().invoke(app, arguments)


def sentence(result: Result) -> str:
    """What the user reads of a command that fails."""
    assert result.exit_code == 1, result.output
    return str(result.exception)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        "produce s.txt -o s.mp3 --picture s.txt",
        "produce s.txt -o s.mp3 --report casting.yaml",
        "produce s.txt -o s.mp3 --report s.decisions.yaml",
        "produce s.txt -o s.mp3 --picture s.mp3",
        "produce s.txt -o s.mp3 --report a --picture ./a",
        "produce s.txt --casting own.yaml --report own.yaml",
        "produce s.txt --dry-run -o s.mp3 --picture s.txt",
        "batch s.txt -o out --report s.txt",
        "batch s.txt -o out --report out/summary.json",
        "batch s.txt -o out --report out/s.mp3",
        "batch . -o out --report casting.yaml",
        "extract s.txt -o s.txt",
        "extract s.txt -o casting.yaml",
        "extract s.txt --format spans -o s.txt",
        "cast s.txt -o ./s.txt",
        "cast s.txt -o s.decisions.yaml",
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_no_result_takes_the_place_of_an_input_or_of_another_result(folder: Path, command: str, force: bool) -> None:
    (folder / "own.yaml").write_text(TONE_CASTING, encoding="utf-8")
    before = contents(folder)
    may_force = force and not command.startswith("cast")
    message = sentence(run(*command.split(), *(["--force"] if may_force else [])))
    assert "which would be lost; choose another place with -" in message or "are one file; give each" in message
    assert contents(folder) == before


def test_a_file_of_the_users_is_kept_and_what_was_made_here_is_made_again(folder: Path) -> None:
    results = ["produce", "s.txt", "-q", "-o", "o.mp3", "--report", "r.json", "--picture", "p.svg"]
    for name in ("o.mp3", "r.json", "p.svg"):
        (folder / name).write_bytes(b"mine")
        assert sentence(run(*results)).startswith(f"{name} is there and is not ")
        assert (folder / name).read_bytes() == b"mine"
        (folder / name).unlink()
    for _ in range(2):
        assert run(*results).exit_code == 0
    (folder / "o.mp3").write_bytes(b"mine")
    assert run(*results, "--force").exit_code == 0
    assert is_own(folder / "o.mp3", "audio")
    preview = ["voices", "preview", "200Hz", "--engine", "tone", "-o", "r.json"]
    assert "--force" in sentence(run(*preview))
    assert is_own(folder / "r.json", "report")


def test_a_batch_keeps_files_of_the_users_too(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "s.mp3").write_bytes(b"mine")
    command = ["batch", "s.txt", "-q", "-o", "out"]
    assert sentence(run(*command)).startswith(f"{Path('out', 's.mp3')} is there and is not an MP3")
    assert run(*command, "--force").exit_code == 0
    assert run(*command).exit_code == 0
    (folder / "out" / "summary.json").write_bytes(b"mine")
    assert "is not a summary of audiodrama's making" in sentence(run(*command))


def test_results_go_to_standard_output(folder: Path) -> None:
    script = run("extract", "s.txt", "-o", "-")
    assert script.stdout.startswith("schema: audiodrama/script 1\n")
    assert "standard output: 9 lines" in script.stderr
    assert run("cast", "s.txt", "-o", "-", "-q").stdout.startswith("schema: audiodrama/casting 1\n")
    audio = run("produce", "s.txt", "-o", "-", "--report", "r.json")
    assert audio.stdout_bytes.startswith(b"ID3")
    assert "standard output: 0:" in audio.stderr
    assert '"path": "standard output"' in (folder / "r.json").read_text(encoding="utf-8")
    assert run("produce", "s.txt", "-q", "-o", "o.mp3").exit_code == 0
    assert (folder / "o.mp3").read_bytes() == audio.stdout_bytes
    assert run("produce", "s.txt", "-q", "-o", "o.mp3", "--picture", "-").stdout.startswith("<svg ")
    assert set(contents(folder)) == {"s.txt", "casting.yaml", "o.mp3", "r.json"}


def test_what_makes_no_sense_on_standard_output_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "A batch makes several files" in sentence(run("batch", "s.txt", "-o", "-"))
    assert "cannot both go to standard output" in sentence(run("produce", "s.txt", "-o", "-", "--report", "-"))
    monkeypatch.setattr("audiodrama.cli.destinations._is_terminal", lambda: True)
    refused = run("produce", "s.txt", "-o", "-")
    assert refused.exit_code == 2
    assert "this is a terminal" in refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_result_goes_through_a_link_to_its_target(folder: Path) -> None:
    (folder / "music").mkdir()
    os.symlink("music/o.mp3", folder / "o.mp3")
    for _ in range(2):
        assert run("produce", "s.txt", "-q", "-o", "o.mp3").exit_code == 0
        assert (folder / "o.mp3").is_symlink()
        assert is_own(folder / "music" / "o.mp3", "audio")


def test_a_script_that_was_edited_twice_is_copied_twice(folder: Path) -> None:
    script = folder / "s.script.yaml"
    for edit in ("first", "second", "second"):
        script.write_text(edit, encoding="utf-8")
        assert run("extract", "s.txt", "--force", "-q").exit_code == 0
    backups = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.bak*")}
    assert backups == {"s.script.yaml.bak": "first", "s.script.yaml.bak2": "second"}
