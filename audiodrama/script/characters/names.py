"""Turn a Manuscript into the capitalised names that it uses for people, each with how it is used.

A name is a sequence of capitalised words that is seen in the middle of a sentence or beside a verb of speech. Words
that the text also writes small, places, months and sentence openings are recognised by how they are used.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from audiodrama.script.language import Language
from audiodrama.script.language.lists import Lists
from audiodrama.script.quotes.manuscript import Manuscript, Paragraph

_BEFORE = re.compile(r"([^\W\d_]+)?[ ]?([^\w ]*)[ ]*$")
_BRIEF = 30_000
"""Characters of a short story."""


@dataclass(slots=True)
class NameUse:
    """How often a name is used in which way."""

    total: int = 0
    mid_sentence: int = 0
    """In the middle of a sentence."""
    tagged: int = 0
    """Beside a verb of speech, in narration."""
    acting: int = 0
    """In narration, right before a finite verb."""
    animate: int = 0
    """In narration, right before a verb that things seldom have, or with a hand, a face or the like."""
    place: int = 0
    """After "in", "at", "near" or "from"."""
    governed: int = 0
    """After any preposition that goes with a place as well as with a person."""
    article: int = 0
    """After "the"."""
    vocative: int = 0
    """In speech, set off by marks as a vocative is."""
    spoken: int = 0
    """In speech."""
    paragraphs: set[int] = field(default_factory=set)
    """Where it is narrated."""


def speech_lookup(manuscript: Manuscript) -> tuple[list[int], list[int]]:
    """Starts and ends of every spoken stretch, in order."""
    spoken = [s for p in manuscript.paragraphs for s in p.segments if s.kind == "speech"]
    return [s.start for s in spoken], [s.end for s in spoken]


def small_words(text: str, language: Language) -> Counter[str]:
    """How often each word is written without a capital."""
    return Counter(language.names.small_word.findall(text))


def _trim(words: list[str], opens: bool, small: Counter[str], lists: Lists) -> tuple[list[str], bool]:
    """Drop what is no part of the name; tells also whether the rest still opens the sentence."""
    never = lists.not_names
    while words and not lists.is_title(words[0]) and words[0].lower() in never:
        words, opens = words[1:], False
    if opens and len(words) > 1 and not lists.is_title(words[0]) and not lists.first_name_gender(words[0]):
        first = words[0].lower()
        if small[first] or first in lists.finite_verbs or first in lists.speech_verbs:
            words, opens = words[1:], False
    while words and words[0] in lists.link_words:
        words = words[1:]
    while words and (words[-1].lower() in never or (len(words) > 1 and words[-1].lower() in lists.seldom_names)):
        words = words[:-1]
    return words, opens


def _cut(words: list[str], language: Language) -> list[str]:
    """Cut what is two names: "Queen of Hearts" is one, "Bull of Syme" a phrase, a second title begins another."""
    lists, joiners = language.lists, language.names.joiners
    for at in range(1, len(words)):
        link = words[at] in joiners
        if link and not (at == 1 and at + 1 < len(words) and _is_rank(words[0], lists)):
            return words[:at]
        if not link and words[at].lower() in lists.not_names and words[at] not in lists.link_words:
            return words[:at]
        second_title = at > 1 and lists.is_title(words[at]) and not lists.is_title(words[at - 1])
        if second_title and words[at - 1] not in joiners:
            return words[:at]
    return words


def _is_rank(word: str, lists: Lists) -> bool:
    """A title or calling that is followed by "of": "Queen of Hearts"."""
    return word.lower() in lists.roles or (lists.is_title(word) and word.rstrip(".").lower() not in lists.formal)


def plain_case(words: list[str]) -> list[str]:
    """Shouted words as they are usually written: "MR. BENNET" -> "Mr. Bennet"."""
    return [w.capitalize() if len(w.rstrip(".")) > 2 and w.isupper() else w for w in words]


def find_uses(manuscript: Manuscript, small: Counter[str]) -> dict[str, NameUse]:
    """Every capitalised sequence outside headings, trimmed, with how it is used."""
    reader = _Reader(manuscript, small)
    for paragraph in manuscript.paragraphs:
        if paragraph.kind not in ("heading", "break"):
            reader.read(paragraph)
    return reader.uses


class _Reader:
    """Reads the names of a text, paragraph by paragraph."""

    def __init__(self, manuscript: Manuscript, small: Counter[str]) -> None:
        self.uses: dict[str, NameUse] = {}
        self._text = manuscript.text
        self._language = manuscript.language
        self._small = small
        self._starts, self._ends = speech_lookup(manuscript)
        self._present = manuscript.present
        self._short = {
            name
            for name in map(str.capitalize, manuscript.language.lists.short_titles)
            if re.search(rf"\b{name}\b(?!\.| [A-Z])", self._text)
        }

    def read(self, paragraph: Paragraph) -> None:
        """Count the names of a paragraph."""
        for sequence in self._language.names.name.finditer(self._text, paragraph.start, paragraph.end):
            at = bisect_right(self._starts, sequence.start()) - 1
            spoken = at >= 0 and sequence.start() < self._ends[at]
            use = self._count(sequence, max(paragraph.start, sequence.start() - 24), spoken, bool(paragraph.speech))
            if use and not spoken:
                use.paragraphs.add(paragraph.index)

    def _count(self, sequence: re.Match[str], low: int, spoken: bool, beside: bool) -> NameUse | None:
        lists, patterns = self._language.lists, self._language.names
        previous = _BEFORE.search(self._text, low, sequence.start())
        word = (previous.group(1) or "").lower() if previous else ""
        marks = previous.group(2) if previous else ""
        abbreviated = marks == "." and lists.is_title(word)
        opens = (not word and not marks) or (bool(marks) and not (marks == "," or abbreviated))
        if sequence.group().rsplit(" ", 1)[-1].lower() in lists.place_words:
            return None
        whole = plain_case(sequence.group().split(" "))
        words, opens = _trim(whole, opens, self._small, lists)
        if words and len(whole) > len(words) and whole[0].lower() in lists.speech_verbs and whole[1:2] == words[:1]:
            word, marks = whole[0].lower(), ""
        words = self._name_in(words)
        if not words:
            return None
        use = self.uses.setdefault(" ".join(words), NameUse())
        after = patterns.behind.match(self._text, sequence.end())
        follower = (after.group(3) or "").lower() if after else ""
        closing = after.group(2) if after else ""
        word_before = word if not marks else ""
        use.total += 1
        use.mid_sentence += not opens
        use.place += word_before in lists.place_prepositions
        use.governed += word_before in lists.prepositions
        use.article += word_before == self._language.descriptions.definite
        use.spoken += spoken
        if spoken:
            use.vocative += bool(closing) and (bool(marks) or word in patterns.before_vocative)
            return use
        possessive = bool(after and after.group(1))
        self._count_narrated(use, word_before, follower, possessive, bool(closing), opens and beside)
        return use

    def _name_in(self, words: list[str]) -> list[str]:
        """The name that trimmed words are; none if they are only a title."""
        lists = self._language.lists
        words = _cut(words, self._language) if words else words
        while words and words[-1] in lists.link_words:
            words = words[:-1]
        if words and words[0].rstrip(".") in self._short and (len(words) == 1 or words[0].endswith(".")):
            return [words[0].rstrip(".")]
        return [] if len(words) == 1 and lists.is_title(words[0]) else words

    def _count_narrated(
        self, use: NameUse, word_before: str, follower: str, possessive: bool, closing: bool, beside: bool
    ) -> None:
        """What the words around a name in narration tell: whether it speaks, acts, has hands and eyes."""
        lists = self._language.lists
        if possessive:
            use.animate += follower in lists.parts
            return
        verbs = lists.speech_verbs
        use.tagged += (not closing and follower in verbs) or word_before in verbs
        acting = not closing and self._language.is_finite(follower, self._present)
        use.acting += acting
        use.animate += acting and (follower not in lists.lifeless_verbs or beside)


def _is_place(use: NameUse) -> bool:
    """A place hangs on prepositions, and hardly acts or is called."""
    if use.tagged or use.vocative > 0.1 * use.total or use.animate > 0.2 * use.total:
        return False
    return use.place > 0.35 * use.total or (use.governed > 0.55 * use.total and use.acting < 0.1 * use.total)


def is_person(name: str, use: NameUse, small: Counter[str], brief: bool, lists: Lists) -> bool:
    """Whether a name is taken for a person's. ``brief``: the text is so short that once is enough."""
    words = name.split(" ")
    if name.lower() in lists.short_titles:
        return use.animate + use.tagged > use.article
    if lists.is_title(words[0]):
        return len(words) > 1
    known_first_name = bool(lists.first_name_gender(words[0]))
    if len(words) > 1:
        if (len(words) > 3 and not use.tagged) or (_is_place(use) and not known_first_name):
            return False
        if words[0].lower() in lists.place_first and use.tagged < 2:
            return False
        return known_first_name or use.tagged > 0 or (use.total > 1 and use.acting + use.vocative > 0.08 * use.total)
    low, known_first_name = name.lower(), bool(lists.first_name_gender(name))
    if len(name) < 2 or low in lists.not_names:
        return False
    common = small[low]
    if low in lists.seldom_names and use.tagged < 2:
        return (use.tagged > 0 and use.mid_sentence > 0) or (
            known_first_name and not common and use.animate + use.mid_sentence > 0
        )
    if _is_place(use) and (not known_first_name or (use.place > 0.35 * use.total and use.total > 2)):
        return False
    if use.mid_sentence + use.tagged + use.vocative == 0:
        return not common and (known_first_name or use.animate > 0)
    if use.tagged > 1 and (use.mid_sentence > 1 or common < use.total):
        return common < 20 * use.total or known_first_name
    if common > (2 * use.total if known_first_name else 0.5 * use.total):
        return False
    if known_first_name and use.acting + use.mid_sentence + use.vocative > 0:
        return True
    if brief and not common and use.mid_sentence > use.article + use.governed:
        return True
    return (
        use.tagged > 0
        or (use.animate > 0 and use.total < 3 and not common)
        or (use.total > 1 and (known_first_name or use.acting + use.vocative > 0.08 * use.total))
    )


def find_names(manuscript: Manuscript) -> dict[str, NameUse]:
    """The names of people, in the order of their first use."""
    small = small_words(manuscript.text, manuscript.language)
    uses = find_uses(manuscript, small)
    brief, lists = len(manuscript.text) < _BRIEF, manuscript.language.lists
    return {name: use for name, use in uses.items() if is_person(name, use, small, brief, lists)}
