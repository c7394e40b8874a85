"""Turn results into the few lines that the user reads at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.files.paths import as_typed
from audiodrama.model import NARRATOR, Role, Script, VoiceInfo
from audiodrama.reports.wording import amount as amount
from audiodrama.reports.wording import clock as clock
from audiodrama.reports.wording import table as table

if TYPE_CHECKING:
    from audiodrama.pipeline import Forecast, Production, WrittenScript
    from audiodrama.pipeline.prune import Pruned, TakesUsage
    from audiodrama.review import PersonSummary

UNSURE = 0.5
"""Below this confidence a line is counted as unsure."""


def of_script(script: Script) -> str:
    """Who speaks how often, what is unsure, what was skipped."""
    spoken = Counter(line.speaker for line in script.lines())
    parts = [table([(speaker, amount(count, "line")) for speaker, count in spoken.most_common()])]
    return "\n".join([*parts, *_doubts(script)])


def of_written_script(written: WrittenScript) -> str:
    """The script's file, its length, and ``of_script``."""
    return f"{written.path}: {amount(len(written.script.lines()), 'line')}\n{of_script(written.script)}"


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
    if production.unchanged:
        takes = "unchanged: it is there already, and nothing that decides it has changed"
    return "\n".join([f"{master.path}: {', '.join(figures)}", table(rows), *_doubts(production.script), f"  {takes}"])


def of_voices(infos: Sequence[VoiceInfo]) -> str:
    """A row a voice."""
    head = ("voice", "engine", "gender", "age", "accent", "pitch", "about")
    rows = [
        (
            info.name,
            info.engine,
            "" if info.gender == "unknown" else info.gender,
            info.age,
            info.accent,
            f"{info.hertz:.0f} Hz" if info.hertz else "",
            info.about if info.automatic else f"{info.about} (only when cast by hand)".strip(),
        )
        for info in infos
    ]
    return table([head, *rows], "")


def of_people(story: Path, summaries: Sequence[PersonSummary]) -> str:
    """A row for each character who speaks, and what the user may do next."""
    head = ("who", "lines", "in doubt", "gender", "age", "called")
    rows = [
        (
            f"{summary.person.name} (tells the story)" if summary.person.narrates else summary.person.name,
            str(summary.lines),
            str(summary.unsure or ""),
            summary.person.gender if summary.person.gender != "unknown" else "",
            summary.person.age if summary.person.age != "adult" else "",
            ", ".join(f"{name} ({count})" for name, count in summary.names),
        )
        for summary in summaries
    ]
    if not rows:
        return f"{story}: nobody speaks."
    typed = as_typed(story)
    return (
        f"{table([head, *rows], '')}\n"
        f"`audiodrama cast {typed}` puts them into a casting file, where you can correct names, aliases and gender;\n"
        f"`audiodrama review {typed}` asks about the lines in doubt."
    )


def of_casting(path: Path, added: Sequence[Role]) -> str:
    """What was added to a casting file."""
    if not added:
        return f"{path}: everybody is cast already; nothing was changed."
    rows = [(role.name, role.voice.name, role.gender if role.gender != "unknown" else "") for role in added]
    return f"{path}: {amount(len(added), 'role')} added\n{table(rows)}"


def of_forecast(forecast: Forecast) -> str:
    """How many lines will be made, why, and how long it takes."""
    head = f"{forecast.output}: "
    if forecast.unchanged:
        return f"{head}nothing will be made: it is there already, and nothing that decides it has changed"
    if forecast.fresh:
        why = " (not made yet)" if forecast.made else ""
    else:
        reasons = [
            f"{speaker}: {reason}, {count}" if count > 1 else f"{speaker}: {reason}"
            for speaker, reason, count in forecast.reasons
        ]
        why = f" ({'; '.join(reasons)})" if reasons else ""
    takes = f"{forecast.made} of {amount(forecast.lines, 'line')} will be made"
    return f"{head}{takes}{why}, about {span(forecast.seconds)}"


def span(seconds: float) -> str:
    """Seconds as ``12 s``, ``4 min`` or ``2 h 10 min``."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def of_takes(contents: TakesUsage, limit: int) -> str:
    """Where takes are kept, how many, how large, how old."""
    amounts = f"{amount(contents.takes, 'take')}, {amount(contents.segments, 'encoded segment')}, {size(contents.size)}"
    ages = f"; used between {age(contents.oldest)} and {age(contents.newest)} ago" if contents.size else ""
    return f"{contents.folder}: {amounts}{ages}\n  pruned when a production leaves more than {size(limit)}"


def of_pruned(folder: Path, pruned: Pruned) -> str:
    """What was removed and what is left."""
    return f"{folder}: {amount(pruned.files, 'file')} removed ({size(pruned.size)}), {size(pruned.left)} left"


def size(count: int) -> str:
    """Bytes as ``4.2 MB``."""
    for unit, worth in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= worth:
            return f"{count / worth:.1f} {unit}"
    return f"{count} B"


def age(seconds: float) -> str:
    """Seconds as ``3 days``, ``5 hours``, ``2 minutes``."""
    for unit, worth in (("day", 86_400), ("hour", 3600)):
        if seconds >= worth:
            return amount(int(seconds // worth), unit)
    return amount(int(seconds // 60), "minute")


def _cast_row(role: Role, spoken: Counter[str]) -> tuple[str, str, str, str]:
    chosen = "" if role.chosen == "person" else f"({role.chosen})"
    if role.name == NARRATOR and role.chosen != "person":
        chosen = "(automatic)"
    return role.name, role.voice.name, amount(spoken[role.name], "line"), chosen


def _doubts(script: Script) -> list[str]:
    unsure = sum(line.kind == "dialogue" and line.confidence < UNSURE for line in script.lines())
    parts = (
        [f"  {amount(unsure, 'line is', 'lines are')} unsure; `audiodrama review` asks you about them"]
        if unsure
        else []
    )
    reasons = Counter(skip.reason for skip in script.skipped)
    if reasons:
        listed = ", ".join(reason if count == 1 else f"{reason} ({count})" for reason, count in reasons.items())
        parts.append(f"  not read: {listed}")
    return parts
