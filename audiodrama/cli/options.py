"""Name the options that several commands have, each once, and the exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from audiodrama.model import Excerpt

DEGRADED = 3
"""Exit code: finished, but not just as it was asked for."""

_TIME = re.compile(r"(?:(\d{1,3}) ?(?:m|min|:))? ?(?:(\d{1,5}(?:\.\d{1,3})?) ?(?:s|sec)?)?")
_LINES = re.compile(r"(\d{1,9})(?: ?[-–] ?(\d{1,9}))?")


def seconds_of(text: str | float) -> float:
    """Seconds: "60", "60s", "2m", "1:30", "1m30s".

    Raises:
        typer.BadParameter: it is no time, or none at all.
    """
    match = _TIME.fullmatch(str(text).strip())
    seconds = 60 * int(match[1] or 0) + float(match[2] or 0) if match else 0.0
    if not seconds:
        raise typer.BadParameter(f"{text!r} is no time; write it like 60s, 2m or 1:30")
    return seconds


def lines_of(text: str | Excerpt) -> Excerpt:
    """Some lines: "10-20", or "10" for one.

    Raises:
        typer.BadParameter: they are no numbers of lines.
    """
    if isinstance(text, Excerpt):
        return text
    match = _LINES.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise typer.BadParameter(f"{text!r} names no lines; write them like 10-20, or 10 for one")
    return Excerpt(first=first, last=last)


Story = Annotated[
    Path,
    typer.Argument(
        help="A story (.txt, .md) or a drama script (.script.yaml). - is standard input: Untitled.txt in this folder.",
        metavar="STORY",
    ),
]
CastingFile = Annotated[
    Path | None,
    typer.Option(
        "--casting",
        help="The casting file. Default: casting.yaml beside the story, else in this folder, else automatic voices.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="How many worker processes at most. Default: one for each core."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="Have the workers of this dask scheduler do the work."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet/--no-quiet", "-q", show_default=False, help="Show warnings and errors only.")
]
Report = Annotated[Path | None, typer.Option("--report", help="Write what was decided and measured to this JSON file.")]
KeepNotes = Annotated[
    bool,
    typer.Option(
        "--keep-notes/--no-keep-notes", show_default=False, help="Have the narrator read the author's notes too."
    ),
]
DropTags = Annotated[
    bool,
    typer.Option(
        "--drop-tags/--no-drop-tags",
        show_default=False,
        help="Leave out bare speech tags (he said), as radio plays do.",
    ),
]
Takes = Annotated[Path | None, typer.Option("--takes", help="Where takes are kept. Default: the platform's cache.")]
ScriptFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="The file to write. Default: NAME.script.yaml beside the story; spans go to standard output.",
    ),
]
First = Annotated[
    float | None,
    typer.Option(
        "--first",
        metavar="TIME",
        parser=seconds_of,
        help="Only the lines that are over after this time, such as 60s or 1:30. What is recorded is kept for later.",
    ),
]
Lines = Annotated[
    Excerpt | None,
    typer.Option("--lines", metavar="FROM-TO", parser=lines_of, help="Only these lines of the script, such as 10-20."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only say how many lines would be made, why, and how long that takes.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace files that are there, even if audiodrama did not make them.")
]
