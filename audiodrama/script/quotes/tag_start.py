"""Tell whether narration begins with a speech tag: "said Anna", "she softly said", "he laughed".

The one detector for all of step 1. Each caller says how far a tag may begin from where it looks: right behind a
speech that has its marks it may come late, in a speech that lacks a mark only at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiodrama.script.language import Language
from audiodrama.script.language.quote_patterns import TagWords

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word with what joins its parts: "didn't", "well-known"."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?;:\"”]")


@dataclass(frozen=True, slots=True)
class TagReach:
    """How far narration is looked at, from where it begins, for the verb of a tag."""

    characters: int
    """Characters that are looked at."""
    speech_words: int
    """Words of which one may be a verb of speech: "said"."""
    voice_words: int
    """Words of which one may be a verb that only speaks beside a speech: "laughed"."""
    fewest: int = 1
    """Words that a tag has at least."""
    one_sentence: bool = False
    """Whether only words before the first stop count."""
    word: re.Pattern[str] = WORD
    """What a word is."""


BEHIND_SPEECH = TagReach(70, 5, 3, fewest=2, one_sentence=True)
"""Behind a quotation with both its marks: '"Come," the old man with the lamp said.'."""
BEHIND_LONE_MARK = TagReach(60, 3, 0)
"""Behind a mark whose fellow is missing: 'Come in," said Ann.'. A verb of voice is too little there."""
BEHIND_DASH = TagReach(40, 2, 2, word=_LETTERS)
"""Behind a dash in a paragraph that a dash leads: "— Come in — Anna laughed."."""


def begins_with_tag(text: str, start: int, end: int, language: Language, reach: TagReach) -> bool:
    """Whether narration begins with a tag.

    Args:
        text: the story, or a part of it.
        start: where the tag would begin.
        end: where the narration, or the paragraph, ends; exclusive.
        language: knows the verbs.
        reach: how far is looked.
    """
    stretch = text[start : min(end, start + reach.characters)]
    if reach.one_sentence:
        stretch = _SENTENCE_END.split(stretch, maxsplit=1)[0]
    words = [word.lower() for word in reach.word.findall(stretch)[: max(reach.speech_words, reach.voice_words)]]
    if len(words) < reach.fewest:
        return False
    speech_verbs, voice_verbs = language.lists.speech_verbs, language.lists.voice_verbs
    return any(word in speech_verbs for word in words[: reach.speech_words]) or any(
        word in voice_verbs for word in words[: reach.voice_words]
    )


def are_tag(first: str, second: str, language: Language, words: TagWords) -> bool:
    """Whether two words, where a clause begins inside of a speech, begin a tag: "said Anna", "he said".

    Args:
        first: the clause's first word, as it is written.
        second: its second word.
        language: knows the verbs.
        words: which other words a tag may have here.
    """
    low, verbs = first.lower(), language.lists.speech_verbs
    if low in verbs and low.endswith(words.inverted_endings):
        return second[0].isupper() or second.lower() in words.behind
    return second.lower() in verbs and (first[0].isupper() or low in words.before) and low not in words.never_before
