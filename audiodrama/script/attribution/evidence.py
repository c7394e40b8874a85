"""Turn each turn into candidates with scores: what the words in and around it say for and against each figure.

Scores are logarithms of odds, so that pieces of evidence add up. What depends on who spoke before is left to
``decoding``, what a speech tag tells to ``tag_evidence``; the weights stand together in ``weights``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from audiodrama.script.attribution.candidates import Candidate, StoryContext, excerpt, find_candidates, nearby_presence
from audiodrama.script.attribution.tag_evidence import is_same_description, score_tag
from audiodrama.script.attribution.turns import BEAT_LENGTH, Turn
from audiodrama.script.attribution.weights import FARTHEST, PRESENCE_SCALE, WEIGHTS, gender_evidence
from audiodrama.script.characters.mentions import Mention, Mentions

_SPEAKS_WITHIN = 60
"""Characters behind a subject of the paragraph above in which it begins to speak."""
_REASON_LENGTH = 60
"""Characters of a beat of which a reason is made."""


def score_candidates(context: StoryContext, turn: Turn, speaker_probs: Sequence[dict[int, float]]) -> list[Candidate]:
    """Candidates of a turn with what the text says for them.

    Args:
        context: the whole text with its figures, mentions and turns.
        turn: the turn to judge.
        speaker_probs: for each turn of the text, how likely each figure speaks it, from an earlier pass; may be empty.
    """
    recent = context.recent(turn.start)
    presence = nearby_presence(context, turn, speaker_probs)
    pool = find_candidates(context, turn, recent, presence)
    for order, index in enumerate(recent):
        pool[index].add(-WEIGHTS.recency * min(order, FARTHEST))
    for index, candidate in pool.items():
        figure = context.figures[index]
        if index not in recent:
            candidate.add(-WEIGHTS.recency * FARTHEST)
        candidate.add(WEIGHTS.frequency * math.log1p(figure.mentions) + WEIGHTS.listed * figure.listed)
        candidate.add(0.0 if figure.tags or figure.narrates else WEIGHTS.untagged)
        nearby = math.log1p(PRESENCE_SCALE * presence.get(index, 0.0))
        candidate.add(WEIGHTS.speaks_nearby * nearby, "scene: speaks nearby")
    score_tag(context, turn, pool)
    _score_beats(context, turn, pool)
    _score_names(context, turn, pool)
    _score_above(context, turn, pool)
    return sorted(pool.values(), key=lambda c: (-c.score, c.figure))


def _score_beats(context: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """The first subject of the narration beside the speech acts, and speaks."""
    if turn.tag and turn.tag.mention and turn.tag.strong and turn.tag.mention.figure >= 0:
        return
    text, first = context.mentions.text, turn.speeches[0].start
    tagged = turn.tag.mention if turn.tag else None
    done = False
    for mention in _latest_sentence_first(turn.narrated, context.mentions, first):
        if mention is tagged:
            continue
        words = f"beat: '{_beat_at(context.mentions, mention.start)}'"
        early = mention.start < first
        if mention.figure >= 0 and not mention.spoken:
            if mention.possessive and not mention.acts_by_part and not done and early and _opens(text, mention.start):
                pool[mention.figure].add(WEIGHTS.owner_beat, words)
                done = True
            elif mention.acts_by_part and not done:
                pool[mention.figure].add(WEIGHTS.part_beat, words)
                done = True
            elif mention.subject and not done:
                pool[mention.figure].add(WEIGHTS.beat if early else WEIGHTS.late_beat, words)
                done = True
            elif not mention.governed and not mention.possessive:
                pool[mention.figure].add(WEIGHTS.named_beside, words)
        elif mention.kind == "noun" and mention.subject and not done:
            holders = [c for c in pool.values() if mention.head in context.figures[c.figure].roles]
            for candidate in holders:
                same = is_same_description(context.figures[candidate.figure], text[mention.start : mention.end])
                candidate.add(WEIGHTS.noun_beat + (WEIGHTS.same_words if same else 0.0), words)
            done = bool(holders)
        elif mention.kind == "pronoun" and mention.gender_sign and not done and not mention.governed:
            done = True
            if tagged is None:
                _score_pronoun_beat(context, mention, words, pool, turn)


def _beat_at(mentions: Mentions, start: int) -> str:
    """The words of a beat, for a reason: up to the end of the sentence, or to the speech."""
    text = mentions.text
    end = min(start + _REASON_LENGTH, len(text))
    stop = mentions.language.sentences.end.search(text, start, end)
    marks = text.find('"', start, end)
    return excerpt(text, start, min(stop.start() if stop else end, marks if marks > 0 else end))


def _latest_sentence_first(narrated: list[Mention], mentions: Mentions, first: int) -> list[Mention]:
    """Mentions before the first speech by sentence, the last one first; then the others."""
    early = [m for m in narrated if m.start < first]
    if not early:
        return narrated
    ends = mentions.language.sentences.end.finditer(mentions.text, early[0].start, first)
    cuts = [end.end() for end in ends]
    if not cuts:
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


def _score_pronoun_beat(
    context: StoryContext, mention: Mention, words: str, pool: dict[int, Candidate], turn: Turn
) -> None:
    """A pronoun beside the speech tells a gender, and one figure that it likely means: 'She rose. "Go."'."""
    for candidate in pool.values():
        agreement = gender_evidence(context.figures[candidate.figure], mention.gender_sign)
        candidate.add(WEIGHTS.pronoun_beat_gender * agreement, words)
    if mention.antecedent in pool:
        pool[mention.antecedent].add(WEIGHTS.pronoun_beat, words)


def _score_names(context: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """A vocative is the listener, not the speaker; one who was called answers."""
    figures = context.figures
    for index in turn.named:
        if index in pool:
            pool[index].add(WEIGHTS.vocative_here if turn.addressed[index] else WEIGHTS.named_here)
    if turn.self_introduced in pool:
        pool[turn.self_introduced].add(
            WEIGHTS.self_introduced, f"words: {figures[turn.self_introduced].name} says the own name"
        )
    turn_before = context.turns[turn.index - 1] if turn.index and turn.gap <= 2 else None
    turn_after = context.turns[turn.index + 1] if turn.index + 1 < len(context.turns) else None
    turn_after = turn_after if turn_after and turn_after.gap <= 1 else None
    for other in (turn_before, turn_after):
        if other and other.addressee_gender:
            for candidate in pool.values():
                candidate.add(
                    WEIGHTS.address_gender * gender_evidence(figures[candidate.figure], other.addressee_gender)
                )
    if turn_before:
        for mention in turn_before.narrated:
            if mention.figure in pool and mention.governed and not turn.narrated:
                pool[mention.figure].add(WEIGHTS.addressee, f"turn: {figures[mention.figure].name} was spoken to")
        for index in turn_before.addressed:
            weight = WEIGHTS.vocative_before + (WEIGHTS.vocative_asked if index in turn_before.asked else 0.0)
            pool[index].add(weight, f"turn: {figures[index].name} was called by name just before")
    if turn_after:
        for index in turn_after.addressed:
            pool[index].add(WEIGHTS.vocative_after, f"turn: {figures[index].name} is called by name in the answer")


def _score_above(context: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """The last subject of the narration right above speaks, most of all one who begins to speak."""
    if turn.gap < 2 or not turn.paragraph:
        return
    above = [m for m in context.mentions.of_paragraph[turn.paragraph - 1] if m.figure >= 0 and not m.spoken]
    acting = [m for m in above if m.subject] or above
    if not acting or acting[-1].figure not in pool:
        return
    last = acting[-1]
    where = context.paragraphs[turn.paragraph - 1]
    short = where.end - where.start < BEAT_LENGTH
    weight = WEIGHTS.above if turn.narrated else WEIGHTS.above_short if short else WEIGHTS.above_silent
    if (
        last.subject
        and not turn.narrated
        and context.mentions.language.turns.speaks.match(context.mentions.text, last.end, last.end + _SPEAKS_WITHIN)
    ):
        weight = WEIGHTS.above_speaking
    if last.figure == turn.reacting:
        weight = WEIGHTS.above_reacting
    pool[last.figure].add(weight, f"narration: {context.figures[last.figure].name} was named last before it")
