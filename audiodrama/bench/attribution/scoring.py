"""Turn a Novel and the Script made from it into figures: right speakers by kind, letters found, confidence kept.

Every quotation of the corpus counts; one of which less than half the letters were taken for speech is missed, and
a missed one is wrong. Its predicted speaker is the one to whom most of its letters were given.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from audiodrama.bench.attribution.name_matching import Matcher
from audiodrama.bench.attribution.novels import KINDS, Novel
from audiodrama.model import Line, Script

BUCKETS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
"""Lower edges of the confidence buckets."""


@dataclass(slots=True)
class Tally:
    """The figures of one novel, or of several."""

    name: str
    right: Counter[str] = field(default_factory=Counter)
    """Kind -> quotations with the right speaker; "overall" counts all."""
    quotations: Counter[str] = field(default_factory=Counter)
    """Kind -> quotations."""
    missed: int = 0
    sure_right: Counter[float] = field(default_factory=Counter)
    """Confidence bucket -> quotations with the right speaker."""
    sure: Counter[float] = field(default_factory=Counter)
    """Confidence bucket -> quotations."""
    letters: tuple[int, int, int] = (0, 0, 0)
    """Letters that are speech by both, by the script, by the corpus."""
    words: int = 0
    seconds: float = 0.0
    """That reading and adapting took."""

    def accuracy(self, kind: str) -> float:
        """Share of right speakers, 0 to 1."""
        return self.right[kind] / self.quotations[kind] if self.quotations[kind] else 0.0

    @property
    def precision(self) -> float:
        """Of the letters that the script takes for speech."""
        return self.letters[0] / self.letters[1] if self.letters[1] else 0.0

    @property
    def recall(self) -> float:
        """Of the letters that are speech."""
        return self.letters[0] / self.letters[2] if self.letters[2] else 0.0


def score(novel: Novel, script: Script) -> Tally:
    """All figures of one novel but the speed."""
    text = novel.text
    lines = [line for line in script.lines() if line.kind in ("dialogue", "thought") and line.spoken]
    owner = _owners(text, lines)
    tally = Tally(novel.name, letters=_letters(novel, owner), words=len(text.split()))
    matcher = Matcher(novel)
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
        found = total > 0 and covered * 2 >= total
        line = lines[votes_line(votes, lines)] if found else None
        right = line is not None and matcher.match(line.speaker) == quotation.speaker
        tally.missed += not found
        for key in (kind, "overall"):
            tally.quotations[key] += 1
            tally.right[key] += right
        bucket = max(edge for edge in BUCKETS if edge <= (line.confidence if line else 0.0))
        tally.sure[bucket] += 1
        tally.sure_right[bucket] += right
    return tally


def votes_line(votes: Counter[int], lines: list[Line]) -> int:
    """The line that stands for the speaker with most letters."""
    speakers: Counter[str] = Counter()
    for index, count in votes.items():
        speakers[lines[index].speaker] += count
    best = speakers.most_common(1)[0][0]
    return max((i for i in votes if lines[i].speaker == best), key=lambda i: (votes[i], -i))


def _owners(text: str, lines: list[Line]) -> list[int]:
    """For every character the index of the line that speaks it, -1 for none."""
    owner = [-1] * len(text)
    for index, line in enumerate(lines):
        if line.spoken:
            start, end = line.spoken
            owner[start:end] = [index] * (end - start)
    return owner


def _letters(novel: Novel, owner: list[int]) -> tuple[int, int, int]:
    gold = bytearray(len(novel.text))
    for quotation in novel.quotations:
        for start, end in quotation.spans:
            gold[start:end] = b"\1" * (min(end, len(gold)) - start)
    both = mine = theirs = 0
    for at, char in enumerate(novel.text):
        if char.isalnum():
            spoken = owner[at] >= 0
            both += spoken and gold[at]
            mine += spoken
            theirs += gold[at]
    return both, mine, theirs


def macro(tallies: list[Tally], kind: str) -> float:
    """The mean over the novels that have quotations of a kind."""
    having = [t.accuracy(kind) for t in tallies if t.quotations[kind]]
    return sum(having) / len(having) if having else 0.0


def pooled(tallies: list[Tally]) -> Tally:
    """All quotations together."""
    whole = Tally("all")
    for tally in tallies:
        whole.right += tally.right
        whole.quotations += tally.quotations
        whole.missed += tally.missed
        whole.sure += tally.sure
        whole.sure_right += tally.sure_right
        whole.words += tally.words
        whole.seconds += tally.seconds
        both, mine, theirs = (a + b for a, b in zip(whole.letters, tally.letters, strict=True))
        whole.letters = both, mine, theirs
    return whole


ALL_KINDS = ("overall", *KINDS)
