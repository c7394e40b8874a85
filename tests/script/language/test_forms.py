"""Every file in ``tests/cases/forms`` gives examples of what patterns of English match, and of what they do not.

The format is described in ``tests/cases/README.md``. A pattern names beside an alternative the file that needs it.
"""

from __future__ import annotations

import re
from operator import attrgetter
from pathlib import Path

import pytest

from audiodrama.script.language.en import ENGLISH
from tests.helpers.cases import CUT, Case, Row, case_paths, load_case


def examples_of(case: Case) -> list[str]:
    """The examples, one a line; a space at the end of one is kept by a sign behind it."""
    lines = (line for line in case.passage.split("\n") if line)
    return [line.removesuffix(CUT.strip()) if line.endswith(CUT) else line for line in lines]


def pattern_of(who: str) -> re.Pattern[str]:
    """``turns.crowd`` is a pattern; ``descriptions.calling_of cook`` is made for a word."""
    field, _, word = who.partition(" ")
    found = attrgetter(field)(ENGLISH)
    pattern = found(word) if word else found
    assert isinstance(pattern, re.Pattern)
    return pattern


def come_out(example: str, expected: Row) -> Row:
    """A row ``PATTERN | what of the example it matches``, or ``not PATTERN |``."""
    who = expected.who.removeprefix("not ")
    match = pattern_of(who).search(example)
    return Row(who, match.group().strip()) if match else Row(f"not {who}")


@pytest.mark.parametrize("path", case_paths("forms"), ids=lambda path: path.stem)
def test_a_pattern_matches_its_examples_and_not_the_others(path: Path) -> None:
    case = load_case(path)
    came = [come_out(example, row) for example, row in zip(examples_of(case), case.rows, strict=True)]
    assert [str(row) for row in came] == [str(row) for row in case.rows], case.trap
