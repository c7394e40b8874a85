"""What becomes of the bytes of a file."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from audiodrama import prose
from audiodrama.errors import ProseError
from audiodrama.files.paths import STORY_ENDINGS
from audiodrama.prose.file_kinds import REFUSED
from audiodrama.prose.naming import Naming
from audiodrama.prose.readers.plain import PlainText
from audiodrama.prose.readers.protocol import Source

STORY = "“Zoë—come in,” said the café’s owner.\r\n\r\nShe did. It was warm inside, and it smelt of bread.\r\n"


def written(folder: Path, data: bytes, name: str = "story.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode("utf-8"),
        codecs.BOM_UTF8 + STORY.encode("utf-8"),
        codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
        STORY.encode("utf-16-le"),
        STORY.encode("utf-16-be"),
        STORY.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16-le marked", "utf-16-be marked", "utf-16-le", "utf-16-be", "windows-1252"],
)
def test_every_common_encoding_gives_the_same_source_with_its_line_ends(tmp_path: Path, data: bytes) -> None:
    document = prose.read(written(tmp_path, data))
    assert document.source == STORY
    assert document.file == "story.txt"
    assert [block.text for block in document.blocks] == STORY.strip().split("\r\n\r\n")


def test_a_utf_8_file_with_a_damaged_byte_keeps_its_other_characters(tmp_path: Path) -> None:
    data = ("“é” " * 50).encode("utf-8") + b"\xff end"
    assert prose.read(written(tmp_path, data)).source == "“é” " * 50 + "\ufffd end"


def test_bytes_that_windows_does_not_define_do_not_stop_the_reading(tmp_path: Path) -> None:
    assert prose.read(written(tmp_path, b"na\xefve \x81 word")).source == "naïve \x81 word"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "no words"),
        ("\ufeff\u200b\n".encode(), "no words"),
        (b"***\n\n***\n", "no words"),
        (b"\x00\x01\x02\x03 abc", "not text"),
        (bytes(range(1, 32)) * 40, "not text"),
        (b"%PDF-1.7 rest", "is a PDF"),
        (b"PK\x03\x04 rest", "zipped document"),
        (b"{\\rtf1 rest}", "RTF"),
        (b"\x89PNG\r\n", "picture"),
    ],
)
def test_a_file_that_is_no_story_gets_one_sentence_with_its_name(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(ProseError, match=words) as caught:
        prose.read(written(tmp_path, data))
    assert "story.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProseError, match=r"nowhere\.txt does not exist"):
        prose.read(tmp_path / "nowhere.txt")


def test_a_folder_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(ProseError, match="is a folder"):
        prose.read(tmp_path)


@pytest.mark.parametrize("name", ["story.docx", "story.EPUB", "story.pdf", "story.odt", "story.html"])
def test_a_document_of_another_kind_is_to_be_saved_as_text(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProseError, match="save the story as plain text"):
        prose.read(written(tmp_path, b"anything", name))


def test_a_file_name_that_no_system_allows_is_a_prose_error() -> None:
    with pytest.raises(ProseError, match="cannot be read"):
        prose.read(Path("a\0b.txt"))


@pytest.mark.parametrize("name", ["story", "story.text", "story.story"])
def test_text_is_read_whatever_its_suffix(tmp_path: Path, name: str) -> None:
    assert prose.read(written(tmp_path, b"# One\n\nTwo.", name)).blocks[0].text == "# One"


@pytest.mark.parametrize("name", ["story.md", "story.MARKDOWN"])
def test_the_suffix_tells_markdown(tmp_path: Path, name: str) -> None:
    heading, paragraph = prose.read(written(tmp_path, b"# One\n\nTwo.", name)).blocks
    assert (heading.kind, heading.text, paragraph.kind) == ("heading", "One", "paragraph")


def test_every_suffix_that_a_batch_looks_for_has_a_reader() -> None:
    # Rare suffixes of Markdown are read where a user names the file; a batch has never looked for them.
    assert set(STORY_ENDINGS) == prose.READERS.keys() - {".mdown", ".mkd"}
    assert not prose.READERS.keys() & REFUSED.keys()


def test_a_new_format_is_a_class_and_an_entry_in_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Reversed(PlainText):
        def read(self, data: bytes, name: str) -> Source:
            source = self.parse(super().read(data, name).text[::-1])
            return Source(source.text, source.passages, Naming("Stop", "Ann"))

    monkeypatch.setitem(prose.READERS, ".back", Reversed())
    document = prose.read(written(tmp_path, b".evil i ,pots I nehW", "story.back"))
    assert [block.text for block in document.blocks] == ["When I stop, i live."]
    assert (document.title, document.author) == ("Stop", "Ann")
