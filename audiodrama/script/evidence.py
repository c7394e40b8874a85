"""Turn each turn into candidates with scores: what the words in and around it say for and against each figure.

Scores are logarithms of odds, so that pieces of evidence add up. What depends on who spoke before is left to
``decoding``. The weights were chosen by hand and stand together in ``Weights``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audiodrama.script import lexicon
from audiodrama.script.candidates import Candidate, Scene, find_candidates, presence_near, words_of
from audiodrama.script.mentions import Mention
from audiodrama.script.people import Figure
from audiodrama.script.tags import SENTENCE_END, Tag
from audiodrama.script.turns import Turn


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of every kind of evidence."""

    tag: float = 9.0
    weak_tag: float = 5.0
    namesake: float = 1.0
    wrong_gender: float = 6.0
    gender: float = 1.2
    antecedent: float = 1.8
    acting: float = 0.7
    local: float = 1.5
    role: float = 4.0
    loose: float = 1.0
    same_words: float = 1.0
    newcomer: float = 9.0
    beat: float = 4.8
    late_beat: float = 2.5
    noun_beat: float = 2.5
    part_beat: float = 3.0
    owner_beat: float = 1.6
    named_beside: float = 1.2
    pronoun_beat: float = 0.7
    told: float = -4.5
    meant: float = 1.0
    chain: float = 1.2
    reputation: float = 1.0
    called_here: float = -4.0
    named_here: float = -0.8
    called_before: float = 2.4
    asked: float = 1.2
    called_after: float = 0.8
    courtesy: float = 0.5
    listens: float = 0.6
    above: float = 0.8
    above_silent: float = 1.4
    above_short: float = 2.2
    above_speaking: float = 2.5
    recency: float = 0.22
    usual: float = 0.12
    silent: float = -0.5
    given: float = 0.6
    nearby: float = 0.9


WEIGHTS = Weights()
_SPEAKS = re.compile(
    r"[^.]*\b(?:spoke|began|asked|answered|addressed|replied|inquired|interrupted|broke|said|exclaimed|cried|continued"
    r"|resumed|explained|remarked|called|turned to|burst|whispered|speaking)\b"
)
_TOLD = re.compile(r"(?: [a-z]+ly)? (?:to |at |upon |back to |back at |of )?(?:the )?")
"""Between a speech tag and the name of the one who is spoken to."""
_LONG_AGO = 20
"""Paragraphs after which a pronoun hardly means one who was named so far back."""
_SHORT = 90
"""Characters of a paragraph that is no more than a beat."""


def gather(scene: Scene, turn: Turn, near: Sequence[dict[int, float]]) -> list[Candidate]:
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
    _judge_tag(scene, turn, pool)
    _judge_beats(scene, turn, pool)
    _judge_names(scene, turn, pool)
    _judge_above(scene, turn, pool)
    return sorted(pool.values(), key=lambda c: (-c.score, c.who))


def _judge_tag(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    tag = turn.tag
    if tag is None or tag.mention is None:
        return
    mention, text = tag.mention, scene.mentions.text
    words = words_of(text, tag.start, tag.end)
    weight = WEIGHTS.tag if tag.strong else WEIGHTS.weak_tag
    if mention.who >= 0:
        for who in mention.owners or (mention.who,):
            pool[who].add(weight - (0.0 if who == mention.who else WEIGHTS.namesake), f"tag: '{words}'")
        return
    if mention.kind == "noun":
        _judge_description(scene, turn, mention, words, pool)
    elif mention.sign:
        _judge_pronoun(scene, turn, tag, words, pool)
    for hearer in turn.narrated:
        if hearer.who in pool and not hearer.owned and _TOLD.fullmatch(text, tag.end, hearer.start):
            pool[hearer.who].add(WEIGHTS.told)


def _agree(figure: Figure, sign: int) -> float:
    """Evidence of a gender for a figure: a little for, much against."""
    if figure.narrates:
        return -WEIGHTS.wrong_gender
    lean = figure.lean * sign
    return WEIGHTS.gender * lean if lean >= -0.1 else WEIGHTS.wrong_gender * max(lean, -1.0)


def _judge_pronoun(scene: Scene, turn: Turn, tag: Tag, words: str, pool: dict[int, Candidate]) -> None:
    mention = tag.mention
    assert mention is not None
    for candidate in pool.values():
        candidate.add(_agree(scene.figures[candidate.who], mention.sign), f"pronoun: '{words}'")
    for noun in turn.narrated:
        if noun.kind == "noun" and noun.start < mention.start:
            for candidate in pool.values():
                if _is_same(scene.figures[candidate.who], scene.mentions.text[noun.start : noun.end]):
                    candidate.add(WEIGHTS.antecedent + 2 * WEIGHTS.local, f"pronoun: '{words}'")
    if turn.gap > 1 and mention.meant in pool:
        pool[mention.meant].add(
            WEIGHTS.meant, f"pronoun: '{words}', {scene.figures[mention.meant].name} was named last"
        )
    if mention.meant in pool and any(
        m.subject and mention.meant in (m.who, m.meant) for m in turn.narrated if m.start < turn.speeches[0].start
    ):
        pool[mention.meant].add(WEIGHTS.chain, f"pronoun: '{words}'")
    rank = 0
    acted = False
    for who, last in scene.recent(mention.start).items():
        figure = scene.figures[who]
        if who not in pool or figure.lean * mention.sign < -0.1 or figure.narrates:
            continue
        weight = WEIGHTS.antecedent / (1 << rank)
        if last.subject and not acted:
            weight, acted = weight + WEIGHTS.acting, True
        if last.paragraph == turn.paragraph and not last.spoken:
            weight += WEIGHTS.local
        if last.governed or (last.owned and not last.part):
            weight *= 0.5
        if turn.paragraph - last.paragraph > _LONG_AGO:
            weight *= 0.3
        pool[who].add(weight, f"pronoun: '{words}', {figure.name} was named last")
        rank += 1
        if rank > 3:
            break


def _judge_description(scene: Scene, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]) -> None:
    _judge_reputation(scene, turn, mention, words, pool)
    role = lexicon.roles().get(mention.head)
    for candidate in pool.values():
        figure = scene.figures[candidate.who]
        if figure.loose and figure.role == mention.head:
            candidate.add(_loosely(figure, scene.mentions.text[mention.start : mention.end]), f"tag: '{words}'")
        elif figure.role == mention.head:
            candidate.add(WEIGHTS.role + (role is None or role.kind in ("post", "creature")), f"tag: '{words}'")
        elif mention.head in figure.roles:
            candidate.add(WEIGHTS.role, f"tag: '{words}'")
        elif figure.role or (role and role.kind in ("post", "creature")):
            candidate.add(-WEIGHTS.role)
        if role and role.gender:
            candidate.add(_agree(figure, role.gender), f"description: '{words}'")
        if figure.narrates:
            candidate.add(-WEIGHTS.wrong_gender)


def _judge_reputation(scene: Scene, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]) -> None:
    """A description means whom it meant before, and means later."""
    known, total = scene.reputation.shares(turn, mention) if scene.reputation else ({}, 0.0)
    if total < 1.0:
        return
    for who, candidate in pool.items():
        candidate.add(
            WEIGHTS.reputation * math.log((known.get(who, 0.0) + 0.2) * 2.5 / (total + 0.5)), f"tag: '{words}'"
        )


def _is_same(figure: Figure, described: str) -> bool:
    """Whether a description of two words and more is word for word the one that a loose figure was found by."""
    words = described.lower().split()[1:]
    return figure.loose and len(words) > 1 and words == figure.name.lower().split()[1:]


def _loosely(figure: Figure, described: str) -> float:
    """Evidence of a description for its own loose figure: "a young woman" is somebody new, "the man" may be anybody."""
    if described.lower().startswith(("a ", "an ")) or ("'s " in described and _is_same(figure, described)):
        return WEIGHTS.newcomer
    return WEIGHTS.loose + (WEIGHTS.same_words if _is_same(figure, described) else 0.0)


def _judge_beats(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    """The first subject of the narration beside the speech acts, and speaks."""
    if turn.tag and turn.tag.mention and turn.tag.strong and turn.tag.mention.who >= 0:
        return
    text, first = scene.mentions.text, turn.speeches[0].start
    tagged = turn.tag.mention if turn.tag else None
    done = False
    for mention in _latest_sentence_first(turn.narrated, text, first):
        if mention is tagged:
            continue
        words = f"beat: '{words_of(text, mention.start, mention.start + 40)}'"
        early = mention.start < first
        if mention.who >= 0 and not mention.spoken:
            if mention.owned and not mention.part and not done and early and _opens(text, mention.start):
                pool[mention.who].add(WEIGHTS.owner_beat, words)
                done = True
            elif mention.part and not done:
                pool[mention.who].add(WEIGHTS.part_beat, words)
                done = True
            elif mention.subject and not done:
                pool[mention.who].add(WEIGHTS.beat if early else WEIGHTS.late_beat, words)
                done = True
            elif not mention.governed and not mention.owned:
                pool[mention.who].add(WEIGHTS.named_beside, words)
        elif mention.kind == "noun" and mention.subject and not done:
            holders = [c for c in pool.values() if mention.head in scene.figures[c.who].roles]
            for candidate in holders:
                same = _is_same(scene.figures[candidate.who], text[mention.start : mention.end])
                candidate.add(WEIGHTS.noun_beat + (WEIGHTS.same_words if same else 0.0), words)
            done = bool(holders)
        elif mention.kind == "pronoun" and mention.sign and not done and not mention.governed:
            done = True
            if tagged is None:
                _judge_pronoun_beat(scene, mention, words, pool, turn)


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


def _judge_pronoun_beat(scene: Scene, mention: Mention, words: str, pool: dict[int, Candidate], turn: Turn) -> None:
    for candidate in pool.values():
        candidate.add(0.6 * _agree(scene.figures[candidate.who], mention.sign), words)
    if mention.meant in pool:
        pool[mention.meant].add(WEIGHTS.pronoun_beat, words)


def _judge_names(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    """A vocative is the listener, not the speaker; one who was called answers."""
    figures = scene.figures
    for who in turn.named:
        if who in pool:
            pool[who].add(WEIGHTS.called_here if turn.addressed[who] else WEIGHTS.named_here)
    before = scene.turns[turn.index - 1] if turn.index and turn.gap <= 2 else None
    after = scene.turns[turn.index + 1] if turn.index + 1 < len(scene.turns) else None
    after = after if after and after.gap <= 1 else None
    for other in (before, after):
        if other and other.called_sign:
            for candidate in pool.values():
                candidate.add(WEIGHTS.courtesy * _agree(figures[candidate.who], other.called_sign))
    if before:
        for mention in before.narrated:
            if mention.who in pool and mention.governed and not turn.narrated:
                pool[mention.who].add(WEIGHTS.listens, f"turn: {figures[mention.who].name} was spoken to")
        for who in before.addressed:
            weight = WEIGHTS.called_before + (WEIGHTS.asked if who in before.asked else 0.0)
            pool[who].add(weight, f"turn: {figures[who].name} was called by name just before")
    if after:
        for who in after.addressed:
            pool[who].add(WEIGHTS.called_after, f"turn: {figures[who].name} is called by name in the answer")


def _judge_above(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    """Whom the narration right above is about: the subject of its end, most of all one who begins to speak."""
    if turn.gap < 2 or not turn.paragraph:
        return
    above = [m for m in scene.mentions.of_paragraph[turn.paragraph - 1] if m.who >= 0 and not m.spoken]
    acting = [m for m in above if m.subject] or above
    if not acting or acting[-1].who not in pool:
        return
    last = acting[-1]
    where = scene.paragraphs[turn.paragraph - 1]
    short = where.end - where.start < _SHORT
    weight = WEIGHTS.above if turn.narrated else WEIGHTS.above_short if short else WEIGHTS.above_silent
    if last.subject and not turn.narrated and _SPEAKS.match(scene.mentions.text, last.end, last.end + 60):
        weight = WEIGHTS.above_speaking
    pool[last.who].add(weight, f"narration: {scene.figures[last.who].name} was named last before it")
