"""Turn labelled speech into what is learnt from: a text and, for stretches of it, who speaks them."""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.model import Role


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of speech whose speaker is known."""

    start: int
    """Character offset in ``Sample.text``."""
    end: int
    """Exclusive."""
    speaker: str
    """As the label names the person."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with labels."""

    name: str
    """Of the file, for folds and messages."""
    text: str
    """Paragraphs with blank lines between them."""
    spoken: tuple[Spoken, ...]
    """In order; speech without a label is not in it."""
    weight: float = 1.0
    """How much one of its labels counts."""
    roster: tuple[Role, ...] = ()
    """People whom the extractor is told of."""
