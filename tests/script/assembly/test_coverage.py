"""Every source character is in one line or in one skip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama.errors import InternalError, ProseError
from audiodrama.model import Document, Line, Scene, Script, Skip, Span
from audiodrama.prose import parse
from audiodrama.script import adapt
from audiodrama.script.assembly.coverage import check

SOURCE = "One. Two."
WHOLE = Script(
    (Scene((Line("narration", "narrator", "One.", Span(0, 5), Span(0, 4)),)),), skipped=(Skip(Span(5, 9), "a note"),)
)


def test_spans_that_tile_the_source_are_accepted() -> None:
    check(WHOLE, SOURCE)


def test_a_line_that_a_person_wrote_is_not_counted() -> None:
    scene = replace(WHOLE.scenes[0], lines=(*WHOLE.scenes[0].lines, Line("narration", "narrator", "Added.")))
    check(replace(WHOLE, scenes=(scene,)), SOURCE)


def test_a_character_in_no_line_is_an_error_that_names_the_place() -> None:
    with pytest.raises(InternalError, match=r"5 to 9 \(line 1: 'Two\.'\)"):
        check(replace(WHOLE, skipped=()), SOURCE)


def test_a_character_in_two_skips_is_an_error() -> None:
    with pytest.raises(InternalError, match="Two lines or skips account for characters 3 to 5"):
        check(replace(WHOLE, skipped=(Skip(Span(3, 9), "a note"),)), SOURCE)


def test_a_span_beyond_the_end_is_an_error() -> None:
    with pytest.raises(InternalError):
        check(replace(WHOLE, skipped=(Skip(Span(5, 12), "a note"),)), SOURCE)


def test_words_outside_their_line_are_an_error() -> None:
    line = replace(WHOLE.scenes[0].lines[0], spoken=Span(2, 7))
    with pytest.raises(InternalError, match="outside its span"):
        check(replace(WHOLE, scenes=(Scene((line,)),)), SOURCE)


MARKS = ["“", "”", '"', "'", "“Well", "«Oui», ", "*", "_so_ ", "「", "``", "...", "…", "\ufeff", "6'2\" ", "\u00a0"]
LINES = ["***", "---", "# One\n", "CHAPTER II", "Chapter 3: Rain", "A/N: thanks", "THE END", "\n", "\n\n", "\n\n\n\n"]
WORDS = ['"Yes," said Ann. ', "‘No.’ ", "— Come, said Bo. ", "he thought. ", "\r\n", "\t", " "]
PIECES = st.sampled_from([*MARKS, *LINES, *WORDS])
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80))


def document_of(text: str) -> Document | None:
    try:
        return parse(text)
    except ProseError:
        return None


@given(TEXTS, st.booleans())
def test_lines_and_skips_tile_any_text(text: str, drop_tags: bool) -> None:
    document = document_of(text)
    if document is None:
        return
    script = adapt(document, drop_tags=drop_tags)
    spans = sorted([line.span for line in script.lines() if line.span] + [skip.span for skip in script.skipped])
    assert "".join(document.source[start:end] for start, end in spans) == document.source
    assert all(start < end for start, end in spans)


@given(TEXTS)
def test_lines_come_in_the_order_of_the_text_and_each_has_words_of_its_own(text: str) -> None:
    document = document_of(text)
    if document is None:
        return
    lines = adapt(document).lines()
    places = [line.spoken.start for line in lines if line.spoken]
    assert places == sorted(places)
    for line in lines:
        assert line.text == line.text.strip() != ""
        assert line.spoken is not None
        assert document.source[line.spoken.start] == line.text[0] or line.text[0].isspace()
