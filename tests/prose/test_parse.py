"""What holds for the parts of a Document in every story."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama import prose
from audiodrama.errors import ProseError
from audiodrama.model import Document, Span
from audiodrama.prose.text.emphasis import pair

NOTED = (
    'A/N: Hello, all.\n\nThe bell rang.\n\n***\n\n"Late," said Ilse.\n\n[Illustration]\n\n'
    "P.S. Please review this chapter!\n"
)

PIECES = [
    "word",
    "Chapter 4",
    "IV",
    "THE END",
    "A/N: hi",
    "Title: x",
    "Contents",
    '"Yes," he said.',
    "“No.”",
    "—",
    "--",
    "***",
    "* * *",
    "---",
    "#",
    "## Two",
    "> quote",
    "- item",
    "[1]",
    "[1] foot",
    "[Illustration: a]",
    "_it_",
    "*a*",
    "**b**",
    "*",
    "_",
    "`",
    "~~",
    "\\*",
    "&amp;",
    "&mdash;",
    "<i>",
    "</i>",
    "<br>",
    "<!--",
    "-->",
    "[a](b)",
    "![a](b)",
    "foo-\nbar",
    "\n",
    "\n\n",
    "\n\n\n\n",
    "\r\n",
    "\r",
    "\f",
    "\t",
    " ",
    "  ",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "===",
    "P.S. x",
    "by Jo Bell",
    "12",
    "- 12 -",
    "\u2028",
    "é",
    "😀",
    "*** START OF THE PROJECT EBOOK ***",
]
STORIES = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("\n".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("\n\n".join),
    st.text(max_size=200),
)
SUFFIXES = st.sampled_from(["story.txt", "story.md"])
INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"


def document_of(story: str, file: str, *, keep_notes: bool = False) -> Document | None:
    try:
        return prose.parse(story, file, keep_notes=keep_notes)
    except ProseError:
        return None


@given(STORIES, SUFFIXES)
def test_every_character_of_a_block_stands_for_its_own_in_the_source(story: str, file: str) -> None:
    document = document_of(story, file)
    for block in document.blocks if document else ():
        for offset, character in enumerate(block.text):
            at = block.to_source(offset)
            assert block.span.start <= at < block.span.end
            original = story[at]
            assert character == original or original.isspace() or original == "&", (character, original)


@given(STORIES, SUFFIXES)
def test_texts_are_one_line_with_single_spaces(story: str, file: str) -> None:
    document = document_of(story, file)
    for block in document.blocks if document else ():
        assert block.text == block.text.strip()
        assert "  " not in block.text
        assert len(block.text.splitlines()) == (block.kind != "break")
        assert all(0 <= start < end <= len(block.text) for start, end in block.emphasis)


@given(STORIES, SUFFIXES, st.booleans())
def test_spans_are_in_order_and_account_for_everything_visible(story: str, file: str, keep_notes: bool) -> None:
    document = document_of(story, file, keep_notes=keep_notes)
    if not document:
        return
    assert document.source == story
    assert [block.span for block in document.blocks] == sorted(block.span for block in document.blocks)
    breaks = {block.span for block in document.blocks if block.kind == "break"}
    skips = [skip.span for skip in document.skipped]
    assert all(span in skips for span in breaks if span.start < span.end)
    spans = sorted([block.span for block in document.blocks if block.kind != "break"] + skips)
    at = 0
    for start, end in [*spans, Span(len(story), len(story))]:
        assert at <= start <= end
        left = story[at:start].strip()
        assert not left.strip(INVISIBLE + " \n\r\t\f\u2028\u00a0") or not any(map(str.isprintable, left)), left
        at = end


@given(st.text("*_ab `~.", max_size=60))
def test_marks_of_emphasis_open_as_often_as_they_close(text: str) -> None:
    spans = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[end] == text[at]:
            end += 1
        if text[at] in "*_`~":
            spans.append((at, end))
        at = end
    marks = pair(text, spans).values()
    assert sum(mark.opens for mark in marks) == sum(mark.closes for mark in marks)


def test_notes_are_skipped_with_their_reasons() -> None:
    document = prose.parse(NOTED)
    assert [block.text for block in document.blocks] == ["The bell rang.", "", '"Late," said Ilse.']
    reasons = [skip.reason for skip in document.skipped]
    assert reasons == ["author's note", "scene break", "illustration", "postscript to the reader"]


def test_kept_notes_are_blocks_and_illustrations_are_not() -> None:
    document = prose.parse(NOTED, keep_notes=True)
    assert [block.kind for block in document.blocks] == ["note", "paragraph", "break", "paragraph", "note"]
    assert [skip.reason for skip in document.skipped] == ["scene break", "illustration"]


def test_the_symbols_of_a_scene_break_are_the_span_of_its_block_and_of_its_skip() -> None:
    document = prose.parse("One.\n\n* * *\n\nTwo.")
    (broken,) = (block for block in document.blocks if block.kind == "break")
    (skip,) = document.skipped
    assert broken.span == skip.span == Span(6, 11)


def test_a_break_of_blank_lines_has_an_empty_span_where_the_next_scene_begins() -> None:
    story = "\n\n".join(["It rained all day on the roof."] * 9) + "\n\n\n\nThen it stopped."
    (broken,) = (block for block in prose.parse(story).blocks if block.kind == "break")
    assert broken.span == Span(story.index("Then"), story.index("Then"))


def test_a_broken_line_maps_back_to_both_its_lines() -> None:
    story = "The lamp\r\n  went  _out_."
    (block,) = prose.parse(story).blocks
    assert block.text == "The lamp went out."
    assert [story[block.to_source(block.text.index(word))] for word in ("lamp", "went", "out", ".")] == list("lwo.")
    assert block.to_source(len(block.text)) == len(story)


def test_unusual_spaces_and_line_ends_are_single_spaces() -> None:
    story = "A\u00a0ship,   two\tships\u200b and\ufeff three.\r\rThe \u200bend\x0cof it.\r"
    assert [block.text for block in prose.parse(story).blocks] == ["A ship, two ships and three.", "The end of it."]


@pytest.mark.parametrize(
    "unit",
    [
        "a_ *b ",
        "[",
        "<!-- ",
        "x <i ",
        "&a",
        "a-\n",
        "![a](",
        "**a* ",
        "> a\n",
        "Chapter 1\n\n",
        "1\n\n",
        " \u00a0",
        "`` ` a ",
    ],
)
@pytest.mark.parametrize("file", ["story.txt", "story.md"])
def test_time_is_linear_in_the_length_of_the_text(unit: str, file: str) -> None:
    def seconds(length: int) -> float:
        story = "x" + unit * (length // len(unit))
        begin = time.process_time()
        prose.parse(story, file)
        return time.process_time() - begin

    seconds(1000)
    short = min(seconds(8_000) for _ in range(3))
    # Eight times the text takes eight times the time; were it quadratic, sixty-four times.
    assert seconds(64_000) < 28 * short + 0.05
