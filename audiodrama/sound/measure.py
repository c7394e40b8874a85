"""Turn any audio file into its loudness, true peak and length, a few seconds at a time. For worker processes.

The head of this module can be imported without an array library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from audiodrama.errors import InputError
from audiodrama.sound.dsp.decibels import amplitude_decibels
from audiodrama.sound.dsp.loudness import integrated
from audiodrama.sound.ffmpeg import ffmpeg

if TYPE_CHECKING:
    from audiodrama.sound.takes.flac import Floats

TENTHS = 100
"""Tenths of a second that are measured at once."""
MARGIN = 16
"""Samples on either side of a place that its true peak may depend on: a block's last ones wait for the next block."""
AU_HEADER = 24
QUIETEST, LOWEST_PEAK = -70.0, -120.0
"""LUFS and dBTP that stand for silence: loudness meters begin there."""


@dataclass(frozen=True, slots=True)
class FileMeasurement:
    """How an audio file measures."""

    seconds: float
    """Its length."""
    lufs: float
    """Integrated loudness, ITU-R BS.1770-4; -70 for silence."""
    true_peak_db: float
    """dBTP; -120 for silence."""
    sample_rate: int
    """Samples per second."""
    channels: int
    """How many."""


def measure_file(file: Path) -> FileMeasurement:
    """Measure an audio file of any format; of more than two channels each counts the same.

    Raises:
        InputError: it is missing or no audio.
    """
    import soundfile

    if not file.is_file():
        raise InputError(f"{file}: there is no such file.")
    try:
        with soundfile.SoundFile(file) as opened:
            rate = int(opened.samplerate)
            return _measured(rate, _read(opened, rate))
    except soundfile.LibsndfileError:
        return _measured(*_decoded(file))


def level_db(peak: float) -> float:
    """dBTP of a peak, full scale 1; LOWEST_PEAK for silence."""
    return max(round(amplitude_decibels(peak), 2), LOWEST_PEAK) if peak > 0.0 else LOWEST_PEAK


def _measured(rate: int, blocks: Iterator[Floats]) -> FileMeasurement:
    """Measure blocks of shape (channels, samples), each but the last a whole number of tenths long."""
    import numpy as np

    from audiodrama.sound.dsp.meter import power, true_peak

    tenths: list[float] = []
    peak, samples = 0.0, 0
    tail: Floats | None = None
    first = 0
    for block in blocks:
        tenths.extend(sum(tenth) for tenth in zip(*(power(channel, rate) for channel in block), strict=True))
        whole = block if tail is None else np.concatenate((tail, block), axis=1)
        end = max(0, whole.shape[1] - MARGIN)
        peak = max(peak, *(true_peak(np.ascontiguousarray(channel), first, end) for channel in whole))
        tail, samples, channels = whole[:, -2 * MARGIN :], samples + block.shape[1], len(block)
        first = max(0, tail.shape[1] - MARGIN)
    if tail is None:
        raise InputError("The file holds no sound to measure.")
    peak = max(peak, *(true_peak(np.ascontiguousarray(channel), first) for channel in tail))
    return FileMeasurement(samples / rate, max(round(integrated(tenths), 2), QUIETEST), level_db(peak), rate, channels)


def _read(opened: Any, rate: int) -> Iterator[Floats]:
    import numpy as np

    while len(block := opened.read(round(rate / 10) * TENTHS, dtype="float32", always_2d=True)):
        yield np.ascontiguousarray(block.T)


def _decoded(file: Path) -> tuple[int, Iterator[Floats]]:
    """What ffmpeg makes of a file: a Sun AU stream, whose header tells rate and channels and needs no length."""
    import subprocess

    import numpy as np

    command = [ffmpeg(), "-v", "error", "-nostdin", "-i", str(file.resolve()), "-map", "0:a:0"]
    command += ["-f", "au", "-c:a", "pcm_f32be", "-"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    header = process.stdout.read(AU_HEADER)
    if len(header) < AU_HEADER:
        process.communicate()
        raise InputError(f"{file}: this is no audio file that can be decoded.")
    begin, _, _, rate, channels = (int.from_bytes(header[at : at + 4], "big") for at in range(4, AU_HEADER, 4))

    def blocks(stream: IO[bytes]) -> Iterator[Floats]:
        with process:
            stream.read(begin - AU_HEADER)
            size = round(rate / 10) * TENTHS * channels * 4
            while block := stream.read(size):
                samples = np.frombuffer(block, ">f4").astype(np.float32).reshape(-1, channels)
                yield np.ascontiguousarray(samples.T)

    return rate, blocks(process.stdout)
