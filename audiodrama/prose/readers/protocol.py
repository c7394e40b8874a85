"""The seam for formats: a Reader turns the bytes of one file format into a Source.

To add a format, copy `plain` (the shortest reader), give the new class a ``read``, and enter it under its suffixes in
the table of ``prose/__init__.py``, out of the refusals that stand beside it. Suffixes that `batch` is to find in a
folder go into ``files/paths.py`` too; a test compares the two lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from audiodrama.prose.naming import Naming
from audiodrama.prose.passages import Passage
from audiodrama.prose.text.inline import InlineSyntax


@dataclass(frozen=True, slots=True)
class Source:
    """A file as its reader understood it."""

    text: str
    """The source text, which `Document.source` keeps unchanged; every span in the house counts its characters.
    A reader of a format without a text of its own (a zipped book, say) builds one and cuts that."""
    passages: list[Passage]
    """The visible text, cut at paragraphs, in reading order. A kind that the reader knows from the format (heading,
    break, skip) is kept; a "paragraph" may still turn out to be a heading, a note or a licence."""
    naming: Naming
    """The title and the author as far as the format has a place for them; else ``Naming()``."""


class Reader(Protocol):
    """What `prose.read` needs of a file format."""

    @property
    def syntax(self) -> InlineSyntax:
        """The marks inside a passage that are not read aloud: emphasis, links, entities."""
        ...

    def read(self, data: bytes, name: str) -> Source:
        """Turn the bytes of the file called ``name`` into its text and passages.

        Raises:
            ProseError: the bytes are not of this format; the message begins with ``name`` and says what to do.
        """
        ...
