"""Turn a Timeline into the gain it needs, and encoded segments, as they come in, into a Master.

The file appears only when it is whole.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from audiodrama.errors import InternalError, OutputError
from audiodrama.model import Clip, Master, Timeline
from audiodrama.sound import mp3
from audiodrama.sound.claim import claim
from audiodrama.sound.crc import crc16_joined
from audiodrama.sound.encode import CEILING, EncodedSegment
from audiodrama.sound.loudness import integrated, lay
from audiodrama.sound.measure import QUIETEST, level_db
from audiodrama.sound.segments import positions, shares
from audiodrama.sound.tags import Label, tag

TARGET = -16.0
"""LUFS, integrated: what podcasts are mastered to (AES TD1008, Apple)."""
MOST_GAIN = 24.0
"""dB by which a programme is made louder at most: one that is nearly silent stays quiet."""
ROUNDS = 6
"""How often the gain is corrected for what the limiter takes away."""


def programme_gain(timeline: Timeline, target: float = TARGET) -> float:
    """The decibels that bring ``timeline`` to ``target`` LUFS, by what was measured when its takes were made.

    What the limiter will take away depends on the gain; it is estimated, and the gain corrected, until both agree.
    """
    starts = positions(timeline, mp3.RATE)
    clips = [(start, item) for start, item in zip(starts, timeline.items, strict=False) if isinstance(item, Clip)]
    loudest = max((_peak_level(clip) for _, clip in clips), default=-math.inf)
    gain = 0.0
    for _ in range(ROUNDS):
        loudness = _loudness(clips, gain)
        if loudness == -math.inf:
            return 0.0
        missing = min(target - loudness, MOST_GAIN - gain)
        limited = loudest + max(gain, gain + missing) > CEILING
        gain += missing
        # Below the ceiling nothing is lost, and the first look was right.
        if not limited or abs(missing) < 0.01:
            break
    return round(gain, 2)


def _loudness(clips: list[tuple[int, Clip]], gain: float) -> float:
    """LUFS of the clips, each at its first sample, made louder by ``gain``."""
    power: list[float] = []
    for start, clip in clips:
        lost = _limiter_loss(_peak_level(clip) + gain - CEILING)
        # Wherever it is placed between the loudspeakers, the two channels have twice the power of the one.
        lay(power, clip.take.power, start * 10 / mp3.RATE, 2.0 * 10.0 ** ((clip.gain + gain - lost) / 10.0))
    return integrated(power)


def _peak_level(clip: Clip) -> float:
    """dBFS that the clip reaches in the louder channel."""
    share = max(shares(clip.pan))
    return clip.gain + 20.0 * math.log10(clip.take.peak * share) if clip.take.peak > 0.0 else -math.inf


def _limiter_loss(over: float) -> float:
    """LU that speech loses to the limiter if its peaks are ``over`` dB too high; fitted to espeak's voices."""
    if over <= 0.0:
        return 0.0
    steep = max(over - 9.5, 0.0)
    over -= steep
    return 0.12 * over + 0.045 * over * over + steep


class Assembly:
    """A master in the making, in a ``with`` statement; ``.NAME.part`` beside the target until it is finished.

    Leaving the statement without ``finish`` - an error, Ctrl-C - removes that file; an older master stays as it was.
    """

    def __init__(self, path: Path, label: Label, chapters: tuple[tuple[str, float], ...], samples: int) -> None:
        """Begin the file.

        Args:
            path: Where the master is to be.
            label: What a player shows.
            chapters: (title, second at which it begins).
            samples: Length of the programme, which the segments have to add up to.

        Raises:
            OutputError: the place cannot be written, or another run is writing there.
        """
        self.path = path
        self.part = path.with_name(f".{path.name}.part")
        self._chapters = chapters
        self._samples = samples
        self._done = self._count = self._size = self._crc = 0
        self._power: list[float] = []
        self._peak = 0.0
        tags = tag(label, chapters, samples / mp3.RATE)
        self._begin = len(tags)
        self._file = self._open()
        self._write(tags + bytes(mp3.INFO_SIZE))

    def add(self, segment: EncodedSegment) -> None:
        """Write the next segment.

        Raises:
            OutputError: it cannot be written; nothing is left behind.
        """
        self._write(segment.frames)
        lay(self._power, segment.power, self._done * 10 / mp3.RATE)
        self._done += segment.samples
        self._count += segment.count
        self._size += len(segment.frames)
        self._crc = crc16_joined(self._crc, segment.crc, len(segment.frames))
        self._peak = max(self._peak, segment.peak)

    def finish(self) -> Master:
        """Complete the file, put it in its place and say how it measures.

        Raises:
            OutputError: it cannot be written; nothing is left behind.
            InternalError: the segments are not as long as the programme.
        """
        if self._done != self._samples:
            raise InternalError(f"The segments hold {self._done} samples of {self._samples}.")
        info = mp3.info_frame(self._count, mp3.INFO_SIZE + self._size, self._samples, self._crc)
        with self._cleanly():
            self._file.seek(self._begin)
            self._file.write(info)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self.part, self.path)
        return Master(
            path=self.path,
            seconds=self._samples / mp3.RATE,
            sample_rate=mp3.RATE,
            channels=2,
            lufs=max(round(integrated(self._power), 2), QUIETEST),
            true_peak_db=level_db(self._peak),
            chapters=self._chapters,
        )

    def discard(self) -> None:
        """Leave nothing behind; after ``finish`` there is nothing to leave."""
        if not self._file.closed:
            self._remove()

    def __enter__(self) -> Assembly:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def _open(self) -> BinaryIO:
        try:
            if self.path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return claim(self.part)
        except OSError as error:
            raise self._unwritable(error) from error

    def _write(self, content: bytes) -> None:
        with self._cleanly():
            self._file.write(content)

    @contextlib.contextmanager
    def _cleanly(self) -> Iterator[None]:
        """Remove the part file when anything goes wrong, and say so in our words if it was the disk."""
        try:
            yield
        except OSError as error:
            self._remove()
            raise self._unwritable(error) from error
        except BaseException:
            self._remove()
            raise

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        self.part.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(f"Cannot write {self.path}: {reason}; choose another place or free some room.")
