"""Whether a word may be a verb in English, by its old name, until each module asks the Language of its document."""

from __future__ import annotations

from audiodrama.script.language.en import ENGLISH


def is_finite(word: str, present: bool) -> bool:
    """As ``Language.is_finite``."""
    return ENGLISH.is_finite(word, present)
