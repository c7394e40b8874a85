"""Name the nouns of training: a text and, for stretches of its speech, the labelled speaker."""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.model import Role


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of speech whose speaker is known."""

    start: int
    """Offset of the first character in ``Sample.text``."""
    end: int
    """Offset behind the last character."""
    speaker: str
    """The character's name in the label."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with labels."""

    name: str
    """Name of the text's file; all samples of one text have one name."""
    text: str
    """Paragraphs with blank lines between them."""
    spoken: tuple[Spoken, ...]
    """The labelled speeches, in order."""
    weight: float = 1.0
    """How much one label counts, 1 for LitBank's as they are."""
    roster: tuple[Role, ...] = ()
    """The cast list that the extractor is given, as from a casting file."""
