"""Turn every voice of espeak-ng into its level and its pitch: ``python -m audiodrama.bench.casting.voice_levels``.

Writes ``levels.csv`` anew and puts the measured pitch and gain into ``palette.csv``; what a person wrote there stays.
Run it when espeakng-loader ships another espeak-ng.
"""

from __future__ import annotations

import csv
import io
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiodrama.model import Utterance
from audiodrama.sound.engines.espeak import palette, voice_files
from audiodrama.sound.engines.espeak.engine import EspeakEngine

if TYPE_CHECKING:
    from numpy import complexfloating, floating
    from numpy.typing import NDArray

    Samples = NDArray[floating[Any]]
    Spectrum = NDArray[complexfloating[Any, Any]]

REFERENCE = -20.0
"""LUFS of running speech at its own rate that every gain leads to."""
PASSAGE = (
    "The morning ferry was late again, so the three of them waited on the quay and counted gulls. Nobody spoke much. "
    "A man in a yellow coat sold them tea from a barrow, and asked whether they had come far. Was it warmer in the "
    "south? It was, they told him, though it rained more often than people think. Then the horn sounded twice, the "
    "ropes went out, and somebody laughed because the smallest suitcase had already gone aboard without its owner."
)


def samples_of(voice: str, text: str = PASSAGE, **settings: float) -> tuple[Samples, int]:
    """``text`` as espeak-ng speaks it, full scale 1, and its samples per second; settings as a Utterance's."""
    import numpy as np

    speech = EspeakEngine().speak(Utterance(text, "espeak", voice, **settings))  # type: ignore[arg-type]
    return np.frombuffer(speech.pcm, "<i2") / 32768.0, speech.rate


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness in LUFS by ITU-R BS.1770-4, one channel; minus infinity for silence."""
    import numpy as np

    size, hop = round(0.4 * rate), round(0.1 * rate)
    padded = 1 << (len(samples) + size).bit_length()
    spectrum = np.fft.rfft(samples, padded) * k_weighting(np.fft.rfftfreq(padded, 1 / rate))
    weighted = np.fft.irfft(spectrum, padded)[: max(len(samples), size)]
    energy = (np.lib.stride_tricks.sliding_window_view(weighted, size)[::hop] ** 2).mean(axis=1)

    def level(values: Samples) -> float:
        return -0.691 + 10 * math.log10(values.mean()) if len(values) else -math.inf

    loud = energy[energy > 10 ** ((-70 + 0.691) / 10)]
    return level(loud[loud > 10 ** ((level(loud) - 10 + 0.691) / 10)])


def k_weighting(hertz: Samples) -> Spectrum:
    """The frequency response of the K-weighting of BS.1770: its two biquads, which the standard gives for 48 kHz."""
    import numpy as np

    z = np.exp(-2j * np.pi * hertz / 48000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    response: Spectrum = shelf * high_pass
    return response


def pitch(samples: Samples, rate: int, lowest: float = 55, highest: float = 500) -> float:
    """The median fundamental frequency in hertz of the voiced 46-ms frames; 0 if less than a quarter is voiced.

    By the autocorrelation of each frame, divided by the window's own (Boersma 1993); among peaks nearly as high as
    the highest the shortest lag counts, which avoids octaves below.
    """
    import numpy as np

    size, hop = round(0.046 * rate), round(0.015 * rate)
    if len(samples) < size:
        return 0.0
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    loud = frames[np.sqrt((frames**2).mean(axis=1)) > 0.1 * np.abs(samples).max()]
    window = np.hanning(size)
    own = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * size)) ** 2)[:size]
    spectrum = np.abs(np.fft.rfft((loud - loud.mean(axis=1, keepdims=True)) * window, 2 * size)) ** 2
    shape = np.fft.irfft(spectrum)[:, :size]
    shape = shape / shape[:, :1] / (own / own[0])
    short, long = int(rate / highest), int(rate / lowest)
    found = [rate / lag for row in shape if (lag := _period(row, short, long))]
    return float(np.median(found)) if len(found) > len(shape) / 4 else 0.0


def _period(row: Samples, short: int, long: int) -> float:
    """The lag of the first high peak, between samples by a parabola; 0 if the frame is not voiced."""
    import numpy as np

    middle = row[short : long + 1]
    peaks = short + np.flatnonzero((middle > row[short - 1 : long]) & (middle >= row[short + 1 : long + 2]))
    if not len(peaks) or row[peaks].max() < 0.5:
        return 0.0
    lag = int(peaks[row[peaks] > 0.85 * row[peaks].max()][0])
    left, top, right = row[lag - 1 : lag + 2]
    return float(lag + 0.5 * (left - right) / (left - 2 * top + right))


def figures(voice: str) -> tuple[float, float]:
    """The pitch in hertz and the gain in decibels of a voice, as the tables have them."""
    samples, rate = samples_of(voice)
    return round(pitch(samples, rate)), round(REFERENCE - loudness(samples, rate), 1)


def main() -> None:
    """Measure every variant, every English accent and every voice of the palette; write both tables."""
    variants = [(f"+{variant}", *figures(f"en-us+{variant}")) for variant in voice_files.variants()]
    accents = [(name, *figures(name)) for name in sorted(voice_files.languages()) if name.split("-")[0] == "en"]
    plain = next(gain for name, _, gain in accents if name == "en-us")
    rows = [(name, f"{hertz:.0f}", f"{gain - plain:.1f}") for name, hertz, gain in accents + variants]
    _write(palette.LEVELS, [("part", "hertz", "gain"), ("", "0", f"{plain:.1f}"), *rows])
    with palette.PALETTE.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    for entry in entries:
        hertz, gain = figures(entry["name"])
        entry |= {"hertz": f"{hertz:.0f}", "gain": f"{gain:.1f}"}
    _write(palette.PALETTE, [tuple(entries[0]), *(tuple(entry.values()) for entry in entries)])
    sys.stdout.write(f"{len(rows)} variants and accents, {len(entries)} voices of the palette\n")


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
