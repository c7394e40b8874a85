"""Speech and narration, by the passages in ``tests/cases/quotes`` and by what must hold for every text.

A case file lists every stretch that is expected, with plain marks; narration without a word is left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama.model import Block, Document, Span
from audiodrama.prose import parse
from audiodrama.script.quotes.manuscript import Manuscript, transcribe
from tests.helpers.cases import Row, case_paths, load_case


def stretches(manuscript: Manuscript) -> list[Row]:
    rows = []
    for paragraph in manuscript.paragraphs:
        for segment in paragraph.segments:
            text = manuscript.text[segment.start : segment.end].strip()
            if text and (segment.kind != "narration" or any(map(str.isalnum, text))):
                rows.append(Row(segment.kind, text))
    return rows


def document(*paragraphs: str) -> Document:
    blocks, start = [], 0
    for text in paragraphs:
        blocks.append(Block("paragraph", text, Span(start, start + len(text)), ((0, start),)))
        start += len(text) + 2
    return Document("\n\n".join(paragraphs), tuple(blocks))


@pytest.mark.parametrize("path", case_paths("quotes"), ids=lambda path: path.stem)
def test_a_passage_is_parted_as_its_file_says(path: Path) -> None:
    case = load_case(path)
    assert stretches(transcribe(parse(case.passage, case.file))) == list(case.rows), case.trap


def test_a_speech_that_runs_on_is_marked_in_both_paragraphs() -> None:
    first, second, third = transcribe(document('"It began.', '"It went on.', '"It ended."')).paragraphs
    assert [(s.open, s.continues) for p in (first, second, third) for s in p.speech] == [
        (True, False),
        (True, True),
        (False, True),
    ]


def test_a_reply_does_not_continue_the_speech_before_it() -> None:
    replies = transcribe(document('"Was it you?"', '"It was."')).paragraphs
    assert [(s.open, s.continues) for p in replies for s in p.speech] == [(False, False), (False, False)]


def test_single_marks_around_speech_are_unified_and_apostrophes_are_kept() -> None:
    text = transcribe(document("‘It’s a dogs’ dinner,’ said Ann.", "‘Then it’s late.’")).text
    assert text == '"It\'s a dogs\' dinner," said Ann.\n\n"Then it\'s late."'


def test_an_odd_mark_in_one_paragraph_leaves_the_next_ones_alone() -> None:
    many = [f'"Line {number}," said Ann. "And more."' for number in range(20)]
    many[3] = 'He wrote it down as 6" and went home.'
    many[9] = '"And there he stopped. Nobody had heard him'
    many[10] = "The wind rose."
    rows = stretches(transcribe(document(*many)))
    ends = [row for row in rows if " 1," in row.text or " 19," in row.text]
    assert ends == [Row("speech", "Line 1,"), Row("speech", "Line 19,")]
    assert Row("narration", 'He wrote it down as 6" and went home.') in rows
    assert Row("narration", "The wind rose.") in rows


@given(st.lists(st.text(alphabet="ab ,.?“”\"'‘’«»„—-「」`6\u00a0", max_size=40), max_size=6))
def test_segments_tile_their_paragraph_but_for_marks(paragraphs: list[str]) -> None:
    manuscript = transcribe(document(*paragraphs))
    assert len(manuscript.text) == len("\n\n".join(paragraphs))
    for paragraph in manuscript.paragraphs:
        reached = paragraph.start
        for segment in paragraph.segments:
            between = manuscript.text[reached : segment.start]
            assert segment.start >= reached
            assert not any(map(str.isalpha, between))
            reached = segment.end
        assert not any(map(str.isalpha, manuscript.text[reached : paragraph.end]))
        assert reached <= paragraph.end


UNITS = ['"', '" ', "' ", '"Go on," he said. ', "— Yes, said Ann. — No. ", '"Go on, ', "«»", "word "]


@pytest.mark.parametrize("unit", UNITS)
def test_a_hundred_thousand_characters_on_one_line_are_read_in_a_moment(unit: str) -> None:
    text = (unit * (100_000 // len(unit))).strip()
    manuscript = transcribe(document(text))
    assert len(manuscript.text) == len(text)
