"""Turn a Production into what a notebook and an interpreter show: a table of who speaks, a player, the picture."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from html import escape
from pathlib import Path
from urllib.parse import quote

from audiodrama.model import Role
from audiodrama.reports import json_report
from audiodrama.reports.produced import Produced
from audiodrama.reports.svg_picture import draw
from audiodrama.reports.wording import amount, clock, table

LARGEST_EMBEDDED = 10_000_000
"""Bytes of an audio file that is put into the notebook; a larger one is played from where it is."""


def words_of(production: Produced) -> str:
    """A few lines: the file and its figures, a row for each voice."""
    rows = [
        (role.name, role.voice.name, amount(lines, "line"), clock(time)) for role, lines, time in _parts(production)
    ]
    return "\n".join([f"{production.master.path}: {_figures(production)}", *([table(rows)] if rows else [])])


def page_of(production: Produced) -> str:
    """HTML of a notebook's cell. The audio is in it, unless the file is large or gone."""
    rows = "".join(
        f"<tr><td>{escape(role.name)}</td><td>{escape(role.voice.name)}</td><td>{lines}</td><td>{clock(time)}</td></tr>"
        for role, lines, time in _parts(production)
    )
    head = "<tr><th>speaker</th><th>voice</th><th>lines</th><th>time</th></tr>"
    path = production.master.path
    return (
        f"<div><h3>{escape(production.script.title or path.stem)}</h3>"
        f"<p>{escape(str(path))}: {_figures(production)}</p>"
        f'<audio controls preload="metadata" src="{_source(path)}"></audio>'
        f"<table>{head}{rows}</table>{draw(json_report.describe(production))}</div>"
    )


def _figures(production: Produced) -> str:
    master = production.master
    return f"{clock(master.seconds)}, {master.lufs:.1f} LUFS, peak {master.true_peak_db:.1f} dBTP"


def _parts(production: Produced) -> list[tuple[Role, int, float]]:
    """(role, lines, seconds) of each voice that is heard, the narrator first."""
    lines: Counter[str] = Counter()
    milliseconds: Counter[str] = Counter()
    for line, (start, end) in zip(production.script.lines(), production.times, strict=True):
        lines[line.speaker] += 1
        milliseconds[line.speaker] += end - start
    roles = (production.cast.narrator, *production.cast.roles)
    return [(role, lines[role.name], milliseconds[role.name] / 1000) for role in roles if milliseconds[role.name]]


def _source(path: Path) -> str:
    """The address of an audio file: its content where that may be put into a notebook, else its path."""
    try:
        if path.stat().st_size <= LARGEST_EMBEDDED:
            return f"data:audio/mpeg;base64,{b64encode(path.read_bytes()).decode('ascii')}"
    except OSError:
        pass
    return quote(path.as_posix())
