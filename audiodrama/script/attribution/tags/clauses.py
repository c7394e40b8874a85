"""Turn a clause with a verb of speech into the mention that is its subject: who says it, says the clause."""

from __future__ import annotations

import re

from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.language import Language
from audiodrama.script.language.lists import ANY

WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
"""A word with what joins its parts."""
_FAR = 200
"""Characters after which a verb is no longer taken for a subject's."""
_BEFORE_VERB, _BEFORE_OWNER, _BEFORE_CLAUSE = 40, 24, 10
"""Characters before a verb, an owner and a clause in which the words stand that ``ClausePatterns`` look for there."""
_NOUN_LENGTH = 12
"""Characters of a noun of speech: "Emma's exclamation"."""
_PRAISE = 3
"""Words that may praise a subject: "said the good-natured Tom"."""


def subject_before(mentions: Mentions, here: list[Mention], verb: int, paragraph: int) -> Mention | None:
    """The subject of a verb that the mentions stand before: the nearest one whose own verb it may be.

    Args:
        mentions: of the whole text.
        here: the mentions of the sentence, in order.
        verb: where the verb begins in the text.
        paragraph: where all this is.
    """
    text, language = mentions.text, mentions.language
    heard = language.clauses.heard.search(text, max(0, verb - _BEFORE_VERB), verb)
    if heard:
        return pronoun(heard.group(1), heard.start(1), paragraph, language)
    left = [m for m in here if m.end <= verb]
    for mention in reversed(left):
        if _acts(text, mention, verb, language):
            return mention
    free = [m for m in left if not m.governed and (not m.possessive or m.acts_by_part)]
    acting = [m for m in free if m.subject]
    main = [m for m in acting if not m.subordinate]
    if main or acting:
        return (main or acting)[-1]
    return free[0] if free else next((m for m in here if m.start > verb and not m.governed and not m.possessive), None)


def _acts(text: str, mention: Mention, verb: int, language: Language) -> bool:
    """Whether nothing stands between a mention and the verb that would give the verb another subject."""
    if verb - mention.end > _FAR:
        return False
    patterns, gap = language.clauses, text[mention.end : verb]
    if mention.possessive and not mention.acts_by_part:
        return bool(patterns.own_words.match(text, mention.end, verb + _NOUN_LENGTH))
    if mention.governed and patterns.voice_of_one.search(text, max(0, mention.start - _BEFORE_OWNER), mention.start):
        return not patterns.cut.search(gap.rstrip(":,-—–"))
    if mention.governed:
        return gap.startswith(patterns.relative) and (gap.endswith(", ") or not patterns.cut.search(gap, 6))
    if patterns.beside.fullmatch(gap):
        return True
    if patterns.aside.fullmatch(gap):
        return mention.subordinate or bool(
            patterns.opens.search(text[max(0, mention.start - _BEFORE_CLAUSE) : mention.start])
        )
    return mention.subject and (not patterns.cut.search(gap) or gap.endswith(patterns.by))


def nearest_left(text: str, left: list[Mention], verb: int, language: Language) -> Mention | None:
    """The subject among the mentions before a verb in the clause after a speech: "he heard Emma say" is Emma's."""
    beside = [m for m in left if language.clauses.beside.fullmatch(text, m.end, verb)]
    return beside[-1] if beside else left[0] if left else None


def pronoun(word: str, at: int, paragraph: int, language: Language) -> Mention:
    """A mention of "him", "his" or "her" as of the "he" or "she" that it stands for."""
    head = language.tags.pronoun_of[word]
    gender = language.traits.gender_of[head]
    return Mention(at, at + len(word), -1, "pronoun", gender, paragraph, False, head)


def inverted(mentions: Mentions, after_verb: int, right: list[Mention], end: int, paragraph: int) -> Mention | None:
    """The subject behind the verb: "said poor old Tom", "said the voice of Tom", "put in Tom", "said the thing"."""
    text, patterns, lists = mentions.text, mentions.language.clauses, mentions.language.lists
    endings = mentions.language.endings
    voice = patterns.voice_of.match(text, after_verb, end)
    if voice:
        return next((m for m in right if m.start == voice.end()), None)
    if right:
        between = WORDS.findall(text[after_verb : right[0].start])
        if len(between) == 1 and between[0] in patterns.particles and right[0].kind == "name":
            return right[0]
        odd = [w for w in between if w.lower() not in lists.fillers and not w.endswith(endings.adverb)]
        small = all(w.islower() for w in between)
        praised = small and 0 < len(between) <= _PRAISE and between[0] in patterns.praise_openers
        praised = praised or (small and len(odd) == 1 and right[0].kind == "name" and odd[0] not in lists.no_praise)
        if (not odd or praised) and not right[0].governed and not (right[0].possessive and not right[0].acts_by_part):
            return right[0]
    noun = patterns.unknown_noun.match(text, after_verb, end)
    if noun and not (right and right[0].start <= noun.end(1)):
        head = noun.group(1).split()[-1].lower()
        if head in lists.not_names or (head.endswith(endings.participle) and len(noun.group(1).split()) < 3):
            return None
        return Mention(noun.start(1), noun.end(1), -1, "noun", ANY, paragraph, False, head, subject=True)
    return None
