"""What becomes of the files that a user names: whole, bounded, and never waited for without a word."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

import pytest

from audiodrama.cache import input_file
from audiodrama.cache.atomic_write import part_beside, write_atomic
from audiodrama.cache.input_file import is_stream, is_unnamed, read_input
from audiodrama.errors import InputError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="FIFOs and devices are files here")

MOST = 1000


def read(path: Path) -> bytes:
    return read_input(path, MOST, InputError, "story")


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def write_later(fifo: Path, *pieces: bytes) -> threading.Thread:
    def write() -> None:
        with fifo.open("wb", buffering=0) as file:
            for piece in pieces:
                file.write(piece)
                time.sleep(0.05)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/random"])
def test_a_device_is_refused_before_it_is_read(device: str) -> None:
    assert "is a device or a socket, not a file" in refusal(Path(device))


def test_the_null_device_is_an_empty_file() -> None:
    assert read(Path("/dev/null")) == b""


def test_a_file_that_is_too_large_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert "no story is" in refusal(path)


def test_a_file_of_the_system_that_hides_its_size_is_read_no_further_than_the_limit() -> None:
    assert "no story is" in refusal(Path("/proc/self/smaps"))


def test_a_fifo_without_a_writer_is_waited_for_with_a_word_and_not_for_ever(
    fifo: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(input_file, "NOTICE", 0.01)
    monkeypatch.setattr(input_file, "PATIENCE", 0.1)
    with caplog.at_level(logging.WARNING):
        assert "has had no data" in refusal(fifo)
    assert [record.message for record in caplog.records] == [
        f"waiting for {fifo}, which has no data yet; Ctrl-C ends it."
    ]


def test_a_fifo_that_is_written_slowly_is_read_to_its_end_and_can_be_asked_for_again(fifo: Path) -> None:
    writer = write_later(fifo, b"The kettle ", b"sang.", b" And sang.")
    assert read(fifo) == b"The kettle sang. And sang."
    writer.join()
    assert read(fifo) == b"The kettle sang. And sang."


def test_a_pipe_with_too_much_in_it_is_read_no_further_than_the_limit(fifo: Path) -> None:
    write_later(fifo, b"x" * 4 * MOST)
    assert "no story is" in refusal(fifo)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x" * 300 + ".txt", "is a name of 304 bytes, and a file's may have 255"),
        ("é" * 128, "is a name of 256 bytes"),
        ("nowhere.txt", "does not exist; check the name and the folder"),
        ("a\0b", "cannot be read (embedded null byte)"),
        (".", "is a folder"),
    ],
)
def test_a_path_that_leads_to_no_file_gets_one_sentence(tmp_path: Path, name: str, words: str) -> None:
    assert words in refusal(tmp_path / name)


def test_a_path_that_is_too_long_as_a_whole_is_shown_shortened() -> None:
    sentence = refusal(Path("/" + "a" * 200) / Path("/".join(["b" * 200] * 30)))
    assert "longer than this system allows" in sentence
    assert len(sentence) < 150


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://example.org/works/1", "https://example.org/works/1 is an address, not a file; save it"),
        ("ftp://example.org/a.txt", "ftp://example.org/a.txt is an address"),
        ("file:///home/a/s.txt", "give the path alone, such as /home/a/s.txt"),
    ],
)
def test_an_address_is_named_as_the_user_typed_it(address: str, words: str) -> None:
    assert words in refusal(Path(address))


def test_a_file_that_is_called_like_an_address_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "note:").mkdir()
    (tmp_path / "note:" / "s.txt").write_bytes(b"text")
    monkeypatch.chdir(tmp_path)
    assert read(Path("note:/s.txt")) == b"text"


def test_a_folder_entry_has_a_name_of_its_own_and_a_descriptor_has_none(fifo: Path) -> None:
    assert (is_stream(fifo), is_unnamed(fifo)) == (True, False)
    assert (is_stream(Path("-")), is_unnamed(Path("-"))) == (True, True)
    assert is_unnamed(Path("/dev/fd/63"))
    assert not is_unnamed(fifo.parent / "dev" / "story.txt")


@pytest.mark.parametrize("name", ["a" * 251 + ".mp3", "é" * 125 + ".mp3", "drama.mp3"])
def test_the_longest_name_of_a_file_can_be_written(tmp_path: Path, name: str) -> None:
    write_atomic(tmp_path / name, b"content")
    part = part_beside(tmp_path / name)
    part.write_bytes(b"")
    assert part == part_beside(tmp_path / name) != tmp_path / name
    assert (tmp_path / name).read_bytes() == b"content"
