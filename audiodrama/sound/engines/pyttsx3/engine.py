"""Turn a Utterance into Speech with the operating system's own voices: SAPI5, NSSpeech or espeak, through pyttsx3.

On Linux the voices are espeak-ng's, from the library that espeakng-loader ships, so no system package is needed;
they are named as the engine ``espeak`` names them, and pyttsx3's own names (``gmw/en-us+f3``) are understood as well.
On Windows and macOS a voice has the name that the system shows, or its id.
"""

from __future__ import annotations

import math
import os
import platform
import sys
import tempfile
from dataclasses import replace
from functools import cached_property

from audiodrama.errors import EngineError
from audiodrama.model import Utterance, VoiceInfo
from audiodrama.sound.engines.espeak import engine as espeak
from audiodrama.sound.engines.espeak import palette, voice_files
from audiodrama.sound.engines.protocol import Speech
from audiodrama.sound.engines.pyttsx3 import drivers, sound_files, system_voices
from audiodrama.sound.engines.pyttsx3.drivers import DriverRequest
from audiodrama.sound.engines.pyttsx3.system_voices import SystemVoice

WINDOWS, MAC = sys.platform == "win32", sys.platform == "darwin"
ATTEMPTS = 3
SAPI_OWN_RATE, SAPI_STEP = 156.63, 1.11
"""Words per minute of SAPI's rate 0 and the factor of each step, as pyttsx3's driver has them."""


class SystemEngine:
    """The engine ``pyttsx3``."""

    name = "pyttsx3"

    @cached_property
    def version(self) -> str:
        """pyttsx3's version and the system's; on Linux that of the espeak engine."""
        from importlib.metadata import version

        system = platform.platform() if WINDOWS or MAC else espeak.EspeakEngine().version
        return f"1-{version('pyttsx3')}-{system}"

    @cached_property
    def _listed(self) -> tuple[SystemVoice, ...]:
        return system_voices.list_voices(drivers.system_voices())

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The system's voices, English ones first; on Linux the palette."""
        if WINDOWS or MAC:
            return tuple(entry.card for entry in self._listed)
        return tuple(replace(card, engine=self.name) for card in palette.cards())

    def knows(self, voice: str) -> bool:
        """Whether ``voice`` is a voice's name or id; on Linux any voice of espeak's, with any variant."""
        if WINDOWS or MAC:
            return any(voice in (entry.card.name, entry.id) for entry in self._listed)
        return voice_files.exists(_plain(voice))

    def nearest(self, voice: str) -> str:
        """The known voice whose name is most like ``voice``."""
        if WINDOWS or MAC:
            return system_voices.most_like(voice, self._listed)
        return voice_files.most_like(_plain(voice))

    def gain(self, voice: str) -> float:
        """Decibels that bring a voice to the common loudness; 0 on Windows and macOS: their voices are not measured."""
        return 0.0 if WINDOWS or MAC else palette.gain(_plain(voice))

    def speak(self, utterance: Utterance) -> Speech:
        """Speak one utterance, without word timings; on Windows and macOS pitch range and retakes change nothing.

        Raises:
            EngineError: there is no such voice, nothing in the text can be spoken, or pyttsx3 failed three times.
        """
        if not self.knows(utterance.voice):
            nearest = self.nearest(utterance.voice)
            raise EngineError(f"The engine 'pyttsx3' has no voice '{utterance.voice}'; the nearest is '{nearest}'.")
        wish = self._wish(utterance)
        if any(character.isalnum() for character in wish.text):
            for _ in range(ATTEMPTS):
                pcm, rate = _spoken(wish)
                if pcm.strip(b"\0"):
                    return Speech(pcm, rate)
        raise EngineError(
            f"The engine 'pyttsx3' speaks nothing for {espeak.shortened(utterance.text)}; "
            "give it words, another voice or the engine 'espeak'."
        )

    def _wish(self, utterance: Utterance) -> DriverRequest:
        text, _ = espeak.breakable(espeak.speakable(utterance.text))
        if not (WINDOWS or MAC):
            return espeak_request(replace(utterance, text=text, voice=_plain(utterance.voice)))
        voice = next(entry.id for entry in self._listed if utterance.voice in (entry.card.name, entry.id))
        return sapi_request(text, voice, utterance) if WINDOWS else mac_request(text, voice, utterance)


def espeak_request(utterance: Utterance) -> DriverRequest:
    """What pyttsx3's espeak driver is asked for: exactly what the engine ``espeak`` would do."""
    setting = espeak.setting(utterance)
    variant = f"+{setting.variant}" if setting.variant else ""
    properties = (("rate", setting.words_per_minute), ("pitch", setting.pitch))
    return DriverRequest(utterance.text, setting.language.lower() + variant, properties, setting.span, setting.seed)


def sapi_request(text: str, voice: str, utterance: Utterance) -> DriverRequest:
    """What pyttsx3's SAPI5 driver is asked for.

    Its rate becomes a whole number of steps of 11 %, cut off; so the value is put just beyond a step. It knows no
    pitch, but SAPI reads a text that begins with ``<`` as XML, where a pitch of 24 is an octave.
    """
    steps = round(math.log(max(utterance.rate, 0.1)) / math.log(SAPI_STEP))
    rate = SAPI_OWN_RATE * SAPI_STEP ** (steps + math.copysign(0.01, steps))
    if utterance.pitch:
        from html import escape

        text = f'<pitch absmiddle="{round(2 * utterance.pitch)}">{escape(text, quote=False)}</pitch>'
    elif text.lstrip().startswith("<"):
        text = text.replace("<", " ")
    return DriverRequest(text, voice, (("rate", rate),))


def mac_request(text: str, voice: str, utterance: Utterance) -> DriverRequest:
    """What pyttsx3's NSSpeech driver is asked for; the pitch is a speech command, in semitones."""
    text = text.replace("[[", "[ [")
    if utterance.pitch:
        text = f"[[pbas {utterance.pitch:+.2f}]] {text}"
    return DriverRequest(text, voice, (("rate", espeak.WORDS_PER_MINUTE * utterance.rate),))


def _spoken(wish: DriverRequest) -> tuple[bytes, int]:
    with tempfile.TemporaryDirectory(prefix="audiodrama-", ignore_cleanup_errors=True) as folder:
        path = os.path.join(folder, "take.aiff" if MAC else "take.wav")
        drivers.save(wish, path)
        try:
            return sound_files.read(path)
        except (OSError, ValueError):
            return b"", 0


def _plain(voice: str) -> str:
    """A voice of espeak's as the engine ``espeak`` names it: "gmw/en-us+f3" is "en-us+f3", "gmw/en" is "en"."""
    language, plus, variant = voice.partition("+")
    by_id = {path.lower(): name for name, path in reversed(voice_files.languages().items())}
    return by_id.get(language, language) + plus + variant
