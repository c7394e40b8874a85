"""What a report needs to know of a production; ``pipeline.Production`` has it all."""

from __future__ import annotations

from typing import Protocol

from audiodrama.model import Cast, Master, Script


class Produced(Protocol):
    """The file, and all that was decided on the way. ``pipeline.Production`` says what each part is."""

    @property
    def master(self) -> Master:
        """The file."""

    @property
    def script(self) -> Script:
        """What was performed."""

    @property
    def cast(self) -> Cast:
        """By which voices."""

    @property
    def times(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each line, milliseconds."""

    @property
    def voices(self) -> tuple[str, ...]:
        """The voice of each line."""

    @property
    def made(self) -> int:
        """Takes that were made now."""

    @property
    def reused(self) -> int:
        """Takes that were in the cache."""

    @property
    def seconds(self) -> tuple[tuple[str, float], ...]:
        """(step, wall seconds)."""

    @property
    def degraded(self) -> tuple[str, ...]:
        """What is not as it was asked for."""
