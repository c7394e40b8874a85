"""Turn the speech tag of a turn into evidence: whom a name, a pronoun or a description in it means.

A name says it; several people may share it. A pronoun means who is most in mind; a description whom it means
elsewhere, or whose calling it is.
"""

from __future__ import annotations

import math
import re

from audiodrama.script.attribution.candidates import Candidate, StoryContext, words_of
from audiodrama.script.attribution.speech_tags import Tag
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.attribution.weights import WEIGHTS, agree
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention
from audiodrama.script.language import lexicon

_TOLD = re.compile(r"(?: [a-z]+ly)? (?:to |at |upon |back to |back at |of )?(?:the )?")
"""Between a speech tag and the name of the one who is spoken to."""
_LONG_AGO = 20
"""Paragraphs after which a pronoun hardly means one who was named so far back."""


def judge_tag(scene: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """Add to the candidates of a turn what its tag tells."""
    tag = turn.tag
    if tag is None or tag.mention is None:
        return
    mention, text = tag.mention, scene.mentions.text
    words = words_of(text, tag.start, tag.end)
    weight = WEIGHTS.tag if tag.strong else WEIGHTS.weak_tag
    if mention.figure >= 0:
        for who in mention.owners or (mention.figure,):
            pool[who].add(weight - (0.0 if who == mention.figure else WEIGHTS.namesake), f"tag: '{words}'")
        return
    if mention.kind == "noun":
        _judge_description(scene, turn, mention, words, pool)
    elif mention.gender_sign:
        _judge_pronoun(scene, turn, tag, words, pool)
    for hearer in turn.narrated:
        if hearer.figure in pool and not hearer.owned and _TOLD.fullmatch(text, tag.end, hearer.start):
            pool[hearer.figure].add(WEIGHTS.told)


def _judge_pronoun(scene: StoryContext, turn: Turn, tag: Tag, words: str, pool: dict[int, Candidate]) -> None:
    mention = tag.mention
    assert mention is not None
    for candidate in pool.values():
        candidate.add(agree(scene.figures[candidate.figure], mention.gender_sign), f"pronoun: '{words}'")
    for noun in turn.narrated:
        if noun.kind == "noun" and noun.start < mention.start:
            for candidate in pool.values():
                if is_same(scene.figures[candidate.figure], scene.mentions.text[noun.start : noun.end]):
                    candidate.add(WEIGHTS.antecedent + 2 * WEIGHTS.local, f"pronoun: '{words}'")
    if mention.meant in pool:
        reason = f"pronoun: '{words}', {scene.figures[mention.meant].name} was named last"
        pool[mention.meant].add(WEIGHTS.meant if turn.gap > 1 else 0.0, reason)
        pool[mention.meant].add(WEIGHTS.chain if _acts_before(turn, mention.meant) else 0.0, reason)
    _judge_named(scene, turn, mention, words, pool)


def _acts_before(turn: Turn, who: int) -> bool:
    """Whether somebody acts in the turn's own paragraph, before the speech."""
    early = (m for m in turn.narrated if m.start < turn.speeches[0].start)
    return any(m.subject and who in (m.figure, m.meant) for m in early)


def _judge_named(scene: StoryContext, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]) -> None:
    """Those of a pronoun's gender who were named before it, the last one most of all."""
    rank = 0
    acted = False
    for who, last in scene.recent(mention.start).items():
        figure = scene.figures[who]
        if who not in pool or figure.lean * mention.gender_sign < -0.1 or figure.narrates:
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


def _judge_description(
    scene: StoryContext, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]
) -> None:
    _judge_reputation(scene, turn, mention, words, pool)
    role = lexicon.roles().get(mention.head)
    for candidate in pool.values():
        figure = scene.figures[candidate.figure]
        if figure.loose and figure.role == mention.head:
            candidate.add(_loosely(figure, scene.mentions.text[mention.start : mention.end]), f"tag: '{words}'")
        elif figure.role == mention.head:
            candidate.add(WEIGHTS.role + (role is None or role.kind in ("post", "creature")), f"tag: '{words}'")
        elif mention.head in figure.roles:
            candidate.add(WEIGHTS.role, f"tag: '{words}'")
        elif figure.role and role and role.kind == "loose":
            candidate.add(WEIGHTS.other_words)
        elif figure.role or (role and role.kind in ("post", "creature")):
            candidate.add(-WEIGHTS.role)
        if role and role.gender:
            candidate.add(agree(figure, role.gender), f"description: '{words}'")
        if figure.narrates:
            candidate.add(-WEIGHTS.wrong_gender)


def _judge_reputation(
    scene: StoryContext, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]
) -> None:
    """A description means whom it meant before, and means later."""
    known, total = scene.reputation.shares(turn, mention) if scene.reputation else ({}, 0.0)
    if total < 1.0:
        return
    for who, candidate in pool.items():
        candidate.add(
            WEIGHTS.reputation * math.log((known.get(who, 0.0) + 0.2) * 2.5 / (total + 0.5)), f"tag: '{words}'"
        )


def is_same(figure: Figure, described: str) -> bool:
    """Whether a description of two words and more is word for word the one that a loose figure was found by."""
    words = described.lower().split()[1:]
    return figure.loose and len(words) > 1 and words == figure.name.lower().split()[1:]


def _loosely(figure: Figure, described: str) -> float:
    """Evidence of a description for its own loose figure: "a young woman" is somebody new, "the man" may be anybody."""
    if described.lower().startswith(("a ", "an ")) or ("'s " in described and is_same(figure, described)):
        return WEIGHTS.newcomer
    return WEIGHTS.loose + (WEIGHTS.same_words if is_same(figure, described) else 0.0)
