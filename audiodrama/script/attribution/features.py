"""Turn a turn and its candidates into numbers: one row for each candidate, of everything a trained ranker may use."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from audiodrama.script.attribution.candidates import PARAGRAPHS_A_TURN, Candidate, StoryContext, nearby_presence
from audiodrama.script.attribution.turns import SCENE_GAP, Turn
from audiodrama.script.attribution.weights import PRESENCE_SCALE
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention
from audiodrama.script.language.lists import FEMALE, MALE

NAMES = (
    # What the rules make of it.
    "score", "behind", "lead", "order", "likely", "nearby", "candidates",
    # Who speaks the turns around, by the rules: two before, one before, one after, two after; the surest of each side.
    "speaks_before2", "speaks_before1", "speaks_after1", "speaks_after2", "surest_before", "surest_after",
    "gap_before", "gap_after",
    # The turn's own tag, and those around.
    "tagged", "other_tagged", "tag_strength", "tag_pronoun", "tag_noun", "tag_agrees", "gender_known",
    "tagged_before2", "tagged_before1", "tagged_after1", "tagged_after2", "tags_around", "meant",
    # Names in speech.
    "called_here", "named_here", "called_before", "named_before", "called_after", "named_after", "anybody_called",
    # Names in narration before and after the turn.
    "rank", "distance", "last_acts", "last_governed", "next_named", "named_in_3", "named_in_12",
    # Names in the turn's own paragraph.
    "early", "early_first", "early_acts", "late", "late_first", "others_beside", "pronouns_agree",
    # The paragraphs right above and below.
    "last_above", "acts_above", "narration_above", "first_below", "narration_here",
    # The figure, and the speech. Nothing counts over the whole text: a novel's counts are of another size than those
    # of the openings of novels that are learnt from.
    "narrates", "described", "given", "length", "asked", "asks",
)  # fmt: skip
_FAR = 14.0
"""Rank of a figure that was not named lately."""
_SOON = 6.0
"""Paragraphs after which it does not matter when a figure is named again."""
_LONG = 60
"""Paragraphs after which more do not matter."""
_NO_SECOND = 9.0
"""How far the best candidate leads where it is the only one."""
_LONGEST_GAP = 8
"""Paragraphs between two turns of which more do not matter."""
_NEAR, _NOT_FAR = 3, 12
"""Paragraphs before a turn in which mentions of a figure are counted."""
_PARAGRAPHS_AROUND = 20
"""Paragraphs on either side beyond which a tag is not counted."""
_AROUND = (-2, -1, 1, 2)
_WINDOW = 6
"""Turns on either side whose tags are counted."""


TagKind = Literal["told", "hinted", "bare"]
"""How a text says who speaks a turn: a tag by name; a tag by a pronoun or a description; no tag."""


def tag_kind(turn: Turn) -> TagKind:
    """How a tag says who speaks. Where it does by name, there is nothing to be weighed."""
    tag = turn.tag
    if tag is None or tag.mention is None:
        return "bare"
    return "hinted" if tag.mention.figure < 0 else "told" if tag.strong else "bare"


class Describer:
    """Describes the candidates of one text's turns."""

    def __init__(self, context: StoryContext, speaker_probs: Sequence[dict[int, float]]) -> None:
        """``speaker_probs``: for each turn, how likely each figure speaks it by the rules."""
        self._story = context
        self._speaker_probs = speaker_probs
        self._named_in: dict[int, list[int]] = {}
        for mention in context.named:
            self._named_in.setdefault(mention.figure, []).append(mention.paragraph)

    def rows(self, turn: Turn, candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
        """A row for each candidate, a number for each of NAMES.

        Args:
            turn: one of the story's.
            candidates: figures of the story, best first.
        """
        about = _Surroundings(self._story, turn, self._speaker_probs)
        presence = nearby_presence(self._story, turn, self._speaker_probs)
        likely = self._speaker_probs[turn.index]
        top = candidates[0].score
        second = candidates[1].score if len(candidates) > 1 else top - _NO_SECOND
        rows = []
        for order, candidate in enumerate(candidates):
            figure = self._story.figures[candidate.figure]
            index, score = candidate.figure, candidate.score
            rows.append(
                (
                    *(score, top - score, score - (top if order else second), float(order), likely.get(index, 0.0)),
                    *(math.log1p(PRESENCE_SCALE * presence.get(index, 0.0)), float(len(candidates))),
                    *about.neighbours(index),
                    *about.tagging(index, figure),
                    *about.calling(index),
                    *about.narration(index, self._named_in.get(index, ())),
                    *about.beside(index, figure),
                    *about.outside(index),
                    *(float(figure.narrates), float(bool(figure.role)), float(figure.listed), *about.speech),
                )
            )
        return rows


class _Surroundings:
    """What the words around a turn tell, looked up once for all its candidates."""

    def __init__(self, context: StoryContext, turn: Turn, speaker_probs: Sequence[dict[int, float]]) -> None:
        self._turn = turn
        self._speaker_probs = speaker_probs
        turns, paragraphs, text = context.turns, context.paragraphs, context.mentions.text
        self._other = {by: _turn_at(turns, turn, by) for by in _AROUND}
        after = turns[turn.index + 1].gap if turn.index + 1 < len(turns) else SCENE_GAP
        self._gaps = float(min(turn.gap, _LONGEST_GAP)), float(min(after, _LONGEST_GAP))
        self.speech = _speech(turn, self._other[-1], text)
        mention = turn.tag.mention if turn.tag else None
        self._tagged = mention
        self._recent = context.recent(mention.start if mention and mention.figure < 0 else turn.start)
        self._ranks = {figure: float(rank) for rank, figure in enumerate(self._recent)}
        self._tags_around = _count_tags(turns, turn)
        named = [m for m in turn.narrated if m.figure >= 0 and not m.spoken]
        first = turn.speeches[0].start
        self._early = [m for m in named if m.start < first]
        self._late = [m for m in named if m.start >= first]
        self._narrated = float(any(not m.spoken for m in turn.narrated))
        self._sign = max(-2, min(2, sum(_signs(context, turn))))
        at = turn.paragraph
        self._above = _narrated(context, at - 1) if at else []
        self._silent_above = float(at > 0 and not paragraphs[at - 1].speech)
        silent_below = at + 1 < len(paragraphs) and not paragraphs[at + 1].speech
        self._below = _narrated(context, at + 1) if silent_below else []

    def neighbours(self, index: int) -> Iterator[float]:
        for other in self._other.values():
            yield self._speaker_probs[other.index].get(index, 0.0) if other else -1.0
        for by in (-1, 1):
            turn = self._other[by]
            yield max(self._speaker_probs[turn.index].values(), default=0.0) if turn else -1.0
        yield from self._gaps

    def tagging(self, index: int, figure: Figure) -> Iterator[float]:
        tag, mention = self._turn.tag, self._tagged
        named = mention.figure if mention else -1
        kind = mention.kind if mention else ""
        yield float(named == index)
        yield float(named >= 0 and named != index)
        yield 0.0 if tag is None else 2.0 if tag.strong else 1.0
        yield float(kind == "pronoun")
        yield float(kind == "noun")
        yield figure.gender_lean * mention.gender_sign if mention and kind != "name" else 0.0
        yield abs(figure.gender_lean)
        for other in self._other.values():
            theirs = other.tag.mention.figure if other and other.tag and other.tag.mention else -1
            yield 0.0 if theirs < 0 else 1.0 if theirs == index else -1.0
        yield float(self._tags_around.get(index, 0))
        yield float(mention is not None and mention.antecedent == index)

    def calling(self, index: int) -> Iterator[float]:
        for turn in (self._turn, self._other[-1], self._other[1]):
            yield float(turn is not None and turn.addressed[index] > 0)
            yield float(turn is not None and turn.named[index] > 0)
        turn_before = self._other[-1]
        yield float(turn_before is not None and bool(turn_before.addressed))

    def narration(self, index: int, named_in: Sequence[int]) -> Iterator[float]:
        last, here = self._recent.get(index), self._turn.paragraph
        first_here, first_later = bisect_left(named_in, here), bisect_left(named_in, here + 1)
        yield self._ranks.get(index, _FAR)
        yield math.log1p(min(_LONG, max(0, here - last.paragraph) if last else _LONG))
        yield float(last is not None and last.subject)
        yield float(last is not None and (last.possessive or last.governed))
        yield float(min(_SOON, named_in[first_later] - here)) if first_later < len(named_in) else _SOON
        yield float(first_here - bisect_left(named_in, here - _NEAR))
        yield float(first_here - bisect_left(named_in, here - _NOT_FAR))

    def beside(self, index: int, figure: Figure) -> Iterator[float]:
        early = [m for m in self._early if m.figure == index]
        yield float(len(early))
        yield float(bool(self._early) and self._early[0].figure == index)
        yield float(any(m.subject for m in early))
        yield float(sum(m.figure == index for m in self._late))
        yield float(bool(self._late) and self._late[0].figure == index)
        yield float(sum(m.figure != index for m in (*self._early, *self._late)))
        yield figure.gender_lean * self._sign

    def outside(self, index: int) -> Iterator[float]:
        acting = [m for m in self._above if m.subject]
        yield float(bool(self._above) and self._above[-1].figure == index)
        yield float(bool(acting) and acting[-1].figure == index)
        yield self._silent_above
        yield 0.0 if not self._below else 1.0 if self._below[0].figure == index else -1.0
        yield self._narrated


def _turn_at(turns: Sequence[Turn], turn: Turn, by: int) -> Turn | None:
    """The turn so many before or after, if it is near enough to belong to the same talk."""
    index = turn.index + by
    if not 0 <= index < len(turns) or abs(turns[index].paragraph - turn.paragraph) > PARAGRAPHS_A_TURN * abs(by):
        return None
    return turns[index]


def _speech(turn: Turn, turn_before: Turn | None, text: str) -> tuple[float, float, float]:
    """Length of the speech as a logarithm; whether it answers a question; whether it is one."""
    length = sum(s.end - s.start for s in turn.speeches)
    return math.log1p(length), float(_asks(turn_before, text)), float(_asks(turn, text))


def _asks(turn: Turn | None, text: str) -> bool:
    return turn is not None and text[turn.speeches[-1].end - 1 : turn.speeches[-1].end] == "?"


def _count_tags(turns: Sequence[Turn], turn: Turn) -> Mapping[int, int]:
    counts: dict[int, int] = {}
    for other in turns[max(0, turn.index - _WINDOW) : turn.index + _WINDOW + 1]:
        mention = other.tag.mention if other is not turn and other.tag else None
        if mention and mention.figure >= 0 and abs(other.paragraph - turn.paragraph) < _PARAGRAPHS_AROUND:
            counts[mention.figure] = counts.get(mention.figure, 0) + 1
    return counts


def _narrated(context: StoryContext, paragraph: int) -> list[Mention]:
    return [m for m in context.mentions.of_paragraph[paragraph] if m.figure >= 0 and not m.spoken]


def _signs(context: StoryContext, turn: Turn) -> Iterator[int]:
    """The gender of each "his" and "her" in the narration beside the speech."""
    gendered = context.mentions.language.traits.gendered
    for segment in context.paragraphs[turn.paragraph].segments:
        if segment.kind == "narration" and turn.start <= segment.start < turn.end:
            for pronoun in gendered.finditer(context.mentions.text, segment.start, segment.end):
                yield MALE if pronoun.group(1) else FEMALE
