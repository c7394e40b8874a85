"""Turn a report into a picture: who speaks when, a lane for each voice (SVG)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from audiodrama.files.own_files import PICTURE_MARK
from audiodrama.model import NARRATOR

WIDTH = 960
LEFT = 150
"""Room for the names, in picture units; so are all numbers here."""
MARGIN, GUTTER = 16, 6
"""Free room at the left of the names, and between them and the plot."""
LANE = 30
BAR = 18
TOP = 56
BOTTOM = 34
COLOURS = ("#64748b", "#b45309", "#0f766e", "#7c3aed", "#be123c", "#1d4ed8", "#4d7c0f", "#a21caf", "#0e7490", "#92400e")
"""The narrator's first; the others' in turn. Each stands out from white and from its neighbours."""
SPEAKER_SIZE, VOICE_SIZE, CHAPTER_SIZE = 13, 9, 10
"""Font sizes."""
LETTER, WIDE = 0.56, 1.0
"""Widths of a letter, times the font size: on average in Helvetica and Arial, rounded up; of an ideograph."""
TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds between two marks of the time axis: the first of these that gives at most ten marks."""


def draw(report: Mapping[str, Any]) -> str:
    """An SVG document of the report's lines over time.

    Args:
        report: as ``report.describe`` makes it: ``lines`` with speaker, voice, text, start_ms, end_ms.
    """
    lines = [line for line in report["lines"] if line["end_ms"] > line["start_ms"]]
    lanes = _lanes(lines)
    seconds = max(0.001, report["master"]["seconds"])
    height = TOP + LANE * len(lanes) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        PICTURE_MARK,
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="16" fill="#0f172a">{escape(_headline(report))}</text>',
        *_axis(seconds, height),
        *_breaks(report, seconds, height),
    ]
    others = (colour for _ in lanes for colour in COLOURS[1:])
    for index, (speaker, voice) in enumerate(lanes.items()):
        colour = COLOURS[0] if speaker == NARRATOR else next(others)
        spoken = [line for line in lines if line["speaker"] == speaker]
        parts += [*_label(index, speaker, voice), *_bars(index, colour, spoken, seconds)]
    return "\n".join([*parts, "</svg>", ""])


def _lanes(lines: list[Mapping[str, Any]]) -> dict[str, str]:
    """The voice of each speaker in the order of lanes: the narrator, then by who speaks first."""
    lanes: dict[str, str] = {}
    for line in sorted(lines, key=lambda line: line["speaker"] != NARRATOR):
        lanes.setdefault(line["speaker"], line["voice"])
    return lanes


def _headline(report: Mapping[str, Any]) -> str:
    master = report["master"]
    minutes, seconds = divmod(round(master["seconds"]), 60)
    title = report.get("title") or Path(report["master"]["path"]).stem
    count = len(report["lines"])
    return f"{title}: {count} line{'' if count == 1 else 's'}, {minutes}:{seconds:02d}, {master['lufs']:.1f} LUFS"


def _x(milliseconds: float, seconds: float) -> float:
    return LEFT + (WIDTH - LEFT - 20) * milliseconds / 1000 / seconds


def _axis(seconds: float, height: int) -> list[str]:
    step = next((tick for tick in TICKS if seconds / tick <= 10), TICKS[-1])
    parts = []
    for mark in range(0, int(seconds) + 1, step):
        x = _x(mark * 1000, seconds)
        parts.append(f'<path d="M{x:.1f} {TOP - 4}V{height - BOTTOM + 4}" stroke="#e2e8f0"/>')
        label = f"{mark // 60}:{mark % 60:02d}"
        parts.append(
            f'<text x="{x:.1f}" y="{height - 12}" font-size="11" fill="#64748b" text-anchor="middle">{label}</text>'
        )
    return parts


def _breaks(report: Mapping[str, Any], seconds: float, height: int) -> list[str]:
    """A dashed line where a scene begins, and a solid one with its title where a chapter does."""
    parts = []
    for start in report.get("scene_starts_ms", ())[1:]:
        path = f"M{_x(start, seconds):.1f} {TOP - 4}V{height - BOTTOM + 4}"
        parts.append(f'<path class="scene" d="{path}" stroke="#94a3b8" stroke-dasharray="3 3"/>')
    chapters = report["master"].get("chapters", ())
    ends = [*(chapter["start_ms"] for chapter in chapters[1:]), seconds * 1000]
    for chapter, end in zip(chapters, ends, strict=True) if len(chapters) > 1 else ():
        x = _x(chapter["start_ms"], seconds)
        title = _fitted(chapter["title"], _x(end, seconds) - x - GUTTER, CHAPTER_SIZE)
        parts.append(
            f'<path class="chapter" d="M{x:.1f} {TOP - 12}V{height - BOTTOM + 4}" stroke="#475569"/>'
            f'<text x="{x + 3:.1f}" y="{TOP - 5}" font-size="{CHAPTER_SIZE}" fill="#475569">{escape(title)}'
            f"<title>{escape(chapter['title'])}</title></text>"
        )
    return parts


def _fitted(text: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis where it would be wider than ``width`` at a font size of ``size``."""
    units = (WIDE if unicodedata.east_asian_width(sign) in "WF" else LETTER for sign in text)
    widths = [size * total for total in accumulate(units)]
    if not widths or widths[-1] <= width:
        return text
    count = sum(total <= width - size * LETTER for total in widths)
    return f"{text[:count].rstrip()}…" if count > 1 else ""


def _label(index: int, speaker: str, voice: str) -> list[str]:
    """The names at the left of a lane; none reaches the plot."""
    y = TOP + LANE * index
    texts = ((speaker, 12, SPEAKER_SIZE, "#0f172a"), (voice, 24, VOICE_SIZE, "#64748b"))
    return [
        f'<text x="{MARGIN}" y="{y + offset}" font-size="{size}" fill="{colour}">'
        f"{escape(_fitted(text, LEFT - MARGIN - GUTTER, size))}</text>"
        for text, offset, size, colour in texts
    ]


def _bars(index: int, colour: str, lines: list[Mapping[str, Any]], seconds: float) -> list[str]:
    """A bar for each line of a lane."""
    y = TOP + LANE * index
    parts = []
    for line in lines:
        start = _x(line["start_ms"], seconds)
        width = max(1.0, _x(line["end_ms"], seconds) - start)
        parts.append(
            f'<rect x="{start:.1f}" y="{y + 2}" width="{width:.1f}" height="{BAR}" rx="2" fill="{colour}">'
            f"<title>{escape(line['text'])}</title></rect>"
        )
    return parts
