"""Turn the commands that write papers into files that a person edits: ``extract``, ``cast``."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from audiodrama.cli.llm_options import Llm, LlmEstimate, LlmMinutes, LlmModel, endpoint, print_estimates
from audiodrama.cli.options import DEGRADED, CastingFile, DropTags, KeepNotes, Quiet, ScriptFile, Story


class Format(str, Enum):
    """What ``extract`` writes."""

    yaml = "yaml"
    spans = "spans"


def extract(
    story: Story,
    output: ScriptFile = None,
    format: Annotated[
        Format, typer.Option("--format", help="yaml: a script to edit; spans: dialogue as JSON (start, end, speaker).")
    ] = Format.yaml,
    casting: CastingFile = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    llm: Llm = None,
    llm_model: LlmModel = None,
    llm_minutes: LlmMinutes = None,
    llm_estimate: LlmEstimate = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a script that differs.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write the drama script of a story, to look at and to edit. It says who speaks, and why."""
    from audiodrama import pipeline
    from audiodrama.cli.display import production_progress, summaries

    asked = endpoint(llm, llm_model, llm_minutes, llm_estimate)
    options = pipeline.Options(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, llm=asked)
    if llm_estimate:
        print_estimates([story], options)
        return
    with production_progress.display(quiet) as progress:
        if format is Format.spans:
            spans = pipeline.spans(story, options, progress)
            degraded, result = spans.degraded, spans.json
        else:
            written = pipeline.write_script(story, options, output, force=force, progress=progress)
            degraded, result = written.degraded, summaries.of_written_script(written)
        for sentence in degraded:
            progress.warn(sentence)
    if format is Format.spans:
        _write_spans(result, output)
    elif not quiet:
        typer.echo(result)
    if degraded:
        raise typer.Exit(DEGRADED)


def _write_spans(spans: str, output: Path | None) -> None:
    """Write spans, which are JSON, to a file; without one, to standard output."""
    from audiodrama.files import write_text

    if output is None:
        typer.echo(spans, nl=False)
    else:
        write_text(output, spans)


def cast(
    story: Story,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file to write. Default: the casting that applies, else casting.yaml beside the story.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Draft a casting file, or add to it the characters that it lacks. What the user wrote in it is never changed."""
    from audiodrama import pipeline
    from audiodrama.cli.display import summaries

    written = pipeline.write_casting(story, output)
    if not quiet:
        typer.echo(summaries.of_casting(written.path, written.added))
