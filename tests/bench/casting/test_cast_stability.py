"""What is measured when a character joins a cast."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiodrama.bench.__main__ import main
from audiodrama.bench.casting.cast_stability import (
    CAST_SIZES,
    NEWCOMER_LINES,
    PLACES,
    cast_by_rules,
    distinctness,
    stability,
)
from audiodrama.model import Cast, Script, Voice


def by_number(script: Script) -> Cast:
    """A caster that gives each character the next voice, by name: a newcomer moves all behind it."""
    names = sorted(person.name for person in script.people)
    voices = [f"en-us+{name}" for name in ("f3", "Nguyen", "steph2", "Lee", "Andrea", "Reed", "shelby", "Andy", "ed")]
    cast = cast_by_rules(script)
    roles = (replace(role, voice=Voice(voices[names.index(role.name)], "espeak")) for role in cast.roles)
    return replace(cast, roles=tuple(roles))


def by_one_voice(script: Script) -> Cast:
    """A caster that gives all characters one voice."""
    cast = cast_by_rules(script)
    return replace(cast, roles=tuple(replace(role, voice=cast.narrator.voice) for role in cast.roles))


def test_nobody_is_reshuffled_by_who_enters_after_the_others() -> None:
    rows = list(stability(stories=10))
    assert len(rows) == len(CAST_SIZES) * len(NEWCOMER_LINES) * len(PLACES)
    assert all(row.voices == row.stories == 1.0 for row in rows if row.place != PLACES[0])
    assert rows == list(stability(stories=10))


def test_a_caster_that_goes_by_the_order_of_names_is_found_out() -> None:
    for row in stability(by_number, stories=20):
        assert 0.2 < row.voices < 0.8
        assert row.stories < 0.5


def test_people_with_one_voice_are_found_out() -> None:
    for row in distinctness(by_one_voice, stories=5):
        assert (row.enough, row.leads, row.place) == (0.0, 0.0, 0.0)
        assert row.same >= 5 * row.people
    assert all(row.same == 0 and row.enough > 0.9 for row in distinctness(stories=5))


def test_the_command_prints_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["casting", "--stories", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[2:8]] == [
        [str(size), str(count)] for size in CAST_SIZES for count in NEWCOMER_LINES
    ]
    assert [line.split()[0] for line in lines[-2:]] == list(map(str, CAST_SIZES))
