"""The nouns of the house, in the order of the journey: Document, Script, Casting, Cast, Take, Timeline, Master.

All of them are frozen values: a step takes some and returns new ones. No module here opens a file, holds samples
or imports another room. Text offsets count characters of the decoded source, ends exclusive.
"""

from audiodrama.model.casting import Cast, Casting, Pauses, Role, Voice, VoiceInfo
from audiodrama.model.document import Block, BlockKind, Document, Skip, Span
from audiodrama.model.master import Chapter, Clip, Gap, GapReason, Master, Take, Timeline, Utterance, Word
from audiodrama.model.names import SpellingIndex, name_key, names_meant, reserved, reserved_alias
from audiodrama.model.script import (
    CROWD,
    NARRATOR,
    UNKNOWN,
    Age,
    DecidedLine,
    Excerpt,
    Gender,
    Line,
    LineKind,
    Person,
    Scene,
    Script,
)

__all__ = [
    "CROWD",
    "NARRATOR",
    "UNKNOWN",
    "Age",
    "Block",
    "BlockKind",
    "Cast",
    "Casting",
    "Chapter",
    "Clip",
    "DecidedLine",
    "Document",
    "Excerpt",
    "Gap",
    "GapReason",
    "Gender",
    "Line",
    "LineKind",
    "Master",
    "Pauses",
    "Person",
    "Role",
    "Scene",
    "Script",
    "Skip",
    "Span",
    "SpellingIndex",
    "Take",
    "Timeline",
    "Utterance",
    "Voice",
    "VoiceInfo",
    "Word",
    "name_key",
    "names_meant",
    "reserved",
    "reserved_alias",
]
