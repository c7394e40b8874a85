"""Turn an Utterance into Speech with espeak-ng: more than a hundred voices of every accent, a thousand times real time.

A voice is a language and, after a plus sign, a variant: ``en-us+f3``, ``en-gb-scotland+m7``, ``de+Annie``. The same
utterance gives the same samples, whichever was spoken before it, in any process.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from bisect import bisect_left
from functools import cached_property

from audiodrama.errors import EngineError
from audiodrama.model import Utterance, VoiceInfo, Word
from audiodrama.sound.engines.espeak import libespeak, palette, voice_files
from audiodrama.sound.engines.espeak.libespeak import Setting, Synthesis
from audiodrama.sound.engines.protocol import Speech

WORDS_PER_MINUTE = 175
"""The parameter RATE of a voice's own speed."""
SLOWEST, FASTEST = 80, 350
"""Between these RATE is words per minute; beyond, espeak-ng changes its method and tells wrong times."""
LONGEST_WORD = 50
"""Characters without a space among them that espeak-ng is given at most."""
RETAKE_STEPS = (0.618034, 0.754878, 0.569840)
"""The golden ratio and the two steps of the R2 sequence (Roberts 2018): multiples of them spread evenly over 0 to 1."""
RETAKE_RATE, RETAKE_PITCH, RETAKE_RANGE = 0.04, 0.5, 0.2
"""How far a retake may be off: share of the rate, semitones, share of the pitch range. Small: it is the same person."""
DIGEST = 16
"""Hexadecimal digits of the hash that a version has."""
MOST_QUOTED = 40
"""Characters of a text that a message quotes."""
RULES = "1"
"""Raise it whenever this module speaks the same utterance in another way."""

_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


class EspeakEngine:
    """The engine ``espeak``."""

    name = "espeak"

    @cached_property
    def version(self) -> str:
        """A hash of the library and its phonemes: the package's version alone says little of what is inside."""
        data = libespeak.data_folder()
        digest = hashlib.sha256()
        files = ("phontab", "phonindex", "phondata", "intonations", "en_dict")
        for file in (libespeak.shipped_file(), *(os.path.join(data, name) for name in files)):
            with open(file, "rb") as content:
                digest.update(content.read())
        return f"{RULES}-{digest.hexdigest()[:DIGEST]}"

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The palette."""
        return palette.cards()

    def knows(self, voice: str) -> bool:
        """Whether ``voice`` is a language of espeak-ng's, alone or with one of its variants; capitals count."""
        return voice_files.exists(voice)

    def nearest(self, voice: str) -> str:
        """The known voice whose name is most like ``voice``."""
        return voice_files.most_like(voice)

    def gain(self, voice: str) -> float:
        """Decibels that bring any known voice to the palette's loudness: its own card's, else its variant's."""
        return palette.gain(voice)

    def speak(self, utterance: Utterance) -> Speech:
        """Speak one utterance.

        The rate is held between 80 and 350 words per minute (175 is the voice's own), the pitch between about 9
        semitones below and 10 above.

        Raises:
            EngineError: there is no such voice, or nothing in the text can be spoken.
        """
        if not self.knows(utterance.voice):
            nearest = self.nearest(utterance.voice)
            raise EngineError(f"The engine 'espeak' has no voice '{utterance.voice}'; the nearest is '{nearest}'.")
        text, spaces = breakable(speakable(utterance.text))
        recital = libespeak.synthesize(text, setting(utterance))
        if not recital.pcm.strip(b"\0"):
            raise EngineError(
                f"The engine 'espeak' finds nothing to say in {shortened(utterance.text)}; give it words."
            )
        return Speech(_little_endian(recital.pcm), recital.rate, words(recital, utterance.text, spaces))


def setting(utterance: Utterance) -> Setting:
    """The parameters that espeak-ng gets for ``utterance``, whose voice must be known."""
    language, variant = voice_files.parts(utterance.voice)
    rate, pitch, pitch_range = nudged(utterance)
    tone, span = voice_files.melody(utterance.voice).parameters(pitch, pitch_range)
    speed = round(min(FASTEST, max(SLOWEST, WORDS_PER_MINUTE * rate)))
    return Setting(voice_files.languages()[language], variant, speed, tone, span, 1 + utterance.retake)


def nudged(utterance: Utterance) -> tuple[float, float, float]:
    """Rate (factor), pitch (semitones) and pitch range (factor) of an utterance.

    A retake's differ by up to 4 %, half a semitone and 20 %. The differences walk through their range by steps of
    irrational fractions, so that no two retakes are alike.
    """
    if not utterance.retake:
        return utterance.rate, utterance.pitch, utterance.pitch_range
    faster, higher, wider = (2 * (utterance.retake * step % 1) - 1 for step in RETAKE_STEPS)
    return (
        utterance.rate * (1 + RETAKE_RATE * faster),
        utterance.pitch + RETAKE_PITCH * higher,
        utterance.pitch_range * (1 + RETAKE_RANGE * wider),
    )


def speakable(text: str) -> str:
    """``text``, each character that is none for espeak-ng (controls, NUL, lone surrogates) replaced by a space."""
    return _UNSPEAKABLE.sub(" ", text)


def breakable(text: str) -> tuple[str, tuple[int, ...]]:
    """``text`` with a space wherever more than 50 characters follow each other without one, and where they stand.

    Of a longer word espeak-ng 1.52 drops what exceeds 160 bytes, and some ("A.A.A.") end the process. The space goes
    behind the last character that is no letter, so that words joined by dashes stay whole.
    """
    pieces: list[str] = []
    places: list[int] = []
    done = at = 0
    for run in _LONG_RUN.finditer(text):
        at = run.start()
        while run.end() - at > LONGEST_WORD:
            window = text[at : at + LONGEST_WORD]
            at += len(window.rstrip(_letters_of(window))) or LONGEST_WORD
            pieces.append(text[done:at])
            places.append(at + len(places))
            done = at
    return " ".join((*pieces, text[done:])), tuple(places)


def _letters_of(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def words(recital: Synthesis, text: str, spaces: tuple[int, ...] = ()) -> tuple[Word, ...]:
    """When each word begins, in the order of the text; events without a visible character of it are left out.

    espeak-ng gives 0 for the length of a word before a dash and the wrong one for contractions, so a word's end is
    looked up in the text.

    Args:
        recital: the synthesis of ``text`` with more spaces in it.
        text: what the words are looked up in.
        spaces: where the spaces were put in: characters of the longer text, increasing.
    """
    timed: list[Word] = []
    latest = 0
    for sample, position, length in recital.words:
        latest = max(latest, sample)
        start = position - 1 - bisect_left(spaces, position - 1)
        if (timed and start <= timed[-1].start) or not 0 <= start < len(text) or text[start].isspace():
            continue
        if timed and sum(timed[-1][1:]) > start:
            timed[-1] = timed[-1]._replace(length=start - timed[-1].start)
        whole = _WORD.match(text, start)
        end = whole.end() if whole else min(start + max(length, 1), len(text))
        timed.append(Word(round(latest * 1000 / recital.rate), start, end - start))
    return tuple(timed)


def shortened(text: str) -> str:
    """``text`` as a message quotes it."""
    return repr(text if len(text) <= MOST_QUOTED else f"{text[: MOST_QUOTED - 3]}...")


def _little_endian(pcm: bytes) -> bytes:
    if sys.byteorder == "little":
        return pcm
    from array import array

    samples = array("h", pcm)
    samples.byteswap()
    return samples.tobytes()
