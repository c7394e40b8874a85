"""Name the patterns and word sets of a language for speech tags, their subjects, and the turns of a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern


@dataclass(frozen=True, slots=True)
class TagPatterns:
    """What tells a clause that says who speaks."""

    reply: Pattern[str]
    """Match behind a speech: group 1 a pronoun or an article, 2 a name of the one who replies: "was her answer"."""
    reply_before: Pattern[str]
    """Search at the end of what stands before a speech: "Ada's answer was,"."""
    reply_links: tuple[str, ...]
    """Ends of such a tag that lead to the speaker's name: "came the voice of"."""
    pronoun_of: Mapping[str, str]
    """Other case of a personal pronoun -> its nominative: "his" -> "he"."""
    mine: str
    """The narrator's own possessive pronoun."""
    begins: Pattern[str]
    """Search at the end of a sentence right before a speech: group 1 what begins: "Ada began again."."""
    begins_not: Pattern[str]
    """Search in the same sentence: nothing begins: "Ada never answered."."""
    meanwhile: Pattern[str]
    """Search before the subject of a tag: it tells what another person says meanwhile: "while "."""
    next_speech: Pattern[str]
    """Match behind a speech: what follows may be the tag of the next; group 1 is there if it surely is: "at which"."""
    manner: Pattern[str]
    """Search behind the verb of a tag: the voice: "in a low voice"."""
    bare_stop: Pattern[str]
    """Search: a mark that a tag of nothing but a subject and a verb does not have."""
    bare_title: Pattern[str]
    """Search: a title whose full stop is no such mark; group 1 the title: "Mr."."""
    bare_subjects: frozenset[str]
    """Pronouns that are the subject of such a tag."""


@dataclass(frozen=True, slots=True)
class ClausePatterns:
    """What tells the subject of a verb of speech. A gap is what stands between the two."""

    unknown_noun: Pattern[str]
    """Match behind the verb: group 1 a description by a noun that no list has: "said the thing"."""
    beside: Pattern[str]
    """Match of a whole gap: only adverbs and auxiliaries: "Emma at last said"."""
    aside: Pattern[str]
    """Match of a whole gap: an aside between commas: "Helen, in a dignified voice, said"."""
    opens: Pattern[str]
    """Search at the end of what stands before a mention: a clause may begin behind it."""
    cut: Pattern[str]
    """Search in a gap: what ends a clause."""
    own_words: Pattern[str]
    """Match behind a possessive: what follows are words of the owner: "Emma's asking"."""
    heard: Pattern[str]
    """Search before the verb: group 1 the pronoun of the one who is heard: "he heard her say"."""
    voice_of_one: Pattern[str]
    """Search before a mention: it is the owner of a voice: "the voice of"."""
    voice_of: Pattern[str]
    """Match behind the verb: the same: "said the voice of"."""
    particles: frozenset[str]
    """Words that may stand alone between a verb and the name behind it: "put in Tom"."""
    praise_openers: frozenset[str]
    """Words that open what is said of a subject behind the verb: "said the good-natured Tom"."""
    relative: tuple[str, ...]
    """Starts of a gap in which a governed mention is a subject: "to Emma, who said"."""
    by: tuple[str, ...]
    """Ends of a gap that tell with which words the subject went on: "Emma answered him by"."""


@dataclass(frozen=True, slots=True)
class TurnPatterns:
    """What tells who takes part in a talk, and in which part."""

    before_vocative: Pattern[str]
    """Search before a name in a speech: the name is called: "Yes, my dear"."""
    courtesy: Pattern[str]
    """Search in a speech: a listener is called by a word for a man, group 1, or for a woman, group 2: "sir"."""
    crowd: Pattern[str]
    """Search in the narration beside a speech: several speak together: "they all cried"."""
    together: str
    """What joins two speakers, each with a name: "cried Ann and Ben together"."""
    asks_name: Pattern[str]
    """Search at the end of a speech: it asks for the name of the listener: "Who are you?"."""
    reacts: Pattern[str]
    """Match behind a subject that only looks or is silent, and leaves the next word to the other: " looked at him"."""
    speaks: Pattern[str]
    """Match behind a subject that begins to speak: " turned to her and began"."""
    to_hearer: Pattern[str]
    """Match of a whole gap between a tag and the one who hears: "he said to"."""
