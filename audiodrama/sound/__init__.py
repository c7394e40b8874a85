"""Turn a Script and a Cast into a Master, step by step: readings, record, arrange, cut, encode, assemble.

Nothing here imports an array library when it is imported: ``record``, ``import_sound``, ``encode`` and ``measure_file``
do when they are called, which is meant to happen in worker processes; ``preload`` has a worker import them early.
"""

from audiodrama.sound.libraries import libraries
from audiodrama.sound.master.assemble import Assembly, better_gain, programme_gain, segment_gains
from audiodrama.sound.master.cache import SegmentCache, segment_key
from audiodrama.sound.master.encode import EncodedSegment, EncodeOrder, encode, encode_orders
from audiodrama.sound.master.id3 import FileTags
from audiodrama.sound.measure import FileMeasurement, measure_file
from audiodrama.sound.mpeg import RATE
from audiodrama.sound.preload import preload
from audiodrama.sound.prune import in_use
from audiodrama.sound.takes.cache import TakeCache, sound_key, take_key
from audiodrama.sound.takes.excerpts import excerpt, within
from audiodrama.sound.takes.record import RecordOrder, record
from audiodrama.sound.takes.sound_files import ImportOrder, import_sound
from audiodrama.sound.takes.utterances import utterances
from audiodrama.sound.timeline.arrange import arrange
from audiodrama.sound.timeline.segments import Segment, chapter_starts, cut, positions

ENDINGS = (".mp3",)
"""File name endings that a master may have."""

__all__ = [
    "ENDINGS",
    "RATE",
    "Assembly",
    "EncodeOrder",
    "EncodedSegment",
    "FileMeasurement",
    "FileTags",
    "ImportOrder",
    "RecordOrder",
    "Segment",
    "SegmentCache",
    "TakeCache",
    "arrange",
    "better_gain",
    "chapter_starts",
    "cut",
    "encode",
    "encode_orders",
    "excerpt",
    "import_sound",
    "in_use",
    "libraries",
    "measure_file",
    "positions",
    "preload",
    "programme_gain",
    "record",
    "segment_gains",
    "segment_key",
    "sound_key",
    "take_key",
    "utterances",
    "within",
]
