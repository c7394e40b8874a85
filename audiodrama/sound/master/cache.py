"""Turn encoded segments into files that are found again by what decided their bytes, and files back into segments.

They lie beside the takes, ``<folder>/<key[:2]>/<key>.segment``, so that what did not change since the last production
is not encoded again. An encoded segment is a function of its takes, their places and gains, and the encoder.
"""

from __future__ import annotations

import contextlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from audiodrama.cache.sealed_file import read_header, seal, unseal, write_sealed
from audiodrama.sound.master.encode import CEILING, PEAK_LIMIT, QUALITY, EncodedSegment, EncodeOrder
from audiodrama.sound.master.mp3 import BITRATE, SINGLE_BITRATE
from audiodrama.sound.takes.cache import MOST_SAMPLES, digest, level, levels, touch, whole

MAGIC = b"audiodrama segment 1\n"
"""The first line of a segment's file."""
ENCODING = 1
"""Raise it when the same order comes out differently (mixing, limiting, encoding)."""
LIBRARIES = ("lameenc", "numpy", "soundfile", "soxr")
"""Whose versions decide the bytes, too."""
ENDING = ".segment"


@cache
def libraries() -> str:
    """The libraries that have a hand in the sound, with their versions; none of them is loaded for that."""
    return ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)


def segment_key(order: EncodeOrder) -> str:
    """The name of what ``order`` is encoded to: 64 hexadecimal digits, wherever it stands in the programme."""
    segment = order.segment
    return digest(
        {
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
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the segment of that key is, or will be."""
        return self.folder / key[:2] / f"{key}{ENDING}"

    def has(self, key: str) -> bool:
        """Whether the segment of that key is there and not plainly damaged."""
        try:
            with self.path(key).open("rb") as file:
                read_header(MAGIC, file)
                touch(file)
            return True
        except (OSError, ValueError):
            return False

    def find(self, key: str) -> EncodedSegment | None:
        """The segment of that key, every byte as it was written; None if there is none or it is damaged."""
        try:
            header, frames = unseal(MAGIC, self.path(key).read_bytes())
            return EncodedSegment(
                frames=frames,
                count=whole(header["count"], MOST_SAMPLES),
                samples=whole(header["samples"], MOST_SAMPLES),
                power=levels(header["power"]),
                peak=level(header["peak"]),
                crc=whole(header["crc"], 0xFFFF),
            )
        except (OSError, ValueError, KeyError, TypeError):
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
            write_sealed(self.path(key), seal(MAGIC, header, segment.frames))


def _version(name: str) -> str:
    """By the name of the folder that describes an installed package: importlib.metadata takes ten times as long."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return ""
    place = Path(spec.origin).parent
    site = place.parent if spec.submodule_search_locations else place
    found = sorted(site.glob(f"{name}-*.dist-info"))
    if found:
        return found[-1].name.removesuffix(".dist-info").removeprefix(f"{name}-")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
