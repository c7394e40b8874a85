"""A batch names what it passes over; a dry run goes on after a bad story and ends as the batch would."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from audiodrama.batch import forecast_all
from audiodrama.batch.passed_over import passed_over
from audiodrama.cli import app


def test_documents_in_the_folder_are_named_with_the_reason(tone_story: Path) -> None:
    folder = tone_story.parent
    for name in ("a.docx", "b.epub", "c.PDF", "scan.png", "door.wav", ".hidden.docx", "README.rst", "kettle.mp3"):
        (folder / name).touch()
    word, book, pdf = passed_over((folder,))
    assert word == (
        "a.docx is a Word document and is passed over; save it as plain text (.txt) or Markdown (.md) to have it made."
    )
    assert book.startswith("b.epub is an e-book and is passed over;")
    assert pdf.startswith("c.PDF is a PDF and is passed over;")


def test_many_files_of_one_kind_share_a_sentence(tone_story: Path) -> None:
    for number in range(5):
        (tone_story.parent / f"{number}.epub").touch()
    (sentence,) = passed_over((tone_story.parent,))
    assert sentence.startswith("0.epub, 1.epub, 2.epub and 2 more are passed over (each is an e-book);")


def test_a_file_that_is_named_is_not_passed_over(tone_story: Path) -> None:
    assert passed_over((tone_story,)) == ()


@pytest.mark.parametrize("dry", [True, False])
def test_a_dry_run_says_what_fails_and_goes_on_as_the_batch_does(tone_story: Path, tmp_path: Path, dry: bool) -> None:
    folder = tone_story.parent
    (folder / "anchor.txt").touch()
    (folder / "letter.docx").touch()
    arguments = ["batch", str(folder), "-o", str(tmp_path / "out"), "--jobs", "1", *(["--dry-run"] if dry else [])]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 3
    assert "anchor.txt is empty" in " ".join(result.stdout.split())
    assert "letter.docx is a Word document" in result.stderr
    if dry:
        assert "9 of 9 lines will be made" in " ".join(result.stdout.split())
        assert not (tmp_path / "out").exists()
    else:
        assert (tmp_path / "out" / "kettle.mp3").exists()


def test_the_forecast_of_a_story_with_a_broken_casting_says_why(tone_story: Path, tmp_path: Path) -> None:
    tone_story.with_name("kettle.casting.yaml").write_text("narrator: [", encoding="utf-8")
    (forecast,) = forecast_all(tone_story, tmp_path / "out")
    assert "kettle.casting.yaml" in forecast.error
