"""Turn samples into the FLAC that a take is kept as, and back. Worker processes only."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import soundfile

from audiodrama.errors import DamagedTakeError
from audiodrama.model import Take, Word
from audiodrama.sound.dsp.meter import power
from audiodrama.sound.takes.cache import TakeCache, payload

Floats: TypeAlias = npt.NDArray[np.float32]
Shorts: TypeAlias = npt.NDArray[np.int16]

FULL_SCALE = 32768.0
"""The magnitude of a 16-bit sample that counts as 1."""


def keep(
    store: TakeCache,
    key: str,
    pcm: Shorts,
    rate: int,
    words: tuple[Word, ...] = (),
    tenths: Sequence[float] | None = None,
    silences: tuple[int, int] = (0, 0),
) -> Take:
    """Keep one channel of samples in ``store`` as the take of ``key``.

    Args:
        store: where.
        key: the take's.
        pcm: 16-bit samples, shape (samples,).
        rate: samples per second.
        words: if the engine tells.
        tenths: their ``meter.power``, if it is known.
        silences: milliseconds of silence that were trimmed at the beginning and at the end.

    Raises:
        OutputError: the store cannot be written.
    """
    tenths = power(full_scale(pcm), rate) if tenths is None else tenths
    loudest = max(int(pcm.max(initial=0)), -int(pcm.min(initial=0)))
    silence_before, silence_after = silences
    take = Take(
        key=key,
        file=store.path(key),
        samples=len(pcm),
        rate=rate,
        power=tuple(float(f"{value:.5g}") for value in tenths),
        peak=float(f"{loudest / FULL_SCALE:.5g}"),
        words=words,
        silence_before=silence_before,
        silence_after=silence_after,
    )
    store.write(take, _flac(pcm, rate))
    return take


def _flac(pcm: Shorts, rate: int) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, pcm, rate, subtype="PCM_16", format="FLAC")
    return file.getvalue()


def full_scale(pcm: Shorts) -> Floats:
    """16-bit samples of any shape as 32-bit ones of the same shape, full scale 1."""
    return pcm.astype(np.float32) / np.float32(FULL_SCALE)


def load(key: str, file: Path) -> tuple[Floats, int]:
    """The samples of a take, full scale 1, shape (samples,), and how many there are per second.

    Raises:
        DamagedTakeError: the file is missing or not what was written.
    """
    try:
        heard, rate = soundfile.read(io.BytesIO(payload(key, file)), dtype="float32")
    except soundfile.LibsndfileError as error:
        raise DamagedTakeError(key, str(file)) from error
    return heard, int(rate)
