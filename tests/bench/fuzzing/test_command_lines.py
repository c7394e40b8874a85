"""No random command line ends in a traceback, or changes a file that it does not name as a result."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.bench.fuzzing.command_lines import run_one


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_every_command_line_ends_well(random: Random) -> None:
    assert run_one(random) is None
