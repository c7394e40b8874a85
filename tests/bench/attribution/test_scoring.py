"""The benchmark: it reads the corpus's format, scores as its protocol says and prints tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audiodrama.bench.__main__ import main, score_novel
from audiodrama.bench.attribution.name_matching import NameMatcher
from audiodrama.bench.attribution.novels import find_novels, read_novel
from audiodrama.errors import InputError

TEXT = (
    'Mrs. Quill and Tom Quill sat in the kitchen.\n\n"The café is shut," said Mrs. Quill.\n\n"Is it?" asked Tom.\n\n'
    '"It is," she said.\n\nNobody spoke. "Well, well, well."\n'
)
SAID = (
    ("The café is shut,", "Mrs. Quill", "Explicit"),
    ("Is it?", "Tom Quill", "Explicit"),
    ("It is,", "Mrs. Quill", "Anaphoric"),
    ("Well, well, well.", "_unknowable", "Implicit"),
)


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    folder = tmp_path / "Quill"
    folder.mkdir()
    (folder / "novel_text.txt").write_text(TEXT, encoding="utf-8")
    with (folder / "character_info.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Character ID", "Main Name", "Aliases", "Gender", "Category"])
        table.writerow([0, "Mrs. Quill", "{'Mrs. Quill'}", "F", "major"])
        table.writerow([1, "Tom Quill", "{'Tom', 'Tom Quill'}", "M", "major"])
    with (folder / "quotation_info.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["quoteID", "subQuotationList", "quoteByteSpans", "speaker", "quoteType", "referringExpression"])
        for number, (words, speaker, kind) in enumerate(SAID):
            start = len(TEXT[: TEXT.index(words)].encode())
            table.writerow([number, [words], [[start, start + len(words.encode())]], speaker, kind, ""])
    return folder


def test_byte_offsets_are_told_from_character_offsets(novel: Path) -> None:
    read = read_novel(novel)
    assert [read.text[start:end] for quote in read.quotations for start, end in quote.spans] == [
        words for words, _, _ in SAID
    ]


def test_a_novel_is_scored_by_kind_and_by_letters(novel: Path) -> None:
    tally = score_novel(novel, listed=False)
    assert (tally.quotations["overall"], tally.quotations["explicit"]) == (4, 2)
    assert tally.accuracy("explicit") == 1.0
    assert tally.right["overall"] == sum(tally.right[kind] for kind in ("explicit", "anaphoric", "implicit"))
    assert tally.precision == tally.recall == 1.0
    assert sum(tally.sure.values()) == 4


def test_the_cast_list_is_given_as_a_casting_file_would_give_it(novel: Path) -> None:
    roles = {role.name: (role.aliases, role.gender) for role in read_novel(novel).roster()}
    assert roles == {"Mrs. Quill": ((), "female"), "Tom Quill": (("Tom",), "male")}


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Tom", "Tom Quill"), ("mrs quill", "Mrs. Quill"), ("Mr. Quill", "Tom Quill"), ("the waiter", ""), ("", "")],
)
def test_a_predicted_name_means_who_is_called_so(novel: Path, name: str, meant: str) -> None:
    assert NameMatcher(read_novel(novel)).match(name) == meant


def test_both_tables_are_printed(novel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attribution", str(novel.parent)]) == 0
    printed = capsys.readouterr().out
    assert "End to end, text only" in printed
    assert "Text and cast list" in printed
    assert "mean of the novels" in printed
    assert "confidence" in printed


def test_a_folder_without_novels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no annotated novel"):
        find_novels(tmp_path)
