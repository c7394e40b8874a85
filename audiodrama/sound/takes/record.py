"""Turn Utterances into Takes: have an engine speak, check and trim what it spoke, keep it. For worker processes.

The head of this module can be imported without an array library, so that a parent process can name the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.errors import EngineError
from audiodrama.model import Take, Utterance, Word
from audiodrama.sound.engines.protocol import Engine, Speech
from audiodrama.sound.takes.cache import TakeCache, take_key

if TYPE_CHECKING:
    from audiodrama.sound.takes.flac import Shorts

ATTEMPTS = 2
"""How often an utterance is spoken before it is given up."""
QUIETEST = 0.003
"""Share of the peak below which a take's beginning and end are silence (-50 dB)."""
CREST = 13.0
"""dB by which a take's peaks may exceed its loudness. Synthetic voices click at every opening of the glottis, up to 18
dB; a programme at -16 LUFS with peaks at -1.6 dBFS has no room for that. Taking it off here and not from the
programme makes the programme's loudness known before it is mixed."""
MOST_QUOTED = 60
"""Characters of a text that a message quotes."""
EDGE_SECONDS = 0.005
"""What is kept before the first and after the last sound; it is faded, so that no edge clicks."""
FASTEST_LETTERS = 120.0
"""Letters a second at rate 1 that no voice speaks; a real one speaks about 15."""
SLOWEST_SECONDS = 2.5
"""Seconds for one character at rate 1 that no voice needs, not even to spell a foreign sign."""
LONGEST_START = 5.0
"""Seconds that a take may be longer than its characters allow."""


@dataclass(frozen=True, slots=True)
class RecordOrder:
    """Utterances to be spoken by one worker."""

    utterances: tuple[Utterance, ...]
    """What to speak."""
    folder: Path
    """The store's folder."""


def record(order: RecordOrder) -> tuple[Take, ...]:
    """Speak the utterances of ``order`` and keep them; one take for each, in order.

    Raises:
        EngineError: an engine is not available, or spoke nothing, too little or too much twice in a row.
        OutputError: the store cannot be written.
    """
    from audiodrama.sound import engines

    store = TakeCache(order.folder)
    return tuple(_record(engines.engine(utterance.engine), utterance, store) for utterance in order.utterances)


def _record(engine: Engine, utterance: Utterance, store: TakeCache) -> Take:
    from audiodrama.sound.takes.flac import keep

    fault = ""
    for _ in range(ATTEMPTS):
        speech = engine.speak(utterance)
        fault = _fault(speech, utterance)
        pcm, words, silences = _trim(speech)
        if not fault and len(pcm):
            bounded, tenths = _bounded(pcm, speech.rate)
            return keep(store, take_key(utterance, engine.version), bounded, speech.rate, words, tenths, silences)
        fault = fault or "was silent"
    sample = utterance.text if len(utterance.text) <= MOST_QUOTED else utterance.text[: MOST_QUOTED - 3] + "..."
    raise EngineError(
        f"The voice {utterance.voice!r} of the engine {utterance.engine!r} {fault} when it was to say {sample!r}; "
        "cast another voice, or change the words."
    )


def _fault(speech: Speech, utterance: Utterance) -> str:
    """What is wrong with the length of a speech, as a verb; empty if nothing is."""
    seconds = len(speech.pcm) / 2 / speech.rate
    if not speech.pcm:
        return "said nothing"
    if seconds * utterance.rate < sum(map(str.isalnum, utterance.text)) / FASTEST_LETTERS:
        return f"stopped after {seconds:.2f} seconds"
    if seconds * utterance.rate > LONGEST_START + SLOWEST_SECONDS * len(utterance.text):
        return f"went on for {seconds:.0f} seconds"
    return ""


def _trim(speech: Speech) -> tuple[Shorts, tuple[Word, ...], tuple[int, int]]:
    """The samples without the silence around them, with soft edges, the words' new times, and how long it was.

    The samples have the shape (samples,), the silences before and after them are in milliseconds.
    """
    import numpy as np

    pcm = np.frombuffer(speech.pcm, np.dtype("<i2"))
    highest = max(int(pcm.max(initial=0)), -int(pcm.min(initial=0)))
    bound = int(QUIETEST * highest) + 1
    loud = pcm >= bound
    loud |= pcm <= -bound
    if not highest:
        return np.zeros(0, np.int16), (), (0, 0)
    edge = round(EDGE_SECONDS * speech.rate)
    first, last = int(loud.argmax()), len(loud) - 1 - int(loud[::-1].argmax())
    begin, end = max(first - edge, 0), min(last + 1 + edge, len(pcm))
    trimmed = pcm[begin:end].astype(np.float32)
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(edge) + 0.5) / edge)).astype(np.float32)
    edge = min(edge, len(trimmed) // 2)
    if edge:
        trimmed[:edge] *= ramp[:edge]
        trimmed[-edge:] *= ramp[:edge][::-1]
    cut, cut_after = round(begin * 1000 / speech.rate), round((len(pcm) - end) * 1000 / speech.rate)
    words = tuple(word._replace(milliseconds=max(word.milliseconds - cut, 0)) for word in speech.words)
    return np.rint(trimmed).astype(np.int16), words, (cut, cut_after)


def _bounded(pcm: Shorts, rate: int) -> tuple[Shorts, list[float]]:
    """The samples without what exceeds the take's loudness by more than CREST, and their power."""
    import numpy as np

    from audiodrama.sound.dsp.decibels import amplitude_ratio
    from audiodrama.sound.dsp.limiter import limit
    from audiodrama.sound.dsp.loudness import integrated
    from audiodrama.sound.dsp.meter import power
    from audiodrama.sound.takes.flac import FULL_SCALE, full_scale

    heard = pcm.astype(np.float32)
    tenths = power(full_scale(pcm), rate)
    ceiling = FULL_SCALE * amplitude_ratio(integrated([2.0 * tenth for tenth in tenths]) + CREST)
    if not 1.0 < ceiling < float(np.abs(heard).max()):
        return pcm, tenths
    bounded: Shorts = np.rint(limit(heard[np.newaxis], ceiling, rate)[0]).astype(np.int16)
    return bounded, power(full_scale(bounded), rate)
