"""Name everything that can go wrong, in one tree.

    AudiodramaError
    ├── InputError            something a person gave cannot be used
    │   ├── ProseError        a story cannot be read
    │   ├── ScriptFileError   a script file says something that it may not
    │   ├── CastingError      a casting file does, or it names a voice that does not exist
    │   ├── DecisionsError    a file of a person's decisions does
    │   └── OutputError       the place for the result cannot be written
    ├── EngineError           an engine did not speak as it was asked to
    │   └── LostWorkError     every process that tried a piece of work died over it
    ├── DamagedTakeError      a kept take is not what was written; make it again
    └── InternalError         a promise of ours is broken (coverage, timing): a bug, please report it

Every message is one sentence: what is wrong, where (``file:line``), what to do. Errors of other libraries are
turned into one of these at the seam where they enter, and never seen by a caller.
"""

from __future__ import annotations


class AudiodramaError(Exception):
    """The root of the tree: catch this to catch all of ours."""


class InputError(AudiodramaError):
    """Something a person gave cannot be used."""


class ProseError(InputError):
    """A story cannot be read: missing, empty, not text, nothing in it to perform."""


class ScriptFileError(InputError):
    """A script file says something that it may not; the message has the file and the line."""


class CastingError(InputError):
    """A casting file says something that it may not, or asks for an engine or a voice that does not exist."""


class DecisionsError(InputError):
    """A file of a person's decisions says something that it may not; the message has the file and the line."""


class OutputError(InputError):
    """The place for the result cannot be written."""


class EngineError(AudiodramaError):
    """An engine did not speak as it was asked to: not available here, no sound, too little sound."""


class LostWorkError(EngineError):
    """Every process that tried a piece of work died over it; the message names the line."""


class DamagedTakeError(AudiodramaError):
    """A kept take is missing or is not what was written: it must be made again, never played."""

    def __init__(self, key: str, file: str) -> None:
        """Name the take by its ``key`` in the store and by its ``file``."""
        super().__init__(key, file)
        self.key = key
        self.file = file

    def __str__(self) -> str:
        return f"The take {self.file} is missing or damaged; it has to be made again."


class InternalError(AudiodramaError):
    """A promise that the program makes to itself is broken. Always a bug."""
