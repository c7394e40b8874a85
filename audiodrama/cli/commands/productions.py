"""Turn the commands that make or hear audio into productions: ``produce``, ``batch``, ``measure``."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiodrama.cli.llm_options import Llm, LlmEstimate, LlmMinutes, LlmModel, endpoint, print_estimates
from audiodrama.cli.options import (
    DEGRADED,
    CastingFile,
    Cluster,
    DropTags,
    DryRun,
    Jobs,
    KeepNotes,
    Quiet,
    Report,
    Story,
    Takes,
)

if TYPE_CHECKING:
    from audiodrama.pipeline import Production
    from audiodrama.workers import WorkerPool


def workers(cluster: str | None, jobs: int | None) -> AbstractContextManager[WorkerPool | None]:
    """The workers of a cluster; None where this machine does the work."""
    if cluster is None:
        return nullcontext()
    if jobs is not None:
        raise typer.BadParameter("--jobs is for this machine; leave it out with --cluster")
    from audiodrama.workers.cluster import ClusterPool

    return ClusterPool(cluster)


def produce(
    story: Story,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The MP3 to write. Default: the story's name, here.")
    ] = None,
    casting: CastingFile = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    report: Report = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="Draw who speaks when to this SVG file.")] = None,
    llm: Llm = None,
    llm_model: LlmModel = None,
    llm_minutes: LlmMinutes = None,
    llm_estimate: LlmEstimate = False,
    takes: Takes = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Make one audio file of a story or a script."""
    from audiodrama import pipeline
    from audiodrama.cli.display import production_progress, summaries
    from audiodrama.files import paths

    asked = endpoint(llm, llm_model, llm_minutes, llm_estimate)
    options = pipeline.Options(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes, llm=asked)
    target = output or Path(f"{paths.stem(story)}.mp3")
    if llm_estimate:
        print_estimates([story], options)
    elif dry_run:
        typer.echo(summaries.of_forecast(pipeline.forecast(story, target, options, jobs=jobs)))
    else:
        with production_progress.display(quiet) as progress, workers(cluster, jobs) as pool:
            production = pipeline.produce(story, target, options, jobs=jobs, pool=pool, progress=progress)
            _write_reports(production, report, picture)
            for sentence in production.degraded:
                progress.warn(sentence)
        _end(summaries.of_production(production), quiet, degraded=bool(production.degraded))


def _end(summary: str, quiet: bool, *, degraded: bool) -> None:
    """Print the summary; exit with DEGRADED where the result is not as it was asked for."""
    if not quiet:
        typer.echo(summary)
    if degraded:
        raise typer.Exit(DEGRADED)


def _write_reports(production: Production, report: Path | None, picture: Path | None) -> None:
    """Write what is asked for. What that needs is loaded behind the production, whose workers come first."""
    if report is None and picture is None:
        return
    from audiodrama.files import write_text
    from audiodrama.reports import json_report as reports
    from audiodrama.reports.svg_picture import draw

    described = reports.describe(production)
    if report is not None:
        reports.save(described, report)
    if picture is not None:
        write_text(picture, draw(described))


def batch(
    stories: Annotated[
        list[Path], typer.Argument(help="A folder of stories and scripts, or files.", metavar="FOLDER|FILES")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the MP3 files.")],
    casting: CastingFile = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    report: Report = None,
    llm: Llm = None,
    llm_model: LlmModel = None,
    llm_minutes: LlmMinutes = None,
    llm_estimate: LlmEstimate = False,
    takes: Takes = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Make an audio file of every story of a folder. A story that fails does not stop the others."""
    from audiodrama import batch as batches
    from audiodrama import pipeline
    from audiodrama.cli.display import summaries
    from audiodrama.cli.display.batch_progress import batch_progress
    from audiodrama.files import paths

    asked = endpoint(llm, llm_model, llm_minutes, llm_estimate)
    options = pipeline.Options(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes, llm=asked)
    places = tuple(stories)
    if llm_estimate:
        print_estimates(paths.stories(places), options)
    elif dry_run:
        typer.echo(summaries.of_forecasts(batches.forecast_all(places, output, options, jobs=jobs)))
    else:
        with batch_progress(quiet) as progress, workers(cluster, jobs) as pool:
            outcomes = batches.produce_all(
                places, output, options, jobs=jobs, pool=pool, report=report, progress=progress
            )
        _end(summaries.of_batch(outcomes), quiet, degraded=not all(outcome.good for outcome in outcomes))


def measure(file: Annotated[Path, typer.Argument(metavar="FILE", help="A finished audio file of any format.")]) -> None:
    """Measure the loudness, true peak and length of an audio file."""
    from audiodrama import pipeline
    from audiodrama.cli.display import summaries

    measured = pipeline.measure(file)
    typer.echo(
        f"{file}: {summaries.clock(measured.seconds)} ({measured.seconds:.3f} s), "
        f"{measured.lufs:.2f} LUFS integrated, true peak {measured.true_peak_db:.2f} dBTP"
    )
