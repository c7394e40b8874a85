"""The palette: what its table says of a voice is what is heard."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from audiodrama.bench.casting.voice_levels import REFERENCE, loudness, pitch, samples_of
from audiodrama.model import VoiceInfo
from audiodrama.sound.engines.espeak import palette
from audiodrama.sound.engines.espeak.engine import EspeakEngine

CARDS = palette.cards()
OTHER_PASSAGE = (
    "There were nine steps down to the cellar and the fourth one creaked. He counted them in the dark, as he had done "
    "every night since the winter began. Who had left the door open? It could only have been the new clerk, or the "
    "wind, which was strong enough. In the corner stood two barrels, a broken chair and a box that he did not know."
)
"""Not the one that the palette was measured with."""


def semitones(one: float, other: float) -> float:
    return abs(12 * float(np.log2(one / other)))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_voice_has_the_pitch_and_the_level_that_its_card_says(card: VoiceInfo) -> None:
    samples, rate = samples_of(card.name, OTHER_PASSAGE)
    assert loudness(samples, rate) + card.gain == pytest.approx(REFERENCE, abs=1.5)
    if card.automatic:
        assert semitones(pitch(samples, rate), card.hertz) < 0.75
        assert card.gender == ("female" if card.hertz > 165 else "male") or card.age == "child"


def test_there_are_at_least_thirty_voices_for_automatic_casting_and_all_exist() -> None:
    assert sum(card.automatic for card in CARDS) >= 30
    assert len({card.name for card in CARDS}) == len(CARDS)
    assert all(EspeakEngine().knows(card.name) and card.engine == "espeak" and card.about for card in CARDS)


@pytest.mark.parametrize("gender", ["female", "male"])
def test_there_are_children_young_people_and_two_old_ones_of_both_genders(gender: str) -> None:
    ages = [card.age for card in CARDS if card.gender == gender and card.automatic]
    assert ages.count("child") >= 2
    assert ages.count("old") >= 2
    assert ages.count("young") >= 2
    assert ages.count("adult") >= 10


def test_whispers_and_robots_are_there_but_not_for_automatic_casting() -> None:
    effects = {card.name for card in CARDS if not card.automatic}
    assert {"en-us+whisper", "en-us+whisperf", "en-us+UniRobot"} <= effects


def test_the_first_choices_are_women_and_men_by_turns_and_clearly_apart() -> None:
    first = CARDS[:12]
    assert all(one.gender != other.gender and semitones(one.hertz, other.hertz) > 3 for one, other in pairwise(first))
    for one, other in combinations(first, 2):
        assert semitones(one.hertz, other.hertz) > 0.9 or one.accent != other.accent, (one.name, other.name)


def test_no_two_grown_ups_of_automatic_casting_are_one_timbre_with_one_accent() -> None:
    timbres = [(card.name.partition("+")[2], card.accent) for card in CARDS if card.automatic]
    assert len(set(timbres)) == len(timbres)
    assert {"US", "British", "British (RP)", "Scottish", "Caribbean"} <= {accent for _, accent in timbres}


@pytest.mark.parametrize(
    "voice", ["en-gb+Reed", "en-029+m3", "en-us-nyc+f3", "en-gb-x-rp+Andy", "en-gb", "en-us+klatt"]
)
def test_a_voice_beside_the_palette_is_levelled_as_well(voice: str) -> None:
    assert voice not in {card.name for card in CARDS}
    assert loudness(*samples_of(voice, OTHER_PASSAGE)) + palette.gain(voice) == pytest.approx(REFERENCE, abs=1.5)
