"""Speech and narration, by the passages in ``quotes/``.

A passage's file: the sentence it shows, ``===``, the passage, ``---``, then every stretch that is expected:
``narration| ...``, ``speech| ...`` or ``thought| ...``, with plain marks. Narration without a word is left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama.model import Block, Document, Span
from audiodrama.prose import parse
from audiodrama.script.quotes.manuscript import Manuscript, transcribe
from tests.conftest import ROOT

CASES = sorted((ROOT / "tests" / "cases" / "quotes").glob("*.txt"))


def stretches(manuscript: Manuscript) -> list[str]:
    found = []
    for paragraph in manuscript.paragraphs:
        for segment in paragraph.segments:
            text = manuscript.text[segment.start : segment.end].strip()
            if text and (segment.kind != "narration" or any(map(str.isalnum, text))):
                found.append(f"{segment.kind}| {text}")
    return found


def document(*paragraphs: str) -> Document:
    blocks, start = [], 0
    for text in paragraphs:
        blocks.append(Block("paragraph", text, Span(start, start + len(text)), ((0, start),)))
        start += len(text) + 2
    return Document("\n\n".join(paragraphs), tuple(blocks))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_passage_is_parted_as_its_file_says(case: Path) -> None:
    passage, _, expected = case.read_text(encoding="utf-8").partition("===\n")[2].partition("\n---\n")
    assert stretches(transcribe(parse(passage))) == expected.strip().splitlines()


def test_every_passage_says_what_it_shows() -> None:
    sentences = [case.read_text(encoding="utf-8").partition("\n")[0] for case in CASES]
    assert len(set(sentences)) == len(CASES) >= 40
    assert all(sentence.endswith(".") for sentence in sentences)


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
    found = stretches(transcribe(document(*many)))
    assert [line for line in found if " 1," in line or " 19," in line] == ["speech| Line 1,", "speech| Line 19,"]
    assert 'narration| He wrote it down as 6" and went home.' in found
    assert "narration| The wind rose." in found


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
