"""Turn the commands that make or hear audio into productions: ``produce``, ``batch``, ``measure``."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiodrama.cli.llm_options import NO_LLM, LlmOptions, print_estimates
from audiodrama.cli.option_groups import NO_BATCH_WISHES, NO_WISHES, BatchWishes, Wishes, grouped
from audiodrama.cli.options import (
    DEGRADED,
    CastingFile,
    Cluster,
    DropTags,
    DryRun,
    Force,
    Jobs,
    KeepNotes,
    Quiet,
    Report,
    Story,
    Takes,
)

if TYPE_CHECKING:
    from audiodrama.batch import Outcome
    from audiodrama.pipeline import Options, Production
    from audiodrama.workers import WorkerPool


def workers(cluster: str | None, jobs: int | None) -> AbstractContextManager[WorkerPool | None]:
    """The workers of a cluster; None where this machine does the work."""
    if not cluster:
        return nullcontext()
    if jobs is not None:
        raise typer.BadParameter("--jobs is for this machine; leave it out with --cluster")
    from audiodrama.workers.cluster import ClusterPool

    return ClusterPool(cluster)


@grouped
def produce(
    story: Story,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The MP3 to write. Default: the story's name, here.")
    ] = None,
    casting: CastingFile = None,
    wishes: Wishes = NO_WISHES,
    jobs: Jobs = None,
    cluster: Cluster = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    report: Report = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="Draw who speaks when to this SVG file.")] = None,
    llm: LlmOptions = NO_LLM,
    takes: Takes = None,
    dry_run: DryRun = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Make one audio file of a story or a script."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import summaries
    from audiodrama.files import paths

    options = pipeline.Options(
        casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes, llm=llm.endpoint(), **wishes.options()
    )
    target = output or Path(f"{paths.stem(story)}{wishes.name_part}.mp3")
    if llm.llm_estimate:
        print_estimates([story], options)
        return
    destinations.of_production(story, casting, target, report, picture, force=force, make=not dry_run)
    if dry_run:
        typer.echo(summaries.of_forecast(pipeline.forecast(story, target, options, jobs=jobs)))
        return
    with destinations.usable_cache(takes), workers(cluster, jobs) as pool:
        production = _produced(story, target, options, jobs, pool, quiet, (report, picture))
    _end(summaries.of_production(production), quiet, bool(production.degraded), target, report, picture)


def _produced(
    story: Path,
    target: Path,
    options: Options,
    jobs: int | None,
    pool: WorkerPool | None,
    quiet: bool,
    reports: tuple[Path | None, Path | None],
) -> Production:
    """Make the file with its report and its picture, while the user sees how far it is."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import production_progress

    with production_progress.display(quiet) as progress, destinations.whole_file(target, ".mp3") as file:
        production = pipeline.produce(story, file, options, jobs=jobs, pool=pool, progress=progress)
        production = replace(production, master=replace(production.master, path=destinations.shown(target)))
        _write_reports(production, *reports)
        for sentence in production.degraded:
            progress.warn(sentence)
    return production


def _end(summary: str, quiet: bool, degraded: bool, *outputs: Path | None) -> None:
    """Print the summary, beside the outputs; exit with DEGRADED where the result is not as it was asked for."""
    from audiodrama.cli.destinations import tell

    if not quiet:
        tell(summary, *outputs)
    if degraded:
        raise typer.Exit(DEGRADED)


def _write_reports(production: Production, report: Path | None, picture: Path | None) -> None:
    """Write what is asked for. What that needs is loaded behind the production, whose workers come first."""
    if report is None and picture is None:
        return
    from audiodrama.cli.destinations import write_result
    from audiodrama.reports import json_report
    from audiodrama.reports.svg_picture import draw

    described = json_report.describe(production)
    if report is not None:
        write_result(report, json_report.dump(described), "--report")
    if picture is not None:
        write_result(picture, draw(described), "--picture")


@grouped
def batch(
    stories: Annotated[
        list[Path], typer.Argument(help="A folder of stories and scripts, or files.", metavar="FOLDER|FILES")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the MP3 files.")],
    casting: CastingFile = None,
    wishes: BatchWishes = NO_BATCH_WISHES,
    jobs: Jobs = None,
    cluster: Cluster = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    report: Report = None,
    llm: LlmOptions = NO_LLM,
    takes: Takes = None,
    dry_run: DryRun = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Make an audio file of every story of a folder. A story that fails does not stop the others."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import batch_table
    from audiodrama.files import paths

    options = pipeline.Options(
        casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes, llm=llm.endpoint(), **wishes.options()
    )
    places = tuple(stories)
    if llm.llm_estimate:
        print_estimates(paths.stories(places), options)
        return
    destinations.of_batch(paths.stories(places), casting, output, report, force=force, make=not dry_run)
    if dry_run:
        _forecast_batch(places, output, options, jobs, quiet)
        return
    with destinations.usable_cache(takes), workers(cluster, jobs) as pool:
        outcomes = _batch_outcomes(places, output, options, jobs, pool, quiet, report)
    _end(batch_table.of_batch(outcomes), quiet, not all(outcome.good for outcome in outcomes), report)


def _forecast_batch(places: tuple[Path, ...], folder: Path, options: Options, jobs: int | None, quiet: bool) -> None:
    """Print what a batch would make; exit with DEGRADED where a story would fail, as the batch itself."""
    from audiodrama import batch as batches
    from audiodrama.cli.display import batch_table

    for sentence in () if quiet else batches.passed_over(places):
        typer.echo(f"audiodrama: {sentence}", err=True)
    forecasts = batches.forecast_all(places, folder, options, jobs=jobs)
    typer.echo(batch_table.of_forecasts(forecasts))
    if any(forecast.error for forecast in forecasts):
        raise typer.Exit(DEGRADED)


def _batch_outcomes(
    places: tuple[Path, ...],
    folder: Path,
    options: Options,
    jobs: int | None,
    pool: WorkerPool | None,
    quiet: bool,
    report: Path | None,
) -> tuple[Outcome, ...]:
    """Make the files of a batch while the user sees how far it is."""
    from audiodrama import batch as batches
    from audiodrama.cli.destinations import whole_file
    from audiodrama.cli.display.batch_progress import batch_progress

    with batch_progress(quiet) as progress, nullcontext() if report is None else whole_file(report, ".json") as file:
        return batches.produce_all(places, folder, options, jobs=jobs, pool=pool, report=file, progress=progress)


def measure(file: Annotated[Path, typer.Argument(metavar="FILE", help="A finished audio file of any format.")]) -> None:
    """Measure the loudness, true peak and length of an audio file."""
    from audiodrama import pipeline
    from audiodrama.cli.display import summaries

    measured = pipeline.measure(file)
    typer.echo(
        f"{file}: {summaries.clock(measured.seconds)} ({measured.seconds:.3f} s), "
        f"{measured.lufs:.2f} LUFS integrated, true peak {measured.true_peak_db:.2f} dBTP"
    )
