"""The engine espeak: the same take for the same request, in any order, in any process, for every voice and text."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from audiodrama.bench.casting.voice_levels import pitch, samples_of
from audiodrama.errors import EngineError
from audiodrama.model import Utterance
from audiodrama.sound.engines.espeak import libespeak
from audiodrama.sound.engines.espeak.engine import EspeakEngine
from audiodrama.sound.engines.protocol import Engine, Levelled
from tests.conftest import ROOT

ENGINE = EspeakEngine()
PALETTE = tuple(card.name for card in ENGINE.voices())
CHANCY = ("en-us+f3", "en-us+Reed", "en-us+caleb", "en-us+whisper", "en-gb+Annie", "en-us")
"""Voices of every kind of chance: random breath, random Klatt noise, random tremor, none."""
TEXT = "Nobody came down the lane that evening, though the lamp was lit. Not one."


def spoken(voice: str, text: str = TEXT, **settings: float) -> bytes:
    return ENGINE.speak(Utterance(text, "espeak", voice, **settings)).pcm  # type: ignore[arg-type]


def prints(voices: tuple[str, ...]) -> dict[str, str]:
    return {voice: hashlib.sha256(spoken(voice, "Well, I never did.")).hexdigest() for voice in voices}


def shuffled(voices: tuple[str, ...], seed: int) -> tuple[str, ...]:
    return tuple(random.Random(seed).sample(voices, len(voices)))


def in_another_process(code: str, path: str = "") -> str:
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT))))},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout


def test_espeak_is_an_engine_whose_voices_have_levels() -> None:
    assert isinstance(ENGINE, Engine)
    assert isinstance(ENGINE, Levelled)


def test_every_voice_of_the_palette_speaks_the_same_whatever_was_spoken_before() -> None:
    assert prints(shuffled(PALETTE, 1)) == prints(shuffled(PALETTE, 2))


def test_every_voice_of_the_palette_speaks_the_same_in_another_process() -> None:
    code = f"""
import hashlib, json
from audiodrama.model import Utterance
from audiodrama.sound.engines import engine
speak = engine("espeak").speak
print(json.dumps({{voice: hashlib.sha256(speak(Utterance("Well, I never did.", "espeak", voice)).pcm).hexdigest()
                  for voice in {shuffled(PALETTE, 3)!r}}}))
"""
    assert json.loads(in_another_process(code)) == prints(PALETTE)


def test_espeak_speaks_the_same_while_the_host_program_uses_the_library() -> None:
    before = prints(CHANCY)
    library = ctypes.CDLL(libespeak.shipped_file())
    try:
        assert library.espeak_Initialize(2, 0, os.fsencode(libespeak.data_folder()), 0x8000) > 0
        library.espeak_SetVoiceByName(b"de+Annie")
        library.espeak_Synth(b"Guten Abend.", ctypes.c_size_t(13), 0, 1, 0, 1, None, None)
        assert prints(CHANCY) == before
    finally:
        library.espeak_Terminate()


def test_threads_take_turns() -> None:
    before = prints(CHANCY)
    with ThreadPoolExecutor(4) as pool:
        assert all(result == before for result in pool.map(prints, [shuffled(CHANCY, seed) for seed in range(8)]))


def test_nothing_of_the_library_stays_in_the_process() -> None:
    code = f"""
import os
from audiodrama.model import Utterance
from audiodrama.sound.engines import engine
for voice in {CHANCY!r}:
    engine("espeak").speak(Utterance("Good.", "espeak", voice))
print("espeak" in open("/proc/self/maps").read(), len(os.listdir("/proc/self/fd")))
"""
    assert in_another_process(code).split() == ["False", "4"]


def test_a_data_folder_with_a_very_long_path_is_no_trouble(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-rather-long-name"] * 8)
    deep.mkdir(parents=True)
    (deep / "espeakng_loader").symlink_to(Path(libespeak.data_folder()).parent)
    code = """
import espeakng_loader, hashlib
from audiodrama.model import Utterance
from audiodrama.sound.engines import engine
assert len(espeakng_loader.get_data_path()) > 250
print(hashlib.sha256(engine("espeak").speak(Utterance("Well, I never did.", "espeak", "en-us+f3")).pcm).hexdigest())
"""
    assert in_another_process(code, str(deep)).strip() == prints(("en-us+f3",))["en-us+f3"]


def test_words_are_told_in_characters_of_the_text_whatever_they_are() -> None:
    text = "“Yes — the café, naïve Zoë!” 😀 Isn’t she well-known?"
    words = ENGINE.speak(Utterance(text, "espeak", "en-gb+f2")).words
    told = [text[word.start : word.start + word.length] for word in words]
    assert told == ["Yes", "the", "café", "naïve", "Zoë", "😀", "Isn’t", "she", "well-known"]
    assert [word.milliseconds for word in words] == sorted(word.milliseconds for word in words)


def test_a_word_is_heard_where_it_is_told_to_be() -> None:
    text = "One. Two. Three. Four."
    speech = ENGINE.speak(Utterance(text, "espeak", "en-us"))
    samples = np.abs(np.frombuffer(speech.pcm, "<i2").astype(float))
    assert [text[word.start : word.start + word.length] for word in speech.words] == ["One", "Two", "Three", "Four"]
    for word in speech.words[1:]:
        at = word.milliseconds * speech.rate // 1000
        tenth = speech.rate // 10
        assert samples[at + tenth // 4 : at + 2 * tenth].max() > 20 * samples[at - tenth // 2 : at - 20].max()


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-gb-scotland+f1", "en-us+zac", "en-gb+m7"])
@pytest.mark.parametrize("semitones", [-4, 3, 6])
def test_the_pitch_is_transposed_by_semitones(voice: str, semitones: int) -> None:
    own, moved = (pitch(*samples_of(voice, pitch=semitones), highest=700) for semitones in (0, semitones))
    assert 12 * np.log2(moved / own) == pytest.approx(semitones, abs=0.5)


def test_the_pitch_range_widens_the_melody_around_the_same_pitch() -> None:
    def melody(lilt: float) -> tuple[float, float]:
        samples, rate = samples_of("en-us+f3", pitch_range=lilt)
        frames = [pitch(samples[at : at + 4000], rate) for at in range(0, len(samples) - 4000, 2000)]
        heard = 12 * np.log2([hertz for hertz in frames if hertz])
        return float(np.median(heard)), float(np.percentile(heard, 90) - np.percentile(heard, 10))

    (low, flat), (own, span), (high, wide) = map(melody, (0.0, 1.0, 1.8))
    assert flat < 0.5 < span < 0.75 * wide
    assert max(low, own, high) - min(low, own, high) < 1


def test_the_rate_divides_the_length() -> None:
    own, quick, slow = (len(spoken("en-us+Lee", rate=rate).rstrip(b"\0")) for rate in (1.0, 1.5, 0.6))
    assert own / quick == pytest.approx(1.5, rel=0.08)
    assert own / slow == pytest.approx(0.6, rel=0.08)


def test_rates_and_pitches_beyond_the_bounds_of_espeak_are_the_bounds() -> None:
    assert spoken("en-us", rate=90.0) == spoken("en-us", rate=2.0)
    assert spoken("en-us", pitch=90.0, rate=0.0) == spoken("en-us", pitch=60.0, rate=0.1)
    assert len(spoken("en-us", pitch_range=-3.0)) > 0


def test_retakes_differ_from_each_other_but_not_from_themselves() -> None:
    takes = [spoken("en-us", retake=number) for number in range(12)]
    assert len(set(takes)) == 12
    assert takes == [spoken("en-us", retake=number) for number in range(12)]
    assert max(map(len, takes)) < 1.15 * min(map(len, takes))


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", "—", "’’’", "\0\0", "\ud800", "\n\n"], ids=ascii)
def test_a_text_without_words_is_an_error_in_one_sentence(text: str) -> None:
    with pytest.raises(EngineError, match=r"finds nothing to say in .*; give it words") as caught:
        spoken("en-us+f3", text)
    str(caught.value).encode()


@pytest.mark.parametrize(
    "text",
    [
        *("\ud800hello\udfff", "a\0b", "\x1b[31mred", "<b>bold</b> & done", "[[h@loU]]", "😀" * 60, "a\u0301" * 60),
        *(
            "%s%n%d",
            "北京",
            "مرحبا",
            "http://a.example/b?c=d",
            "hello\r\n\n\nworld",
            "x" * 3000,
            "A." * 3000,
            "a—" * 2000,
        ),
        *("a—" * 2000, "word " * 2000, "1" * 500, "\u202eabc\u200b"),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_odd_text_is_spoken_and_its_words_lie_inside_it(text: str) -> None:
    speech = ENGINE.speak(Utterance(text, "espeak", "en-us+f3"))
    assert speech.pcm.strip(b"\0")
    starts = [word.start for word in speech.words]
    assert starts == sorted(set(starts))
    for word in speech.words:
        assert 0 <= word.start < word.start + word.length <= len(text)
        assert not text[word.start].isspace()
        assert 0 <= word.milliseconds <= len(speech.pcm) * 500 / speech.rate


def test_words_joined_by_dashes_are_all_spoken() -> None:
    text = "and—" * 80 + "end"
    words = ENGINE.speak(Utterance(text, "espeak", "en-us")).words
    assert [text[word.start : word.start + word.length] for word in words] == ["and"] * 80 + ["end"]


def test_markup_in_the_text_is_not_obeyed() -> None:
    assert spoken("en-us", "<prosody rate='300%'>Hello there.</prosody>") != spoken("en-us", "Hello there.")


@pytest.mark.parametrize("voice", ["en-us", "en-gb", "en", "en-029+m3", "de+Annie", "en-us+Mr serious", "pt-br"])
def test_any_language_with_any_variant_is_known(voice: str) -> None:
    assert ENGINE.knows(voice)
    assert ENGINE.nearest(voice) == voice
    assert spoken(voice, "Hello there.")


@pytest.mark.parametrize(
    ("voice", "nearest"),
    [
        ("en-us+annie", "en-us+Annie"),
        ("en-us+F3", "en-us+f3"),
        ("EN-US+f3", "en-us+f3"),
        ("en_us+f3", "en-us+f3"),
        ("en-gb-scotland+belindda", "en-gb-scotland+belinda"),
        ("Annie", "en-us+Annie"),
        ("gmw/en-us+m7", "en-us+m7"),
        ("en-us+", "en-us"),
        ("en-scotland+m8", "en-gb-scotland+m8"),
        ("en-us+nosuchvariant", None),
        ("mb/mb-us1", None),
        ("", None),
        ("../../etc/passwd", None),
    ],
)
def test_an_unknown_voice_is_an_error_that_names_the_nearest(voice: str, nearest: str | None) -> None:
    assert not ENGINE.knows(voice)
    assert ENGINE.knows(ENGINE.nearest(voice))
    if nearest:
        assert ENGINE.nearest(voice) == nearest
    with pytest.raises(EngineError, match=r"has no voice .* the nearest is"):
        spoken(voice)


def test_ctrl_c_in_the_middle_of_a_speech_is_obeyed_and_leaves_the_engine_usable() -> None:
    code = """
import signal
from audiodrama.model import Utterance
from audiodrama.sound.engines import engine
speak = engine("espeak").speak
before = speak(Utterance("Good.", "espeak", "en-us")).pcm
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    speak(Utterance("and on and on " * 20000, "espeak", "en-us"))
    print("finished")
except KeyboardInterrupt:
    print("stopped", speak(Utterance("Good.", "espeak", "en-us")).pcm == before)
"""
    assert in_another_process(code).split() == ["stopped", "True"]


def test_speaking_needs_no_array_library() -> None:
    code = """
import sys
from audiodrama.model import Utterance
from audiodrama.sound.engines import VoiceCatalog, engine
engine("espeak").speak(Utterance("Good.", "espeak", "en-us"))
VoiceCatalog().levels["espeak", "en-us"]
print(*sorted({"numpy", "yaml", "pyttsx3", "soundfile"} & set(sys.modules)), "none")
"""
    assert in_another_process(code).split() == ["none"]
