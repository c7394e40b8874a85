"""Name the parts of a paragraph: stretches of narration, speech and thought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SegmentKind = Literal["narration", "speech", "thought", "quoted"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one paragraph."""

    start: int
    """Offset in the manuscript's text; for speech, the first character inside the opening mark."""
    end: int
    """Offset behind the last character; for speech, the closing mark is not inside."""
    kind: SegmentKind
    """A "quoted" stretch has marks but is no speech (a scare quote, a title); it belongs to the narration around it."""
    open: bool = False
    """Speech without a closing mark in this paragraph: it goes on in the next one."""
    continues: bool = False
    """Speech that goes on from the unclosed speech of the paragraph before."""
