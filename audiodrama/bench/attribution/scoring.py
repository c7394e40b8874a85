"""Turn a Novel and the Script made from it into figures: right speakers by kind, letters found, confidence met.

Every quotation of the corpus counts; one of which less than half the letters were taken for speech is missed, and
a missed one is wrong. Its predicted speaker is the one who has most of its letters in the script.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from audiodrama.bench.attribution.name_matching import NameMatcher
from audiodrama.bench.attribution.novels import KINDS, Novel
from audiodrama.model import Line, Script

BUCKETS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
"""Lower edges of the confidence buckets, 0 to 1."""
ALL_KINDS = ("overall", *KINDS)
"""The columns of the table."""


@dataclass(slots=True)
class Tally:
    """The figures of one novel, or of several."""

    name: str
    """The novel's name."""
    right: Counter[str] = field(default_factory=Counter)
    """Kind -> quotations with the right speaker; "overall" counts all."""
    quotations: Counter[str] = field(default_factory=Counter)
    """Kind -> quotations."""
    missed: int = 0
    """Quotations that were not taken for speech."""
    sure_right: Counter[float] = field(default_factory=Counter)
    """Confidence bucket -> quotations with the right speaker."""
    sure: Counter[float] = field(default_factory=Counter)
    """Confidence bucket -> quotations."""
    letters: tuple[int, int, int] = (0, 0, 0)
    """Letters that are speech by both, by the script, by the corpus."""
    words: int = 0
    """Words of the novel."""
    seconds: float = 0.0
    """Time that reading and adapting took."""

    def accuracy(self, kind: str) -> float:
        """Share of the quotations of a kind with the right speaker, 0 to 1."""
        return self.right[kind] / self.quotations[kind] if self.quotations[kind] else 0.0

    @property
    def precision(self) -> float:
        """Share of the letters that the script takes for speech which are, 0 to 1."""
        return self.letters[0] / self.letters[1] if self.letters[1] else 0.0

    @property
    def recall(self) -> float:
        """Share of the letters that are speech which the script takes for it, 0 to 1."""
        return self.letters[0] / self.letters[2] if self.letters[2] else 0.0


def score(novel: Novel, script: Script) -> Tally:
    """All figures of one novel but the speed."""
    text = novel.text
    lines = [line for line in script.lines() if line.kind in ("dialogue", "thought") and line.spoken]
    owner = _owners(text, lines)
    tally = Tally(novel.name, letters=_letters(novel, owner), words=len(text.split()))
    matcher = NameMatcher(novel)
    for quotation in novel.quotations:
        kind = quotation.kind
        votes: Counter[int] = Counter()
        for start, end in quotation.spans:
            span = range(start, min(end, len(text)))
            # Of a quotation without letters ("...!") all that is visible counts.
            real = [at for at in span if text[at].isalnum()] or [at for at in span if not text[at].isspace()]
            votes.update(owner[at] for at in real)
        total = sum(votes.values())
        covered = total - votes.pop(-1, 0)
        covered_enough = total > 0 and covered * 2 >= total
        line = lines[votes_line(votes, lines)] if covered_enough else None
        right = line is not None and matcher.match(line.speaker) == quotation.speaker
        tally.missed += not covered_enough
        for key in (kind, "overall"):
            tally.quotations[key] += 1
            tally.right[key] += right
        bucket = max(edge for edge in BUCKETS if edge <= (line.confidence if line else 0.0))
        tally.sure[bucket] += 1
        tally.sure_right[bucket] += right
    return tally


def votes_line(votes: Counter[int], lines: list[Line]) -> int:
    """Index of the line with most letters of the speaker who has most of them.

    Args:
        votes: index of a line -> letters of the quotation in it, at least one.
        lines: the script's lines of speech.
    """
    speakers: Counter[str] = Counter()
    for index, count in votes.items():
        speakers[lines[index].speaker] += count
    best = speakers.most_common(1)[0][0]
    return max((index for index in votes if lines[index].speaker == best), key=lambda index: (votes[index], -index))


def _owners(text: str, lines: list[Line]) -> list[int]:
    """For every character the index of the line that speaks it, -1 for none."""
    owner = [-1] * len(text)
    for index, line in enumerate(lines):
        if line.spoken:
            start, end = line.spoken
            owner[start:end] = [index] * (end - start)
    return owner


def _letters(novel: Novel, owner: list[int]) -> tuple[int, int, int]:
    """The letters of `Tally.letters`, counted from what ``_owners`` gives."""
    gold = bytearray(len(novel.text))
    for quotation in novel.quotations:
        for start, end in quotation.spans:
            gold[start:end] = b"\1" * (min(end, len(gold)) - start)
    both = by_script = by_corpus = 0
    for at, char in enumerate(novel.text):
        if char.isalnum():
            spoken = owner[at] >= 0
            both += spoken and gold[at]
            by_script += spoken
            by_corpus += gold[at]
    return both, by_script, by_corpus


def macro(tallies: list[Tally], kind: str) -> float:
    """The mean over the novels that have quotations of a kind."""
    having = [tally.accuracy(kind) for tally in tallies if tally.quotations[kind]]
    return sum(having) / len(having) if having else 0.0


def pooled(tallies: list[Tally]) -> Tally:
    """The figures of all quotations together."""
    whole = Tally("all")
    for tally in tallies:
        whole.right += tally.right
        whole.quotations += tally.quotations
        whole.missed += tally.missed
        whole.sure += tally.sure
        whole.sure_right += tally.sure_right
        whole.words += tally.words
        whole.seconds += tally.seconds
        both, by_script, by_corpus = (a + b for a, b in zip(whole.letters, tally.letters, strict=True))
        whole.letters = both, by_script, by_corpus
    return whole
