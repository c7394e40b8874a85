"""Act I: a file becomes a Document.

bytes -> source text, passages -> what each of them is -> blocks to perform and stretches to skip
        (readers/)                (structure/, apparatus/)  (text/)

`READERS` chooses the reader by the file's suffix; a new format is a new entry there.

The limits in these rooms (how long a title may be, which share of the lines decides) were chosen by hand. How much
hangs on them was measured in November 2026 on 330 texts of 2 MB, LitBank's and the case files: with one limit at a time
halved, lowered, raised or doubled, every document stayed the same, except for the limits whose comment says otherwise.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from audiodrama.cache.input_file import LARGEST_STORY, is_unnamed, read_input, shown
from audiodrama.errors import ProseError
from audiodrama.model import Document
from audiodrama.prose import file_kinds
from audiodrama.prose.apparatus import licence, matter
from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.readers.markdown import Markdown
from audiodrama.prose.readers.plain import PlainText
from audiodrama.prose.readers.protocol import Reader, Source
from audiodrama.prose.structure import breaks, front, headings, pages
from audiodrama.prose.text import blocks
from audiodrama.prose.text.inline import InlineSyntax

__all__ = ["parse", "read"]

_PLAIN = PlainText()
_MARKDOWN = Markdown()
READERS: dict[str, Reader] = {
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".mdown": _MARKDOWN,
    ".mkd": _MARKDOWN,
}
"""Suffix in small letters -> the reader of such files. Every other file is read as plain text unless it is refused."""
_MARKDOWN_SIGN = re.compile(rb"^\s*---\r?$|^#{1,6} \S", re.MULTILINE)
"""What tells Markdown from plain text where no suffix does: front matter, or a heading with its mark."""


def read(path: Path, *, keep_notes: bool = False) -> Document:
    """Read a story from a ``.txt`` or ``.md`` file in any common encoding; ``-`` is standard input.

    Args:
        path: the file.
        keep_notes: make blocks of the author's notes instead of skips.

    Raises:
        ProseError: the file cannot be read, is not text, or has nothing in it to perform.
    """
    if os.path.isdir(path):
        raise ProseError(f"{path} is a folder; give the story's file, or use `audiodrama batch` for a folder.")
    data = read_input(path, LARGEST_STORY, ProseError, "story")
    file_kinds.refuse_suffix(str(path), path.suffix)
    name = path.name
    if is_unnamed(path):
        name = "Untitled.md" if _MARKDOWN_SIGN.search(data) else "Untitled.txt"
    reader = _reader_of(name)
    source = reader.read(data, shown(path))
    if reader in (_PLAIN, _MARKDOWN):
        file_kinds.refuse_content(shown(path), source.text)
    return _document(source, reader.syntax, name, keep_notes=keep_notes)


def parse(text: str, file: str = "story.txt", *, keep_notes: bool = False) -> Document:
    """Make a Document of decoded text; the suffix of ``file`` tells plain text from Markdown.

    Its source is the text in Unicode's composed form (NFC).

    Raises:
        ProseError: there is nothing in it to perform.
    """
    reader = _MARKDOWN if _reader_of(file) is _MARKDOWN else _PLAIN
    return _document(reader.parse(unicodedata.normalize("NFC", text)), reader.syntax, file, keep_notes=keep_notes)


def _reader_of(file: str) -> Reader:
    """The reader of files with this name's suffix."""
    return READERS.get(Path(file).suffix.lower(), _PLAIN)


def _document(source: Source, syntax: InlineSyntax, file: str, *, keep_notes: bool) -> Document:
    """Say what each passage of a source is, and make blocks and skips of them."""
    if not any(map(str.isalnum, source.text)):
        raise ProseError(f"{file} has no words in it; write the story into it, or give another file.")
    passages, naming = _identified(source.text, source.passages, source.naming)
    built, skipped = blocks.build(source.text, passages, syntax, keep_notes=keep_notes)
    return Document(source.text, built, skipped, naming.title, naming.author, file)


def _identified(text: str, passages: list[Passage], naming: Naming) -> tuple[list[Passage], Naming]:
    """Say of every passage what it is, the surest first."""
    passages, naming = licence.mark_licence(text, passages, naming)
    passages = licence.mark_contents(text, passages)
    passages = breaks.mark_symbols(text, passages)
    passages = pages.mark(text, passages)
    passages = headings.mark(text, passages)
    passages = matter.mark(text, passages)
    passages, naming = front.name(text, passages, naming)
    return breaks.add_spaced(text, passages), naming
