"""Turn a report into a picture: who speaks when, a lane for each voice (SVG)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

WIDTH = 960
LEFT = 150
"""Room for the names, in picture units; so are all numbers here."""
LANE = 30
BAR = 18
TOP = 44
BOTTOM = 34
COLOURS = ("#64748b", "#b45309", "#0f766e", "#7c3aed", "#be123c", "#1d4ed8", "#4d7c0f", "#a21caf", "#0e7490", "#92400e")
"""The narrator's first; the others' in turn. Each stands out from white and from its neighbours."""
TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds between two marks of the time axis: the first of these that gives at most ten marks."""


def draw(report: Mapping[str, Any]) -> str:
    """An SVG document of the report's lines over time.

    Args:
        report: as ``report.describe`` makes it: ``lines`` with speaker, voice, text, start_ms, end_ms.
    """
    lines = [line for line in report["lines"] if line["end_ms"] > line["start_ms"]]
    lanes: dict[str, str] = {}
    for line in lines:
        lanes.setdefault(line["speaker"], line["voice"])
    seconds = max(0.001, report["master"]["seconds"])
    height = TOP + LANE * len(lanes) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="16" fill="#0f172a">{escape(_headline(report))}</text>',
        *_axis(seconds, height),
    ]
    for index, (speaker, voice) in enumerate(lanes.items()):
        parts += _lane(index, speaker, voice, [line for line in lines if line["speaker"] == speaker], seconds)
    return "\n".join([*parts, "</svg>", ""])


def _headline(report: Mapping[str, Any]) -> str:
    master = report["master"]
    minutes, seconds = divmod(round(master["seconds"]), 60)
    title = report.get("title") or "Untitled"
    return f"{title}: {len(report['lines'])} lines, {minutes}:{seconds:02d}, {master['lufs']:.1f} LUFS"


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


def _lane(index: int, speaker: str, voice: str, lines: list[Mapping[str, Any]], seconds: float) -> list[str]:
    y = TOP + LANE * index
    colour = COLOURS[0] if index == 0 else COLOURS[1 + (index - 1) % (len(COLOURS) - 1)]
    parts = [
        f'<text x="16" y="{y + 12}" font-size="13" fill="#0f172a">{escape(speaker)}</text>',
        f'<text x="16" y="{y + 24}" font-size="9" fill="#64748b">{escape(voice)}</text>',
    ]
    for line in lines:
        start = _x(line["start_ms"], seconds)
        width = max(1.0, _x(line["end_ms"], seconds) - start)
        parts.append(
            f'<rect x="{start:.1f}" y="{y + 2}" width="{width:.1f}" height="{BAR}" rx="2" fill="{colour}">'
            f"<title>{escape(line['text'])}</title></rect>"
        )
    return parts
