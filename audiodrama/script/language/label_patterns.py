"""Name the patterns and word sets of a language by which a document that names its speakers itself is read."""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern


@dataclass(frozen=True, slots=True)
class LabelPatterns:
    """What tells labels, scene headings, transitions and directions of plays, screenplays, chats and interviews."""

    scene_heading: Pattern[str]
    """Match at the start of a row: a screenplay's scene heading, ``INT. KITCHEN - NIGHT``."""
    transition: Pattern[str]
    """Match of a whole row: what tells the film's editor how to go on, ``CUT TO:``."""
    no_delivery: Pattern[str]
    """Match at the start of what stands in brackets: it says nothing of the delivery: "V.O.", "cont'd"."""
    aside: Pattern[str]
    """Search in a speech: a direction in brackets, "(laughing)"."""
    aside_in_play: Pattern[str]
    """Search in a speech of a play: the same, or a sentence in brackets, "(He rises.)"."""
    speakers_joined: Pattern[str]
    """Split: what parts the names of a label of several speakers: "ANN and BEN"."""
    name_part: Pattern[str]
    """Search in a name: a part that has a capital of its own: "Mc'Tavish", "the king's" as one."""

    no_names: frozenset[str]
    """Words before a colon that are no speaker's name: "note", "chapter"."""
    links: frozenset[str]
    """Small words inside a label: "Maid of the Mill"."""
    small: frozenset[str]
    """Those of them that stay small where a name in capitals is written out."""
    article: str
    """What a description may have before it in a casting file, and a label has not: "the" of "the waiter"."""
    crowd: frozenset[str]
    """Labels of all speakers together: "all", "omnes"."""
    narrators: frozenset[str]
    """Labels of the narrator."""
    unknown: frozenset[str]
    """Labels of a speaker who is not named."""
    old: frozenset[str]
    """Words of a label that tell a great age."""
