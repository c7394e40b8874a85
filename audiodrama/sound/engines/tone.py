"""Turn an Utterance into a pure tone: exact test voices, one pitch each, with a length that follows from the text.

The voice ``220Hz`` is a sine of 220 Hz; any number from 50 to 2000 is a voice, ``261.63Hz`` as well. Every character
of the text, spaces included, lasts 60 ms (1323 samples at 22050 Hz), divided by the rate. The pitch transposes; the
melody is flat, so the pitch range has nothing to widen. The peak is 0.153 of full scale (-16.3 dBFS, -20 LUFS but for
the K-weighting, which is flat in the middle of the range). A retake begins at another phase.
"""

from __future__ import annotations

import math
import re
import sys
from array import array

from audiodrama.errors import EngineError
from audiodrama.model import Gender, Utterance, VoiceInfo, Word
from audiodrama.sound.engines.protocol import Speech

SAMPLE_RATE = 22050
"""Samples per second: espeak's."""
CHARACTER = 1323
"""Samples of one character at rate 1: 60 ms."""
PEAK = 0.153
"""Largest sample, full scale 1."""
LARGEST_SAMPLE = 32767
"""Of 16 bits, which PEAK is a share of."""
LOWEST, HIGHEST = 50, 2000
"""Hertz of the voices there are."""
UNNAMED = 220.0
"""Hertz of the voice that is proposed where the name holds no number."""
WOMEN_FROM = 200
"""Hertz from which a tone counts as a woman's voice."""
GOLDEN_RATIO = 0.618034
"""Half turns by which each retake begins later: a step that never comes back to the same phase."""
PALETTE = (120, 240, 160, 320, 100, 200, 140, 280, 180, 360, 80, 400)
"""Hertz of the voices on offer, so ordered that neighbours differ by half an octave at least; by turns those that
count as men and women."""
_NAME = re.compile(r"(\d{2,4}(?:\.\d{1,6})?)Hz", re.ASCII)


class ToneEngine:
    """The engine ``tone``."""

    name = "tone"
    version = "1"

    def voices(self) -> tuple[VoiceInfo, ...]:
        """A dozen tones; those below 200 Hz count as men, the others as women."""
        return tuple(_card(hertz) for hertz in PALETTE)

    def knows(self, voice: str) -> bool:
        """Whether ``voice`` is a number from 50 to 2000 and ``Hz``."""
        return _hertz(voice) is not None

    def nearest(self, voice: str) -> str:
        """The tone nearest to the first number in ``voice``; 220Hz if there is none."""
        number = re.search(r"\d{1,9}(?:\.\d{1,6})?", voice, re.ASCII)
        hertz = min(HIGHEST, max(LOWEST, float(number.group()))) if number else UNNAMED
        return f"{hertz:.6f}".rstrip("0").rstrip(".") + "Hz"

    def speak(self, utterance: Utterance) -> Speech:
        """Speak one utterance: ``round(len(text) * 1323 / rate)`` samples of a sine.

        Raises:
            EngineError: there is no such voice, nothing in the text can be spoken, or the rate is not above 0.
        """
        hertz = _hertz(utterance.voice)
        if hertz is None:
            nearest = self.nearest(utterance.voice)
            raise EngineError(f"The engine 'tone' has no voice '{utterance.voice}'; the nearest is '{nearest}'.")
        if not any(character.isalnum() for character in utterance.text):
            raise EngineError(f"The engine 'tone' finds nothing to speak in {utterance.text[:40]!r}; give it words.")
        if not utterance.rate > 0:
            raise EngineError(f"The engine 'tone' cannot speak at a rate of {utterance.rate}; give it one above 0.")
        character = CHARACTER / utterance.rate
        count = round(len(utterance.text) * character)
        words = tuple(
            Word(round(1000 * match.start() * character / SAMPLE_RATE), match.start(), match.end() - match.start())
            for match in re.finditer(r"\S+", utterance.text)
        )
        return Speech(_sine(hertz * 2 ** (utterance.pitch / 12), count, utterance.retake), SAMPLE_RATE, words)


def _hertz(voice: str) -> float | None:
    match = _NAME.fullmatch(voice)
    return hertz if match and LOWEST <= (hertz := float(match[1])) <= HIGHEST else None


def _card(hertz: int) -> VoiceInfo:
    gender: Gender = "male" if hertz < WOMEN_FROM else "female"
    return VoiceInfo("tone", f"{hertz}Hz", gender, hertz=float(hertz), about=f"a test tone of {hertz} Hz")


def _sine(hertz: float, count: int, retake: int) -> bytes:
    step = 2 * math.pi * hertz / SAMPLE_RATE
    phase = math.pi * retake * GOLDEN_RATIO
    sine, peak = math.sin, LARGEST_SAMPLE * PEAK
    samples = array("h", [int(peak * sine(phase + step * index)) for index in range(count)])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
