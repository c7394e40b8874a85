"""Readings become takes, checked and trimmed."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from audiodrama.errors import EngineError
from audiodrama.model import Utterance, VoiceInfo, Word
from audiodrama.sound import RecordOrder, TakeCache, engines, record, take_key
from audiodrama.sound.dsp.loudness import integrated
from audiodrama.sound.engines.protocol import Speech
from audiodrama.sound.takes.flac import load
from audiodrama.sound.takes.record import CREST
from tests.helpers.signals import RATE, speech_like, tone

SILENCE = np.zeros(RATE, np.int16)


class Whimsical:
    """A plugin engine whose voices have every fault that an engine can have."""

    name = "whimsical"
    version = "1"

    def __init__(self) -> None:
        self.spoken = count()

    def voices(self) -> tuple[VoiceInfo, ...]:
        return ()

    def knows(self, voice: str) -> bool:
        return True

    def nearest(self, voice: str) -> str:
        return voice

    def speak(self, utterance: Utterance) -> Speech:
        number = next(self.spoken)
        heard = {
            "empty": SILENCE[:0],
            "silent": SILENCE,
            "short": tone(0.02),
            "endless": np.tile(tone(10), 20),
            "shy": SILENCE if number % 2 == 0 else tone(1.0),
            "slow": np.concatenate((SILENCE, tone(1.0, level=0.5), SILENCE)),
            "peaky": _peaky(),
        }[utterance.voice]
        return Speech(heard.tobytes(), RATE, (Word(0, 0, 2), Word(1500, 3, 2)))


def _peaky() -> np.typing.NDArray[np.int16]:
    heard = speech_like(2.0, 0.05)
    heard[2000::20000] = 15000
    return heard


@pytest.fixture(autouse=True)
def _plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.BUILT_IN, "whimsical", f"{__name__}:Whimsical")
    engines.engine.cache_clear()


def utterance(voice: str, text: str = "Good morning, everybody.") -> Utterance:
    return Utterance(text, "whimsical", voice)


@pytest.mark.parametrize(
    ("voice", "fault"),
    [("empty", "said nothing"), ("silent", "was silent"), ("short", "stopped after"), ("endless", "went on for")],
)
def test_a_voice_that_does_not_do_its_work_is_named(tmp_path: Path, voice: str, fault: str) -> None:
    with pytest.raises(EngineError, match=f"'{voice}'.*'whimsical' {fault}.*Good morning"):
        record(RecordOrder((utterance(voice),), tmp_path))
    assert not list(tmp_path.rglob("*.take"))


def test_a_voice_that_fails_once_is_asked_again(tmp_path: Path) -> None:
    assert record(RecordOrder((utterance("shy"),), tmp_path))[0].samples > 0


def test_the_silence_around_speech_is_trimmed_and_word_times_move_along(tmp_path: Path) -> None:
    (made,) = record(RecordOrder((utterance("slow"),), tmp_path))
    assert made.samples / made.rate == pytest.approx(1.0, abs=0.02)
    assert [word.milliseconds for word in made.words] == [0, pytest.approx(500, abs=10)]
    heard, _ = load(made.key, made.file)
    assert abs(heard[0]) < 0.001
    assert abs(heard[-1]) < 0.001


def test_lone_peaks_far_above_the_speech_are_taken_off(tmp_path: Path) -> None:
    (made,) = record(RecordOrder((utterance("peaky"),), tmp_path))
    loudness = integrated([2 * power for power in made.power])
    assert 20 * np.log10(made.peak) - loudness <= CREST + 1.0


def test_takes_are_found_under_the_key_of_their_reading(tmp_path: Path) -> None:
    wanted = tuple(Utterance(text, "tone", "200Hz") for text in ("One.", "Two, three.", "Four."))
    made = record(RecordOrder(wanted, tmp_path))
    store = TakeCache(tmp_path)
    assert tuple(store.find(take_key(each, engines.engine("tone").version)) for each in wanted) == made
    assert made[1].samples > made[0].samples


def test_a_quiet_reading_stays_quieter_than_a_loud_one(tmp_path: Path) -> None:
    quiet, loud = (
        Utterance("Hush, now, hush.", "espeak", "en-us+whisper"),
        Utterance("Hush, now, hush.", "espeak", "en-us+f3"),
    )
    takes = record(RecordOrder((quiet, loud, replace(loud, rate=1.5)), tmp_path))
    assert takes[0].power != takes[1].power
    assert takes[2].samples < 0.8 * takes[1].samples
