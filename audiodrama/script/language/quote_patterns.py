"""Name the patterns and word sets of a language by which step 1 of adapting tells what is said."""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern


@dataclass(frozen=True, slots=True)
class TagWords:
    """Which words, beside a capitalised name, make a tag together with a verb of speech; lower case."""

    before: frozenset[str]
    """Its subject before the verb: "he said"."""
    behind: frozenset[str]
    """What opens its subject behind the verb: "said he", "said the"."""
    never_before: frozenset[str]
    """What is no subject of a tag, although a capital may open it: "You said"."""
    inverted_endings: tuple[str, ...]
    """Ends of verbs that may stand before their subject: "said", "asks"; "" is the end of every verb."""


@dataclass(frozen=True, slots=True)
class SentencePatterns:
    """Where sentences and clauses end."""

    end: Pattern[str]
    """Search: the stop that ends a sentence; that of "Mr." and of an initial does not."""
    clause_end: Pattern[str]
    """Search: the same, or a dash."""
    lead_break: Pattern[str]
    """Split: what parts the sentences before a quotation. A stop there counts where no small letter follows, even that
    of "Mr.", and a mark of the quotation before ends a sentence, too."""


@dataclass(frozen=True, slots=True)
class QuotePatterns:
    """What the words around quotation marks tell. "Search" and "match" say how each pattern is used."""

    single_opens: Pattern[str]
    """Search: a single mark where only speech may open, so not that of "'tis". Counted to find the convention."""
    elision: Pattern[str]
    """Match behind a single mark: the word is one that loses its first letters, so the mark is an apostrophe: "'em"."""
    dropped_end: Pattern[str]
    """Search in the letters before a single mark: the word loses its last letter there: "goin'", "th'"."""
    verb_soon: Pattern[str]
    """Match behind a mark: one of the next four words is a common verb of speech, as in a tag: " Ada softly said"."""
    verb_and_subject: Pattern[str]
    """Match behind a mark: a common verb of speech and its subject, with no blank before: "said Ruth"."""
    lost_apostrophe: Pattern[str]
    """Search: a blank that stands for an apostrophe that a conversion lost: "Emma s hat", "I ll go"."""
    present_or_past: Pattern[str]
    """Search: a verb that tells the tense of the narration; group 1 is there if it is the present: "says", "was"."""

    supposed: Pattern[str]
    """Search at the end of a clause: the words that follow are not said: 'as who should say, "..."'."""
    voiceless: Pattern[str]
    """Search at the end of a clause: what speaks has no voice: 'a sign that said "Keep out"'."""
    leads_to_term: Pattern[str]
    """Search at the end of a clause: it leads to a term or a title with no mark between: 'the so-called "..."'."""
    joiners: frozenset[str]
    """Those words of ``leads_to_term`` that join sentences, too: "and"."""
    as_clause: Pattern[str]
    """Search: the clause compares, so that its verb of speech leads to a term: 'as they say, "..."'."""
    reported: Pattern[str]
    """Search in a quotation: the narrator tells in the third person and the past what was said: "he would come"."""
    leading_verbs: frozenset[str]
    """Verbs of speech that lead to a quotation, beside the forms of ``Lists.speech_verbs``: "say", "call"."""
    personal: frozenset[str]
    """Words that only a speaker says: "I", "you", "sir"."""
    present_verbs: frozenset[str]
    """Auxiliary verbs in the present: what they are in is no report in the past."""
    light_words: frozenset[str]
    """Words that a title writes small: "of", "the"."""

    thought_after: Pattern[str]
    """Match behind words: they were thought: " he thought"."""
    thought_before: Pattern[str]
    """Search at the end of what stands before words: they were thought: "she wondered:"."""

    tags_behind_dash: TagWords
    """Of the tags in a paragraph that a dash leads: "— Come in, said my uncle."."""
    tags_unmarked: TagWords
    """Of the tags in a speech whose closing mark is missing, where fewer are believed: '"Come in, said Ann.'."""


@dataclass(frozen=True, slots=True)
class LetterPatterns:
    """What tells a letter that a story shows in quotation marks from a speech."""

    salutation: Pattern[str]
    """Match at the start of a paragraph: "Dear Meg,"."""
    closing: Pattern[str]
    """Match of a whole paragraph: "Yours truly,"."""
    announced: Pattern[str]
    """Search at the end of the narration before: "The note ran as follows:"."""
    aloud: Pattern[str]
    """Search in the narration before: the letter is read out, so it is a speech: "She read it out to them."."""
