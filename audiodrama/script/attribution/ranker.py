"""Turn what the rules think of a turn's candidates into what a trained ranker thinks of them.

The ranker starts from the likelihoods that ``decoding`` gives and corrects them by boosted regression trees (J.
Friedman, "Greedy function approximation", 2001) over the rows of ``features``; a softmax over the candidates makes
likelihoods of the sums. Only turns whose tag is a pronoun or a description are corrected: elsewhere the trees did not
better the rules on novels, which are longer than the texts they learnt from. ``python -m audiodrama.bench train``
made the weights; nothing of it is needed here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from audiodrama.errors import InternalError
from audiodrama.script.attribution.candidates import Candidate, StoryContext
from audiodrama.script.attribution.features import NAMES, Describer, tag_kind

Tree = float | tuple[int, float, "Tree", "Tree"]
"""A leaf's value, or (feature, threshold, branch up to the threshold, branch above it)."""
SETTLED = 0.75
"""Likelihood from which on the rules' opinion stands: the trees learnt from few texts, and overturn it wrongly."""
COMPRESSED_FROM, HIGHEST_CONFIDENCE = 0.95, 0.98
"""Confidences above the first are pressed between the two: one in fifty of the surest lines is wrong, too."""
LEAST_PROBABILITY = 1e-4
"""No candidate is thought less likely than this by the rules."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trained weights."""

    trust: float
    """Factor of the rules' log-likelihoods."""
    trees: tuple[Tree, ...]
    shift: float
    """What is added to the log-odds of a likelihood to make a confidence of it."""
    stretch: float
    """What they are multiplied by before."""

    def correct(self, row: Sequence[float]) -> float:
        """What the trees add to a candidate's log-odds."""
        total = 0.0
        for tree in self.trees:
            node = tree
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return total

    def confidence(self, likely: float) -> float:
        """A likelihood as a confidence: of many lines with the same confidence that share is right."""
        odds = math.log(max(likely, LEAST_PROBABILITY) / max(1.0 - likely, LEAST_PROBABILITY))
        share = 1.0 / (1.0 + math.exp(-self.shift - self.stretch * odds))
        above = max(0.0, share - COMPRESSED_FROM)
        return round(
            min(share, COMPRESSED_FROM) + above * (HIGHEST_CONFIDENCE - COMPRESSED_FROM) / (1.0 - COMPRESSED_FROM), 3
        )


def parse_weights(text: str) -> Ranker:
    """A Ranker from the text of a weights file.

    Raises:
        InternalError: it was trained for other features than these.
    """
    table = json.loads(text)
    if table["features"] != list(NAMES):
        raise InternalError("The weights of the ranker belong to other features: train them anew.")
    shift, stretch = map(float, table["confidence"])
    return Ranker(float(table["trust"]), tuple(_tree(node) for node in table["trees"]), shift, stretch)


def _tree(node: Any) -> Tree:
    if not isinstance(node, list):
        return float(node)
    feature, threshold, below, above = node
    return int(feature), float(threshold), _tree(below), _tree(above)


@cache
def shipped() -> Ranker:
    """The weights that come with the package."""
    return parse_weights((files("audiodrama.script.attribution") / "ranker.json").read_text(encoding="utf-8"))


def rank(
    context: StoryContext,
    candidates: Sequence[Sequence[Candidate]],
    speaker_probs: Sequence[dict[int, float]],
    ranker: Ranker,
) -> list[dict[int, float]]:
    """For each turn: figure -> likelihood that it speaks.

    Args:
        context: the whole text with its figures, mentions and turns.
        candidates: for each turn, best first.
        speaker_probs: their likelihoods by the rules; what these leave to no figure (-1) stays with none.
        ranker: the weights.
    """
    describer = Describer(context, speaker_probs)
    result = []
    for turn, chosen, probs in zip(context.turns, candidates, speaker_probs, strict=True):
        people = [c for c in chosen if c.figure >= 0]
        if len(people) < 2:
            result.append(probs)
            continue
        sums = [ranker.trust * math.log(max(probs.get(c.figure, 0.0), LEAST_PROBABILITY)) for c in people]
        if tag_kind(turn) == "hinted" and max(probs.values()) < SETTLED:
            rows = describer.rows(turn, people)
            sums = [own + ranker.correct(row) for own, row in zip(sums, rows, strict=True)]
        top = max(sums)
        odds = [math.exp(s - top) for s in sums]
        nobody = {c.figure: probs[c.figure] for c in chosen if c.figure < 0}
        share = (1.0 - sum(nobody.values())) / sum(odds)
        result.append(nobody | {c.figure: o * share for c, o in zip(people, odds, strict=True)})
    return result
