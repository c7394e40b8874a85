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


@dataclass(frozen=True, slots=True)
class Plan:
    """How to boost."""

    rounds: int = 80
    leaves: int = 4
    rate: float = 0.05
    """Share of each tree that counts."""
    ridge: float = 20.0
    """Weight that pulls leaves to zero."""
    least: int = 20
    """Candidates in a leaf."""
    columns: float = 0.5
    """Share of the features that a tree may use."""
    trust: float = 0.5
    """Factor of the rules' log-likelihoods, from which boosting starts."""
    bins: int = 32


class Table:
    """Examples as arrays, a row for each candidate."""

    def __init__(self, examples: Sequence[Example], bins: int) -> None:
        sizes = [len(e.rows) for e in examples]
        self.group = np.repeat(np.arange(len(examples)), sizes)
        self.count = len(examples)
        self.values = np.array([row for e in examples for row in e.rows], dtype=np.float64)
        self.logs = np.array([log for e in examples for log in e.logs])
        self.weight = np.array([e.weight for e in examples])[self.group]
        self.wanted = np.array([mark / sum(e.right) for e in examples for mark in e.right])
        self.edges = [_edges(self.values[:, at], bins) for at in range(self.values.shape[1])]
        columns = [np.searchsorted(edges, self.values[:, at], side="left") for at, edges in enumerate(self.edges)]
        self.binned = np.stack(columns, axis=1)

    def softmax(self, sums: Array) -> Array:
        """Shares of the candidates of each turn."""
        top = np.full(self.count, -np.inf)
        np.maximum.at(top, self.group, sums)
        odds = np.exp(sums - top[self.group])
        share: Array = odds / np.bincount(self.group, odds, self.count)[self.group]
        return share


def _edges(values: Array, bins: int) -> Array:
    """Thresholds between bins; a value up to the first edge is in bin 0."""
    found = np.unique(values)
    if len(found) <= bins:
        middles: Array = (found[:-1] + found[1:]) / 2
        return middles
    cuts: Array = np.unique(np.round(np.quantile(values, np.arange(1, bins) / bins), 4))
    return cuts


@dataclass(slots=True, eq=False)
class _Leaf:
    rows: Array
    value: float
    gain: float = 0.0
    feature: int = -1
    edge: int = -1
    branches: tuple[_Leaf, _Leaf] | None = None


def boost(examples: Sequence[Example], plan: Plan) -> tuple[Tree, ...]:
    """The trees, whose sum corrects ``plan.trust`` times the rules' log-likelihood."""
    table = Table([example for example in examples if example.how != "told"], plan.bins)
    dice = random.Random(7)
    sums = plan.trust * table.logs
    trees = []
    features = table.values.shape[1]
    for _ in range(plan.rounds):
        share = table.softmax(sums)
        slope = table.weight * (share - table.wanted)
        bend = table.weight * np.maximum(share * (1 - share), 1e-3)
        chosen = sorted(dice.sample(range(features), max(1, round(plan.columns * features))))
        root = _grow(table, slope, bend, chosen, plan)
        tree = _finished(root, table, plan.rate)
        trees.append(tree)
        sums = sums + _apply(tree, table.values)
    return tuple(trees)


def _grow(table: Table, slope: Array, bend: Array, chosen: list[int], plan: Plan) -> _Leaf:
    """A tree: the leaf that gains most is split until there are enough."""

    def leaf(rows: Array) -> _Leaf:
        made = _Leaf(rows, -float(slope[rows].sum() / (bend[rows].sum() + plan.ridge)))
        _find_split(made, table, slope, bend, chosen, plan)
        return made

    root = leaf(np.arange(len(slope)))
    leaves = [root]
    while len(leaves) < plan.leaves:
        best = max(leaves, key=lambda one: one.gain)
        if best.gain <= 0:
            break
        below = table.binned[best.rows, best.feature] <= best.edge
        best.branches = leaf(best.rows[below]), leaf(best.rows[~below])
        leaves.remove(best)
        leaves += best.branches
    return root


def _find_split(leaf: _Leaf, table: Table, slope: Array, bend: Array, chosen: list[int], plan: Plan) -> None:
    rows = leaf.rows
    g, h = slope[rows], bend[rows]
    total_g, total_h = g.sum(), h.sum()
    whole = total_g**2 / (total_h + plan.ridge)
    for feature in chosen:
        size = len(table.edges[feature]) + 1
        if size < 2:
            continue
        place = table.binned[rows, feature]
        left_g = np.cumsum(np.bincount(place, g, size))[:-1]
        left_h = np.cumsum(np.bincount(place, h, size))[:-1]
        left_n = np.cumsum(np.bincount(place, minlength=size))[:-1]
        gain = left_g**2 / (left_h + plan.ridge) + (total_g - left_g) ** 2 / (total_h - left_h + plan.ridge) - whole
        gain = np.where((left_n >= plan.least) & (len(rows) - left_n >= plan.least), gain, 0.0)
        at = int(gain.argmax())
        if gain[at] > leaf.gain + 1e-9:
            leaf.gain, leaf.feature, leaf.edge = float(gain[at]), feature, at


def _finished(leaf: _Leaf, table: Table, rate: float) -> Tree:
    """Rounded, so that the file holds exactly what was trained."""
    if leaf.branches is None:
        return round(rate * leaf.value, 5)
    threshold = round(float(table.edges[leaf.feature][leaf.edge]), 5)
    below, above = leaf.branches
    return leaf.feature, threshold, _finished(below, table, rate), _finished(above, table, rate)


def _apply(tree: Tree, values: Array) -> Array:
    if not isinstance(tree, tuple):
        return np.full(len(values), tree)
    feature, threshold, below, above = tree
    result: Array = np.where(values[:, feature] <= threshold, _apply(below, values), _apply(above, values))
    return result


def predict(trees: Sequence[Tree], examples: Sequence[Example], trust: float) -> list[tuple[float, ...]]:
    """For each example the likelihood of each candidate."""
    table = Table(examples, 2)
    sums = trust * table.logs
    open_to_doubt = 1.0 - np.array([float(e.how == "told") for e in examples])[table.group]
    for tree in trees:
        sums = sums + open_to_doubt * _apply(tree, table.values)
    share = table.softmax(sums)
    ends = np.cumsum([len(e.rows) for e in examples])
    return [tuple(map(float, part)) for part in np.split(share, ends[:-1])]
