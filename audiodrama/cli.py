"""Turn a command line into productions: the only place that prints results or exits.

Exit codes: 0 good; 1 something given cannot be used, or the work failed; 2 the command line is wrong; 3 finished, but
degraded; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from audiodrama.errors import AudiodramaError

DEGRADED = 3
STOPPED = 130

app = typer.Typer(
    name="audiodrama",
    help="Prose goes in, a produced audio drama comes out.",
    no_args_is_help=True,
    add_completion=False,
    # Plain help appears in half the time of a drawn one.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
voices_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(voices_app, name="voices", help="See and hear the voices on offer.")


class Format(str, Enum):
    """What ``extract`` writes."""

    yaml = "yaml"
    spans = "spans"


Story = Annotated[Path, typer.Argument(help="A story (.txt, .md) or a drama script (.script.yaml).")]
CastingFile = Annotated[
    Path | None,
    typer.Option(
        "--casting", help="Casting file. Default: casting.yaml beside the story, else in this folder, else automatic."
    ),
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes. Default: one per core.")]
Quietly = Annotated[bool, typer.Option("--quiet", "-q", help="Show warnings and errors only.")]
Report = Annotated[Path | None, typer.Option("--report", help="Write what was decided and measured to this JSON file.")]
KeepNotes = Annotated[bool, typer.Option("--keep-notes", help="Have the narrator read the author's notes too.")]
DropTags = Annotated[bool, typer.Option("--drop-tags", help="Leave out bare speech tags (he said), as radio plays do.")]
Takes = Annotated[Path | None, typer.Option("--takes", help="Where takes are kept. Default: the platform's cache.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="The file to write.")]


@app.callback(invoke_without_command=True)
def _global(version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False) -> None:
    if version:
        from audiodrama import __version__

        typer.echo(f"audiodrama {__version__}")
        raise typer.Exit


@app.command()
def produce(
    story: Story,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The MP3 to write. Default: the story's name, here.")
    ] = None,
    casting: CastingFile = None,
    jobs: Jobs = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    report: Report = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="Draw who speaks when to this SVG file.")] = None,
    takes: Takes = None,
    quiet: Quietly = False,
) -> None:
    """Make one audio file of a story or a script."""
    from audiodrama import display, pipeline, places, summary
    from audiodrama import report as reports
    from audiodrama.files import write_text
    from audiodrama.picture import draw

    wishes = pipeline.Wishes(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes)
    with display.display(quiet) as progress:
        target = output or Path(f"{places.stem(story)}.mp3")
        production = pipeline.produce(story, target, wishes, jobs=jobs, progress=progress)
        described = reports.describe(production)
        if report is not None:
            reports.save(described, report)
        if picture is not None:
            write_text(picture, draw(described))
    if not quiet:
        typer.echo(summary.of_production(production))
    if production.degraded:
        raise typer.Exit(DEGRADED)


@app.command()
def extract(
    story: Story,
    output: Output = None,
    format: Annotated[
        Format, typer.Option("--format", help="yaml: a script to edit; spans: dialogue as JSON (start, end, speaker).")
    ] = Format.yaml,
    casting: CastingFile = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a script that differs.")] = False,
    quiet: Quietly = False,
) -> None:
    """Write the drama script of a story: who says what, how, and why we think so."""
    from audiodrama import pipeline, summary
    from audiodrama.files import write_text

    wishes = pipeline.Wishes(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags)
    if format is Format.spans:
        spans = pipeline.spans(story, wishes)
        if output is None:
            typer.echo(spans, nl=False)
        else:
            write_text(output, spans)
        return
    path, script = pipeline.write_script(story, wishes, output, force=force)
    if not quiet:
        typer.echo(f"{path}: {summary.amount(len(script.lines()), 'line')}\n{summary.of_script(script)}")


@app.command()
def cast(
    story: Story,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Default: the casting that applies, else casting.yaml beside the story.")
    ] = None,
    quiet: Quietly = False,
) -> None:
    """Draft a casting file, or add to it who is missing; what a person wrote is never changed."""
    from audiodrama import pipeline, summary

    path, added = pipeline.write_casting(story, output)
    if not quiet:
        typer.echo(summary.of_casting(path, added))


@app.command()
def batch(
    places: Annotated[list[Path], typer.Argument(help="A folder of stories and scripts, or files.", metavar="FOLDER|FILES")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the MP3 files.")],
    casting: CastingFile = None,
    jobs: Jobs = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    report: Report = None,
    takes: Takes = None,
    quiet: Quietly = False,
) -> None:
    """Make an audio file of every story; one that fails does not stop the others."""
    from audiodrama import batch as batches
    from audiodrama import display, pipeline, summary
    from audiodrama import report as reports

    wishes = pipeline.Wishes(casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes)
    with display.display(quiet) as progress:
        outcomes = batches.produce_all(tuple(places), output, wishes, jobs=jobs, progress=progress)
        if report is not None:
            reports.save({"stories": [batches.describe(outcome) for outcome in outcomes]}, report)
    if not quiet:
        typer.echo(summary.of_batch(outcomes))
    if not all(outcome.good for outcome in outcomes):
        raise typer.Exit(DEGRADED)


@app.command()
def measure(file: Annotated[Path, typer.Argument(help="A finished audio file of any format.")]) -> None:
    """Measure the loudness, true peak and duration of an audio file."""
    from audiodrama import pipeline, summary

    measured = pipeline.measure(file)
    typer.echo(
        f"{file}: {summary.clock(measured.seconds)} ({measured.seconds:.3f} s), "
        f"{measured.lufs:.2f} LUFS integrated, true peak {measured.true_peak_db:.2f} dBTP"
    )


@voices_app.command("list")
def voices_list(
    engine: Annotated[str | None, typer.Option("--engine", help="Only this engine's. Default: every engine's.")] = None,
    gender: Annotated[str | None, typer.Option("--gender", help="Only female or male ones.")] = None,
) -> None:
    """List the voices that automatic casting chooses from, and the effects to cast by hand."""
    from audiodrama import pipeline, summary

    typer.echo(summary.of_voices(pipeline.voices(engine, gender)))


@voices_app.command("preview")
def voices_preview(
    voice: Annotated[str, typer.Argument(help="A voice as `voices list` writes it, or `all`.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The MP3 to write. Default: VOICE.mp3.")] = None,
    engine: Annotated[str | None, typer.Option("--engine", help="The voice's engine. Default: the platform's.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What it is to say.")] = None,
) -> None:
    """Write an MP3 in which a voice, or every voice in turn, introduces itself."""
    from audiodrama import pipeline, summary

    target = output or Path(f"{voice}.mp3")
    master = pipeline.preview(voice, target, engine=engine, text=text)
    typer.echo(f"{master.path}: {summary.clock(master.seconds)}")


class _StoppedByHand(BaseException):
    """Ctrl-C or a polite kill. Not KeyboardInterrupt, for which the command-line library has an answer of its own."""


def _stop(number: int, frame: object) -> None:
    raise _StoppedByHand


def main() -> None:
    """Run the command line and exit."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        app()
    except AudiodramaError as error:
        _leave(f"audiodrama: {error}", 1)
    except _StoppedByHand:
        _leave("audiodrama: Stopped. Finished takes are kept; run the same command again to go on.", STOPPED)
    except BrokenPipeError:
        # Whoever read our output has gone; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _leave(sentence: str, code: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(code)
