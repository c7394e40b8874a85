"""Turn Examples into the trees of a ranker: gradient boosting of a softmax over each turn's candidates.

Small regression trees, grown best split first over binned features (J. Friedman, "Greedy function approximation: a
gradient boosting machine", 2001; regularised as in T. Chen, C. Guestrin, "XGBoost", 2016). Everything is decided by
the data and a fixed seed, so that the same examples give the same trees, bit for bit.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from audiodrama.bench.training.examples import Example
from audiodrama.script.attribution.ranker import Tree

Array = np.ndarray[Any, np.dtype[Any]]


_SEED = 7
"""Seed by which the features that each tree may use are drawn: any number, always the same."""
_DECIMALS, _EDGE_DECIMALS = 5, 4
"""Decimals of values and thresholds in the weights file, and of quantiles."""
_LEAST_CURVATURE = 1e-3
"""Second derivative that a candidate has at least, so that a sure one does not divide by zero."""
_LEAST_GAIN = 1e-9
"""Gain by which a split must be better than one found earlier, so that rounding does not decide."""


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """How to boost. The values were chosen by hand; ``python -m audiodrama.bench ladder`` measures some of them."""

    rounds: int = 80
    """Number of trees."""
    max_leaves: int = 4
    """Leaves of a tree at most."""
    learning_rate: float = 0.05
    """Share of each tree's correction that counts, 0 to 1."""
    l2: float = 20.0
    """Weight of the penalty on the squares of the leaves' values (XGBoost's lambda)."""
    min_in_leaf: int = 20
    """Candidates in a leaf at least."""
    column_share: float = 0.5
    """Share of the features that a tree may use, 0 to 1."""
    trust: float = 0.5
    """Factor of the rules' log-likelihoods, from which boosting starts."""
    bins: int = 32
    """Bins of a feature at most."""


class Table:
    """Examples as arrays: (candidates, features) in ``values`` and ``binned``, (candidates,) in the others.

    ``group`` is the example that a candidate belongs to, ``logs`` the rules' log-likelihood, ``weight`` how much the
    example counts, ``wanted`` the share of the candidate that would be right; ``edges`` are each feature's thresholds.
    """

    def __init__(self, examples: Sequence[Example], bins: int) -> None:
        sizes = [len(example.rows) for example in examples]
        self.group = np.repeat(np.arange(len(examples)), sizes)
        self.count = len(examples)
        self.values = np.array([row for example in examples for row in example.rows], dtype=np.float64)
        self.logs = np.array([log for example in examples for log in example.logs])
        self.weight = np.array([example.weight for example in examples])[self.group]
        self.wanted = np.array([mark / sum(example.right) for example in examples for mark in example.right])
        self.edges = [_edges(self.values[:, at], bins) for at in range(self.values.shape[1])]
        columns = [np.searchsorted(edges, self.values[:, at], side="left") for at, edges in enumerate(self.edges)]
        self.binned = np.stack(columns, axis=1)

    def softmax(self, sums: Array) -> Array:
        """Probabilities of the candidates of each turn, shape (candidates,), from log-odds of the same shape."""
        top = np.full(self.count, -np.inf)
        np.maximum.at(top, self.group, sums)
        odds = np.exp(sums - top[self.group])
        share: Array = odds / np.bincount(self.group, odds, self.count)[self.group]
        return share


def _edges(values: Array, bins: int) -> Array:
    """Thresholds between bins, ascending, shape (bins - 1,) at most; a value up to the first edge is in bin 0."""
    distinct = np.unique(values)
    if len(distinct) <= bins:
        middles: Array = (distinct[:-1] + distinct[1:]) / 2
        return middles
    cuts: Array = np.unique(np.round(np.quantile(values, np.arange(1, bins) / bins), _EDGE_DECIMALS))
    return cuts


@dataclass(slots=True, eq=False)
class _Leaf:
    """A node of a tree: its candidates, its value, and the best split of it."""

    rows: Array
    value: float
    gain: float = 0.0
    feature: int = -1
    edge: int = -1
    branches: tuple[_Leaf, _Leaf] | None = None


def boost(examples: Sequence[Example], plan: Hyperparameters) -> tuple[Tree, ...]:
    """Train the trees, whose sum corrects ``plan.trust`` times the rules' log-likelihood."""
    table = Table([example for example in examples if example.how != "told"], plan.bins)
    random_columns = random.Random(_SEED)
    sums = plan.trust * table.logs
    trees = []
    features = table.values.shape[1]
    for _ in range(plan.rounds):
        share = table.softmax(sums)
        gradient = table.weight * (share - table.wanted)
        curvature = table.weight * np.maximum(share * (1 - share), _LEAST_CURVATURE)
        chosen = sorted(random_columns.sample(range(features), max(1, round(plan.column_share * features))))
        root = _grow(table, gradient, curvature, chosen, plan)
        tree = _finished(root, table, plan.learning_rate)
        trees.append(tree)
        sums = sums + _apply(tree, table.values)
    return tuple(trees)


def _grow(table: Table, gradient: Array, curvature: Array, chosen: list[int], plan: Hyperparameters) -> _Leaf:
    """Grow a tree: the leaf whose split gains most is split until there are enough."""

    def leaf(rows: Array) -> _Leaf:
        """A leaf of these candidates, with its best split."""
        grown = _Leaf(rows, -float(gradient[rows].sum() / (curvature[rows].sum() + plan.l2)))
        _find_split(grown, table, gradient, curvature, chosen, plan)
        return grown

    root = leaf(np.arange(len(gradient)))
    leaves = [root]
    while len(leaves) < plan.max_leaves:
        best = max(leaves, key=lambda candidate: candidate.gain)
        if best.gain <= 0:
            break
        below = table.binned[best.rows, best.feature] <= best.edge
        best.branches = leaf(best.rows[below]), leaf(best.rows[~below])
        leaves.remove(best)
        leaves += best.branches
    return root


def _find_split(
    leaf: _Leaf, table: Table, gradient: Array, curvature: Array, chosen: list[int], plan: Hyperparameters
) -> None:
    """Find the feature and the edge whose split of a leaf gains most, by XGBoost's formula (2016, eq. 7)."""
    rows = leaf.rows
    g, h = gradient[rows], curvature[rows]
    total_g, total_h = g.sum(), h.sum()
    whole = total_g**2 / (total_h + plan.l2)
    for feature in chosen:
        size = len(table.edges[feature]) + 1
        if size < 2:
            continue
        place = table.binned[rows, feature]
        left_g = np.cumsum(np.bincount(place, g, size))[:-1]
        left_h = np.cumsum(np.bincount(place, h, size))[:-1]
        left_n = np.cumsum(np.bincount(place, minlength=size))[:-1]
        gain = left_g**2 / (left_h + plan.l2) + (total_g - left_g) ** 2 / (total_h - left_h + plan.l2) - whole
        gain = np.where((left_n >= plan.min_in_leaf) & (len(rows) - left_n >= plan.min_in_leaf), gain, 0.0)
        at = int(gain.argmax())
        if gain[at] > leaf.gain + _LEAST_GAIN:
            leaf.gain, leaf.feature, leaf.edge = float(gain[at]), feature, at


def _finished(leaf: _Leaf, table: Table, rate: float) -> Tree:
    """The tree as the weights file has it; rounded, so that the file holds exactly what was trained."""
    if leaf.branches is None:
        return round(rate * leaf.value, _DECIMALS)
    threshold = round(float(table.edges[leaf.feature][leaf.edge]), _DECIMALS)
    below, above = leaf.branches
    return leaf.feature, threshold, _finished(below, table, rate), _finished(above, table, rate)


def _apply(tree: Tree, values: Array) -> Array:
    """The correction of a tree for each candidate, shape (candidates,), from features, (candidates, features)."""
    if not isinstance(tree, tuple):
        return np.full(len(values), tree)
    feature, threshold, below, above = tree
    result: Array = np.where(values[:, feature] <= threshold, _apply(below, values), _apply(above, values))
    return result


def predict(trees: Sequence[Tree], examples: Sequence[Example], trust: float) -> list[tuple[float, ...]]:
    """For each example the probability of each candidate, 0 to 1."""
    table = Table(examples, 2)
    sums = trust * table.logs
    open_to_doubt = 1.0 - np.array([float(example.how == "told") for example in examples])[table.group]
    for tree in trees:
        sums = sums + open_to_doubt * _apply(tree, table.values)
    share = table.softmax(sums)
    ends = np.cumsum([len(example.rows) for example in examples])
    return [tuple(map(float, part)) for part in np.split(share, ends[:-1])]
