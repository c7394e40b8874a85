"""Turn a Script and a Cast into a Master, step by step: readings, record, arrange, cut, encode, assemble.

Nothing here imports an array library when it is imported: ``record``, ``import_sound``, ``encode`` and ``measure``
do when they are called, which is meant to happen in worker processes; ``load`` has a worker import them early.
"""

from audiodrama.sound.encode import EncodedSegment, EncodeOrder, encode
from audiodrama.sound.loading import load
from audiodrama.sound.master import Assembly, better_gain, programme_gain, segment_gains
from audiodrama.sound.measure import Measured, measure
from audiodrama.sound.mp3 import RATE
from audiodrama.sound.readings import readings
from audiodrama.sound.record import RecordOrder, record
from audiodrama.sound.segments import Segment, chapter_starts, cut, positions
from audiodrama.sound.shelf import Shelf, libraries, segment_key
from audiodrama.sound.sounds import SoundOrder, import_sound
from audiodrama.sound.store import Store, key, sound_key
from audiodrama.sound.tags import Label
from audiodrama.sound.timeline import arrange
from audiodrama.sound.upkeep import in_use

ENDINGS = (".mp3",)
"""File name endings that a master may have."""

__all__ = [
    "ENDINGS",
    "RATE",
    "Assembly",
    "EncodeOrder",
    "EncodedSegment",
    "Label",
    "Measured",
    "RecordOrder",
    "Segment",
    "Shelf",
    "SoundOrder",
    "Store",
    "arrange",
    "better_gain",
    "chapter_starts",
    "cut",
    "encode",
    "import_sound",
    "in_use",
    "key",
    "libraries",
    "load",
    "measure",
    "positions",
    "programme_gain",
    "readings",
    "record",
    "segment_gains",
    "segment_key",
    "sound_key",
]
