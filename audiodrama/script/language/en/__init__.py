"""English."""

from __future__ import annotations

from importlib.resources import files

from audiodrama.script.language import Language
from audiodrama.script.language.en.clauses import clause_patterns
from audiodrama.script.language.en.descriptions import description_patterns
from audiodrama.script.language.en.labels import label_patterns
from audiodrama.script.language.en.letters import letter_patterns
from audiodrama.script.language.en.names import name_patterns
from audiodrama.script.language.en.quotes import quote_patterns
from audiodrama.script.language.en.sentences import sentence_patterns
from audiodrama.script.language.en.tags import tag_patterns
from audiodrama.script.language.en.traits import trait_patterns
from audiodrama.script.language.en.turns import turn_patterns
from audiodrama.script.language.en.verbs import inflect, is_finite
from audiodrama.script.language.endings import Endings
from audiodrama.script.language.lists import Lists, read_lists

__all__ = ["ENGLISH"]


def _lists() -> Lists:
    return read_lists(files("audiodrama.script.language.en") / "lists", inflect)


ENGLISH = Language(
    code="en",
    read_lists=_lists,
    make_quotes=quote_patterns,
    make_letters=letter_patterns,
    make_labels=label_patterns,
    make_sentences=sentence_patterns,
    make_names=name_patterns,
    make_descriptions=description_patterns,
    make_traits=trait_patterns,
    make_tags=tag_patterns,
    make_clauses=clause_patterns,
    make_turns=turn_patterns,
    endings=Endings(adverb="ly", participle="ing", past="ed", possessive="'s"),
    finite=is_finite,
)
"""The language of every document for which none is chosen."""
