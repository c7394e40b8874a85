"""Turn a Script and a Cast into a Master, step by step: readings, record, arrange, cut, encode, assemble.

Nothing here imports an array library when it is imported: ``record``, ``import_sound``, ``encode`` and ``measure``
do when they are called, which is meant to happen in worker processes; ``load`` has a worker import them early.
"""

from audiodrama.sound.master.assemble import Assembly, better_gain, programme_gain, segment_gains
from audiodrama.sound.master.cache import Shelf, libraries, segment_key
from audiodrama.sound.master.encode import EncodedSegment, EncodeOrder, encode
from audiodrama.sound.master.id3 import Label
from audiodrama.sound.master.mp3 import RATE
from audiodrama.sound.measure import Measured, measure
from audiodrama.sound.preload import load
from audiodrama.sound.prune import in_use
from audiodrama.sound.takes.cache import Store, key, sound_key
from audiodrama.sound.takes.record import RecordOrder, record
from audiodrama.sound.takes.sound_files import SoundOrder, import_sound
from audiodrama.sound.takes.utterances import readings
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
