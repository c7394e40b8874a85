"""Turn a Document's headings into chapter titles."""

from __future__ import annotations

from collections.abc import Sequence

from audiodrama.model import Block, Document


def chapter_titles(document: Document, scene_starts: Sequence[int]) -> dict[int, str]:
    """The titles of the chapters by the index of the block where each begins.

    Headings that follow each other are one chapter: "Chapter I: The Storm". The book's own title is no part of its
    first chapter's, unless that has no other.
    """
    blocks = document.blocks
    level = _chapter_level(document)
    titles = {}
    for start in scene_starts:
        headings = _run(blocks, start)
        if not any(heading.level <= level for heading in headings):
            continue
        texts = [heading.text for heading in headings if heading.text]
        if len(texts) > 1 and texts[0].casefold() == document.title.casefold():
            del texts[0]
        titles[start] = ": ".join(text.rstrip(" .:") for text in texts)
    return titles


def _run(blocks: tuple[Block, ...], start: int) -> list[Block]:
    """The headings that follow each other from here on, breaks aside."""
    run = []
    for index in range(start, len(blocks)):
        if blocks[index].kind == "heading":
            run.append(blocks[index])
        elif blocks[index].kind != "break":
            break
    return run


def _chapter_level(document: Document) -> int:
    """2 where the only heading of level 1 is the book's title and chapters lie below it, as in Markdown; else 1."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    tops = [heading for heading in headings if heading.level <= 1]
    if len(tops) == 1 and tops[0] is headings[0] and sum(heading.level == 2 for heading in headings) > 1:
        return 2
    return 1
