"""Turn what surrounds a turn into the candidates for its speaker: all who are named, tagged, called or speak nearby."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audiodrama.script.attribution.descriptions_meant import UNLIKELY, DescriptionReferents
from audiodrama.script.attribution.pronouns import find_antecedents, sentence_ends
from audiodrama.script.attribution.turns import SCENE_GAP, Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.quotes.manuscript import Paragraph

RELIABLE = 0.6
"""Likelihood from which on a figure is taken to speak, to learn from it what pronouns and descriptions mean."""
OTHER_SCENE = 0.25
"""What speaking in the scene before or after counts, beside speaking in this one."""
_REACH = 12
"""How many figures back, at most, a candidate may have been named."""
_MENTIONS_BACK = 80
"""Mentions that are looked at for these."""
_TURNS_AROUND = 3
"""Turns on either side whose tags and vocatives make candidates."""
PARAGRAPHS_A_TURN = 3
"""Paragraphs up to which so many turns away still belong to one talk, for each turn."""
_LEAST_SHARE = 0.2
"""Share of the tags with a description that a figure has elsewhere, from which on it is a candidate."""
_LEAST_PRESENCE = 0.15
"""Presence, as ``nearby_presence`` tells, from which on a figure is a candidate."""
_TURNS_BEFORE, _TURNS_AFTER = 8, 5
"""Turns around a turn of which presence is counted."""
_PARAGRAPHS_AROUND = 24
"""Paragraphs on either side beyond which a turn does not count for presence."""
_FADING = 0.15
"""How presence fades: a turn n paragraphs away counts 1 / (1 + n times this)."""
_BACK = 80
"""How many mentions back, at most."""


@dataclass(slots=True)
class Candidate:
    """A figure that may speak a turn."""

    figure: int
    score: float = 0.0
    why: str = ""
    strongest: float = 0.0
    """The largest single piece of evidence for it; ``why`` tells that piece."""

    def add(self, weight: float, why: str = "") -> None:
        """Add a piece of evidence."""
        self.score += weight
        if why and weight > self.strongest:
            self.strongest, self.why = weight, why


@dataclass(slots=True)
class StoryContext:
    """What evidence is read from."""

    paragraphs: tuple[Paragraph, ...]
    figures: list[Figure]
    mentions: Mentions
    turns: list[Turn]
    named: list[Mention] = field(default_factory=list)
    """Narrated mentions of figures, by name or by pronoun, in order."""
    named_starts: list[int] = field(default_factory=list)
    sentence_ends: list[list[int]] = field(default_factory=list)
    """Of each paragraph, where its sentences end."""
    generic: tuple[Figure, ...] = ()
    """Figures that are only descriptions."""
    referents: DescriptionReferents | None = None
    """Which figures descriptions mean, once turns have been decided."""

    @classmethod
    def of(
        cls, paragraphs: tuple[Paragraph, ...], figures: list[Figure], mentions: Mentions, turns: list[Turn]
    ) -> StoryContext:
        """Index the narrated mentions."""
        context = cls(paragraphs, figures, mentions, turns, generic=tuple(f for f in figures if f.generic))
        context.sentence_ends = sentence_ends(paragraphs, mentions)
        context.resolve_references(())
        return context

    def resolve_references(self, speaker_probs: Sequence[dict[int, float]]) -> None:
        """Find the figures that pronouns and descriptions mean, given how likely each speaks each turn."""
        best = ((index, max(likely, key=lambda f: (likely[f], -f))) for index, likely in enumerate(speaker_probs))
        speakers = {index: figure for index, figure in best if figure >= 0 and speaker_probs[index][figure] > RELIABLE}
        self.referents = DescriptionReferents(self.mentions.text, self.turns, speaker_probs) if speaker_probs else None
        find_antecedents(self.paragraphs, self.sentence_ends, self.mentions, self.figures, self.turns, speakers)
        self.named = [m for m in self.mentions.all() if (m.figure >= 0 or m.antecedent >= 0) and not m.spoken]
        self.named_starts = [m.start for m in self.named]

    def recent(self, at: int, reach: int = _REACH) -> dict[int, Mention]:
        """Figure -> its last narrated mention before an offset, latest first."""
        last_mentions: dict[int, Mention] = {}
        index = bisect_left(self.named_starts, at) - 1
        stop = max(-1, index - _MENTIONS_BACK)
        while index > stop and len(last_mentions) < reach:
            mention = self.named[index]
            last_mentions.setdefault(mention.figure if mention.figure >= 0 else mention.antecedent, mention)
            index -= 1
        return last_mentions


def excerpt(text: str, start: int, end: int, most: int = 48) -> str:
    """A stretch of text for a reason, shortened."""
    words = text[start:end].strip(" ,.;:")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " ..."


def find_candidates(
    context: StoryContext, turn: Turn, recent: dict[int, Mention], presence: dict[int, float]
) -> dict[int, Candidate]:
    """Figure -> candidate, without any evidence yet.

    Args:
        context: the whole text with its figures, mentions and turns.
        turn: the turn to judge.
        recent: the figures that the narration named last, as ``StoryContext.recent`` tells.
        presence: how much each figure speaks nearby, as ``nearby_presence`` tells.
    """
    pool = {figure: Candidate(figure) for figure in recent}
    nominated = [m.figure for m in turn.narrated]
    heads = {m.head for m in turn.narrated if m.kind == "noun"}
    if turn.tag and turn.tag.mention and turn.tag.mention.kind == "noun":
        heads.add(turn.tag.mention.head)
    nominated += [f.index for f in context.generic if f.role in heads] if heads else []
    for other in (turn, *_window(context.turns, turn, _TURNS_AROUND)):
        nominated += [
            figure for tag in other.tags if tag.mention for figure in (tag.mention.figure, *tag.mention.namesakes)
        ]
        nominated += [] if other is turn else list(other.addressed)
    nominated += [context.mentions.narrator, turn.self_introduced]
    if context.referents and turn.tag and turn.tag.mention and turn.tag.mention.kind == "noun":
        shares, total = context.referents.shares(turn, turn.tag.mention)
        nominated += [figure for figure, share in shares.items() if share > _LEAST_SHARE * total]
    nominated += [figure for figure, share in presence.items() if share > _LEAST_PRESENCE]
    for figure in nominated:
        if figure >= 0:
            pool.setdefault(figure, Candidate(figure))
    return pool


def _window(turns: list[Turn], turn: Turn, reach: int) -> list[Turn]:
    """The turns around a turn, so many on either side, as far as they are of the same talk."""
    low, high = max(0, turn.index - reach), turn.index + reach + 1
    return [
        t for t in turns[low:high] if abs(t.paragraph - turn.paragraph) <= PARAGRAPHS_A_TURN * reach and t is not turn
    ]


def nearby_presence(context: StoryContext, turn: Turn, speaker_probs: Sequence[dict[int, float]]) -> dict[int, float]:
    """How much each figure speaks in the turns around a turn, near ones counting more.

    Args:
        context: the whole text with its figures, mentions and turns.
        turn: the turn to judge.
        speaker_probs: for each turn of the text, how likely each figure speaks it, from an earlier pass; may be empty.
    """
    shares: dict[int, float] = {}
    if not speaker_probs:
        return shares
    for index, elsewhere in _around(context.turns, turn, min(len(speaker_probs), turn.index + _TURNS_AFTER + 1)):
        distance = abs(context.turns[index].paragraph - turn.paragraph)
        if distance > _PARAGRAPHS_AROUND:
            continue
        for figure, probability in speaker_probs[index].items():
            if figure >= 0 and probability > UNLIKELY:
                own = (OTHER_SCENE if elsewhere else 1.0) * probability / (1.0 + _FADING * distance)
                shares[figure] = shares.get(figure, 0.0) + own
    return shares


def _around(turns: list[Turn], turn: Turn, high: int) -> Iterator[tuple[int, bool]]:
    """The turns around a turn, without it, and whether they are of another scene."""
    elsewhere = False
    for index in range(turn.index - 1, max(-1, turn.index - _TURNS_BEFORE - 1), -1):
        elsewhere = elsewhere or turns[index + 1].gap == SCENE_GAP
        yield index, elsewhere
    elsewhere = False
    for index in range(turn.index + 1, high):
        elsewhere = elsewhere or turns[index].gap == SCENE_GAP
        yield index, elsewhere
