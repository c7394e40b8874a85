"""Turn a Production into a report: everything that was decided and measured, as plain values for JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from audiodrama.files import write_text
from audiodrama.model import Master, Span
from audiodrama.reports.produced import Produced


def describe(production: Produced) -> dict[str, Any]:
    """The report, in the order a person reads it.

    Times of lines are milliseconds from the start of the file; spans are characters of the decoded source, None for
    lines that a person wrote. A line that is not heard has equal times.
    """
    master, script = production.master, production.script
    lines = script.lines()
    return {
        "title": script.title,
        "master": of_master(master),
        "lines": [
            {
                "kind": line.kind,
                "speaker": line.speaker,
                "voice": production.voices[index],
                "text": line.text,
                "manner": line.delivery,
                "start_ms": start,
                "end_ms": end,
                "span": _pair(line.span),
                "confidence": line.confidence,
                "why": line.why,
            }
            for index, (line, (start, end)) in enumerate(zip(lines, production.times, strict=True))
        ],
        "scene_starts_ms": _scene_starts(production),
        "skipped": [{"span": _pair(skip.span), "reason": skip.reason} for skip in script.skipped],
        "degraded": list(production.degraded),
        "takes": {"made": production.made, "reused": production.reused},
        "seconds": {step: round(seconds, 3) for step, seconds in production.seconds},
    }


def _scene_starts(production: Produced) -> list[int]:
    """Milliseconds at which each scene that has lines begins."""
    starts, index = [], 0
    for scene in production.script.scenes:
        starts += [production.times[index][0]] if scene.lines else []
        index += len(scene.lines)
    return starts


def of_master(master: Master) -> dict[str, Any]:
    """How the finished file measures."""
    return {
        "path": str(master.path),
        "seconds": round(master.seconds, 6),
        "sample_rate": master.sample_rate,
        "channels": master.channels,
        "lufs": round(master.lufs, 2),
        "true_peak_db": round(master.true_peak_db, 2),
        "chapters": [{"title": title, "start_ms": round(start * 1000)} for title, start in master.chapters],
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def dump(report: dict[str, Any]) -> str:
    """A report as JSON."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def save(report: dict[str, Any], path: Path, option: str = "--report") -> None:
    """Write a report as JSON, whole or not at all.

    Raises:
        OutputError: the file cannot be written; the message names the option that names it.
    """
    write_text(path, dump(report), f"choose another place with {option}")
