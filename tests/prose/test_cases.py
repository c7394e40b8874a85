"""Every file in ``cases`` is a story, a line ``~~~~ becomes ~~~~`` and what is read of it, one item a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiodrama import prose
from audiodrama.model import Block, Document
from tests.conftest import ROOT

CASES = sorted((ROOT / "tests" / "cases" / "prose").iterdir())
BECOMES = "~~~~ becomes ~~~~\n"


def listing(document: Document) -> list[str]:
    items = [(block.span, _told(block)) for block in document.blocks]
    for skip in document.skipped:
        if skip.reason != "scene break":
            words = " ".join(document.source[skip.span.start : skip.span.end].split())
            items.append((skip.span, f"skip ({skip.reason}): {words}"))
    naming = [f"title: {document.title}"] if document.title else []
    naming += [f"author: {document.author}"] if document.author else []
    return naming + [told for _, told in sorted(items)]


def _told(block: Block) -> str:
    if block.kind == "break":
        return "break"
    level = f" {block.level}" if block.kind == "heading" else ""
    emphasis = " | ".join(block.text[start:end] for start, end in block.emphasis)
    return f"{block.kind}{level}: {block.text}" + (f" / {emphasis}" if emphasis else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_story_is_read_as_its_case_says(case: Path) -> None:
    story, expected = case.read_text(encoding="utf-8").split(BECOMES)
    assert listing(prose.parse(story, case.name)) == expected.splitlines()
