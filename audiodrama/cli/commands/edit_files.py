"""Turn the commands that write papers into files that a person edits: ``extract``, ``cast``."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiodrama.cli.llm_options import NO_LLM, LlmOptions, print_estimates
from audiodrama.cli.option_groups import grouped
from audiodrama.cli.options import DEGRADED, CastingFile, DropTags, KeepNotes, Quiet, ScriptFile, Story

if TYPE_CHECKING:
    from audiodrama.pipeline import Options


class Format(str, Enum):
    """What ``extract`` writes."""

    yaml = "yaml"
    spans = "spans"


@grouped
def extract(
    story: Story,
    output: ScriptFile = None,
    format: Annotated[
        Format, typer.Option("--format", help="yaml: a script to edit; spans: dialogue as JSON (start, end, speaker).")
    ] = Format.yaml,
    casting: CastingFile = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    llm: LlmOptions = NO_LLM,
    force: Annotated[bool, typer.Option("--force", help="Write over a script that differs.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write the drama script of a story, to look at and to edit. It says who speaks, and why."""
    from audiodrama import pipeline

    options = pipeline.Options(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, llm=llm.endpoint())
    if llm.llm_estimate:
        print_estimates([story], options)
        return
    target = _checked_target(story, output, format, casting, force)
    write = _write_spans if format is Format.spans else _write_script
    if write(story, options, target, force, quiet):
        raise typer.Exit(DEGRADED)


def _write_script(story: Path, options: Options, target: Path, force: bool, quiet: bool) -> bool:
    """Write the script and say what it has; whether that is not as it was asked for."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import production_progress, summaries

    with production_progress.display(quiet) as progress:
        with destinations.whole_file(target, ".script.yaml") as file:
            written = pipeline.write_script(story, options, file, force=force, progress=progress)
        for sentence in written.degraded:
            progress.warn(sentence)
    if not quiet:
        destinations.tell(summaries.of_written_script(replace(written, path=destinations.shown(target))), target)
    return bool(written.degraded)


def _write_spans(story: Path, options: Options, target: Path, force: bool, quiet: bool) -> bool:
    """Write the dialogue as JSON; whether it is not as it was asked for. ``force`` was heeded by the check."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import production_progress

    with production_progress.display(quiet) as progress:
        spans = pipeline.spans(story, options, progress)
        for sentence in spans.degraded:
            progress.warn(sentence)
    destinations.write_result(target, spans.json, "-o")
    return bool(spans.degraded)


def _checked_target(story: Path, output: Path | None, format: Format, casting: Path | None, force: bool) -> Path:
    """Where the result goes, which is a good place; a script that is to be extracted again has a message of its own."""
    from audiodrama.cli import destinations
    from audiodrama.files import paths
    from audiodrama.files.outputs import STANDARD_OUTPUT, Output, sources

    default = Path(STANDARD_OUTPUT[0]) if format is Format.spans else paths.script_beside(story)
    target = output or default
    if output is not None or not paths.is_script(story):
        result = Output(target, "-o", "spans" if format is Format.spans else None)
        destinations.of_file(result, sources(story, casting, [result]), force=force)
    return target


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
    from audiodrama.cli import destinations
    from audiodrama.cli.display import summaries
    from audiodrama.cli.settings.configured import current_settings
    from audiodrama.files import paths
    from audiodrama.files.outputs import CASTING_FILE, Output, sources

    target = paths.casting_to_draft(story, output)
    result = Output(target, "-o", None)
    # A casting file is not replaced but added to, so it may be read and written.
    files = [source for source in sources(story, None, [result]) if source.what != CASTING_FILE]
    destinations.of_file(result, files)
    with destinations.whole_file(target, ".casting.yaml") as file:
        written = pipeline.write_casting(story, file, default_casting=current_settings().default_casting())
    if not quiet:
        destinations.tell(summaries.of_casting(destinations.shown(target), written.added), target)
