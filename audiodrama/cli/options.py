"""Name the options that several commands have, each once, and the exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEGRADED = 3
"""Exit code: finished, but not just as it was asked for."""

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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show warnings and errors only.")]
Report = Annotated[Path | None, typer.Option("--report", help="Write what was decided and measured to this JSON file.")]
KeepNotes = Annotated[bool, typer.Option("--keep-notes", help="Have the narrator read the author's notes too.")]
DropTags = Annotated[bool, typer.Option("--drop-tags", help="Leave out bare speech tags (he said), as radio plays do.")]
Takes = Annotated[Path | None, typer.Option("--takes", help="Where takes are kept. Default: the platform's cache.")]
ScriptFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="The file to write. Default: NAME.script.yaml beside the story; spans go to standard output.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only say how many lines would be made, why, and how long that takes.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace files that are there, even if audiodrama did not make them.")
]
