"""Turn the speech tag of a turn into evidence: which figure a name, a pronoun or a description in it means.

A name says it; several people may share it. A pronoun means the figure most in mind; a description the one that it
means elsewhere, or whose calling it is.
"""

from __future__ import annotations

import math

from audiodrama.script.attribution.candidates import Candidate, StoryContext, excerpt
from audiodrama.script.attribution.tags.speech_tags import Tag
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.attribution.weights import WEIGHTS, gender_evidence
from audiodrama.script.characters.figures import DISTINCT_KINDS, NEUTRAL_GENDER, Figure
from audiodrama.script.characters.mentions import Mention
from audiodrama.script.language import Language

_ANTECEDENTS = 4
"""How many figures of a pronoun's gender may be meant."""
_NOT_SUBJECT = 0.5
"""Factor for one who was named behind a preposition or as an owner: "he came to Ada", "Ada's hat"."""
_LONG_AGO, _FORGOTTEN = 20, 0.3
"""Paragraphs after which a pronoun hardly means one who was named so far back; the factor then."""
_FEWEST_USES = 1.0
"""Tags with a description, as ``DescriptionReferents`` counts them, from which on it tells who is meant."""
_PRIOR_SHARE, _PRIOR_USES = 0.2, 0.5
"""Added to what a figure has of such tags, and to all of them, so that few of them tell little."""


def score_tag(context: StoryContext, turn: Turn, pool: dict[int, Candidate]) -> None:
    """Add to the candidates of a turn what its tag tells."""
    tag = turn.tag
    if tag is None or tag.mention is None:
        return
    mention, text = tag.mention, context.mentions.text
    to_hearer = context.mentions.language.turns.to_hearer
    words = excerpt(text, tag.start, tag.end)
    weight = WEIGHTS.tag if tag.strong else WEIGHTS.weak_tag
    if mention.figure >= 0:
        for index in mention.namesakes or (mention.figure,):
            pool[index].add(weight - (0.0 if index == mention.figure else WEIGHTS.namesake), f"tag: '{words}'")
        return
    if mention.kind == "noun":
        _score_description(context, turn, mention, words, pool)
    elif mention.gender_sign:
        _score_pronoun(context, turn, tag, words, pool)
    for hearer in turn.narrated:
        if hearer.figure in pool and not hearer.possessive and to_hearer.fullmatch(text, tag.end, hearer.start):
            pool[hearer.figure].add(WEIGHTS.hearer)


def _score_pronoun(context: StoryContext, turn: Turn, tag: Tag, words: str, pool: dict[int, Candidate]) -> None:
    mention = tag.mention
    assert mention is not None
    for candidate in pool.values():
        candidate.add(gender_evidence(context.figures[candidate.figure], mention.gender_sign), f"pronoun: '{words}'")
    for noun in turn.narrated:
        if noun.kind == "noun" and noun.start < mention.start:
            for candidate in pool.values():
                if is_same_description(context.figures[candidate.figure], context.mentions.text[noun.start : noun.end]):
                    candidate.add(WEIGHTS.antecedent + 2 * WEIGHTS.local, f"pronoun: '{words}'")
    if mention.antecedent in pool:
        reason = f"pronoun: '{words}', {context.figures[mention.antecedent].name} was named last"
        pool[mention.antecedent].add(WEIGHTS.salient if turn.gap > 1 else 0.0, reason)
        pool[mention.antecedent].add(WEIGHTS.chain if _acts_before(turn, mention.antecedent) else 0.0, reason)
    _score_antecedents(context, turn, mention, words, pool)


def _acts_before(turn: Turn, figure: int) -> bool:
    """Whether a figure acts in the turn's own paragraph, before the speech."""
    early = (m for m in turn.narrated if m.start < turn.speeches[0].start)
    return any(m.subject and figure in (m.figure, m.antecedent) for m in early)


def _score_antecedents(
    context: StoryContext, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]
) -> None:
    """Those of a pronoun's gender who were named before it, the last one most of all."""
    rank = 0
    acted = False
    for index, last in context.recent(mention.start).items():
        figure = context.figures[index]
        if index not in pool or figure.gender_lean * mention.gender_sign < -NEUTRAL_GENDER or figure.narrates:
            continue
        weight = WEIGHTS.antecedent / (1 << rank)
        if last.subject and not acted:
            weight, acted = weight + WEIGHTS.acting, True
        if last.paragraph == turn.paragraph and not last.spoken:
            weight += WEIGHTS.local
        if last.governed or (last.possessive and not last.acts_by_part):
            weight *= _NOT_SUBJECT
        if turn.paragraph - last.paragraph > _LONG_AGO:
            weight *= _FORGOTTEN
        pool[index].add(weight, f"pronoun: '{words}', {figure.name} was named last")
        rank += 1
        if rank == _ANTECEDENTS:
            break


def _score_description(
    context: StoryContext, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]
) -> None:
    _score_referents(context, turn, mention, words, pool)
    language = context.mentions.language
    role = language.lists.roles.get(mention.head)
    described = context.mentions.text[mention.start : mention.end]
    for candidate in pool.values():
        figure = context.figures[candidate.figure]
        if figure.generic and figure.role == mention.head:
            candidate.add(_generic_weight(figure, described, language), f"tag: '{words}'")
        elif figure.role == mention.head:
            distinct = role is None or role.kind in DISTINCT_KINDS
            candidate.add(WEIGHTS.calling + WEIGHTS.distinct_calling * distinct, f"tag: '{words}'")
        elif mention.head in figure.roles:
            candidate.add(WEIGHTS.calling, f"tag: '{words}'")
        elif figure.role and role and role.kind == "loose":
            candidate.add(WEIGHTS.other_description)
        elif figure.role or (role and role.kind in DISTINCT_KINDS):
            candidate.add(-WEIGHTS.calling)
        if role and role.gender:
            candidate.add(gender_evidence(figure, role.gender), f"description: '{words}'")
        if figure.narrates:
            candidate.add(-WEIGHTS.wrong_gender)


def _score_referents(
    context: StoryContext, turn: Turn, mention: Mention, words: str, pool: dict[int, Candidate]
) -> None:
    """A description means the figure that it meant before, and means later."""
    shares, total = context.referents.shares(turn, mention) if context.referents else ({}, 0.0)
    if total < _FEWEST_USES:
        return
    for index, candidate in pool.items():
        share = (shares.get(index, 0.0) + _PRIOR_SHARE) * (_PRIOR_USES / _PRIOR_SHARE) / (total + _PRIOR_USES)
        candidate.add(WEIGHTS.referent * math.log(share), f"tag: '{words}'")


def is_same_description(figure: Figure, described: str) -> bool:
    """Whether a description of two words and more is word for word the one that a generic figure was found by."""
    words = described.lower().split()[1:]
    return figure.generic and len(words) > 1 and words == figure.name.lower().split()[1:]


def _generic_weight(figure: Figure, described: str, language: Language) -> float:
    """Evidence of a description for its own figure: "a young woman" brings one in, "the man" may mean many."""
    article, _, words = described.lower().partition(" ")
    same = is_same_description(figure, described)
    owned = f"{language.endings.possessive} " in described
    if (words and article in language.descriptions.indefinite) or (owned and same):
        return WEIGHTS.indefinite
    return WEIGHTS.generic + (WEIGHTS.same_words if same else 0.0)
