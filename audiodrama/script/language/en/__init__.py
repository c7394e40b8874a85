"""English."""

from __future__ import annotations

from importlib.resources import files

from audiodrama.script.language import Language
from audiodrama.script.language.en.labels import label_patterns
from audiodrama.script.language.en.letters import letter_patterns
from audiodrama.script.language.en.quotes import quote_patterns
from audiodrama.script.language.en.sentences import sentence_patterns
from audiodrama.script.language.en.verbs import inflect, is_finite
from audiodrama.script.language.lists import Lists, read_lists

__all__ = ["ENGLISH"]


def _lists() -> Lists:
    return read_lists(files("audiodrama.script.language.en") / "lists", inflect)


ENGLISH = Language("en", _lists, quote_patterns, letter_patterns, label_patterns, sentence_patterns, is_finite)
"""The language of every document for which none is chosen."""
