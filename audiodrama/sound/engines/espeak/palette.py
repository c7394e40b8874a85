"""Turn ``palette.csv`` and ``levels.csv`` into voice cards and gains.

``palette.csv`` is what automatic casting and ``voices list`` offer, best first. ``levels.csv`` has the level of plain
American English in its first row, and by how much every variant and every English accent differ from it.
``python -m audiodrama.bench.casting.voice_levels`` writes the figures of both.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import cast

from audiodrama.model import Age, Gender, VoiceInfo

PALETTE = Path(__file__).with_name("palette.csv")
LEVELS = Path(__file__).with_name("levels.csv")


@cache
def cards() -> tuple[VoiceInfo, ...]:
    """The voices on offer, in the file's order."""
    with PALETTE.open(encoding="utf-8", newline="") as file:
        return tuple(_card(row) for row in csv.DictReader(file))


def _card(row: dict[str, str]) -> VoiceInfo:
    return VoiceInfo(
        engine="espeak",
        name=row["name"],
        gender=cast(Gender, row["gender"]),
        age=cast(Age, row["age"]),
        accent=row["accent"],
        hertz=float(row["hertz"]),
        gain=float(row["gain"]),
        about=row["about"],
        automatic=row["automatic"] == "yes",
    )


@cache
def _gains() -> dict[str, float]:
    return {card.name: card.gain for card in cards()}


@cache
def _levels() -> dict[str, float]:
    with LEVELS.open(encoding="utf-8", newline="") as file:
        return {row["part"]: float(row["gain"]) for row in csv.DictReader(file)}


def gain(voice: str) -> float:
    """Decibels that bring ``voice`` to the palette's loudness: its card's, else the sum of its accent's and variant's.

    The sum is within 1.5 dB for English voices; for other languages the accent counts as American English.
    """
    if voice in _gains():
        return _gains()[voice]
    language, plus, variant = voice.partition("+")
    levels = _levels()
    parts = (language, f"+{variant}") if plus else (language,)
    return round(levels[""] + sum(levels.get(part, 0.0) for part in parts), 1)
