"""Turn kinds of evidence into log-odds: the weights of everything that the words around a turn tell.

They were chosen by hand; all of them stand here together.
"""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.script.characters.figures import Figure


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
    calling: float = 4.0
    other_description: float = -0.7
    generic: float = 1.0
    same_words: float = 1.0
    indefinite: float = 9.0
    beat: float = 4.8
    late_beat: float = 2.5
    noun_beat: float = 2.5
    part_beat: float = 4.0
    owner_beat: float = 1.6
    named_beside: float = 1.2
    pronoun_beat: float = 0.7
    hearer: float = -4.5
    salient: float = 1.0
    chain: float = 1.2
    referent: float = 1.0
    vocative_here: float = -4.0
    named_here: float = -2.0
    self_introduced: float = 6.0
    vocative_before: float = 3.0
    vocative_asked: float = 1.2
    vocative_after: float = 0.8
    address_gender: float = 0.3
    addressee: float = 0.6
    above: float = 0.8
    above_silent: float = 1.4
    above_short: float = 2.2
    above_speaking: float = 2.5
    above_reacting: float = -0.6
    recency: float = 0.22
    frequency: float = 0.12
    untagged: float = -0.5
    listed: float = 0.6
    speaks_nearby: float = 0.9


WEIGHTS = Weights()


def gender_evidence(figure: Figure, sign: int) -> float:
    """Evidence of a gender for a figure: a little for, much against."""
    if figure.narrates:
        return -WEIGHTS.wrong_gender
    lean = figure.gender_lean * sign
    return WEIGHTS.gender * lean if lean >= -0.1 else WEIGHTS.wrong_gender * max(lean, -1.0)
