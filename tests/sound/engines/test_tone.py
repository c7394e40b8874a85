"""The engine tone: everything about it is exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiodrama.bench.casting.voice_levels import loudness
from audiodrama.errors import EngineError
from audiodrama.model import Utterance
from audiodrama.sound.engines.protocol import Engine
from audiodrama.sound.engines.tone import ToneEngine

ENGINE = ToneEngine()


def samples(utterance: Utterance) -> np.typing.NDArray[np.float64]:
    return np.frombuffer(ENGINE.speak(utterance).pcm, "<i2") / 32768.0


def frequency(values: np.typing.NDArray[np.float64]) -> float:
    spectrum = np.abs(np.fft.rfft(values * np.hanning(len(values)), 1 << 20))
    return float(spectrum.argmax() * 22050 / (1 << 20))


def test_tone_is_an_engine() -> None:
    assert isinstance(ENGINE, Engine)


@given(st.text("ab ,.", min_size=1, max_size=60).filter(lambda text: "a" in text), st.floats(0.3, 3))
def test_every_character_lasts_60_milliseconds_divided_by_the_rate(text: str, rate: float) -> None:
    assert len(ENGINE.speak(Utterance(text, "tone", "220Hz", rate)).pcm) == 2 * round(len(text) * 1323 / rate)


@pytest.mark.parametrize("voice", ["50Hz", "220Hz", "261.63Hz", "2000Hz"])
@pytest.mark.parametrize("semitones", [0, -5, 7])
def test_the_voice_is_its_frequency_and_the_pitch_transposes_it(voice: str, semitones: int) -> None:
    heard = frequency(samples(Utterance("twenty characters ok", "tone", voice, pitch=semitones)))
    assert heard == pytest.approx(float(voice[:-2]) * 2 ** (semitones / 12), abs=0.1)


def test_every_tone_has_the_same_level() -> None:
    for voice in ("100Hz", "440Hz", "997Hz"):
        assert np.abs(samples(Utterance("a long enough text", "tone", voice))).max() == pytest.approx(0.153, abs=0.0005)
    assert loudness(samples(Utterance("a long enough text", "tone", "997Hz")), 22050) == pytest.approx(-19.3, abs=0.1)


def test_words_begin_where_their_characters_are() -> None:
    words = ENGINE.speak(Utterance("One, two  three.", "tone", "220Hz", 0.5)).words
    assert [tuple(word) for word in words] == [(0, 0, 4), (600, 5, 3), (1200, 10, 6)]


def test_a_pitch_range_has_nothing_to_widen_in_a_tone_and_a_retake_is_another_phase() -> None:
    plain = ENGINE.speak(Utterance("Good.", "tone", "220Hz"))
    assert ENGINE.speak(Utterance("Good.", "tone", "220Hz", pitch_range=2)) == plain
    again = ENGINE.speak(Utterance("Good.", "tone", "220Hz", retake=1))
    assert again.pcm != plain.pcm
    assert len(again.pcm) == len(plain.pcm)


@pytest.mark.parametrize(
    ("voice", "nearest"),
    [
        ("220", "220Hz"),
        ("220hz", "220Hz"),
        ("49Hz", "50Hz"),
        ("9000Hz", "2000Hz"),
        ("tone", "220Hz"),
        ("٢٢٠Hz", "220Hz"),
    ],
)
def test_a_name_that_is_no_frequency_in_range_is_no_voice(voice: str, nearest: str) -> None:
    assert not ENGINE.knows(voice)
    assert ENGINE.nearest(voice) == nearest
    with pytest.raises(EngineError, match=f"nearest is '{nearest}'"):
        ENGINE.speak(Utterance("Good.", "tone", voice))


def test_tone_offers_men_and_women_by_turns() -> None:
    cards = ENGINE.voices()
    assert [card.gender for card in cards] == ["male", "female"] * (len(cards) // 2)
    assert all(ENGINE.knows(card.name) and card.hertz == float(card.name[:-2]) for card in cards)


@pytest.mark.parametrize(("text", "rate"), [("", 1.0), ("...", 1.0), ("Good.", 0.0), ("Good.", float("nan"))])
def test_what_cannot_be_spoken_is_an_error(text: str, rate: float) -> None:
    with pytest.raises(EngineError, match="give it"):
        ENGINE.speak(Utterance(text, "tone", "220Hz", rate))
