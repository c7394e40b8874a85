"""Turn what was made into the few lines that a person reads at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.model import NARRATOR, Role, Script, VoiceCard

if TYPE_CHECKING:
    from audiodrama.batch import Outcome
    from audiodrama.pipeline import Production

UNSURE = 0.5
"""Below this confidence a line is counted as unsure."""


def table(rows: Sequence[Sequence[str]], indent: str = "  ") -> str:
    """Rows as aligned columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    return "\n".join(
        (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    )


def clock(seconds: float) -> str:
    """Seconds as ``4:07`` or ``1:02:09``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def amount(count: int, one: str, many: str = "") -> str:
    """``1 line``, ``2 lines``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def of_script(script: Script) -> str:
    """Who speaks how often, what is unsure, what was skipped."""
    spoken = Counter(line.speaker for line in script.lines())
    parts = [table([(speaker, amount(count, "line")) for speaker, count in spoken.most_common()])]
    return "\n".join([*parts, *_doubts(script)])


def of_production(production: Production) -> str:
    """The file and its figures, the cast, what to look at."""
    master, cast = production.master, production.cast
    figures = [clock(master.seconds), f"{master.lufs:.1f} LUFS", f"peak {master.true_peak_db:.1f} dBTP"]
    if len(master.chapters) > 1:
        figures.append(amount(len(master.chapters), "chapter"))
    spoken = Counter(line.speaker for line in production.script.lines())
    rows = [_cast_row(role, spoken) for role in (cast.narrator, *cast.roles) if spoken[role.name]]
    took = sum(seconds for _, seconds in production.seconds)
    takes = f"{amount(production.made, 'take')} made, {production.reused} reused, {took:.1f} s"
    return "\n".join([f"{master.path}: {', '.join(figures)}", table(rows), *_doubts(production.script), f"  {takes}"])


def of_batch(outcomes: Sequence[Outcome]) -> str:
    """A row a story, then the totals."""
    rows = [("story", "result", "time", "lines", "takes made", "reused")]
    for outcome in outcomes:
        made = outcome.production
        if made is None:
            rows.append((outcome.story.name, f"failed: {outcome.error}", "", "", "", ""))
        else:
            lines = len(made.script.lines())
            result = "degraded" if made.degraded else made.master.path.name
            time = clock(made.master.seconds)
            rows.append((outcome.story.name, result, time, str(lines), str(made.made), str(made.reused)))
    good = sum(outcome.good for outcome in outcomes)
    return f"{table(rows, '')}\n{good} of {amount(len(outcomes), 'story', 'stories')} good"


def of_voices(cards: Sequence[VoiceCard]) -> str:
    """A row a voice."""
    head = ("voice", "engine", "gender", "age", "accent", "pitch", "about")
    rows = [
        (
            card.name,
            card.engine,
            "" if card.gender == "unknown" else card.gender,
            card.age,
            card.accent,
            f"{card.hertz:.0f} Hz" if card.hertz else "",
            card.about if card.automatic else f"{card.about} (only when cast by hand)".strip(),
        )
        for card in cards
    ]
    return table([head, *rows], "")


def of_casting(path: Path, added: Sequence[Role]) -> str:
    """What was added to a casting file."""
    if not added:
        return f"{path}: everybody is cast already; nothing was changed."
    rows = [(role.name, role.voice.name, role.gender if role.gender != "unknown" else "") for role in added]
    return f"{path}: {amount(len(added), 'role')} added\n{table(rows)}"


def _cast_row(role: Role, spoken: Counter[str]) -> tuple[str, str, str, str]:
    chosen = "" if role.chosen == "person" else f"({role.chosen})"
    if role.name == NARRATOR and role.chosen != "person":
        chosen = "(automatic)"
    return role.name, role.voice.name, amount(spoken[role.name], "line"), chosen


def _doubts(script: Script) -> list[str]:
    unsure = sum(line.kind == "dialogue" and line.confidence < UNSURE for line in script.lines())
    parts = [f"  {amount(unsure, 'line is', 'lines are')} unsure; `audiodrama extract` shows which"] if unsure else []
    reasons = Counter(skip.reason for skip in script.skipped)
    if reasons:
        listed = ", ".join(reason if count == 1 else f"{reason} ({count})" for reason, count in reasons.items())
        parts.append(f"  not read: {listed}")
    return parts
