"""Turn the commands that write papers into files that a person edits: ``extract``, ``cast``."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from audiodrama.cli.llm_options import Llm, LlmEstimate, LlmMinutes, LlmModel, adviser, tell_estimates
from audiodrama.cli.options import DEGRADED, CastingFile, DropTags, KeepNotes, Output, Quietly, Story


class Format(str, Enum):
    """What ``extract`` writes."""

    yaml = "yaml"
    spans = "spans"


def extract(
    story: Story,
    output: Output = None,
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
    quiet: Quietly = False,
) -> None:
    """Write the drama script of a story: who says what, how, and why we think so."""
    from audiodrama import pipeline
    from audiodrama.cli import production_progress, summaries
    from audiodrama.files import write_text

    asked = adviser(llm, llm_model, llm_minutes, llm_estimate)
    options = pipeline.Options(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, llm=asked)
    if llm_estimate:
        tell_estimates([story], options)
        return
    with production_progress.display(quiet) as progress:
        if format is Format.spans:
            spans = pipeline.spans(story, options, progress)
            degraded = spans.degraded
        else:
            written = pipeline.write_script(story, options, output, force=force, progress=progress)
            degraded = written.degraded
        for sentence in degraded:
            progress.warn(sentence)
    if format is Format.spans and output is not None:
        write_text(output, spans.json)
    elif format is Format.spans:
        typer.echo(spans.json, nl=False)
    elif not quiet:
        amount = summaries.amount(len(written.script.lines()), "line")
        typer.echo(f"{written.path}: {amount}\n{summaries.of_script(written.script)}")
    if degraded:
        raise typer.Exit(DEGRADED)


def cast(
    story: Story,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Default: the casting that applies, else casting.yaml beside the story."),
    ] = None,
    quiet: Quietly = False,
) -> None:
    """Draft a casting file, or add to it who is missing; what a person wrote is never changed."""
    from audiodrama import pipeline
    from audiodrama.cli import summaries

    written = pipeline.write_casting(story, output)
    if not quiet:
        typer.echo(summaries.of_casting(written.path, written.added))
