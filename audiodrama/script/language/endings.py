"""Name the endings by which a language tells kinds of words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endings:
    """Endings of words; most words that have one are of that kind."""

    adverb: str
    """Of an adverb of manner: "slow-ly"."""
    participle: str
    """Of a present participle: "say-ing"."""
    past: str
    """Of a verb in the past: "laugh-ed"."""
    possessive: str
    """Of the owner of what follows: "Emma-'s"."""
