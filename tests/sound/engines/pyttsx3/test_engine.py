"""The engine pyttsx3: no take lost, empty or in another's voice, nothing printed, nothing left behind."""

from __future__ import annotations

import ctypes
import logging
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from audiodrama.bench.casting.voice_levels import pitch
from audiodrama.errors import EngineError
from audiodrama.model import Utterance
from audiodrama.sound.engines.espeak import libespeak
from audiodrama.sound.engines.espeak.engine import EspeakEngine
from audiodrama.sound.engines.protocol import Engine, Levelled
from audiodrama.sound.engines.pyttsx3 import sound_files
from audiodrama.sound.engines.pyttsx3.engine import SystemEngine, mac_request, sapi_request
from audiodrama.sound.engines.pyttsx3.system_voices import list_voices, most_like

ENGINE = SystemEngine()
TEXTS = ("Yes, I know.", "No.", "I never saw the man in my life, and I have lived here for a long time. Have you?")
VOICES = ("en-us", "en-us+f3", "en-gb+Annie", "en-gb-scotland+belinda", "en-us+zac", "en-gb+david", "en-us+whisper")


@pytest.fixture
def busy() -> Iterator[None]:
    """Two processes that keep the processors busy."""
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield
    for burner in burners:
        burner.kill()
        burner.wait()


@pytest.mark.usefixtures("busy")
def test_seventy_takes_on_a_busy_machine_are_all_there_complete_and_in_the_right_voice(
    capfd: pytest.CaptureFixture[str],
) -> None:
    direct, chance = EspeakEngine(), random.Random(7)
    for _ in range(70):
        voice, text, rate = chance.choice(VOICES), chance.choice(TEXTS), chance.choice((0.8, 1.0, 1.3))
        take = ENGINE.speak(Utterance(text, "pyttsx3", voice, rate))
        assert take.pcm == direct.speak(Utterance(text, "espeak", voice, rate)).pcm, (voice, text, rate)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("voice", "hertz"), [("en-us", 102), ("gmw/en-us+f3", 212), ("en-us+zac", 350)])
def test_a_voice_is_heard_at_its_own_pitch_and_transposed(voice: str, hertz: float) -> None:
    for semitones in (0, 3):
        speech = ENGINE.speak(Utterance(TEXTS[2], "pyttsx3", voice, pitch=semitones))
        heard = pitch(np.frombuffer(speech.pcm, "<i2") / 32768, speech.rate)
        assert heard == pytest.approx(hertz * 2 ** (semitones / 12), rel=0.04)


def test_pyttsx3_is_an_engine_whose_voices_have_levels() -> None:
    assert isinstance(ENGINE, Engine)
    assert isinstance(ENGINE, Levelled)
    assert ENGINE.gain("gmw/en-us+f3") == EspeakEngine().gain("en-us+f3")
    assert all(card.engine == "pyttsx3" and ENGINE.knows(card.name) for card in ENGINE.voices())


def test_nothing_is_left_in_the_process() -> None:
    ENGINE.speak(Utterance("Good.", "pyttsx3", "en-us"))
    before = (dict(os.environ), set(sys.modules), logging.getLogger().handlers[:], threading.active_count())
    ENGINE.speak(Utterance("Good.", "pyttsx3", "en-gb+f3"))
    assert before == (dict(os.environ), set(sys.modules), logging.getLogger().handlers, threading.active_count())
    assert "ESPEAK_DATA_PATH" not in os.environ
    assert "LoadLibrary" not in vars(ctypes.cdll)
    assert not {name for name in sys.modules if name.startswith("pyttsx3.drivers.")}


def test_both_engines_give_the_same_take_by_turns_while_the_host_program_holds_the_library() -> None:
    held = ctypes.CDLL(libespeak.shipped_file())
    takes = []
    for _ in range(3):
        takes.append(EspeakEngine().speak(Utterance("Where was I?", "espeak", "en-us+f3")).pcm)
        takes.append(ENGINE.speak(Utterance("Where was I?", "pyttsx3", "en-us+f3")).pcm)
    assert held
    assert len(set(takes)) == 1


@pytest.mark.parametrize("text", ["", "...", "\0", "\ud800", " \n"], ids=ascii)
def test_a_text_without_words_is_an_error_in_one_sentence(text: str) -> None:
    with pytest.raises(EngineError, match="speaks nothing for"):
        ENGINE.speak(Utterance(text, "pyttsx3", "en-us"))


def test_odd_text_is_spoken() -> None:
    for text in ("\ud800hello\0", "A." * 400, "<b>bold</b>", "[[h@loU]]"):
        assert ENGINE.speak(Utterance(text, "pyttsx3", "en-us+f3")).pcm.strip(b"\0")


@pytest.mark.parametrize("voice", ["en-us+annie", "gmw/en-us+Annnie", "English", "gmw/nonexistent", "x" * 200])
def test_an_unknown_voice_is_an_error_that_names_a_known_one(voice: str) -> None:
    assert not ENGINE.knows(voice)
    assert ENGINE.knows(ENGINE.nearest(voice))
    with pytest.raises(EngineError, match=r"has no voice .* the nearest is"):
        ENGINE.speak(Utterance("Hello.", "pyttsx3", voice))


def test_pyttsx3s_own_names_for_espeaks_voices_are_understood() -> None:
    for name, plain in (("gmw/en-us+f3", "en-us+f3"), ("gmw/en+m7", "en-gb+m7"), ("roa/pt-br", "pt-br")):
        assert ENGINE.knows(name)
        assert ENGINE.speak(Utterance("Alto.", "pyttsx3", name)) == ENGINE.speak(Utterance("Alto.", "pyttsx3", plain))


def test_sapi_is_asked_for_whole_steps_of_rate_and_for_pitch_in_its_own_markup() -> None:
    def steps(rate: float) -> int:
        wish = sapi_request("Hi", "V", Utterance("Hi", "pyttsx3", "V", rate))
        # As pyttsx3's driver turns words per minute into SAPI's steps.
        return int(np.log(dict(wish.properties)["rate"] / 156.63) / np.log(1.11))

    assert [steps(rate) for rate in (0.5, 0.9, 1.0, 1.11, 1.25, 2.0)] == [-7, -1, 0, 1, 2, 7]
    assert sapi_request("a < b & c", "V", Utterance("", "pyttsx3", "V", pitch=3)).text == (
        '<pitch absmiddle="6">a &lt; b &amp; c</pitch>'
    )
    assert sapi_request("<b>a", "V", Utterance("", "pyttsx3", "V")).text == " b>a"


def test_nsspeech_is_asked_for_pitch_by_a_command_and_obeys_none_of_the_text() -> None:
    assert (
        mac_request("Hi [[volm 0]]", "V", Utterance("", "pyttsx3", "V", pitch=-2)).text
        == "[[pbas -2.00]] Hi [ [volm 0]]"
    )
    assert dict(mac_request("Hi", "V", Utterance("", "pyttsx3", "V", 1.2)).properties)["rate"] == pytest.approx(210)


def test_the_systems_voices_become_cards_with_english_ones_first_and_by_turns() -> None:
    voices = [
        SimpleNamespace(id="HKEY/DAVID", name="David", languages=["en-US"], gender="Male", age="Adult"),
        SimpleNamespace(id="HKEY/MARK", name="Mark", languages=["en-US"], gender="Male", age="Senior"),
        SimpleNamespace(id="HKEY/HEDDA", name="Hedda", languages=["de-DE"], gender="Female", age="Teen"),
        SimpleNamespace(id="com.x.Zarvox", name="Zarvox", languages=["en_US"], gender="VoiceGenderMale", age="30"),
        SimpleNamespace(id="com.x.Kate", name="Kate", languages=["en_GB"], gender="VoiceGenderFemale", age=12),
        SimpleNamespace(id="com.x.Eddy1", name="Eddy", languages=["en_AU"], gender=None, age=None),
        SimpleNamespace(id="com.x.Eddy2", name="Eddy", languages=["Unknown Locale: 0"], gender=None, age="70"),
    ]
    entries = list_voices(voices)
    drawn = [f"{e.card.name} {e.card.gender} {e.card.age} {e.card.accent} {e.card.automatic}" for e in entries]
    assert drawn == [
        "David male adult US True",
        "Kate female child British True",
        "com.x.Eddy1 unknown adult Australian True",
        "Mark male old US True",
        "com.x.Eddy2 unknown old  True",
        "Hedda female young de-DE False",
        "Zarvox male adult US False",
    ]
    assert most_like("dave", entries) == "David"
    assert most_like("x.eddy1", entries) == "com.x.Eddy1"
    assert most_like("anything", ()) == ""


@pytest.mark.parametrize("kind", ["WAV", "AIFF"])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_file_of_any_format_becomes_samples_of_one_channel(tmp_path: Path, kind: str, channels: int) -> None:
    import soundfile

    samples = np.arange(-500, 500, dtype=np.int16)
    path = tmp_path / f"take.{kind.lower()}"
    soundfile.write(path, np.stack([samples] * channels, axis=1), 16000, format=kind, subtype="PCM_16")
    assert sound_files.read(str(path)) == (samples.astype("<i2").tobytes(), 16000)


def test_a_damaged_sound_file_is_told() -> None:
    with pytest.raises(ValueError, match=r"[Ff]ormat"):
        sound_files.read(__file__)
