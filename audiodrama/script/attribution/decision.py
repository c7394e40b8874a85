"""Name what attribution comes to for each speech: a speaker, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks one speech."""

    speaker: str
    """A Person's name, or UNKNOWN or CROWD."""
    confidence: float
    """0 to 1; of many decisions with the same confidence that share is right."""
    why: str
    """The words relied on: "tag: 'growled Spike'"."""
    delivery: str = ""
    """How the tag says it is spoken: "growled", "dryly"."""
