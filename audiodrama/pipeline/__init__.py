"""Turn stories into audio dramas, or into papers, lists and forecasts: what the outside may ask for.

``journey`` has the order of the steps. The names below are fetched when they are first used, so that importing this
room costs next to nothing and workers can be started before anything else is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audiodrama.pipeline.dry_run import Forecast, forecast
    from audiodrama.pipeline.edit_files import estimate, extract, read_casting, spans, write_casting, write_script
    from audiodrama.pipeline.mastering import mix_and_master, times
    from audiodrama.pipeline.options import NullProgress, Options, Production, Progress
    from audiodrama.pipeline.production import produce
    from audiodrama.pipeline.recording import record
    from audiodrama.pipeline.voice_preview import measure, preview, voices
    from audiodrama.script.second_opinion import Endpoint, Timeouts

__all__ = [
    "Endpoint",
    "Forecast",
    "NullProgress",
    "Options",
    "Production",
    "Progress",
    "Timeouts",
    "estimate",
    "extract",
    "forecast",
    "measure",
    "mix_and_master",
    "preview",
    "produce",
    "read_casting",
    "record",
    "spans",
    "times",
    "voices",
    "write_casting",
    "write_script",
]

_HOMES = {
    "audiodrama.script.second_opinion": ("Endpoint", "Timeouts"),
    "audiodrama.pipeline.voice_preview": ("measure", "preview", "voices"),
    "audiodrama.pipeline.dry_run": ("Forecast", "forecast"),
    "audiodrama.pipeline.mastering": ("mix_and_master", "times"),
    "audiodrama.pipeline.edit_files": ("estimate", "extract", "read_casting", "spans", "write_casting", "write_script"),
    "audiodrama.pipeline.production": ("produce",),
    "audiodrama.pipeline.recording": ("record",),
    "audiodrama.pipeline.options": ("Production", "Progress", "NullProgress", "Options"),
}
"""Where each name lives."""


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'audiodrama.pipeline' has no attribute {name!r}")
