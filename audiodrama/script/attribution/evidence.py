"""Turn each turn into candidates with scores: what the words in and around it say for and against each figure.

Scores are logarithms of odds, so that pieces of evidence add up. What depends on who spoke before is left to
``decoding``, what a speech tag tells to ``testimony``; the weights stand together in ``odds``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

from audiodrama.script.attribution.candidates import Candidate, StoryContext, find_candidates, presence_near, words_of
from audiodrama.script.attribution.speech_tags import SENTENCE_END
from audiodrama.script.attribution.tag_evidence import is_same, judge_tag
from audiodrama.script.attribution.turns import BRIEF, Turn
from audiodrama.script.attribution.weights import WEIGHTS, agree
from audiodrama.script.characters.mentions import Mention

_SPEAKS = re.compile(
    r"[^.]*\b(?:spoke|began|asked|answered|addressed|replied|inquired|interrupted|broke|said|exclaimed|cried|continued"
    r"|resumed|explained|remarked|called|turned to|burst|whispered|speaking)\b"
)
_TOLD_OF_A_BEAT = 60
"""Characters of it that are looked at for its words."""


def gather(scene: StoryContext, turn: Turn, near: Sequence[dict[int, float]]) -> list[Candidate]:
    """Candidates of a turn with what the text says for them.

    Args:
        scene: the whole text.
        turn: the turn to judge.
        near: for each turn of the text, how likely each figure speaks it, from an earlier pass; may be empty.
    """
    recent = scene.recent(turn.start)
    presence = presence_near(scene, turn, near)
    pool = find_candidates(scene, turn, recent, presence)
    for order, who in enumerate(recent):
        pool[who].add(-WEIGHTS.recency * min(order, 8))
    for who, candidate in pool.items():
        figure = scene.figures[who]
        if who not in recent:
            candidate.add(-WEIGHTS.recency * 8)
        candidate.add(WEIGHTS.usual * math.log1p(figure.mentions) + WEIGHTS.given * figure.given)
        candidate.add(0.0 if figure.tags or figure.narrates else WEIGHTS.silent)
        candidate.add(WEIGHTS.nearby * math.log1p(3 * presence.get(who, 0.0)), "scene: speaks nearby")
    judge_tag(scene, turn, pool)
    _judge_beats(scene, turn, pool)
    _judge_names(scene, turn, pool)
    _judge_above(scene, turn, pool)
    return sorted(pool.values(), key=lambda c: (-c.score, c.figure))


def _judge_beats(scene: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """The first subject of the narration beside the speech acts, and speaks."""
    if turn.tag and turn.tag.mention and turn.tag.strong and turn.tag.mention.figure >= 0:
        return
    text, first = scene.mentions.text, turn.speeches[0].start
    tagged = turn.tag.mention if turn.tag else None
    done = False
    for mention in _latest_sentence_first(turn.narrated, text, first):
        if mention is tagged:
            continue
        words = f"beat: '{_beat_at(text, mention.start)}'"
        early = mention.start < first
        if mention.figure >= 0 and not mention.spoken:
            if mention.owned and not mention.part and not done and early and _opens(text, mention.start):
                pool[mention.figure].add(WEIGHTS.owner_beat, words)
                done = True
            elif mention.part and not done:
                pool[mention.figure].add(WEIGHTS.part_beat, words)
                done = True
            elif mention.subject and not done:
                pool[mention.figure].add(WEIGHTS.beat if early else WEIGHTS.late_beat, words)
                done = True
            elif not mention.governed and not mention.owned:
                pool[mention.figure].add(WEIGHTS.named_beside, words)
        elif mention.kind == "noun" and mention.subject and not done:
            holders = [c for c in pool.values() if mention.head in scene.figures[c.figure].roles]
            for candidate in holders:
                same = is_same(scene.figures[candidate.figure], text[mention.start : mention.end])
                candidate.add(WEIGHTS.noun_beat + (WEIGHTS.same_words if same else 0.0), words)
            done = bool(holders)
        elif mention.kind == "pronoun" and mention.gender_sign and not done and not mention.governed:
            done = True
            if tagged is None:
                _judge_pronoun_beat(scene, mention, words, pool, turn)


def _beat_at(text: str, start: int) -> str:
    """The words of a beat, for a reason: up to the end of the sentence, or to the speech."""
    end = min(start + _TOLD_OF_A_BEAT, len(text))
    stop = SENTENCE_END.search(text, start, end)
    marks = text.find('"', start, end)
    return words_of(text, start, min(stop.start() if stop else end, marks if marks > 0 else end))


def _latest_sentence_first(narrated: list[Mention], text: str, first: int) -> list[Mention]:
    """Mentions before the first speech by sentence, the last one first; then the others."""
    early = [m for m in narrated if m.start < first]
    if not early or not (cuts := [c.end() for c in SENTENCE_END.finditer(text, early[0].start, first)]):
        return narrated
    early.sort(key=lambda m: (-bisect_right(cuts, m.start), m.start))
    return early + [m for m in narrated if m.start >= first]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins here."""
    return (
        at == 0 or text[:at].rstrip()[-1:] in '.!?"'
        if at < 3
        else text[at - 2 : at].strip()[-1:] in ("", ".", "!", "?", '"')
    )


def _judge_pronoun_beat(
    scene: StoryContext, mention: Mention, words: str, pool: dict[int, Candidate], turn: Turn
) -> None:
    for candidate in pool.values():
        candidate.add(0.6 * agree(scene.figures[candidate.figure], mention.gender_sign), words)
    if mention.meant in pool:
        pool[mention.meant].add(WEIGHTS.pronoun_beat, words)


def _judge_names(scene: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """A vocative is the listener, not the speaker; one who was called answers."""
    figures = scene.figures
    for who in turn.named:
        if who in pool:
            pool[who].add(WEIGHTS.called_here if turn.addressed[who] else WEIGHTS.named_here)
    if turn.introduced in pool:
        pool[turn.introduced].add(WEIGHTS.introduced, f"words: {figures[turn.introduced].name} says the own name")
    before = scene.turns[turn.index - 1] if turn.index and turn.gap <= 2 else None
    after = scene.turns[turn.index + 1] if turn.index + 1 < len(scene.turns) else None
    after = after if after and after.gap <= 1 else None
    for other in (before, after):
        if other and other.called_sign:
            for candidate in pool.values():
                candidate.add(WEIGHTS.courtesy * agree(figures[candidate.figure], other.called_sign))
    if before:
        for mention in before.narrated:
            if mention.figure in pool and mention.governed and not turn.narrated:
                pool[mention.figure].add(WEIGHTS.listens, f"turn: {figures[mention.figure].name} was spoken to")
        for who in before.addressed:
            weight = WEIGHTS.called_before + (WEIGHTS.asked if who in before.asked else 0.0)
            pool[who].add(weight, f"turn: {figures[who].name} was called by name just before")
    if after:
        for who in after.addressed:
            pool[who].add(WEIGHTS.called_after, f"turn: {figures[who].name} is called by name in the answer")


def _judge_above(scene: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """Whom the narration right above is about: the subject of its end, most of all one who begins to speak."""
    if turn.gap < 2 or not turn.paragraph:
        return
    above = [m for m in scene.mentions.of_paragraph[turn.paragraph - 1] if m.figure >= 0 and not m.spoken]
    acting = [m for m in above if m.subject] or above
    if not acting or acting[-1].figure not in pool:
        return
    last = acting[-1]
    where = scene.paragraphs[turn.paragraph - 1]
    short = where.end - where.start < BRIEF
    weight = WEIGHTS.above if turn.narrated else WEIGHTS.above_short if short else WEIGHTS.above_silent
    if last.subject and not turn.narrated and _SPEAKS.match(scene.mentions.text, last.end, last.end + 60):
        weight = WEIGHTS.above_speaking
    if last.figure == turn.reacted:
        weight = WEIGHTS.above_reacting
    pool[last.figure].add(weight, f"narration: {scene.figures[last.figure].name} was named last before it")
