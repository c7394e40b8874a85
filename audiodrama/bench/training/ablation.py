"""Compare rankers in an ablation study: what each family, group of features and kind of label is worth.

Each ranker is cross-validated by the same folds as training: no text teaches what is measured on it. All but the one
that ships decide every turn whose speaker no tag names. The linear ranker is a softmax regression over standardised
features with an L2 penalty (D. McFadden, "Conditional logit analysis", 1973).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from audiodrama.bench.training.boosting import Hyperparameters, Table, boost, predict
from audiodrama.bench.training.examples import Example
from audiodrama.bench.training.train import CAST, HIDDEN, folds
from audiodrama.script.attribution.features import NAMES
from audiodrama.script.attribution.ranker import LEAST_PROBABILITY, SETTLED

Shares = list[tuple[float, ...]]
"""For each example the probability of each candidate, 0 to 1."""
Learner = Callable[[Sequence[Example]], Callable[[Sequence[Example]], Shares]]
"""Trains on examples, and gives a function that predicts the shares of others."""

_STEPS, _LEARNING_RATE, _L2 = 600, 1.0, 3.0
"""Steps of gradient descent of the linear ranker, their size, and the weight of its penalty. Chosen by hand."""
_LEAST_SPREAD = 1e-9
"""Standard deviation of a feature that is always the same."""
_PERCENT = 100
_MORE_LEAVES, _MORE_ROUNDS = 8, 3
"""Leaves of the larger trees; factor of the longer training."""
FEATURE_GROUPS = {
    "what the rules make of it": ("score", "nearby"),
    "who speaks around": ("candidates", "gap_after"),
    "tags": ("tagged", "meant"),
    "calling by name": ("called_here", "anybody_called"),
    "names before and after": ("rank", "named_in_12"),
    "names in the paragraph": ("early", "pronouns_agree"),
    "the paragraphs around": ("last_above", "narration_here"),
    "the figure, the speech": ("narrates", "asks"),
}
"""First and last feature of each group that is left out in turn."""


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one ranker."""

    name: str
    right: float
    """Share of the turns whose speaker it finds, 0 to 1."""
    hinted: float
    """The same of turns whose tag is a pronoun or a description."""
    bare: float
    """The same of turns without a tag."""
    loss: float
    """Mean cross-entropy in nats; less is better."""


def ablate(examples: Sequence[Example]) -> Iterator[Result]:
    """The figures of all rankers, each as soon as it is measured."""
    plan = Hyperparameters()
    yield _measure("the rules alone", examples, _rules)
    yield _measure(
        "the rules, as softly as the others start", examples, lambda _: lambda asked: predict((), asked, plan.trust)
    )
    yield _measure("linear", examples, _linear)
    yield _measure("boosted stumps", examples, _boosted(replace(plan, max_leaves=2)))
    yield _measure(f"boosted trees of {plan.max_leaves} leaves", examples, _boosted(plan))
    yield _measure("the same where the rules are unsure, as shipped", examples, _shipped)
    yield _measure("boosted trees of 8 leaves", examples, _boosted(replace(plan, max_leaves=_MORE_LEAVES)))
    yield _measure("three times as many", examples, _boosted(replace(plan, rounds=_MORE_ROUNDS * plan.rounds)))
    yield _measure("without the rules to start from", examples, _boosted(replace(plan, trust=0.0)))
    for name, (first, last) in FEATURE_GROUPS.items():
        yield _measure(f"without {name}", examples, _boosted(plan, range(NAMES.index(first), NAMES.index(last) + 1)))
    plain = [example for example in examples if example.weight > CAST]
    yield _measure("taught by LitBank as it is", examples, _boosted(plan), plain)
    unmasked = [example for example in examples if example.weight > HIDDEN]
    yield _measure("and by LitBank with its people told", examples, _boosted(plan), unmasked)


def ablation_table(results: Sequence[Result]) -> Iterator[str]:
    """The lines of a table, a row a ranker."""
    yield f"{'ranker':48}{'right':>8}{'hinted':>8}{'bare':>8}{'loss':>8}"
    for result in results:
        shares = "".join(f"{_PERCENT * share:8.1f}" for share in (result.right, result.hinted, result.bare))
        yield f"{result.name:48}{shares}{result.loss:8.3f}"


def _measure(
    name: str, examples: Sequence[Example], learner: Learner, teachers: Sequence[Example] | None = None
) -> Result:
    """Cross-validate a ranker.

    Args:
        name: the row of the table.
        examples: what the ranker is measured on.
        learner: trains the ranker.
        teachers: what it is trained on, fold by fold; None for ``examples``.
    """
    outcomes: list[tuple[Example, bool, float]] = []
    for teaching, asked in folds(examples):
        trained_on = teaching if teachers is None else _of_other_texts(teachers, asked)
        predicted = learner(trained_on)
        for example, shares in zip(asked, predicted(asked), strict=True):
            best = max(range(len(shares)), key=lambda at: (shares[at], -at))
            likely = sum(share for share, right in zip(shares, example.right, strict=True) if right)
            outcomes.append((example, example.right[best], max(likely, LEAST_PROBABILITY)))

    def share(*how: str) -> float:
        """Share of the turns of these kinds whose speaker is found, 0 to 1."""
        chosen = [right for example, right, _ in outcomes if example.how in how]
        return sum(chosen) / max(1, len(chosen))

    loss = -sum(math.log(likely) for _, _, likely in outcomes) / max(1, len(outcomes))
    return Result(name, share("told", "hinted", "bare"), share("hinted"), share("bare"), loss)


def _of_other_texts(teachers: Sequence[Example], asked: Sequence[Example]) -> list[Example]:
    """Those of the teachers whose text is not asked about."""
    texts = {example.text for example in asked}
    return [example for example in teachers if example.text not in texts]


def _rules(_teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
    """The rules without a ranker."""
    return lambda asked: predict((), asked, 1.0)


def _boosted(plan: Hyperparameters, without: Sequence[int] = ()) -> Learner:
    """Boosted trees, which do not see the features at the indexes ``without``."""

    def learn(teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
        """Train without the features."""
        trees = boost([_without_features(example, without) for example in teaching], plan)
        return lambda asked: predict(trees, [_without_features(example, without) for example in asked], plan.trust)

    return learn


def _shipped(teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
    """The trees as ``ranker.rank`` uses them: for hinted turns of which the rules are not sure enough."""
    plan = Hyperparameters()
    trees = boost(teaching, plan)

    def predicted(asked: Sequence[Example]) -> Shares:
        """The trees' shares where the shipped ranker uses them, else the rules'."""
        rules, soft, ranked = (
            predict(*by) for by in (((), asked, 1.0), ((), asked, plan.trust), (trees, asked, plan.trust))
        )
        return [
            by_trees if example.how == "hinted" and max(by_rules) < SETTLED else softened
            for example, by_rules, softened, by_trees in zip(asked, rules, soft, ranked, strict=True)
        ]

    return predicted


def _without_features(example: Example, without: Sequence[int]) -> Example:
    """The example with the features at the indexes ``without`` set to 0."""
    if not without:
        return example
    hidden = set(without)
    rows = tuple(tuple(0.0 if at in hidden else x for at, x in enumerate(row)) for row in example.rows)
    return replace(example, rows=rows)


def _linear(teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
    """The linear ranker."""
    plan = Hyperparameters()
    table = Table([example for example in teaching if example.how != "told"], 2)
    mean, spread = table.values.mean(axis=0), table.values.std(axis=0) + _LEAST_SPREAD
    inputs = (table.values - mean) / spread
    weights = np.zeros(inputs.shape[1])
    total = table.weight.sum()
    for _ in range(_STEPS):
        share = table.softmax(plan.trust * table.logs + inputs @ weights)
        gradient = inputs.T @ (table.weight * (share - table.wanted)) + _L2 * weights
        weights = weights - _LEARNING_RATE * gradient / total
    return lambda asked: _linear_shares(asked, plan.trust, mean, spread, weights)


def _linear_shares(asked: Sequence[Example], trust: float, mean: Any, spread: Any, weights: Any) -> Shares:
    """The shares of the linear ranker; turns whose tag names the speaker keep those of the rules."""
    table = Table(asked, 2)
    doubt = np.array([float(example.how != "told") for example in asked])[table.group]
    share = table.softmax(trust * table.logs + doubt * (((table.values - mean) / spread) @ weights))
    ends = np.cumsum([len(example.rows) for example in asked])
    return [tuple(map(float, part)) for part in np.split(share, ends[:-1])]
