"""Every passage in ``tests/cases/prose`` is read as its case file says: blocks, emphasis, and what is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiodrama import prose
from audiodrama.model import Block, Document
from tests.helpers.cases import Row, case_paths, load_case


def rows_of(document: Document) -> list[Row]:
    """Write down a document in rows: title and author first, the rest in the order of the passage."""
    placed = [(block.span, block_rows(block)) for block in document.blocks]
    for skip in document.skipped:
        if skip.reason != "scene break":
            words = " ".join(document.source[skip.span.start : skip.span.end].split())
            placed.append((skip.span, [Row("skipped", words, skip.reason)]))
    rows = [Row("title", document.title)] if document.title else []
    rows += [Row("author", document.author)] if document.author else []
    return rows + [row for _, stretch in sorted(placed, key=lambda item: item[0]) for row in stretch]


def block_rows(block: Block) -> list[Row]:
    if block.kind == "break":
        return [Row("break")]
    kind = f"heading {block.level}" if block.kind == "heading" else block.kind
    return [Row(kind, block.text), *(Row("emphasis", block.text[start:end]) for start, end in block.emphasis)]


@pytest.mark.parametrize("path", case_paths("prose"), ids=lambda path: path.stem)
def test_a_story_is_read_as_its_case_says(path: Path) -> None:
    case = load_case(path)
    # A file ends with a line end.
    assert rows_of(prose.parse(case.passage + "\n", case.file)) == list(case.rows), case.trap
