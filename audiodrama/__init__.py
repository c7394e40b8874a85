"""Prose goes in, a produced audio drama comes out.

``produce`` makes a file of a story. It is six steps, each a function over plain, frozen values:

    material = audiodrama.read(story)                              # what the user wrote
    script = audiodrama.adapt(material)                            # who says what
    cast = audiodrama.fill(script, material.casting)               # with which voice
    performance = audiodrama.Performance.of(script, cast, audiodrama.takes_folder())
    with audiodrama.LocalPool() as pool:
        recording = audiodrama.record(performance.need, pool, story.parent, progress)   # every line is spoken
        layout = audiodrama.arrange(performance, recording)        # and has its time
        repairer = audiodrama.TakeRepairer(performance.script_and_cast, recording)
        master = audiodrama.render(layout.mix, performance.tags, output, pool, progress, repairer)

``__all__`` is the public interface: the steps, what goes into them and comes out, the errors, and what an engine plugin
needs. Everything else may change with any version.
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

if TYPE_CHECKING:
    from audiodrama.batch import BatchProgress, Outcome, forecast_all, produce_all
    from audiodrama.files import load_casting, load_decisions, load_script, save_script
    from audiodrama.files.paths import takes_folder
    from audiodrama.model import (
        CROWD,
        NARRATOR,
        UNKNOWN,
        Cast,
        Casting,
        DecidedLine,
        Document,
        Excerpt,
        Line,
        Master,
        Person,
        Role,
        Scene,
        Script,
        Skip,
        Span,
        Take,
        Timeline,
        Utterance,
        Voice,
        VoiceInfo,
        Word,
    )
    from audiodrama.pipeline import (
        Endpoint,
        Forecast,
        Layout,
        Material,
        Need,
        NullProgress,
        Options,
        Performance,
        Production,
        Progress,
        Recording,
        TakeRepairer,
        Timeouts,
        adapt,
        arrange,
        fill,
        forecast,
        measure,
        preview,
        produce,
        read,
        record,
        render,
        voices,
        write_casting,
        write_script,
    )
    from audiodrama.sound.engines import VoiceCatalog
    from audiodrama.sound.engines.protocol import Bounded, Engine, Levelled, Speech
    from audiodrama.workers import LocalPool, WorkerPool
    from audiodrama.workers.cluster import ClusterPool

__all__ = [
    "CROWD",
    "NARRATOR",
    "UNKNOWN",
    "AudiodramaError",
    "BatchProgress",
    "Bounded",
    "Cast",
    "Casting",
    "CastingError",
    "ClusterPool",
    "DecidedLine",
    "DecisionsError",
    "Document",
    "Endpoint",
    "Engine",
    "EngineError",
    "Excerpt",
    "Forecast",
    "InputError",
    "InternalError",
    "Layout",
    "Levelled",
    "Line",
    "LocalPool",
    "Master",
    "Material",
    "Need",
    "NullProgress",
    "Options",
    "Outcome",
    "OutputError",
    "Performance",
    "Person",
    "Production",
    "Progress",
    "ProseError",
    "Recording",
    "Role",
    "Scene",
    "Script",
    "ScriptFileError",
    "Skip",
    "Span",
    "Speech",
    "Take",
    "TakeRepairer",
    "Timeline",
    "Timeouts",
    "Utterance",
    "Voice",
    "VoiceCatalog",
    "VoiceInfo",
    "Word",
    "WorkerPool",
    "adapt",
    "arrange",
    "fill",
    "forecast",
    "forecast_all",
    "load_casting",
    "load_decisions",
    "load_script",
    "measure",
    "preview",
    "produce",
    "produce_all",
    "read",
    "record",
    "render",
    "save_script",
    "takes_folder",
    "voices",
    "write_casting",
    "write_script",
]

_MODULES = {
    "audiodrama.batch": ("BatchProgress", "Outcome", "forecast_all", "produce_all"),
    "audiodrama.files": ("load_casting", "load_decisions", "load_script", "save_script"),
    "audiodrama.files.paths": ("takes_folder",),
    "audiodrama.model": (
        "CROWD",
        "NARRATOR",
        "UNKNOWN",
        "Cast",
        "Casting",
        "DecidedLine",
        "Document",
        "Excerpt",
        "Line",
        "Master",
        "Person",
        "Role",
        "Scene",
        "Script",
        "Skip",
        "Span",
        "Take",
        "Timeline",
        "Utterance",
        "Voice",
        "VoiceInfo",
        "Word",
    ),
    "audiodrama.sound.engines": ("VoiceCatalog",),
    "audiodrama.sound.engines.protocol": ("Bounded", "Engine", "Levelled", "Speech"),
    "audiodrama.workers": ("LocalPool", "WorkerPool"),
    "audiodrama.workers.cluster": ("ClusterPool",),
}
"""The module that a name is imported from when it is first used, so that importing the package costs next to nothing;
the names that are not here are those of ``audiodrama.pipeline``."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("audiodrama")
    if name not in __all__:
        raise AttributeError(f"module 'audiodrama' has no attribute {name!r}")
    home = next((module for module, names in _MODULES.items() if name in names), "audiodrama.pipeline")
    return getattr(import_module(home), name)
