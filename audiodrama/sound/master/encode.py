"""Turn a Segment into MP3 frames: mix, limit, encode, and measure what a listener's decoder will make of it.

For worker processes; the head of this module can be imported without an array library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.errors import InternalError
from audiodrama.sound.master import mp3
from audiodrama.sound.master.crc16 import crc16_of_many
from audiodrama.sound.timeline.segments import DELAY, Segment

if TYPE_CHECKING:
    from audiodrama.sound.takes.flac import Floats

CEILING = -1.6
"""dBFS that no sample exceeds before it is encoded."""
PEAK_LIMIT = -1.05
"""dBTP that what was encoded must not exceed; the promise is -1, meters differ by a little."""
QUALITY = 5
"""LAME's trade of quality for speed."""
LAME_SCALE = 0.95
"""What LAME multiplies its input by at the bit rates used here; made up for beforehand."""
PIECE = 128 * mp3.FRAME
"""Samples that LAME is given at once."""
ATTEMPTS = 8
"""How often a segment is encoded with an ever lower ceiling. Two are nearly always enough."""


@dataclass(frozen=True, slots=True)
class EncodeOrder:
    """A segment to be encoded by one worker."""

    segment: Segment
    """What is heard."""
    gain: float
    """Decibels by which all of it is made louder."""
    folder: Path | None = None
    """Where the encoded segment is to be kept; None keeps it nowhere."""


@dataclass(frozen=True, slots=True)
class EncodedSegment:
    """A segment as it stands in the file, and how it measures."""

    frames: bytes
    """Whole MP3 frames."""
    count: int
    """How many."""
    samples: int
    """The segment's length; the frames of the last segment hold a little more."""
    power: tuple[float, ...]
    """K-weighted mean square of each tenth of a second after decoding, both channels together."""
    peak: float
    """Largest true peak after decoding, full scale 1."""
    crc: int
    """CRC-16 of the frames."""


def encode(order: EncodeOrder) -> EncodedSegment:
    """Mix and encode one segment; its true peak after decoding is at most PEAK_LIMIT.

    Raises:
        DamagedTakeError: a take is missing or damaged; nothing was encoded.
    """
    from audiodrama.sound.dsp.limiter import limit
    from audiodrama.sound.dsp.meter import power, true_peak
    from audiodrama.sound.master.mix import mix

    segment = order.segment
    mixed = mix(segment, order.gain)
    if not mixed.any():
        return _silent(mixed, segment)
    ceiling = _ratio(CEILING)
    for _ in range(ATTEMPTS):
        stream, count = _frames(limit(mixed, ceiling, segment.rate), segment)
        heard = _decoded(stream)
        peak = max(true_peak(channel) for channel in heard)
        if peak <= _ratio(PEAK_LIMIT):
            channels = [power(channel[DELAY:], segment.rate) for channel in heard]
            # One channel stands for two that are the same.
            both = [sum(tenth) * (2 // len(channels)) for tenth in zip(*channels, strict=True)]
            whole = mp3.mono_to_joint_stereo(stream) if len(channels) == 1 else b"".join(stream)
            return EncodedSegment(whole, count, segment.samples, tuple(both), peak, crc16_of_many(whole))
        ceiling *= 0.995 * _ratio(PEAK_LIMIT) / peak
    raise InternalError(f"A true peak of {peak:.3f} stays in the segment at sample {segment.start}.")


def _silent(mixed: Floats, segment: Segment) -> EncodedSegment:
    """Nothing to measure; a few frames of silence are more than some decoders find in so short a stream."""
    stream, count = _frames(mixed[:1], segment)
    whole = mp3.mono_to_joint_stereo(stream)
    return EncodedSegment(whole, count, segment.samples, (), 0.0, crc16_of_many(whole))


def _frames(heard: Floats, segment: Segment) -> tuple[list[bytes], int]:
    """The frames of what is heard: of a single channel if both are the same."""
    import lameenc
    import numpy as np

    channels = len(heard)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(segment.rate)
    encoder.set_channels(channels)
    encoder.set_bit_rate(mp3.BITRATE if channels == 2 else mp3.SINGLE_BITRATE)
    encoder.set_quality(QUALITY)
    length = segment.samples + DELAY if segment.last else segment.samples
    count = -(-length // mp3.FRAME)
    stream = bytearray()
    # Piece by piece: a segment can be a minute long, and samples in every form that they pass through are large.
    for begin in range(0, count * mp3.FRAME, PIECE):
        pcm = np.zeros((min(PIECE, count * mp3.FRAME - begin), channels), np.int16)
        part = heard[:, begin : begin + PIECE].T
        pcm[: len(part)] = np.rint(part * np.float32(32767.0 / LAME_SCALE))
        stream += encoder.encode(pcm.tobytes())
    stream += encoder.flush()
    return mp3.frames(bytes(stream))[:count], count


def _decoded(stream: list[bytes]) -> Floats:
    """What a decoder makes of the frames: shape (channels, samples), DELAY samples late."""
    import io

    import numpy as np
    import soundfile

    heard, _ = soundfile.read(io.BytesIO(b"".join(stream)), dtype="float32", always_2d=True)
    transposed: Floats = np.ascontiguousarray(heard.T)
    return transposed


def _ratio(decibels: float) -> float:
    return float(10.0 ** (decibels / 20.0))
