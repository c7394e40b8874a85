"""What an engine is: it turns an Utterance into Speech, and says which voices it has.

An engine is a class found through the entry-point group ``audiodrama.engines``; the entry point's name is the
engine's name in a casting file. It is made without arguments, once per process, and only when it is needed. It must
be cheap to import: a heavy library is imported when it first speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from audiodrama.model import Utterance, VoiceInfo, Word


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine spoke."""

    pcm: bytes
    """Signed 16-bit little-endian samples, one channel."""
    rate: int
    """Samples per second."""
    words: tuple[Word, ...] = ()
    """When each word of the utterance's text begins, if the engine tells."""


@runtime_checkable
class Engine(Protocol):
    """The whole protocol."""

    name: str
    """As the entry point and a casting file write it."""

    @property
    def version(self) -> str:
        """Changes whenever the same utterance may sound different; part of every take's key."""
        ...

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices that automatic casting and ``voices list`` offer, best first."""
        ...

    def knows(self, voice: str) -> bool:
        """Whether ``voice`` names a voice of this engine exactly; it may know more than it offers."""
        ...

    def nearest(self, voice: str) -> str:
        """The known voice whose name is most like ``voice``, for a message."""
        ...

    def speak(self, utterance: Utterance) -> Speech:
        """Speak one utterance; the same utterance gives the same samples, whichever was spoken before it.

        Raises:
            EngineError: it could not; the message says what to do.
        """
        ...


@runtime_checkable
class Levelled(Protocol):
    """What an engine may have besides: the level of every voice that it knows, not only of those it offers."""

    def gain(self, voice: str) -> float:
        """Decibels that bring ``voice`` to the common loudness (-20 LUFS of running speech at its own rate)."""
        ...


@runtime_checkable
class Bounded(Protocol):
    """What an engine may have besides: how much it speaks well at one call; without it, LONGEST_SECONDS."""

    @property
    def longest_seconds(self) -> float:
        """Seconds of speech; a longer text is cut between sentences."""
        ...


LONGEST_SECONDS = 60.0
"""Seconds of speech that an engine is given at one call: a long paragraph is spoken by several workers, its takes need
8 MB of memory each, and whoever waits sees it go on."""
