"""Turn Examples into the ladder of rankers: what each family, feature set and kind of label is worth, left out.

Every rung is measured by the same folds as training: no text teaches what is measured on it. But for the one that
tells what ships, a ranker has its say in every turn whose speaker no tag names. The linear ranker is a
softmax regression over standardised features, pulled to zero (D. McFadden, "Conditional logit analysis", 1973).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from audiodrama.bench.training.boosting import Plan, Table, boost, predict
from audiodrama.bench.training.examples import Example
from audiodrama.bench.training.train import CAST, HIDDEN, folds
from audiodrama.script.attribution.features import NAMES
from audiodrama.script.attribution.ranker import LEAST_PROBABILITY, SETTLED

Shares = list[tuple[float, ...]]
"""For each example the likelihood of each candidate."""
Learner = Callable[[Sequence[Example]], Callable[[Sequence[Example]], Shares]]
"""Learns from examples, and then says what it thinks of others."""

_STEPS, _PACE, _RIDGE = 600, 1.0, 3.0
"""Of the linear ranker: steps of descent, their size, the pull to zero."""
GROUPS = {
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
class Rung:
    """What one ranker is worth."""

    name: str
    right: float
    """Share of the turns that it decides rightly, 0 to 1."""
    hinted: float
    """The same of turns whose tag is a pronoun or a description."""
    bare: float
    """The same of turns without a tag."""
    loss: float
    """Mean of minus the logarithm of what it gives to the right ones; less is better."""


def climb(examples: Sequence[Example]) -> Iterator[Rung]:
    """All rungs, each as soon as it is measured."""
    plan = Plan()
    yield _measure("the rules alone", examples, _rules)
    yield _measure(
        "the rules, as softly as the others start", examples, lambda _: lambda asked: predict((), asked, plan.trust)
    )
    yield _measure("linear", examples, _linear)
    yield _measure("boosted stumps", examples, _boosted(replace(plan, leaves=2)))
    yield _measure(f"boosted trees of {plan.leaves} leaves", examples, _boosted(plan))
    yield _measure("the same where the rules are unsure, as shipped", examples, _shipped)
    yield _measure("boosted trees of 8 leaves", examples, _boosted(replace(plan, leaves=8)))
    yield _measure("three times as many", examples, _boosted(replace(plan, rounds=3 * plan.rounds)))
    yield _measure("without the rules to start from", examples, _boosted(replace(plan, trust=0.0)))
    for name, (first, last) in GROUPS.items():
        yield _measure(f"without {name}", examples, _boosted(plan, range(NAMES.index(first), NAMES.index(last) + 1)))
    plain = [e for e in examples if e.weight > CAST]
    yield _measure("taught by LitBank as it is", examples, _boosted(plan), plain)
    told = [e for e in examples if e.weight > HIDDEN]
    yield _measure("and by LitBank with its people told", examples, _boosted(plan), told)


def ladder_table(rungs: Sequence[Rung]) -> Iterator[str]:
    """The lines of a table."""
    yield f"{'ranker':48}{'right':>8}{'hinted':>8}{'bare':>8}{'loss':>8}"
    for rung in rungs:
        shares = "".join(f"{100 * share:8.1f}" for share in (rung.right, rung.hinted, rung.bare))
        yield f"{rung.name:48}{shares}{rung.loss:8.3f}"


def _measure(
    name: str, examples: Sequence[Example], learner: Learner, teachers: Sequence[Example] | None = None
) -> Rung:
    found: list[tuple[Example, bool, float]] = []
    for teaching, asked in folds(examples):
        chosen = teaching if teachers is None else [e for e in teachers if e.text not in {a.text for a in asked}]
        thinks = learner(chosen)
        for example, shares in zip(asked, thinks(asked), strict=True):
            best = max(range(len(shares)), key=lambda at: (shares[at], -at))
            likely = sum(share for share, right in zip(shares, example.right, strict=True) if right)
            found.append((example, example.right[best], max(likely, LEAST_PROBABILITY)))

    def share(*how: str) -> float:
        outcomes = [right for example, right, _ in found if example.how in how]
        return sum(outcomes) / max(1, len(outcomes))

    loss = -sum(math.log(likely) for _, _, likely in found) / max(1, len(found))
    return Rung(name, share("told", "hinted", "bare"), share("hinted"), share("bare"), loss)


def _rules(_teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
    return lambda asked: predict((), asked, 1.0)


def _boosted(plan: Plan, without: Sequence[int] = ()) -> Learner:
    def learn(teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
        trees = boost([_blind(e, without) for e in teaching], plan)
        return lambda asked: predict(trees, [_blind(e, without) for e in asked], plan.trust)

    return learn


def _shipped(teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
    """The trees as ``ranker.rank`` uses them: for hinted turns of which the rules are not sure enough."""
    plan = Plan()
    trees = boost(teaching, plan)

    def think(asked: Sequence[Example]) -> Shares:
        rules, soft, ranked = (
            predict(*by) for by in (((), asked, 1.0), ((), asked, plan.trust), (trees, asked, plan.trust))
        )
        return [
            mine if example.how == "hinted" and max(sure) < SETTLED else own
            for example, sure, own, mine in zip(asked, rules, soft, ranked, strict=True)
        ]

    return think


def _blind(example: Example, without: Sequence[int]) -> Example:
    """The example with some features hidden."""
    if not without:
        return example
    hidden = set(without)
    rows = tuple(tuple(0.0 if at in hidden else x for at, x in enumerate(row)) for row in example.rows)
    return replace(example, rows=rows)


def _linear(teaching: Sequence[Example]) -> Callable[[Sequence[Example]], Shares]:
    plan = Plan()
    table = Table([e for e in teaching if e.how != "told"], 2)
    middle, spread = table.values.mean(axis=0), table.values.std(axis=0) + 1e-9
    inputs = (table.values - middle) / spread
    weights = np.zeros(inputs.shape[1])
    total = table.weight.sum()
    for _ in range(_STEPS):
        share = table.softmax(plan.trust * table.logs + inputs @ weights)
        slope = inputs.T @ (table.weight * (share - table.wanted)) + _RIDGE * weights
        weights = weights - _PACE * slope / total
    return lambda asked: _linear_shares(asked, plan.trust, middle, spread, weights)


def _linear_shares(asked: Sequence[Example], trust: float, middle: Any, spread: Any, weights: Any) -> Shares:
    table = Table(asked, 2)
    doubt = np.array([float(e.how != "told") for e in asked])[table.group]
    share = table.softmax(trust * table.logs + doubt * (((table.values - middle) / spread) @ weights))
    ends = np.cumsum([len(e.rows) for e in asked])
    return [tuple(map(float, part)) for part in np.split(share, ends[:-1])]
