"""Turn a Timeline into the gain it needs, and encoded segments, as they come in, into a Master.

The file appears only when it is whole.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import zlib
from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from audiodrama.cache.atomic_write import followed, part_beside
from audiodrama.cache.file_lock import FileLock
from audiodrama.errors import InternalError, OutputError
from audiodrama.model import Clip, Master, Timeline
from audiodrama.sound.dsp.decibels import amplitude_decibels, power_ratio
from audiodrama.sound.dsp.loudness import add_power, integrated
from audiodrama.sound.master import mp3
from audiodrama.sound.master.crc16 import crc16_joined
from audiodrama.sound.master.encode import CEILING, EncodedSegment
from audiodrama.sound.master.id3 import FileTags, tag
from audiodrama.sound.measure import QUIETEST, level_db
from audiodrama.sound.mpeg import RATE
from audiodrama.sound.takes.record import CREST
from audiodrama.sound.timeline.segments import Segment, positions, shares

TARGET = -16.0
"""LUFS, integrated: what podcasts are mastered to (AES TD1008, Apple)."""
TOLERANCE = 0.2
"""LU by which a master may miss the target."""
MOST_GAIN = 24.0
"""dB by which a programme is made louder at most: one that is nearly silent stays quiet."""
ENCODER_LOSS = 0.06
"""LU that encoding takes away: quantising silences the faintest of the high frequencies."""
ROUNDS = 6
"""How often the gain is corrected for what the limiter takes away."""
STEP = 0.25
"""dB between the gains that segments may have: far less than a listener hears between two lines."""
SMALLEST_CHANGE = 0.01
"""dB below which a gain is not corrected: gains are rounded to that."""
CRC_VALUES = 2**32
"""How many values a CRC-32 has."""
LOST_SHARE, LOST_GROWTH, ALL_LOST_FROM = 0.12, 0.045, 9.5
"""LU lost for a dB of peaks taken down, how much more for each further dB, and the dB from which all of a further dB is
lost: fitted to what the limiter does to takes in espeak's voices."""
FEW = 8
"""Segments of a programme so short that each of them has the programme's gain itself."""


def programme_gain(timeline: Timeline, target: float = TARGET) -> float:
    """The decibels that bring ``timeline`` to ``target`` LUFS, by what was measured when its takes were made.

    What the limiter will take away depends on the gain; it is estimated, and the gain corrected, until both agree.
    """
    starts = positions(timeline, RATE)
    clips = [(start, item) for start, item in zip(starts, timeline.items, strict=False) if isinstance(item, Clip)]
    loudest = max((_peak_level(clip) for _, clip in clips), default=-math.inf)
    gain = 0.0
    for _ in range(ROUNDS):
        loudness = _loudness(clips, gain) - ENCODER_LOSS
        if loudness == -math.inf:
            return 0.0
        missing = min(target - loudness, MOST_GAIN - gain)
        limited = loudest + max(gain, gain + missing) > CEILING
        gain += missing
        # Below the ceiling nothing is lost, and the first look was right.
        if not limited or abs(missing) < SMALLEST_CHANGE:
            break
    return round(gain, 2)


def segment_gains(gain: float, segments: Collection[Segment]) -> tuple[float, ...]:
    """The gain of each segment, in steps, so that they are ``gain`` on average.

    A change of one line moves the programme's gain by a hundredth of a decibel, and with it every byte of the master.
    In steps, nearly all segments stay as they were: which of the two nearest steps a segment takes is decided by the
    gain and by a number between 0 and 1 drawn from its takes (a dither), so it depends on nothing that was made before.
    """
    if len(segments) < FEW:
        return (gain,) * len(segments)
    return tuple(STEP * math.floor(gain / STEP + _dither(segment)) for segment in segments)


def _dither(segment: Segment) -> float:
    return zlib.crc32("".join(clip.key for clip in segment.clips).encode()) / CRC_VALUES


def better_gain(gain: float, lufs: float, target: float = TARGET) -> float | None:
    """The gain that would have brought a programme to ``target`` that came out at ``lufs`` with ``gain``.

    None if it came near enough (TOLERANCE), or if no gain would help. Shouting that the limiter has to hold down by
    ten decibels and more is all that makes the first guess miss.
    """
    better = min(gain + target - lufs, MOST_GAIN)
    is_close = abs(target - lufs) <= TOLERANCE or abs(better - gain) < SMALLEST_CHANGE
    return None if is_close or lufs <= QUIETEST else round(better, 2)


def _loudness(clips: list[tuple[int, Clip]], gain: float) -> float:
    """LUFS of the clips, each at its first sample, made louder by ``gain``."""
    power = array("d")
    for start, clip in clips:
        lost = _limiter_loss(clip, gain)
        # Wherever it is placed between the loudspeakers, the two channels have twice the power of the one.
        add_power(power, clip.take.power, start * 10 / RATE, 2.0 * power_ratio(clip.gain + gain - lost))
    return integrated(power)


def _peak_level(clip: Clip) -> float:
    """dBFS that the clip reaches in the louder channel."""
    share = max(shares(clip.pan))
    return clip.gain + amplitude_decibels(clip.take.peak * share) if clip.take.peak > 0.0 else -math.inf


def _limiter_loss(clip: Clip, gain: float) -> float:
    """LU that a clip loses to the limiter when it is made louder by ``gain``."""
    over = _peak_level(clip) + gain - CEILING
    if over <= 0.0:
        return 0.0
    take = clip.take
    crest = amplitude_decibels(take.peak) - integrated([2.0 * tenth for tenth in take.power])
    return limiter_loss_lu(crest - over) - limiter_loss_lu(crest)


def limiter_loss_lu(crest: float) -> float:
    """LU that speech loses when its peaks are taken down to ``crest`` dB above its loudness.

    Fitted to espeak's voices, within 0.5 LU for each take; over a programme the errors average out.
    """
    taken = max(CREST - crest, 0.0)
    steep = max(taken - ALL_LOST_FROM, 0.0)
    taken -= steep
    return LOST_SHARE * taken + LOST_GROWTH * taken * taken + steep


class Assembly:
    """A master in the making, in a ``with`` statement; ``.NAME.part`` beside the target until it is finished.

    Leaving the statement without ``finish`` - an error, Ctrl-C - removes that file; an older master stays as it was.
    The file is made by ``begin``, inside of the statement, so that at each moment the statement removes it.
    """

    def __init__(self, path: Path, label: FileTags, chapters: tuple[tuple[str, float], ...], samples: int) -> None:
        """Say what it will be. Nothing is written yet.

        Args:
            path: Where the master is to be.
            label: What a player shows.
            chapters: (title, second at which it begins).
            samples: Length of the programme, which the segments have to add up to.
        """
        self.path = path
        # A symbolic link stays: what it leads to is written.
        self._place = followed(path)
        self._claim = FileLock(part_beside(self._place))
        self._chapters = chapters
        self._samples = samples
        self._done = self._count = self._size = self._crc = 0
        self._power = array("d")
        self._peak = 0.0
        self._tags = tag(label, chapters, samples / RATE)
        self._file: BinaryIO | None = None

    def begin(self) -> None:
        """Begin the file.

        Raises:
            OutputError: the place cannot be written, or another run is writing there.
        """
        self._file = self._open()
        self._write(self._tags + bytes(mp3.INFO_SIZE))

    def add(self, segment: EncodedSegment) -> None:
        """Write the next segment.

        Raises:
            OutputError: it cannot be written; nothing is left behind.
        """
        self._write(segment.frames)
        add_power(self._power, segment.power, self._done * 10 / RATE)
        self._done += segment.samples
        self._count += segment.count
        self._size += len(segment.frames)
        self._crc = crc16_joined(self._crc, segment.crc, len(segment.frames))
        self._peak = max(self._peak, segment.peak)

    @property
    def lufs(self) -> float:
        """Integrated loudness in LUFS of the segments added so far; QUIETEST for silence."""
        return max(round(integrated(self._power), 2), QUIETEST)

    def finish(self) -> Master:
        """Complete the file, put it in its place and say how it measures.

        Raises:
            OutputError: it cannot be written; nothing is left behind.
            InternalError: the segments are not as long as the programme.
        """
        if self._done != self._samples or self._file is None:
            raise InternalError(f"The segments hold {self._done} samples of {self._samples}.")
        info = mp3.info_frame(self._count, mp3.INFO_SIZE + self._size, self._samples, self._crc)
        with self._cleanly():
            self._file.seek(len(self._tags))
            self._file.write(info)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._claim.rename_to_final(self._place)
            _sync(self._place.parent)
        return Master(
            path=self.path,
            seconds=self._samples / RATE,
            sample_rate=RATE,
            channels=2,
            lufs=self.lufs,
            true_peak_db=level_db(self._peak),
            chapters=self._chapters,
        )

    def discard(self) -> None:
        """Leave nothing behind; after ``finish`` there is nothing to leave."""
        self._claim.release()

    def __enter__(self) -> Assembly:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def _open(self) -> BinaryIO:
        try:
            if os.path.isdir(self._place):
                raise IsADirectoryError(errno.EISDIR, "it is a folder")
            if os.path.exists(self._place) and not os.path.isfile(self._place):
                raise OSError(errno.EINVAL, "it is no file but a pipe or a device")
            self._place.parent.mkdir(parents=True, exist_ok=True)
            return self._claim.acquire()
        except OSError as error:
            raise self._unwritable(error) from error

    def _write(self, content: bytes) -> None:
        if self._file is None:
            raise InternalError("A master is written that was not begun.")
        with self._cleanly():
            self._file.write(content)

    @contextlib.contextmanager
    def _cleanly(self) -> Iterator[None]:
        """Remove the part file after any error, and raise OutputError if it was the disk's."""
        try:
            yield
        except OSError as error:
            self._claim.release()
            raise self._unwritable(error) from error
        except BaseException:
            self._claim.release()
            raise

    def _unwritable(self, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(f"Cannot write {self.path}: {reason}; choose another place or free some room.")


def _sync(folder: Path) -> None:
    """Have the disk remember the new name, too; where folders cannot be synced, the file system does so by itself."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
