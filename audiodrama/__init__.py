"""Prose goes in, a produced audio drama comes out.

The tour, in the order of the journey. ``produce`` makes it all; each step is a function over plain values:

    document = audiodrama.read(Path("story.txt"))           # I.   a file becomes a Document
    script = audiodrama.adapt(document)                     # II.  a Document becomes a Script
    cast = audiodrama.fill(script, casting, offer)          # III. Script and voices become a Cast
    production = audiodrama.produce(story, output)          # IV.  Script and Cast become a Master

``audiodrama.model`` has the nouns, ``audiodrama.errors`` all that can go wrong; every name below can be taken from
here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from audiodrama.errors import (
    AudiodramaError,
    CastingError,
    DecisionsError,
    EngineError,
    InputError,
    InternalError,
    OutputError,
    ProseError,
    ScriptFileError,
)
from audiodrama.model import (
    Cast,
    Casting,
    DecidedLine,
    Document,
    Line,
    Master,
    Person,
    Role,
    Scene,
    Script,
    Take,
    Timeline,
    Voice,
)

if TYPE_CHECKING:
    from audiodrama.batch import produce_all
    from audiodrama.casting import fill
    from audiodrama.files import load_casting, load_decisions, load_script, save_script
    from audiodrama.pipeline import Options, Production, measure, preview, produce, voices
    from audiodrama.prose import read
    from audiodrama.script import adapt
    from audiodrama.sound.engines import VoiceCatalog

__all__ = [
    "AudiodramaError",
    "Cast",
    "Casting",
    "CastingError",
    "DecidedLine",
    "DecisionsError",
    "Document",
    "EngineError",
    "InputError",
    "InternalError",
    "Line",
    "Master",
    "Options",
    "OutputError",
    "Person",
    "Production",
    "ProseError",
    "Role",
    "Scene",
    "Script",
    "ScriptFileError",
    "Take",
    "Timeline",
    "Voice",
    "VoiceCatalog",
    "adapt",
    "fill",
    "load_casting",
    "load_decisions",
    "load_script",
    "measure",
    "preview",
    "produce",
    "produce_all",
    "read",
    "save_script",
    "voices",
]

_ROOMS = {
    "audiodrama.batch": ("produce_all",),
    "audiodrama.files": ("load_casting", "load_decisions", "load_script", "save_script"),
    "audiodrama.pipeline": ("Production", "Options", "measure", "preview", "produce", "voices"),
    "audiodrama.prose": ("read",),
    "audiodrama.script": ("adapt",),
    "audiodrama.casting": ("fill",),
    "audiodrama.sound.engines": ("VoiceCatalog",),
}
"""Where each name that is fetched on first use lives; so that importing the house costs next to nothing."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("audiodrama")
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(room), name)
    raise AttributeError(f"module 'audiodrama' has no attribute {name!r}")
