"""Turn stories into audio dramas, or into files to edit, lists and forecasts: the functions that other packages call.

``journey`` has the order of the steps. The names below are imported when they are first used, so that importing this
package costs next to nothing and workers can be started before the rest is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audiodrama.pipeline.dry_run import Forecast, forecast
    from audiodrama.pipeline.edit_files import (
        SpeechSpans,
        WrittenCasting,
        WrittenScript,
        estimate,
        spans,
        write_casting,
        write_script,
    )
    from audiodrama.pipeline.mastering import render, times
    from audiodrama.pipeline.options import NullProgress, Options, Production, Progress
    from audiodrama.pipeline.performance import Layout, Performance, arrange
    from audiodrama.pipeline.production import produce
    from audiodrama.pipeline.recording import Need, Recording, TakeRepairer, record
    from audiodrama.pipeline.steps import Material, adapt, extract, fill, read, read_casting
    from audiodrama.pipeline.voice_preview import measure, preview, voices
    from audiodrama.script.second_opinion import Endpoint, Timeouts

__all__ = [
    "Endpoint",
    "Forecast",
    "Layout",
    "Material",
    "Need",
    "NullProgress",
    "Options",
    "Performance",
    "Production",
    "Progress",
    "Recording",
    "SpeechSpans",
    "TakeRepairer",
    "Timeouts",
    "WrittenCasting",
    "WrittenScript",
    "adapt",
    "arrange",
    "estimate",
    "extract",
    "fill",
    "forecast",
    "measure",
    "preview",
    "produce",
    "read",
    "read_casting",
    "record",
    "render",
    "spans",
    "times",
    "voices",
    "write_casting",
    "write_script",
]

_MODULES = {
    "audiodrama.pipeline.dry_run": ("Forecast", "forecast"),
    "audiodrama.pipeline.edit_files": (
        "SpeechSpans",
        "WrittenCasting",
        "WrittenScript",
        "estimate",
        "spans",
        "write_casting",
        "write_script",
    ),
    "audiodrama.pipeline.mastering": ("render", "times"),
    "audiodrama.pipeline.options": ("NullProgress", "Options", "Production", "Progress"),
    "audiodrama.pipeline.performance": ("Layout", "Performance", "arrange"),
    "audiodrama.pipeline.production": ("produce",),
    "audiodrama.pipeline.recording": ("Need", "Recording", "TakeRepairer", "record"),
    "audiodrama.pipeline.steps": ("Material", "adapt", "extract", "fill", "read", "read_casting"),
    "audiodrama.pipeline.voice_preview": ("measure", "preview", "voices"),
    "audiodrama.script.second_opinion": ("Endpoint", "Timeouts"),
}
"""The module that each name is imported from."""


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'audiodrama.pipeline' has no attribute {name!r}")
