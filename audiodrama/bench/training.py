"""Turn LitBank and prose into the weights file of the ranker, with what cross-validation says of them.

Folds are made by text: no text teaches what is measured on it. The confidence is calibrated on the predictions for
the texts left out (isotonic regression: R. Barlow et al., "Statistical inference under order restrictions", 1972).
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiodrama.bench.boosting import Plan, boost, predict
from audiodrama.bench.examples import Example, make_examples
from audiodrama.bench.hiding import hide, read_prose
from audiodrama.bench.litbank import read_litbank, told_of
from audiodrama.bench.samples import Sample
from audiodrama.script.features import NAMES
from audiodrama.script.ranker import Tree

_FOLDS = 5
_CAST, _HIDDEN = 0.6, 0.3
"""Weights of labels beside those of LitBank read without help."""
_GRID = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 1.0)
"""Likelihoods for which the confidence is kept."""
_KERNEL = 60
"""Predictions on either side that smooth a share."""
_CEILING = 0.98


@dataclass(frozen=True, slots=True)
class Trained:
    """The result of a training run."""

    text: str
    """The weights file."""
    turns: int
    """Labelled turns that taught."""
    rules: float
    """Share of LitBank's turns that the rules decide rightly, 0 to 1."""
    ranked: float
    """The same for the ranker, on texts that it was not trained on."""


def collect(litbank: Path, prose_folders: Sequence[Path]) -> list[Example]:
    """All examples: LitBank as it is, with its people told, with its tags hidden; then the prose, tags hidden."""
    texts = read_litbank(litbank)
    samples: list[Sample] = []
    for text in texts:
        samples += [text, _weighed(told_of(text), _CAST), *hide(text.name, text.text, _HIDDEN)]
    for folder in prose_folders:
        samples += read_prose(folder)
    return list(make_examples(samples))


def _weighed(sample: Sample, weight: float) -> Sample:
    return Sample(sample.name, sample.text, sample.spoken, weight, sample.roster)


def train(examples: Sequence[Example], plan: Plan | None = None) -> Trained:
    """Train, validate, calibrate.

    Args:
        examples: as ``collect`` makes them.
        plan: how to boost.
    """
    plan = plan or Plan()
    kept, outcomes, rules = _cross_validate(examples, plan)
    knots = calibrate(kept)
    trees = boost(examples, plan)
    right = sum(outcomes) / max(1, len(outcomes))
    return Trained(write_weights(trees, plan.trust, knots), len(examples), sum(rules) / max(1, len(rules)), right)


def _cross_validate(examples: Sequence[Example], plan: Plan) -> tuple[list[tuple[float, bool]], list[bool], list[bool]]:
    """(likelihood of the best, whether it is right) for turns of texts left out; outcomes of ranker and rules."""
    names = sorted({e.text for e in examples})
    fold_of = {name: at % _FOLDS for at, name in enumerate(names)}
    kept: list[tuple[float, bool]] = []
    outcomes: list[bool] = []
    rules: list[bool] = []
    for fold in range(_FOLDS):
        teaching = [e for e in examples if fold_of[e.text] != fold]
        asked = [e for e in examples if fold_of[e.text] == fold and e.weight > _HIDDEN]
        if not teaching or not asked:
            continue
        trees = boost(teaching, plan)
        for example, shares in zip(asked, predict(trees, asked, plan.trust), strict=True):
            best = max(range(len(shares)), key=lambda at: (shares[at], -at))
            kept.append((shares[best], example.right[best]))
            outcomes.append(example.right[best])
            rules.append(example.right[max(range(len(shares)), key=lambda at: (example.logs[at], -at))])
    return kept, outcomes, rules


def calibrate(kept: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Knots (likelihood, share that is right), both rising, by isotonic regression, smoothed."""
    pairs = sorted(kept)
    blocks: list[list[float]] = []
    for _, right in pairs:
        blocks.append([float(right), 1.0])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    fitted = [total / count for total, count in blocks for _ in range(int(count))]
    likely = [p for p, _ in pairs]
    knots, last = [], 0.0
    for point in _GRID:
        at = bisect_left(likely, point)
        near = fitted[max(0, at - _KERNEL) : at + _KERNEL]
        share = sum(near) / len(near) if near else point
        last = max(last, round(min(share, _CEILING), 4))
        knots.append((point, last))
    return tuple(knots)


def write_weights(trees: Sequence[Tree], trust: float, knots: Sequence[tuple[float, float]]) -> str:
    """The text of a weights file; a tree a line."""
    if any(not math.isfinite(x) for knot in knots for x in knot):
        raise ValueError("a confidence is no number")
    lines = ",\n  ".join(json.dumps(tree) for tree in trees)
    return (
        f'{{"features": {json.dumps(NAMES)},\n "trust": {trust},\n "confidence": {json.dumps(knots)},\n'
        f' "trees": [\n  {lines}\n ]}}\n'
    )
