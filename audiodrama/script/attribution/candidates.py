"""Turn what surrounds a turn into the candidates for its speaker: all who are named, tagged, called or speak nearby."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audiodrama.script.attribution.descriptions_meant import DescriptionReferents
from audiodrama.script.attribution.pronouns import find_antecedents, sentence_ends
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.quotes.manuscript import Paragraph

SURE_ENOUGH = 0.6
"""Likelihood from which on somebody is taken to speak, to learn from it."""
ELSEWHERE = 0.25
"""What speaking in the scene before or after counts, beside speaking in this one."""
_REACH = 12
"""How many figures back, at most, a candidate may have been named."""
_BACK = 80
"""How many mentions back, at most."""


@dataclass(slots=True)
class Candidate:
    """A figure that may speak a turn."""

    figure: int
    score: float = 0.0
    why: str = ""
    best: float = 0.0
    """The largest single piece of evidence for it; ``why`` tells that piece."""

    def add(self, weight: float, why: str = "") -> None:
        """Add a piece of evidence."""
        self.score += weight
        if why and weight > self.best:
            self.best, self.why = weight, why


@dataclass(slots=True)
class StoryContext:
    """What evidence is read from."""

    paragraphs: tuple[Paragraph, ...]
    figures: list[Figure]
    mentions: Mentions
    turns: list[Turn]
    named: list[Mention] = field(default_factory=list)
    """Narrated mentions of figures, by name or by pronoun, in order."""
    starts: list[int] = field(default_factory=list)
    ends: list[list[int]] = field(default_factory=list)
    """Of each paragraph, where its sentences end."""
    loose: tuple[Figure, ...] = ()
    """Figures that are only descriptions."""
    reputation: DescriptionReferents | None = None
    """Whom descriptions mean, once turns have been decided."""

    @classmethod
    def of(
        cls, paragraphs: tuple[Paragraph, ...], figures: list[Figure], mentions: Mentions, turns: list[Turn]
    ) -> StoryContext:
        """Index the narrated mentions."""
        scene = cls(paragraphs, figures, mentions, turns, loose=tuple(f for f in figures if f.loose))
        scene.ends = sentence_ends(paragraphs, mentions.text)
        scene.learn(())
        return scene

    def learn(self, near: Sequence[dict[int, float]]) -> None:
        """Find whom pronouns and descriptions mean, given how likely each figure speaks each turn."""
        best = ((index, max(likely, key=lambda w: (likely[w], -w))) for index, likely in enumerate(near))
        speakers = {index: who for index, who in best if who >= 0 and near[index][who] > SURE_ENOUGH}
        self.reputation = DescriptionReferents(self.mentions.text, self.turns, near) if near else None
        find_antecedents(self.paragraphs, self.ends, self.mentions, self.figures, self.turns, speakers)
        self.named = [m for m in self.mentions.all() if (m.figure >= 0 or m.meant >= 0) and not m.spoken]
        self.starts = [m.start for m in self.named]

    def recent(self, at: int, reach: int = _REACH) -> dict[int, Mention]:
        """Figure -> its last narrated mention before an offset, latest first."""
        found: dict[int, Mention] = {}
        index = bisect_left(self.starts, at) - 1
        stop = max(-1, index - 80)
        while index > stop and len(found) < reach:
            mention = self.named[index]
            found.setdefault(mention.figure if mention.figure >= 0 else mention.meant, mention)
            index -= 1
        return found


def words_of(text: str, start: int, end: int, most: int = 48) -> str:
    """A stretch of text for a reason, shortened."""
    words = text[start:end].strip(" ,.;:")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " ..."


def find_candidates(
    scene: StoryContext, turn: Turn, recent: dict[int, Mention], presence: dict[int, float]
) -> dict[int, Candidate]:
    """Figure -> candidate, without any evidence yet.

    Args:
        scene: the whole text.
        turn: the turn to judge.
        recent: whom the narration named last, as ``Scene.recent`` tells.
        presence: how much each figure speaks nearby, as ``presence_near`` tells.
    """
    pool = {who: Candidate(who) for who in recent}
    found = [m.figure for m in turn.narrated]
    heads = {m.head for m in turn.narrated if m.kind == "noun"}
    if turn.tag and turn.tag.mention and turn.tag.mention.kind == "noun":
        heads.add(turn.tag.mention.head)
    found += [f.index for f in scene.loose if f.role in heads] if heads else []
    for other in (turn, *_window(scene.turns, turn, 3)):
        found += [who for tag in other.tags if tag.mention for who in (tag.mention.figure, *tag.mention.owners)]
        found += [] if other is turn else list(other.addressed)
    found += [scene.mentions.narrator, turn.introduced]
    if scene.reputation and turn.tag and turn.tag.mention and turn.tag.mention.kind == "noun":
        known, total = scene.reputation.shares(turn, turn.tag.mention)
        found += [who for who, share in known.items() if share > 0.2 * total]
    found += [who for who, share in presence.items() if share > 0.15]
    for who in found:
        if who >= 0:
            pool.setdefault(who, Candidate(who))
    return pool


def _window(turns: list[Turn], turn: Turn, reach: int) -> list[Turn]:
    low, high = max(0, turn.index - reach), turn.index + reach + 1
    return [t for t in turns[low:high] if abs(t.paragraph - turn.paragraph) <= 3 * reach and t is not turn]


def presence_near(scene: StoryContext, turn: Turn, near: Sequence[dict[int, float]]) -> dict[int, float]:
    """How much each figure speaks in the turns around a turn, near ones counting more.

    Args:
        scene: the whole text.
        turn: the turn to judge.
        near: for each turn of the text, how likely each figure speaks it, from an earlier pass; may be empty.
    """
    shares: dict[int, float] = {}
    if not near:
        return shares
    for index, far in _around(scene.turns, turn, min(len(near), turn.index + 6)):
        distance = abs(scene.turns[index].paragraph - turn.paragraph)
        if distance > 24:
            continue
        for who, likely in near[index].items():
            if who >= 0 and likely > 0.05:
                shares[who] = shares.get(who, 0.0) + (ELSEWHERE if far else 1.0) * likely / (1.0 + 0.15 * distance)
    return shares


def _around(turns: list[Turn], turn: Turn, high: int) -> Iterator[tuple[int, bool]]:
    """The turns around a turn, without it, and whether they are of another scene."""
    far = False
    for index in range(turn.index - 1, max(-1, turn.index - 9), -1):
        far = far or turns[index + 1].gap == 99
        yield index, far
    far = False
    for index in range(turn.index + 1, high):
        far = far or turns[index].gap == 99
        yield index, far
