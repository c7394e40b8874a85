"""Manners become directions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.sound.takes.delivery import (
    FASTEST,
    FLATTEST,
    HIGHEST,
    LIVELIEST,
    LOUDEST,
    NEUTRAL,
    SLOWEST,
    SOFTEST,
    prosody_for,
)


@pytest.mark.parametrize("manner", ["", "said", "replied", "across the room", "not loudly", "without anger, softly"])
def test_a_manner_that_a_voice_cannot_show_is_neutral(manner: str) -> None:
    assert prosody_for(manner) == NEUTRAL


@pytest.mark.parametrize("manner", ["whispered", "murmured", "under her breath", "muttered to himself", "softly"])
def test_a_hushed_manner_is_softer(manner: str) -> None:
    assert prosody_for(manner).gain <= -2


@pytest.mark.parametrize("manner", ["shouted", "yelled", "at the top of his lungs", "screaming", "bellows", "Roared"])
def test_a_raised_voice_is_louder_and_higher(manner: str) -> None:
    assert prosody_for(manner).gain >= 2
    assert prosody_for(manner).pitch > 0


@pytest.mark.parametrize(
    ("inflected", "plain"),
    [("growling", "growl"), ("snapped", "snap"), ("cries", "cry"), ("breathed", "breathe"), ("wept", "weep")],
)
def test_inflections_mean_the_same_as_the_plain_verb(inflected: str, plain: str) -> None:
    assert prosody_for(inflected) == prosody_for(plain) != NEUTRAL


def test_an_adverb_adds_to_the_verb() -> None:
    assert prosody_for("muttered angrily").gain > prosody_for("muttered").gain
    assert prosody_for("said dryly").pitch_range < 1


WORDS = "whisper shriek growl sob blurt drawl sigh shout dryly eagerly slowly"


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split())))
def test_no_number_of_manners_bends_a_voice_beyond_the_bounds(words: list[str]) -> None:
    found = prosody_for(" ".join(words))
    assert SLOWEST <= found.rate <= FASTEST
    assert abs(found.pitch) <= HIGHEST
    assert FLATTEST <= found.pitch_range <= LIVELIEST
    assert SOFTEST <= found.gain <= LOUDEST
