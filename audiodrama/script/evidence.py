"""Turn each turn into candidates with scores: what the words in and around it say for and against each figure.

Scores are logarithms of odds, so that pieces of evidence add up. What depends on who spoke before is left to
``decoding``. The weights were chosen by hand and stand together in ``Weights``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from audiodrama.script import lexicon
from audiodrama.script.mentions import Mention, Mentions
from audiodrama.script.people import Figure
from audiodrama.script.tags import Tag
from audiodrama.script.turns import Turn


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of every kind of evidence."""

    tag: float = 9.0
    weak_tag: float = 5.0
    wrong_gender: float = 6.0
    gender: float = 1.2
    antecedent: tuple[float, ...] = (1.8, 0.9, 0.4)
    acting: float = 0.7
    local: float = 1.5
    role: float = 4.0
    other_role: float = -1.0
    beat: float = 4.0
    late_beat: float = 2.5
    part_beat: float = 3.0
    named_beside: float = 1.2
    pronoun_beat: float = 0.7
    called_here: float = -4.0
    named_here: float = -0.8
    called_before: float = 1.8
    called_after: float = 0.8
    above: float = 0.8
    recency: float = 0.22
    usual: float = 0.25
    given: float = 0.6
    nearby: float = 0.9


WEIGHTS = Weights()
_REACH = 12
"""How many figures back, at most, a candidate may have been named."""


@dataclass(slots=True)
class Candidate:
    """A figure that may speak a turn."""

    who: int
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
class Scene:
    """What evidence is read from."""

    figures: list[Figure]
    mentions: Mentions
    turns: list[Turn]
    named: list[Mention] = field(default_factory=list)
    """Narrated mentions of figures, in order."""
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, figures: list[Figure], mentions: Mentions, turns: list[Turn]) -> Scene:
        """Index the narrated mentions."""
        named = [m for m in mentions.all() if m.who >= 0 and not m.spoken]
        return cls(figures, mentions, turns, named, [m.start for m in named])

    def recent(self, at: int, reach: int = _REACH) -> dict[int, Mention]:
        """Figure -> its last narrated mention before an offset, latest first."""
        found: dict[int, Mention] = {}
        index = bisect_left(self.starts, at) - 1
        stop = max(-1, index - 80)
        while index > stop and len(found) < reach:
            found.setdefault(self.named[index].who, self.named[index])
            index -= 1
        return found


def words_of(text: str, start: int, end: int, most: int = 48) -> str:
    """A stretch of text for a reason, shortened."""
    words = text[start:end].strip(" ,.;:")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " ..."


def gather(scene: Scene, turn: Turn, near: Sequence[dict[int, float]]) -> list[Candidate]:
    """Candidates of a turn with what the text says for them.

    Args:
        scene: the whole text.
        turn: the turn to judge.
        near: for each turn of the text, how likely each figure speaks it, from an earlier pass; may be empty.
    """
    recent = scene.recent(turn.start)
    pool: dict[int, Candidate] = {who: Candidate(who) for who in recent}
    for mention in turn.narrated:
        if mention.who >= 0:
            pool.setdefault(mention.who, Candidate(mention.who))
    for tag in turn.tags:
        if tag.mention and tag.mention.who >= 0:
            pool.setdefault(tag.mention.who, Candidate(tag.mention.who))
    for other in _window(scene.turns, turn, 3):
        for who in other.addressed:
            pool.setdefault(who, Candidate(who))
        for tag in other.tags:
            if tag.mention and tag.mention.who >= 0:
                pool.setdefault(tag.mention.who, Candidate(tag.mention.who))
    if scene.mentions.narrator >= 0:
        pool.setdefault(scene.mentions.narrator, Candidate(scene.mentions.narrator))
    presence = _presence(scene, turn, near)
    for who, share in presence.items():
        if share > 0.15:
            pool.setdefault(who, Candidate(who))
    for order, who in enumerate(recent):
        pool[who].add(-WEIGHTS.recency * min(order, 8))
    for who, candidate in pool.items():
        figure = scene.figures[who]
        if who not in recent:
            candidate.add(-WEIGHTS.recency * 8)
        candidate.add(WEIGHTS.usual * math.log1p(figure.mentions) + WEIGHTS.given * figure.given)
        candidate.add(WEIGHTS.nearby * math.log1p(3 * presence.get(who, 0.0)), "scene: speaks nearby")
    _judge_tag(scene, turn, pool)
    _judge_beats(scene, turn, pool)
    _judge_names(scene, turn, pool)
    _judge_above(scene, turn, pool)
    return sorted(pool.values(), key=lambda c: (-c.score, c.who))


def _window(turns: list[Turn], turn: Turn, reach: int) -> list[Turn]:
    low, high = max(0, turn.index - reach), turn.index + reach + 1
    return [t for t in turns[low:high] if abs(t.paragraph - turn.paragraph) <= 3 * reach and t is not turn]


def _presence(scene: Scene, turn: Turn, near: Sequence[dict[int, float]]) -> dict[int, float]:
    """How much each figure speaks in the turns around."""
    shares: dict[int, float] = {}
    if not near:
        return shares
    low, high = max(0, turn.index - 8), min(len(near), turn.index + 6)
    for index in range(low, high):
        distance = abs(scene.turns[index].paragraph - turn.paragraph)
        if index == turn.index or distance > 24:
            continue
        for who, likely in near[index].items():
            if who >= 0 and likely > 0.05:
                shares[who] = shares.get(who, 0.0) + likely / (1.0 + 0.15 * distance)
    return shares


def _judge_tag(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    tag = turn.tag
    if tag is None or tag.mention is None:
        return
    mention, text = tag.mention, scene.mentions.text
    words = words_of(text, tag.start, tag.end)
    weight = WEIGHTS.tag if tag.strong else WEIGHTS.weak_tag
    if mention.who >= 0:
        pool[mention.who].add(weight, f"tag: '{words}'")
        return
    if mention.kind == "noun":
        _judge_description(scene, turn, mention, words, pool)
    elif mention.sign:
        _judge_pronoun(scene, turn, tag, words, pool)


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
    rank = 0
    acted = False
    for who, last in scene.recent(mention.start).items():
        figure = scene.figures[who]
        if who not in pool or figure.lean * mention.sign < -0.1 or figure.narrates:
            continue
        weight = WEIGHTS.antecedent[rank] if rank < len(WEIGHTS.antecedent) else 0.0
        if last.subject and not acted:
            weight, acted = weight + WEIGHTS.acting, True
        if last.paragraph == turn.paragraph and not last.spoken:
            weight += WEIGHTS.local
        if last.governed or last.owned and not last.part:
            weight *= 0.5
        pool[who].add(weight, f"pronoun: '{words}', {figure.name} was named last")
        rank += 1
        if rank > 3:
            break


def _judge_description(scene: Scene, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]) -> None:
    role = lexicon.roles().get(mention.head)
    for candidate in pool.values():
        figure = scene.figures[candidate.who]
        if figure.role == mention.head:
            candidate.add(WEIGHTS.role + (role is None or role.kind in ("post", "creature")), f"tag: '{words}'")
        elif mention.head in figure.roles:
            candidate.add(WEIGHTS.role, f"tag: '{words}'")
        elif figure.role:
            candidate.add(-WEIGHTS.role)
        elif role is None or role.kind in ("post", "creature"):
            candidate.add(-WEIGHTS.role)
        if role and role.gender:
            candidate.add(_agree(figure, role.gender), f"description: '{words}'")
        if figure.narrates:
            candidate.add(-WEIGHTS.wrong_gender)


def _judge_beats(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    """The first subject of the narration beside the speech acts, and speaks."""
    if turn.tag and turn.tag.mention and turn.tag.strong and turn.tag.mention.who >= 0:
        return
    text, first = scene.mentions.text, turn.speeches[0].start
    tagged = turn.tag.mention if turn.tag else None
    done = False
    for mention in turn.narrated:
        if mention is tagged:
            continue
        words = f"beat: '{words_of(text, mention.start, mention.start + 40)}'"
        early = mention.start < first
        if mention.who >= 0 and not mention.spoken:
            if mention.part and not done:
                pool[mention.who].add(WEIGHTS.part_beat, words)
                done = True
            elif mention.subject and not done:
                pool[mention.who].add(WEIGHTS.beat if early else WEIGHTS.late_beat, words)
                done = True
            elif not mention.governed and not mention.owned:
                pool[mention.who].add(WEIGHTS.named_beside, words)
        elif mention.kind == "pronoun" and mention.sign and not done and not mention.governed:
            done = True
            if tagged is None:
                _judge_pronoun_beat(scene, mention, words, pool, turn)


def _judge_pronoun_beat(scene: Scene, mention: Mention, words: str, pool: dict[int, Candidate], turn: Turn) -> None:
    for candidate in pool.values():
        candidate.add(0.6 * _agree(scene.figures[candidate.who], mention.sign), words)
    for who, last in scene.recent(mention.start).items():
        if who in pool and scene.figures[who].lean * mention.sign > 0.1:
            pool[who].add(WEIGHTS.pronoun_beat + (WEIGHTS.acting if last.subject else 0.0), words)
            return


def _judge_names(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    """A vocative is the listener, not the speaker; one who was called answers."""
    figures = scene.figures
    for who in turn.named:
        if who in pool:
            pool[who].add(WEIGHTS.called_here if turn.addressed[who] else WEIGHTS.named_here)
    before = scene.turns[turn.index - 1] if turn.index and turn.gap <= 2 else None
    if before:
        for who in before.addressed:
            pool[who].add(WEIGHTS.called_before, f"turn: {figures[who].name} was called by name just before")
    after = scene.turns[turn.index + 1] if turn.index + 1 < len(scene.turns) else None
    if after and after.gap <= 2:
        for who in after.addressed:
            pool[who].add(WEIGHTS.called_after, f"turn: {figures[who].name} is called by name in the answer")


def _judge_above(scene: Scene, turn: Turn, pool: dict[int, Candidate]) -> None:
    """Whom the narration right above is about."""
    if turn.gap < 2 or not turn.paragraph:
        return
    above = [m for m in scene.mentions.of_paragraph[turn.paragraph - 1] if m.who >= 0 and not m.spoken]
    acting = [m for m in above if m.subject] or above
    if acting and acting[-1].who in pool:
        name = scene.figures[acting[-1].who].name
        pool[acting[-1].who].add(WEIGHTS.above, f"narration: {name} was named last before it")
