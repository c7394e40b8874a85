"""Turn an engine's name into the engine that has it, and all engines into one VoiceCatalog of voices.

Engines are found through the entry-point group ``audiodrama.engines``; those of the house need no installation.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from audiodrama.errors import CastingError, EngineError
from audiodrama.model import VoiceInfo
from audiodrama.sound.engines.protocol import LONGEST_SECONDS, Bounded, Engine, Levelled, Speech

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "Engine",
    "Speech",
    "VoiceCatalog",
    "VoiceLevels",
    "default_engine",
    "engine",
    "engine_names",
    "longest_seconds",
]

GROUP = "audiodrama.engines"
LIKENESS = 0.4
"""Ratio of difflib, 0 to 1, from which a name is near enough to be proposed: "speak" is, "polly" is not."""
BUILT_IN = {
    "espeak": "audiodrama.sound.engines.espeak.engine:EspeakEngine",
    "pyttsx3": "audiodrama.sound.engines.pyttsx3.engine:SystemEngine",
    "tone": "audiodrama.sound.engines.tone:ToneEngine",
}


def default_engine() -> str:
    """The engine for voices that name none: the operating system's own where it has good ones."""
    return "pyttsx3" if sys.platform in ("win32", "darwin") else "espeak"


def engine_names() -> tuple[str, ...]:
    """The names of all engines: the house's own first, then the plugins', sorted."""
    return (*BUILT_IN, *sorted(set(_plugins()) - set(BUILT_IN)))


@cache
def engine(name: str) -> Engine:
    """The engine of that name, made once per process.

    Raises:
        CastingError: there is no such engine.
        EngineError: it is a plugin that does not work.
    """
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        built_in: Engine = getattr(importlib.import_module(module), attribute)()
        return built_in
    entry = _plugins().get(name)
    if entry is None:
        matches = get_close_matches(str(name).lower(), engine_names(), 1, LIKENESS)
        advice = f"the nearest is '{matches[0]}'" if matches else f"there are {', '.join(engine_names())}"
        raise CastingError(f"There is no engine '{name}'; {advice}.")
    return _made(entry)


def longest_seconds(name: str) -> float:
    """Seconds of speech that the engine ``name`` is given at one call at most. Raises as ``engine``."""
    speaker = engine(name)
    return speaker.longest_seconds if isinstance(speaker, Bounded) else LONGEST_SECONDS


def _made(entry: EntryPoint) -> Engine:
    """The plugin's engine. A message about an error in it names the plugin, so that users do not look for it here."""
    package = f" (package {entry.dist.name})" if entry.dist else ""
    try:
        plugin = entry.load()()
    except Exception as error:
        raise EngineError(
            f"The engine '{entry.name}' is a plugin{package} that cannot be used ({type(error).__name__}: {error}); "
            "repair or uninstall it."
        ) from error
    if not isinstance(plugin, Engine):
        raise EngineError(
            f"The engine '{entry.name}' is a plugin{package} that lacks a part of the engine protocol; "
            "repair or uninstall it."
        )
    return plugin


@cache
def _plugins() -> Mapping[str, EntryPoint]:
    # Loading this library and asking it takes a tenth of a small production: only who looks for a plugin waits.
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group=GROUP)}


class VoiceLevels(Mapping[tuple[str, str], float]):
    """The gain in decibels that brings a voice to the common loudness, by (engine, voice); 0 where it was not measured.

    Iterating goes over the voices on offer; any other voice can be looked up as well.
    """

    def __getitem__(self, key: tuple[str, str]) -> float:
        name, voice = key
        speaker = engine(name)
        if isinstance(speaker, Levelled):
            return speaker.gain(voice)
        return next((card.gain for card in speaker.voices() if card.name == voice), 0.0)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((name, card.name) for name in engine_names() for card in engine(name).voices())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class VoiceCatalog:
    """What all engines offer; what a casting is filled from and checked against."""

    def __init__(self, default: str = "") -> None:
        """List every engine; ``default`` is the one for voices that name none (empty: the platform's)."""
        self.default_engine: str = default or default_engine()

    def engines(self) -> tuple[str, ...]:
        """The names of all engines."""
        return engine_names()

    def voices(self, name: str) -> tuple[VoiceInfo, ...]:
        """The voices that the engine ``name`` offers, best first.

        Raises:
            CastingError: there is no such engine.
            EngineError: it does not work here.
        """
        return engine(name).voices()

    def knows(self, name: str, voice: str) -> bool:
        """Whether the engine ``name`` has exactly this voice. Raises as ``voices``."""
        return engine(name).knows(voice)

    def nearest(self, name: str, voice: str) -> str:
        """The engine's known voice whose name is most like ``voice``. Raises as ``voices``."""
        return engine(name).nearest(voice)

    @property
    def levels(self) -> VoiceLevels:
        """The gain that brings a voice to the common loudness, by (engine, voice)."""
        return VoiceLevels()
