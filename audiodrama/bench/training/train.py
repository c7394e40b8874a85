"""Turn LitBank and prose into the weights file of the ranker, with what cross-validation says of them.

Folds are made by text: no text teaches what is measured on it. The confidence is calibrated on the predictions for
the texts left out (J. Platt, "Probabilistic outputs for support vector machines", 1999): with no more than some
fourteen hundred turns, two numbers are told more surely than a curve.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audiodrama.bench.training.boosting import Plan, boost, predict
from audiodrama.bench.training.examples import Example, make_examples
from audiodrama.bench.training.litbank import read_litbank, told_of
from audiodrama.bench.training.masked_tags import hide, read_prose
from audiodrama.bench.training.samples import Sample
from audiodrama.script.attribution.features import NAMES
from audiodrama.script.attribution.ranker import LEAST_PROBABILITY, Tree

_FOLDS = 5
CAST, HIDDEN = 0.6, 0.3
"""Weights of labels beside those of LitBank read without help."""
_STEPS = 40
_RIDGE = 0.001
"""Keeps the fit finite where every answer is right."""

Kept = tuple[float, bool, float]
"""Of a turn left out: likelihood of the best candidate, whether it is right, how much the label counts."""


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
        samples += [text, _weighed(told_of(text), CAST), *hide(text.name, text.text, HIDDEN)]
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
    confidence = calibrate(kept)
    trees = boost(examples, plan)
    right = sum(outcomes) / max(1, len(outcomes))
    return Trained(write_weights(trees, plan.trust, confidence), len(examples), sum(rules) / max(1, len(rules)), right)


def folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Examples to learn from and, of other texts, examples to be asked about; those with hidden tags only teach."""
    fold_of = {name: at % _FOLDS for at, name in enumerate(sorted({e.text for e in examples}))}
    for fold in range(_FOLDS):
        teaching = [e for e in examples if fold_of[e.text] != fold]
        asked = [e for e in examples if fold_of[e.text] == fold and e.weight > HIDDEN]
        if teaching and asked:
            yield teaching, asked


def _cross_validate(examples: Sequence[Example], plan: Plan) -> tuple[list[Kept], list[bool], list[bool]]:
    """Turns of texts left out, for calibration; whether the ranker is right about them; whether the rules are."""
    kept: list[Kept] = []
    outcomes: list[bool] = []
    rules: list[bool] = []
    for teaching, asked in folds(examples):
        trees = boost(teaching, plan)
        for example, shares in zip(asked, predict(trees, asked, plan.trust), strict=True):
            best = max(range(len(shares)), key=lambda at: (shares[at], -at))
            kept.append((shares[best], example.right[best], example.weight))
            outcomes.append(example.right[best])
            rules.append(example.right[max(range(len(shares)), key=lambda at: (example.logs[at], -at))])
    return kept, outcomes, rules


def calibrate(kept: Sequence[Kept]) -> tuple[float, float]:
    """Shift and stretch of log-odds that make confidences of likelihoods: two numbers, fitted by Newton's method."""
    likely = np.clip([p for p, _, _ in kept], LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    inputs = np.stack([np.ones(len(kept)), np.log(likely / (1 - likely))], axis=1)
    right = np.array([float(r) for _, r, _ in kept])
    count = np.array([w for _, _, w in kept])
    weights = np.array([0.0, 1.0])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (count * (share - right)) + _RIDGE * (weights - (0.0, 1.0))
        bend = (inputs * (count * share * (1 - share))[:, None]).T @ inputs + _RIDGE * np.eye(2)
        weights = weights - np.linalg.solve(bend, slope)
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def write_weights(trees: Sequence[Tree], trust: float, confidence: tuple[float, float]) -> str:
    """The text of a weights file; a tree a line."""
    if not all(map(math.isfinite, confidence)):
        raise ValueError("a confidence is no number")
    lines = ",\n  ".join(json.dumps(tree) for tree in trees)
    return (
        f'{{"features": {json.dumps(NAMES)},\n "trust": {trust},\n "confidence": {json.dumps(confidence)},\n'
        f' "trees": [\n  {lines}\n ]}}\n'
    )
