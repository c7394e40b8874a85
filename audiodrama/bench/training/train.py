"""Train the ranker on LitBank and prose: the weights file, and what cross-validation says of it.

Folds are made by text: no text teaches what is measured on it. The confidence is calibrated on the predictions for
the texts left out (J. Platt, "Probabilistic outputs for support vector machines", 1999): with no more than some
fourteen hundred turns, two numbers are estimated better than a curve.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audiodrama.bench.training.boosting import Hyperparameters, boost, predict
from audiodrama.bench.training.examples import Example, make_examples
from audiodrama.bench.training.litbank import read_litbank, with_roster
from audiodrama.bench.training.masked_tags import mask, read_prose
from audiodrama.bench.training.samples import Sample
from audiodrama.script.attribution.features import NAMES
from audiodrama.script.attribution.ranker import LEAST_PROBABILITY, Tree

_FOLDS = 5
"""Parts of the texts, each of which is left out once."""
CAST, HIDDEN = 0.6, 0.3
"""Weights of a label of LitBank that is read with its cast list, and of one with its tag masked, beside 1 for LitBank
as it is. Chosen by hand; the last rows of ``python -m audiodrama.bench ladder`` measure what such labels are worth."""
_STEPS = 40
"""Steps of Newton's method, far more than it needs."""
_L2 = 0.001
"""Weight of a penalty that keeps the fit finite where every answer is right."""
_DECIMALS = 4
"""Decimals of the calibration in the weights file."""

LeftOut = tuple[float, bool, float]
"""A turn of a text left out: probability of the best candidate, whether it is right, how much the label counts."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The result of a training run."""

    text: str
    """The text of the weights file."""
    turns: int
    """Labelled turns that it was trained on."""
    rules: float
    """Share of LitBank's turns whose speaker the rules find, 0 to 1."""
    ranked: float
    """The same for the ranker, on texts that it was not trained on."""


def collect(litbank: Path, prose_folders: Sequence[Path]) -> list[Example]:
    """All examples: LitBank as it is, with its cast list, with masked tags; then the prose with masked tags."""
    texts = read_litbank(litbank)
    samples: list[Sample] = []
    for text in texts:
        samples += [text, _weighed(with_roster(text), CAST), *mask(text.name, text.text, HIDDEN)]
    for folder in prose_folders:
        samples += read_prose(folder)
    return list(make_examples(samples))


def _weighed(sample: Sample, weight: float) -> Sample:
    """The sample with labels that count ``weight``."""
    return Sample(sample.name, sample.text, sample.spoken, weight, sample.roster)


def train(examples: Sequence[Example], plan: Hyperparameters | None = None) -> Trained:
    """Cross-validate, calibrate, and train on all examples.

    Args:
        examples: what ``collect`` gives.
        plan: how to boost; None for the defaults.
    """
    plan = plan or Hyperparameters()
    left_out, outcomes, rules = _cross_validate(examples, plan)
    confidence = calibrate(left_out)
    trees = boost(examples, plan)
    right = sum(outcomes) / max(1, len(outcomes))
    return Trained(write_weights(trees, plan.trust, confidence), len(examples), sum(rules) / max(1, len(rules)), right)


def folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """For each fold (training examples, test examples of other texts); those with masked tags are for training only."""
    fold_of = {name: at % _FOLDS for at, name in enumerate(sorted({example.text for example in examples}))}
    for fold in range(_FOLDS):
        teaching = [example for example in examples if fold_of[example.text] != fold]
        inside = (example for example in examples if fold_of[example.text] == fold)
        asked = [example for example in inside if example.weight > HIDDEN]
        if teaching and asked:
            yield teaching, asked


def _cross_validate(examples: Sequence[Example], plan: Hyperparameters) -> tuple[list[LeftOut], list[bool], list[bool]]:
    """Turns of texts left out, for calibration; whether the ranker is right about each; whether the rules are."""
    left_out: list[LeftOut] = []
    outcomes: list[bool] = []
    rules: list[bool] = []
    for teaching, asked in folds(examples):
        trees = boost(teaching, plan)
        for example, shares in zip(asked, predict(trees, asked, plan.trust), strict=True):
            best = max(range(len(shares)), key=lambda at: (shares[at], -at))
            left_out.append((shares[best], example.right[best], example.weight))
            outcomes.append(example.right[best])
            rules.append(example.right[max(range(len(shares)), key=lambda at: (example.logs[at], -at))])
    return left_out, outcomes, rules


def calibrate(left_out: Sequence[LeftOut]) -> tuple[float, float]:
    """Fit (intercept, slope) of the log-odds that make confidences of probabilities, by Newton's method."""
    likely = np.clip([prob for prob, _, _ in left_out], LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    inputs = np.stack([np.ones(len(left_out)), np.log(likely / (1 - likely))], axis=1)
    right = np.array([float(is_right) for _, is_right, _ in left_out])
    count = np.array([weight for _, _, weight in left_out])
    weights = np.array([0.0, 1.0])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (count * (share - right)) + _L2 * (weights - (0.0, 1.0))
        hessian = (inputs * (count * share * (1 - share))[:, None]).T @ inputs + _L2 * np.eye(2)
        weights = weights - np.linalg.solve(hessian, gradient)
    return round(float(weights[0]), _DECIMALS), round(float(weights[1]), _DECIMALS)


def write_weights(trees: Sequence[Tree], trust: float, confidence: tuple[float, float]) -> str:
    """The text of a weights file, JSON with a tree a line.

    Raises:
        ValueError: the calibration did not converge.
    """
    if not all(map(math.isfinite, confidence)):
        raise ValueError("a confidence is no number")
    lines = ",\n  ".join(json.dumps(tree) for tree in trees)
    return (
        f'{{"features": {json.dumps(NAMES)},\n "trust": {trust},\n "confidence": {json.dumps(confidence)},\n'
        f' "trees": [\n  {lines}\n ]}}\n'
    )
