"""Turn encoded segments into files that are found again by what decided their bytes, and files back into segments.

They lie beside the takes, ``<folder>/<key[:2]>/<key>.segment``, so that what did not change since the last production
is not encoded again; see ``audiodrama.cache.keyed_files``. What is encoded is a function of the segment's takes, their
places and gains, and the encoder.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from audiodrama.cache.keyed_files import KeyedFiles, key_of
from audiodrama.sound.libraries import libraries
from audiodrama.sound.master.encode import (
    CEILING,
    MOST_SPARING,
    PEAK_LIMIT,
    QUALITY,
    SPARING,
    EncodedSegment,
    EncodeOrder,
)
from audiodrama.sound.master.mp3 import SINGLE_BITRATE
from audiodrama.sound.mpeg import BITRATE
from audiodrama.sound.takes.cache import MOST_SAMPLES, level, levels, whole

MAGIC = b"audiodrama segment 1\n"
"""The first line of a segment's file."""
ENCODING = 1
"""Raise it when the same order comes out differently (mixing, limiting, encoding)."""
ENDING = ".segment"


def segment_key(order: EncodeOrder) -> str:
    """The name of what ``order`` is encoded to: 64 hexadecimal digits, wherever it stands in the programme."""
    segment = order.segment
    # Only a joined segment has these: the others keep the names that they had before there were any.
    joined = (
        {"joined": (segment.before, segment.after, MOST_SPARING, SPARING)} if segment.before or segment.after else {}
    )
    return key_of(
        {
            **joined,
            "clips": [(clip.key, clip.start, clip.samples, clip.gain, clip.pan) for clip in segment.clips],
            "samples": segment.samples,
            "rate": segment.rate,
            "last": segment.last,
            "gain": order.gain,
            "encoding": (ENCODING, CEILING, PEAK_LIMIT, QUALITY, BITRATE, SINGLE_BITRATE, libraries()),
        }
    )


class SegmentCache:
    """Encoded segments in a folder, by key. Safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made when the first segment is written."""
        self._files = KeyedFiles(folder, ENDING, MAGIC)

    def path(self, key: str) -> Path:
        """Where the segment of that key is, or will be."""
        return self._files.path(key)

    def has(self, key: str) -> bool:
        """Whether the segment of that key is there and not plainly damaged."""
        return self._files.find_header(key) is not None

    def find(self, key: str) -> EncodedSegment | None:
        """The segment of that key, every byte as it was written; None if there is none or it is damaged."""
        sealed = self._files.find(key)
        if sealed is None:
            return None
        header, frames = sealed
        try:
            return EncodedSegment(
                frames=frames,
                count=whole(header["count"], MOST_SAMPLES),
                samples=whole(header["samples"], MOST_SAMPLES),
                power=levels(header["power"]),
                peak=level(header["peak"]),
                crc=whole(header["crc"], 0xFFFF),
            )
        except (ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, segment: EncodedSegment) -> None:
        """Keep a segment. Where there is no room for it, it will have to be encoded again; that is all."""
        header = {
            "count": segment.count,
            "samples": segment.samples,
            "power": segment.power,
            "peak": segment.peak,
            "crc": segment.crc,
        }
        with contextlib.suppress(OSError):
            self._files.seal(key, header, segment.frames)
