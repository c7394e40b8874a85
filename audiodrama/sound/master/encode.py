"""Turn a Segment into MP3 frames: mix, limit, encode, and measure what a listener's decoder will make of it.

For worker processes; the head of this module can be imported without an array library.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.errors import InternalError
from audiodrama.sound.dsp.decibels import amplitude_ratio
from audiodrama.sound.master import mp3
from audiodrama.sound.master.crc16 import crc16_of_many
from audiodrama.sound.master.mp3 import SINGLE_BITRATE
from audiodrama.sound.mpeg import BITRATE, DELAY, FRAME, GRANULE, RATE
from audiodrama.sound.timeline.segments import PlacedClip, Segment

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
PIECE = 128 * FRAME
"""Samples that LAME is given at once."""
ATTEMPTS = 8
"""How often a segment is encoded with an ever lower ceiling. Two are nearly always enough."""
AGAIN = 0.995
"""Share of the ceiling that would have been low enough, at which the next attempt is made: encoding varies a little."""
LARGEST_SAMPLE = 32767.0
"""Of 16 bits: full scale."""
SPARING = ((4, 112), (3, 112), (2, 112), (3, 96), (3, 80), (3, 64), (3, 48), (3, 32))
"""(frames of what is heard before the cut, kbit/s): how the first frames of a joined segment are encoded where those at
full rate do not fit, in the order in which they are tried.

LAME's bit reservoir cannot be switched off through lameenc: a frame lends bits that it does not need to those behind
it, and frames that are dropped must have lent none. In two channels they have lent some before half of the cuts, in
one channel before one in twenty (measured in espeak's voices). Frames at 112 kbit/s leave 37 bytes each in those of
128, which nearly always pays for it. The last pair fits by arithmetic for each sound: what four frames of 32 kbit/s
hold fits into one of 128.
"""
MOST_SPARING = 32
"""Frames that are encoded sparingly, at most: 0.8 s."""


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


def encode_orders(segments: Iterable[Segment], gains: Sequence[float], folder: Path | None) -> Iterator[EncodeOrder]:
    """An order for each segment. A clip that is heard in two of them has the gain of the one that it begins in.

    Args:
        segments: in order.
        gains: decibels, one for each of them.
        folder: where the encoded segments are to be kept; None keeps them nowhere.
    """
    begun: dict[int, float] = {}
    for index, segment in enumerate(segments):
        gain = gains[index]
        earlier, begun = begun, {}
        clips: list[PlacedClip] = []
        for clip in segment.clips:
            at = segment.start + clip.start
            begun[at] = earlier[at] if clip.start < 0 else gains[index + (clip.start >= segment.samples)]
            clips.append(clip if begun[at] == gain else replace(clip, gain=clip.gain + begun[at] - gain))
        yield EncodeOrder(replace(segment, clips=tuple(clips)), gain, folder)


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
        # Nothing to measure; a few frames of silence are more than some decoders find in so short a stream.
        silent = _coded(mixed[:1], segment)
        return EncodedSegment(silent.own, silent.count, segment.samples, (), 0.0, crc16_of_many(silent.own))
    ceiling = amplitude_ratio(CEILING)
    for _ in range(ATTEMPTS):
        coded = _coded(limit(mixed, ceiling, segment.rate), segment)
        heard = _decoded(coded, len(mixed))
        # Behind the last sample of the programme there is only what an encoder makes of its end, and that is played.
        end = DELAY + segment.samples if segment.after else None
        peak = max(true_peak(channel[:end]) for channel in heard)
        if peak <= amplitude_ratio(PEAK_LIMIT):
            channels = [power(channel[DELAY:end], segment.rate) for channel in heard]
            # One channel stands for two that are the same.
            both = [sum(tenth) * (2 // len(channels)) for tenth in zip(*channels, strict=True)]
            return EncodedSegment(coded.own, coded.count, segment.samples, tuple(both), peak, crc16_of_many(coded.own))
        ceiling *= AGAIN * amplitude_ratio(PEAK_LIMIT) / peak
    raise InternalError(f"A true peak of {peak:.3f} stays in the segment at sample {segment.start}.")


@dataclass(frozen=True, slots=True)
class _Coded:
    stream: bytes
    """The encoder's frames, with those of what is heard before and after."""
    dropped: int
    """How many of them come before the segment's own."""
    count: int
    """How many are the segment's own."""
    own: bytes
    """These, as they stand in the file: joint stereo at BITRATE."""


def _coded(heard: Floats, segment: Segment) -> _Coded:
    """The frames of what is heard, shape (1 or 2, samples): one channel is encoded if both are the same."""
    length = segment.samples + DELAY if segment.last else segment.samples
    count = -(-length // FRAME)
    more = count + segment.after // FRAME
    bitrate = SINGLE_BITRATE if len(heard) == 1 else BITRATE
    if segment.before:
        return _joined(heard, segment.before // FRAME, count, more)
    stream = _frames(heard, more, bitrate)
    own = mp3.pack(mp3.unpack(stream[:count], 1)) if len(heard) == 1 else b"".join(stream[:count])
    return _Coded(b"".join(stream), 0, count, own)


def _joined(heard: Floats, dropped: int, count: int, more: int) -> _Coded:
    """The frames of a joined segment: no frame needs what was in those that are dropped.

    Args:
        heard: shape (1 or 2, samples), with what is heard before the segment and after it.
        dropped: frames that are heard before it.
        count: the segment's own frames.
        more: these, and those that are heard after it.
    """
    channels = len(heard)
    bitrate = SINGLE_BITRATE if channels == 1 else BITRATE
    full = mp3.unpack(_frames(_softened(heard), dropped + more, bitrate), channels)
    for first in _beginnings(heard, dropped):
        few = min(len(first.contents), count)
        with contextlib.suppress(mp3.NoRoomError):
            own = mp3.pack(first.part(0, few).then(full.part(dropped + few, dropped + count)))
            stream = full.part(0, dropped).then(first.part(0, few)).then(full.part(dropped + few, dropped + more))
            return _Coded(mp3.pack(stream), dropped, count, own)
    raise InternalError("A segment cannot be joined to the one before it: no frames of 32 kbit/s fit.")


def _beginnings(heard: Floats, dropped: int) -> Iterator[mp3.UnpackedFrames]:
    """What a joined segment may begin with instead of its frames at full rate: none, then ever more sparing ones."""
    channels = len(heard)
    yield mp3.unpack([], channels)
    for dropped_frames, bitrate in SPARING:
        # Two frames more than are used: the encoder looks ahead.
        around = heard[:, (dropped - dropped_frames) * FRAME : (dropped + MOST_SPARING + 2) * FRAME]
        sparing = mp3.unpack(_frames(_softened(around), dropped_frames + MOST_SPARING, bitrate), channels)
        few = 1
        while few <= MOST_SPARING:
            yield sparing.part(dropped_frames, dropped_frames + few)
            few *= 2


def _softened(heard: Floats) -> Floats:
    """``heard`` with half a frame faded in, so that the encoder does not take its beginning for an onset."""
    import numpy as np

    soft: Floats = heard.copy()
    soft[:, :GRANULE] *= (0.5 - 0.5 * np.cos(np.pi * (np.arange(GRANULE) + 0.5) / GRANULE)).astype(np.float32)
    return soft


def _frames(heard: Floats, count: int, bitrate: int) -> list[bytes]:
    """The first ``count`` frames of what is heard, shape (1 or 2, samples), with silence behind it."""
    import lameenc
    import numpy as np

    channels = len(heard)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(RATE)
    # LAME would resample two channels to 32 kHz at 96 kbit/s and less.
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(channels)
    encoder.set_bit_rate(bitrate)
    encoder.set_quality(QUALITY)
    stream = bytearray()
    # Piece by piece: a segment can be a minute long, and samples in every form that they pass through are large.
    for begin in range(0, count * FRAME, PIECE):
        pcm = np.zeros((min(PIECE, count * FRAME - begin), channels), np.int16)
        part = heard[:, begin : begin + PIECE].T[: len(pcm)]
        pcm[: len(part)] = np.rint(part * np.float32(LARGEST_SAMPLE / LAME_SCALE))
        stream += encoder.encode(pcm.tobytes())
    stream += encoder.flush()
    return mp3.frames(bytes(stream))[:count]


def _decoded(coded: _Coded, channels: int) -> Floats:
    """What a decoder makes of the segment's own frames and those behind: shape (channels, samples), DELAY late."""
    import io

    import numpy as np
    import soundfile

    heard, _ = soundfile.read(io.BytesIO(coded.stream), dtype="float32", always_2d=True)
    transposed: Floats = np.ascontiguousarray(heard[coded.dropped * FRAME :, :channels].T)
    return transposed
