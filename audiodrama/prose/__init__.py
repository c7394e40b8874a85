"""Act I: a file becomes a Document.

bytes -> text -> passages -> what each of them is -> blocks to perform and stretches to skip
(encodings)  (plain, markdown)  (matter, headings)   (blocks, inline)
"""

from __future__ import annotations

from pathlib import Path

from audiodrama.errors import ProseError
from audiodrama.model import Document
from audiodrama.prose import encodings
from audiodrama.prose.apparatus import licence, matter
from audiodrama.prose.apparatus.licence import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.readers import markdown, plain
from audiodrama.prose.structure import breaks, front, headings, pages
from audiodrama.prose.text import blocks

__all__ = ["parse", "read"]

_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd"))
_OTHERS = {
    ".docx": "a Word document",
    ".doc": "a Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".epub": "an e-book",
    ".mobi": "an e-book",
    ".azw3": "an e-book",
    ".pdf": "a PDF",
    ".html": "a web page",
    ".htm": "a web page",
}


def read(path: Path, *, keep_notes: bool = False) -> Document:
    """Read a story from a ``.txt`` or ``.md`` file in any common encoding.

    Args:
        path: the file.
        keep_notes: make blocks of the author's notes instead of skips.

    Raises:
        ProseError: the file cannot be read, is not text, or has nothing in it to perform.
    """
    kind = _OTHERS.get(path.suffix.lower())
    if path.is_dir():
        raise ProseError(f"{path} is a folder; give the story's file, or use `audiodrama batch` for a folder.")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ProseError(f"{path} does not exist; check the name of the story's file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ProseError(f"{path} cannot be read ({reason}); check the file and its permissions.") from error
    if kind:
        raise ProseError(f"{path} is {kind}; save the story as plain text (.txt) or Markdown (.md) and give that.")
    return parse(encodings.decode(data, str(path)), path.name, keep_notes=keep_notes)


def parse(text: str, file: str = "story.txt", *, keep_notes: bool = False) -> Document:
    """Make a Document of decoded text; the suffix of ``file`` tells plain text from Markdown.

    Raises:
        ProseError: there is nothing in it to perform.
    """
    if not any(map(str.isalnum, text)):
        raise ProseError(f"{file} has no words in it; write the story into it, or give another file.")
    marked_up = Path(file).suffix.lower() in _MARKDOWN
    cut, naming = markdown.passages(text) if marked_up else (plain.passages(text), Naming())
    found, naming = _identified(text, cut, naming)
    built, skipped = blocks.build(text, found, markdown=marked_up, keep_notes=keep_notes)
    return Document(text, built, skipped, naming.title, naming.author, file)


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
