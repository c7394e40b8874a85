"""Turn a Manuscript and its figures into mentions: each place where one is named, described or meant by a pronoun."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.names import speech_lookup
from audiodrama.script.language.lists import ANY
from audiodrama.script.quotes.manuscript import Manuscript, Paragraph

_CAPITAL = re.compile(r"(?<![\w'-])[A-ZÀ-ÖØ-Þ][^\W\d_]*")
_PREVIOUS = re.compile(r"([^\W\d_]+)([^\w\s]*) $")

_WORD_BEFORE = 18
"""Characters before a mention in which the word before it stands."""


@dataclass(slots=True)
class Mention:
    """One place where a figure is meant. Offsets count characters of Manuscript.text."""

    start: int
    end: int
    figure: int
    """Figure.index; -1 while none is known."""
    kind: Literal["name", "noun", "pronoun"]
    gender_sign: int
    """Gender that the words tell."""
    paragraph: int
    spoken: bool
    """Inside a speech."""
    head: str = ""
    """The pronoun or the common noun, lower case."""
    subject: bool = False
    """A finite verb follows."""
    possessive: bool = False
    """A possessive ("Emma's")."""
    acts_by_part: bool = False
    """The owner of a face, a voice or the like that follows."""
    governed: bool = False
    """After a preposition."""
    subordinate: bool = False
    """After a word that opens a subordinate clause: "when Emma came"."""
    antecedent: int = -1
    """Of a pronoun in the narration: the figure that it most likely means."""
    namesakes: tuple[int, ...] = ()
    """All figures of that name where several have it; ``figure`` is the one named last."""


class Mentions:
    """All mentions of a manuscript in order, also by paragraph."""

    def __init__(self, manuscript: Manuscript, figures: list[Figure]) -> None:
        self.text = manuscript.text
        self.language = manuscript.language
        self._lists = manuscript.language.lists
        self._names: dict[str, list[tuple[str, list[int]]]] = {}
        self._phrases: dict[str, list[tuple[str, list[int]]]] = {}
        self._last: dict[int, int] = {}
        self._present = manuscript.present
        self.narrator = next((f.index for f in figures if f.narrates), -1)
        self._index(figures)
        starts, ends = speech_lookup(manuscript)
        self.of_paragraph: list[list[Mention]] = [[] for _ in manuscript.paragraphs]
        for paragraph in manuscript.paragraphs:
            if paragraph.kind in ("paragraph", "note"):
                self.of_paragraph[paragraph.index] = self._read(paragraph, starts, ends)
        for mention in self.all():
            if mention.figure >= 0:
                figures[mention.figure].mentions += 1

    def all(self) -> Iterable[Mention]:
        """In the order of the text."""
        return (m for ms in self.of_paragraph for m in ms)

    def between(self, paragraph: int, start: int, end: int) -> list[Mention]:
        """Mentions of one paragraph that begin in [start, end), outside speech."""
        return [m for m in self.of_paragraph[paragraph] if start <= m.start < end and not m.spoken]

    def _index(self, figures: list[Figure]) -> None:
        names: dict[str, list[int]] = defaultdict(list)
        phrases: dict[str, list[int]] = defaultdict(list)
        whole = {alias.lower() for figure in figures for alias in figure.aliases}
        article, articles = self.language.descriptions.definite, self.language.descriptions.article_words
        for figure in figures:
            for title in self._ranks(figure):
                if f"{article} {title.lower()}" not in whole:
                    names[title].append(figure.index)
                    if title.lower() in self._lists.roles:
                        phrases[title.lower()].append(figure.index)
            for alias in sorted(figure.aliases):
                words = alias.split()
                described = words[0].lower() in articles and len(words) > 1
                if figure.generic and len(words) == 2:
                    continue  # "The lad" may be anybody young: who it is, is for the scene to say.
                body = " ".join(words[1:]) if described else alias
                if body[:1].isupper():
                    names[body].append(figure.index)
                if described or body[:1].islower():
                    phrases[body.lower()].append(figure.index)
        for table, index in ((names, self._names), (phrases, self._phrases)):
            for name, owners in table.items():
                index.setdefault(_first(name), []).append((name, owners))
            for entries in index.values():
                entries.sort(key=lambda e: -len(e[0]))

    def _read(self, paragraph: Paragraph, starts: list[int], ends: list[int]) -> list[Mention]:
        text, mentions = self.text, list[Mention]()
        taken = paragraph.start
        for capital in _CAPITAL.finditer(text, paragraph.start, paragraph.end):
            if capital.start() >= taken and (hit := self._name_at(capital)):
                taken = hit[0]
                mentions.append(self._named(capital.start(), taken, hit[1]))
        covered = [(m.start, m.end) for m in mentions]
        for phrase in self.language.descriptions.phrase.finditer(text, paragraph.start, paragraph.end):
            noun = self._noun_at(phrase)
            if noun and not any(a < noun.end and noun.start < b for a, b in covered):
                mentions.append(noun)
        traits = self.language.traits
        for pronoun in traits.pronoun.finditer(text, paragraph.start, paragraph.end):
            low = pronoun.group().lower()
            gender = traits.gender_of.get(low, ANY)
            mentions.append(Mention(pronoun.start(), pronoun.end(), -1, "pronoun", gender, 0, False, low))
        mentions.sort(key=lambda m: (m.start, -m.end))
        return self._describe(mentions, paragraph, starts, ends)

    def _name_at(self, capital: re.Match[str]) -> tuple[int, list[int]] | None:
        """(end, owners) of the longest name that begins here."""
        word, text, at = capital.group(), self.text, capital.start()
        shouted, seldom = word.isupper() and len(word) > 1, self._lists.seldom_names
        not_a_name = self.language.names.not_a_name
        for name, owners in self._names.get(word.capitalize() if shouted else word, ()):
            end = at + len(name)
            there = text[at:end]
            same = there == name or (shouted and there.lower() == name.lower())
            if (
                same
                and not text[end : end + 1].isalnum()
                and not (name.lower() in seldom and not_a_name.match(text, end))
            ):
                return end, owners
        return None

    def _noun_at(self, phrase: re.Match[str]) -> Mention | None:
        """The description that begins here: "the old waiter"; its first word that stands for a person is its head."""
        at, owner, possessive = phrase.start(2), None, self.language.endings.possessive
        for word in phrase.group(2).split(" "):
            bare = word.removesuffix(possessive)
            noun = self._noun_of(phrase.start(), at, bare.lower())
            if noun is None and "-" in bare:  # A gate-warden is a warden.
                tail = bare.rpartition("-")[2]
                noun = self._noun_of(phrase.start(), at + len(bare) - len(tail), tail.lower())
            if noun and bare == word:
                return noun
            owner = owner or noun
            if bare.lower() in self._lists.stop_heads:
                break
            at += len(word) + 1
        return owner

    def _noun_of(self, start: int, at: int, low: str) -> Mention | None:
        """The person that the word at an offset stands for, if it stands for one."""
        for name, owners in self._phrases.get(low, ()):
            end = at + len(name)
            if self.text[at:end].lower() == name and not self.text[end : end + 1].isalnum():
                return self._named(start, end, owners, name.split()[-1])
        if low in self._lists.roles:
            return Mention(start, at + len(low), -1, "noun", self._lists.roles[low].gender, 0, False, low)
        return None

    def _named(self, start: int, end: int, owners: list[int], head: str = "") -> Mention:
        shared = tuple(owners) if len(owners) > 1 else ()
        return Mention(start, end, self._pick(owners, start), "name", ANY, 0, False, head, namesakes=shared)

    def _pick(self, owners: list[int], at: int) -> int:
        """Who is meant by a name that several share: the one named last."""
        figure = owners[0] if len(owners) == 1 else max(owners, key=lambda o: (self._last.get(o, -1), -o))
        self._last[figure] = at
        return figure

    def _describe(
        self, mentions: list[Mention], paragraph: Paragraph, starts: list[int], ends: list[int]
    ) -> list[Mention]:
        """Fill in what stands around each mention; pronouns inside speech are left out."""
        described = []
        for mention in mentions:
            at = bisect_left(starts, mention.start + 1) - 1
            mention.spoken = at >= 0 and mention.start < ends[at]
            mention.paragraph = paragraph.index
            if mention.kind == "pronoun":
                if mention.spoken:
                    continue
                if mention.head == self.language.traits.first_person and self.narrator >= 0:
                    mention.figure, mention.kind = self.narrator, "name"
            self._grammar(mention, paragraph.start)
            described.append(mention)
        return described

    def _grammar(self, mention: Mention, low: int) -> None:
        lists, traits, endings = self._lists, self.language.traits, self.language.endings
        after = traits.behind_mention.match(self.text, mention.end)
        previous = _PREVIOUS.search(self.text, max(low, mention.start - _WORD_BEFORE), mention.start)
        if previous and not previous.group(2):
            word = previous.group(1).lower()
            mention.governed = word in lists.prepositions and previous.group(1) not in traits.conjunctions
            mention.subordinate = word in lists.subordinators
        if not after:
            return
        first, second, third = ((after.group(i) or "").lower() for i in (3, 4, 5))
        mention.possessive = bool(after.group(1)) and mention.kind != "pronoun"
        mention.acts_by_part = mention.possessive and (first in lists.parts or second in lists.parts)
        if mention.possessive or mention.governed:
            return
        if after.group(2):
            mention.subject = first.endswith(endings.participle) or first in traits.aside_openers
            return
        words = (first, second, third)
        skip = 0
        while skip < 2 and (words[skip].endswith(endings.adverb) or words[skip] in lists.adverbs):
            skip += 1
        finite = self.language.is_finite(words[skip], self._present)
        mention.subject = finite or (skip > 0 and words[0] == traits.auxiliary)

    def _ranks(self, figure: Figure) -> list[str]:
        """The titles by which a figure is called without the name: "the Colonel", "Mademoiselle"."""
        words = {alias.split()[0] for alias in figure.aliases if " " in alias}
        titles = self._lists.called_by
        return sorted(w.rstrip(".") for w in words if w.rstrip(".").lower() in titles and w[0].isupper())


def _first(name: str) -> str:
    """The first run of letters of a name, by which it is looked up."""
    letters = re.match(r"[^\W\d_]+", name)
    return letters.group() if letters else name
