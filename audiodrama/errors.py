"""Name all that can go wrong, in one tree.

    AudiodramaError
    ├── InputError            a file or an option of the user cannot be used
    │   ├── ProseError        a story cannot be read
    │   ├── ScriptFileError   a script file breaks the rules of its format
    │   ├── CastingError      a casting file does, or it names a voice that does not exist
    │   ├── DecisionsError    a decisions file does
    │   └── OutputError       the place for the result cannot be written
    ├── EngineError           an engine did not speak as it was asked to
    │   └── LostWorkError     every worker process that tried a piece of work died over it
    ├── DamagedTakeError      a take's file is not what was written; it must be recorded again
    └── InternalError         an invariant of the program is broken (coverage, timing): a bug to report

Every message is one sentence: what is wrong, where (``file:line``), what to do. Errors of other libraries become one
of these where they enter the package; no caller sees them.
"""

from __future__ import annotations


class AudiodramaError(Exception):
    """The root of the tree: catch this to catch every error that the package raises on purpose."""


class InputError(AudiodramaError):
    """A file or an option that the user gave cannot be used."""


class ProseError(InputError):
    """A story cannot be read: it is missing, empty, not text, or has no words to perform."""


class ScriptFileError(InputError):
    """A script file breaks the rules of its format; the message has the file and the line."""


class CastingError(InputError):
    """A casting file breaks the rules of its format, or names an engine or a voice that does not exist."""


class DecisionsError(InputError):
    """A decisions file breaks the rules of its format; the message has the file and the line."""


class OutputError(InputError):
    """The file or the folder for the result cannot be written."""


class EngineError(AudiodramaError):
    """An engine did not speak as it was asked to: not available here, no sound, too little sound."""


class LostWorkError(EngineError):
    """Every worker process that tried a piece of work died over it; the message names the script's line."""


class DamagedTakeError(AudiodramaError):
    """A take's file is missing or is not what was written: it must be recorded again, never played."""

    def __init__(self, key: str, file: str) -> None:
        """Name the take by its ``key`` in the take cache and by its ``file``."""
        super().__init__(key, file)
        self.key = key
        self.file = file

    def __str__(self) -> str:
        return f"The take {self.file} is missing or damaged; it has to be made again."


class InternalError(AudiodramaError):
    """An invariant of the program is broken. Always a bug."""
