"""What adapting knows of a natural language: word lists, and patterns made of them, as one value for each document.

A language is a folder like ``en/``: ``lists/`` holds its words as text, a module for each concern its patterns, and
``__init__`` the ``Language`` that is made of both. Nothing of it is read or compiled before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from audiodrama.script.language.endings import Endings
from audiodrama.script.language.label_patterns import LabelPatterns
from audiodrama.script.language.lists import Lists
from audiodrama.script.language.people_patterns import DescriptionPatterns, NamePatterns, TraitPatterns
from audiodrama.script.language.quote_patterns import LetterPatterns, QuotePatterns, SentencePatterns
from audiodrama.script.language.tag_patterns import ClausePatterns, TagPatterns, TurnPatterns

__all__ = ["Language"]


@dataclass(frozen=True)
class Language:
    """One natural language: chosen once for a document, and carried along by its Manuscript.

    Each property is made when it is first asked for; the fields say how.
    """

    code: str
    """As in BCP 47: "en"."""
    read_lists: Callable[[], Lists] = field(repr=False)
    """Reads the word lists."""
    make_quotes: Callable[[Lists], QuotePatterns] = field(repr=False)
    """Compiles the patterns of step 1, what is said."""
    make_letters: Callable[[Lists], LetterPatterns] = field(repr=False)
    """Compiles the patterns that tell a letter in quotation marks from speech."""
    make_labels: Callable[[Lists], LabelPatterns] = field(repr=False)
    """Compiles the patterns of documents that name their speakers themselves."""
    make_sentences: Callable[[Lists], SentencePatterns] = field(repr=False)
    """Compiles the ends of sentences."""
    make_names: Callable[[Lists], NamePatterns] = field(repr=False)
    """Compiles the patterns of names."""
    make_descriptions: Callable[[Lists], DescriptionPatterns] = field(repr=False)
    """Compiles the patterns of descriptions that stand for a name."""
    make_traits: Callable[[Lists], TraitPatterns] = field(repr=False)
    """Compiles the patterns of what a text says of a person."""
    make_tags: Callable[[Lists], TagPatterns] = field(repr=False)
    """Compiles the patterns of speech tags."""
    make_clauses: Callable[[Lists], ClausePatterns] = field(repr=False)
    """Compiles the patterns of the subjects of verbs of speech."""
    make_turns: Callable[[Lists], TurnPatterns] = field(repr=False)
    """Compiles the patterns of turns: who is called, who only looks."""
    endings: Endings
    """By which it tells kinds of words."""
    finite: Callable[[str, bool, Lists], bool] = field(repr=False)
    """Answers ``is_finite``."""

    @cached_property
    def lists(self) -> Lists:
        """The word lists."""
        return self.read_lists()

    @cached_property
    def quotes(self) -> QuotePatterns:
        """Patterns of what is said: marks, tags beside them, thoughts."""
        return self.make_quotes(self.lists)

    @cached_property
    def letters(self) -> LetterPatterns:
        """Patterns of letters that a story shows in quotation marks."""
        return self.make_letters(self.lists)

    @cached_property
    def labels(self) -> LabelPatterns:
        """Patterns of plays, screenplays, chats and interviews."""
        return self.make_labels(self.lists)

    @cached_property
    def sentences(self) -> SentencePatterns:
        """Where sentences and clauses end."""
        return self.make_sentences(self.lists)

    @cached_property
    def names(self) -> NamePatterns:
        """Patterns of people's names."""
        return self.make_names(self.lists)

    @cached_property
    def descriptions(self) -> DescriptionPatterns:
        """Patterns of descriptions that stand for a name."""
        return self.make_descriptions(self.lists)

    @cached_property
    def traits(self) -> TraitPatterns:
        """Patterns of gender, age, calling and grammar of the people that a text mentions."""
        return self.make_traits(self.lists)

    @cached_property
    def tags(self) -> TagPatterns:
        """Patterns of speech tags."""
        return self.make_tags(self.lists)

    @cached_property
    def clauses(self) -> ClausePatterns:
        """Patterns of the subject of a verb of speech."""
        return self.make_clauses(self.lists)

    @cached_property
    def turns(self) -> TurnPatterns:
        """Patterns of turns: who is called, who only looks, who speaks together."""
        return self.make_turns(self.lists)

    def is_finite(self, word: str, present: bool) -> bool:
        """Whether a word, lower case, may be the verb of a subject. ``present``: in narration in the present tense."""
        return self.finite(word, present, self.lists)
