"""The ablation study shows what a family of rankers and a set of features are worth."""

from __future__ import annotations

from itertools import pairwise

import pytest

from audiodrama.bench.training.ablation import FEATURE_GROUPS, Result, ablate, ablation_table
from audiodrama.bench.training.examples import Example
from audiodrama.script.attribution.features import NAMES, TagKind


def example(number: int) -> Example:
    """Two candidates that differ in one feature, which decides; the rules do not know."""
    best = number % 2
    rows = tuple(tuple(float(name == "tag_agrees" and at == best) for name in NAMES) for at in (0, 1))
    how: TagKind = "hinted" if number % 3 else "bare"
    return Example(f"text {number % 7}", rows, (-0.7, -0.7), (best == 0, best == 1), 1.0, how)


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    return {result.name: result for result in ablate([example(number) for number in range(140)])}


def test_every_family_learns_what_the_rules_do_not_know(results: dict[str, Result]) -> None:
    rules = results["the rules alone"]
    assert rules.right == pytest.approx(0.5, abs=0.1)
    for name in ("linear", "boosted stumps", "boosted trees of 4 leaves"):
        assert results[name].right == 1.0, name
        assert results[name].loss < rules.loss, name


def test_without_the_features_that_decide_there_is_nothing_to_learn(results: dict[str, Result]) -> None:
    assert results["without tags"].right < 0.7
    assert results["without calling by name"].right == 1.0


def test_the_groups_that_are_left_out_are_all_the_features_and_each_once() -> None:
    places = [(NAMES.index(first), NAMES.index(last)) for first, last in FEATURE_GROUPS.values()]
    assert (places[0][0], places[-1][1]) == (0, len(NAMES) - 1)
    assert all(start == end + 1 for (_, end), (start, _) in pairwise(places))


def test_the_table_has_a_row_for_every_ranker(results: dict[str, Result]) -> None:
    rows = list(ablation_table(list(results.values())))
    assert len(rows) == len(results) + 1
    assert all(row.startswith(name) for row, name in zip(rows[1:], results, strict=True))
