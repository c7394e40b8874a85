"""Turn every voice of espeak-ng into its level and its pitch: ``python -m audiodrama.bench.casting.voice_levels``.

Rewrites ``levels.csv`` and puts the measured pitch and gain into ``palette.csv``; its other columns are a
contributor's and stay.
Run it when espeakng-loader ships another espeak-ng.
"""

from __future__ import annotations

import csv
import io
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

_TENTHS = 10
"""Parts of a second that a block of BS.1770 is made of."""
_FULL_SCALE = 32768.0
"""What a 16-bit sample is divided by."""
_K_RATE = 48_000
"""Samples per second for which the standard gives its filters."""
_K_FILTERS = (
    ((1.19839281085285, -2.69169618940638, 1.53512485958697), (0.73248077421585, -1.69065929318241, 1.0)),
    ((1.0, -2.0, 1.0), (0.99007225036621, -1.99004745483398, 1.0)),
)
"""(numerator, denominator) of the shelf and of the high pass, highest power of 1/z first (BS.1770-4, tables 1, 2)."""
_FRAME, _HOP = 0.046, 0.015
"""Seconds of a frame, which holds two periods of the lowest pitch, and from one frame to the next."""
_LOUD = 0.1
"""Level of a frame that is measured, of the largest sample: pauses are not."""
_VOICED = 0.5
"""Normalised autocorrelation from which a frame is voiced (Boersma uses 0.45)."""
_NEARLY_AS_HIGH = 0.85
"""Share of the highest peak that a shorter lag needs to count."""
_VOICED_FRAMES = 1 / 4
"""Share of the frames that must be voiced for a pitch."""
REFERENCE = -20.0
"""LUFS of running speech at its own rate that every gain leads to."""
PASSAGE = (
    "The morning ferry was late again, so the three of them waited on the quay and counted gulls. Nobody spoke much. "
    "A man in a yellow coat sold them tea from a barrow, and asked whether they had come far. Was it warmer in the "
    "south? It was, they told him, though it rained more often than people think. Then the horn sounded twice, the "
    "ropes went out, and somebody laughed because the smallest suitcase had already gone aboard without its owner."
)


def samples_of(voice: str, text: str = PASSAGE, **settings: float) -> tuple[Samples, int]:
    """``text`` as espeak-ng speaks it: one channel, full scale 1, and its samples per second.

    ``settings`` are fields of `Utterance`.
    """
    import numpy as np

    speech = EspeakEngine().speak(Utterance(text, "espeak", voice, **settings))  # type: ignore[arg-type]
    return np.frombuffer(speech.pcm, "<i2") / _FULL_SCALE, speech.rate


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness in LUFS by ITU-R BS.1770-4 of one channel, full scale 1; minus infinity for silence.

    The gates are those of ``sound/dsp``. Its meter is not used: at espeak-ng's 22.05 kHz its filters give 0.05 LU more
    on average than the standard's own, and 0.12 at most (measured on the palette's 51 voices).
    """
    import numpy as np

    from audiodrama.sound.dsp.loudness import BLOCK, integrated

    tenth = round(rate / _TENTHS)
    padded = 1 << (len(samples) + BLOCK * tenth).bit_length()
    spectrum = np.fft.rfft(samples, padded) * k_weighting(np.fft.rfftfreq(padded, 1 / rate))
    weighted = np.fft.irfft(spectrum, padded)[: max(len(samples), BLOCK * tenth)]
    tenths = weighted[: len(weighted) // tenth * tenth].reshape(-1, tenth)
    return integrated((tenths**2).mean(axis=1).tolist())


def k_weighting(hertz: Samples) -> Spectrum:
    """The frequency response of the K-weighting of BS.1770 at each frequency, same shape.

    That is its two biquads, a high shelf and a high pass, with the coefficients that the standard gives for 48 kHz.
    """
    import numpy as np

    z = np.exp(-2j * np.pi * hertz / _K_RATE)
    response: Spectrum = np.ones_like(z)
    for numerator, denominator in _K_FILTERS:
        response = response * np.polyval(numerator, z) / np.polyval(denominator, z)
    return response


def pitch(samples: Samples, rate: int, lowest: float = 55, highest: float = 500) -> float:
    """The median fundamental frequency in hertz of the voiced frames; 0 if less than a quarter of them is voiced.

    By the autocorrelation of each frame, divided by the window's own (Boersma 1993); among peaks nearly as high as
    the highest the shortest lag counts, which avoids octaves below.

    Args:
        samples: one channel, full scale 1.
        rate: samples per second.
        lowest: hertz below which no pitch is looked for.
        highest: hertz above which none is.
    """
    import numpy as np

    size, hop = round(_FRAME * rate), round(_HOP * rate)
    if len(samples) < size:
        return 0.0
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    loud = frames[np.sqrt((frames**2).mean(axis=1)) > _LOUD * np.abs(samples).max()]
    window = np.hanning(size)
    own = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * size)) ** 2)[:size]
    spectrum = np.abs(np.fft.rfft((loud - loud.mean(axis=1, keepdims=True)) * window, 2 * size)) ** 2
    shape = np.fft.irfft(spectrum)[:, :size]
    shape = shape / shape[:, :1] / (own / own[0])
    short, long = int(rate / highest), int(rate / lowest)
    pitches = [rate / lag for row in shape if (lag := _period(row, short, long))]
    return float(np.median(pitches)) if len(pitches) > _VOICED_FRAMES * len(shape) else 0.0


def _period(row: Samples, short: int, long: int) -> float:
    """The lag in samples of the first high peak, between samples by a parabola; 0 if the frame is not voiced.

    Args:
        row: the normalised autocorrelation of a frame, by lag.
        short: the least lag that counts.
        long: the largest.
    """
    import numpy as np

    middle = row[short : long + 1]
    peaks = short + np.flatnonzero((middle > row[short - 1 : long]) & (middle >= row[short + 1 : long + 2]))
    if not len(peaks) or row[peaks].max() < _VOICED:
        return 0.0
    lag = int(peaks[row[peaks] > _NEARLY_AS_HIGH * row[peaks].max()][0])
    previous, top, following = row[lag - 1 : lag + 2]
    # The vertex of the parabola through three points.
    return float(lag + (previous - following) / (previous - 2 * top + following) / 2)


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
    """Write a table as CSV with line feeds."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
