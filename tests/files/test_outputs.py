"""What a command reads and what it would write are compared as files, and files of the user's stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audiodrama.errors import OutputError
from audiodrama.files import outputs, write_text
from audiodrama.files.outputs import Output, Source, check_outputs, identity, make_places, sources
from tests.conftest import STORY

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs links and FIFOs")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a story in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


def refusal(*results: Output, files: tuple[Source, ...] = (), force: bool = False) -> str:
    with pytest.raises(OutputError) as caught:
        check_outputs(results, files, force=force)
    return str(caught.value)


@POSIX
def test_every_name_of_an_input_is_known(folder: Path) -> None:
    os.symlink("s.txt", folder / "symbolic.svg")
    os.link(folder / "s.txt", folder / "hard.svg")
    os.symlink(".", folder / "sub")
    story = (Source(Path("s.txt"), "the story"),)
    for name in ("s.txt", "./s.txt", f"../{folder.name}/s.txt", "symbolic.svg", "hard.svg", "sub/s.txt"):
        for force in (False, True):
            message = refusal(Output(Path(name), "--picture", "picture"), files=story, force=force)
            assert "is the story" in message
            assert message.endswith("which would be lost; choose another place with --picture.")


@POSIX
def test_two_results_are_two_files_even_if_neither_is_there(folder: Path) -> None:
    os.symlink("new.mp3", folder / "link.mp3")
    for one, other in (("a", "./a"), ("sub/a", "sub/../sub/a"), ("link.mp3", "new.mp3"), ("-", "/dev/stdout")):
        message = refusal(Output(Path(one), "-o", "audio"), Output(Path(other), "--report", "report"))
        assert "-o" in message
        assert "--report" in message
    check_outputs([Output(Path("a"), "-o", "audio"), Output(Path("A2"), "--report", "report")])


def test_letter_case_does_not_tell_files_apart_where_the_disk_folds_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (identity(Path("new.mp3")) == identity(Path("NEW.mp3"))) == (folder / "S.TXT").exists()
    monkeypatch.setattr(outputs, "_folds_case", lambda _: True)
    assert identity(Path("new/zoë.mp3")) == identity(Path("New/ZOE\u0308.mp3"))


def test_a_file_of_the_users_is_replaced_only_by_force(folder: Path) -> None:
    (folder / "o.mp3").write_bytes(b"music")
    assert refusal(Output(Path("o.mp3"), "-o", "audio")) == (
        "o.mp3 is there and is not an MP3 of audiodrama's making; choose another place with -o, or have it replaced "
        "with --force."
    )
    check_outputs([Output(Path("o.mp3"), "-o", "audio")], force=True)
    (folder / "o.mp3").write_bytes(b"")
    check_outputs([Output(Path("o.mp3"), "-o", "audio")])


@POSIX
def test_folders_pipes_devices_and_broken_links_are_no_results(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    os.symlink("missing/x.mp3", folder / "broken")
    os.symlink("round", folder / "round")
    cases = {
        ".": "is a folder",
        "pipe": "is a pipe",
        os.devnull: "is a device",
        "/dev/stderr": "is a device",
        "broken": "whose folder is not there",
        "round": "cannot be written: Too many levels",
        "s.txt/x": "s.txt is no folder",
        "x" * 300: "is a name of 300 bytes",
        "zero\0": "embedded null",
    }
    for name, expected in cases.items():
        assert expected in refusal(Output(Path(name), "-o", "audio"), force=True), name


def test_the_inputs_of_a_production_are_its_story_castings_decisions_and_sounds(folder: Path) -> None:
    script = folder / "s.script.yaml"
    script.write_text("schema: audiodrama/script 1\nlines:\n- cue: a bell\n  sound: bell.mp3\n", encoding="utf-8")
    (folder / "bell.mp3").write_bytes(b"ding")
    result = Output(folder / "bell.mp3", "-o", "audio")
    names = {source.path.name: source.what for source in sources(script, None, [result])}
    assert names == {
        "s.script.yaml": "the script",
        "casting.yaml": "the casting file",
        "s.casting.yaml": "the casting file",
        "s.decisions.yaml": "the file of your decisions",
        "bell.mp3": "a sound of the script",
    }
    assert "is a sound of the script" in refusal(result, files=sources(script, None, [result]), force=True)
    assert Path("other.yaml") in {source.path for source in sources(script, Path("other.yaml"))}


def test_a_script_that_cannot_be_read_has_no_sounds_yet(folder: Path) -> None:
    script = folder / "bad.yaml"
    script.write_text("lines: [", encoding="utf-8")
    assert len(sources(script, None, [Output(script, "-o", "audio")])) == 5


@POSIX
def test_what_a_link_leads_to_is_written_and_the_link_stays(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    os.symlink("elsewhere/r.json", folder / "r.json")
    for text in ("new", "old"):
        write_text(Path("r.json"), text)
        assert (folder / "r.json").is_symlink()
        assert (folder / "elsewhere" / "r.json").read_text(encoding="utf-8") == text


def test_folders_of_results_are_made_and_tried(folder: Path) -> None:
    make_places([Output(Path("a/b/c.mp3"), "-o", "audio"), Output(Path("-"), "--report", "report")])
    assert [path.name for path in (folder / "a").rglob("*")] == ["b"]
    with pytest.raises(OutputError, match=r"s\.txt is a file, not a folder; choose another place with --report"):
        make_places([Output(Path("s.txt/r.json"), "--report", "report")])
