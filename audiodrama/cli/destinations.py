"""Turn the places that a user names for results into checked ones, and what is meant for standard output into output.

``-`` is standard output wherever one result may go there; a summary goes to standard error then.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from audiodrama.errors import OutputError
from audiodrama.files.outputs import (
    Output,
    Source,
    check_outputs,
    is_standard_output,
    make_places,
    make_writable,
    sources,
)


def of_production(
    story: Path,
    casting: Path | None,
    target: Path,
    report: Path | None,
    picture: Path | None,
    *,
    force: bool,
    make: bool,
) -> None:
    """Check the places of a production's results.

    Args:
        story: what is produced.
        casting: the casting file that the user named.
        target: of the MP3.
        report: of the report, if it is asked for.
        picture: of the picture, if it is asked for.
        force: whether files that this program did not make may be replaced.
        make: whether folders that are missing are made, too.

    Raises:
        OutputError: a place cannot be used.
        typer.BadParameter: an MP3 would be shown in a terminal.
    """
    refuse_terminal(target)
    outputs = [Output(target, "-o", "audio")]
    outputs += [Output(report, "--report", "report")] if report is not None else []
    outputs += [Output(picture, "--picture", "picture")] if picture is not None else []
    check_outputs(outputs, sources(story, casting, outputs), force=force)
    if make:
        make_places(outputs)


def of_batch(
    stories: tuple[Path, ...], casting: Path | None, folder: Path, report: Path | None, *, force: bool, make: bool
) -> None:
    """Check the places of a batch's results; see ``of_production``.

    Raises:
        OutputError: a place cannot be used.
    """
    from audiodrama.batch import SUMMARY
    from audiodrama.files.paths import audio_in

    if is_standard_output(folder):
        raise OutputError("A batch makes several files, so -o names a folder; standard output holds one file only.")
    outputs = [Output(audio_in(folder, story), "-o", "audio") for story in stories]
    outputs.append(Output(folder / SUMMARY, "-o", "summary"))
    outputs += [Output(report, "--report", "report")] if report is not None else []
    files = [source for story in stories for source in sources(story, casting, outputs)]
    check_outputs(outputs, files, force=force)
    if make:
        make_writable(folder)
        make_places(outputs[-1:])


def of_file(output: Output, files: Iterable[Source] = (), *, force: bool = False) -> None:
    """Check the place of the one result of a command that reads ``files``, and make its folder.

    Raises:
        OutputError: the place cannot be used.
    """
    check_outputs([output], files, force=force)
    make_places([output])


@contextlib.contextmanager
def usable_cache(takes: Path | None) -> Iterator[None]:
    """Have a command work in a temporary cache where the usual one cannot be written, and say so.

    Args:
        takes: the folder for takes that the user named, if any; the user needs no advice then.
    """
    from tempfile import TemporaryDirectory

    from audiodrama.files.paths import takes_folder

    usual = takes_folder().parent
    try:
        make_writable(usual)
    except OutputError as error:
        reason = str(error).partition("; choose")[0]
    else:
        yield
        return
    with TemporaryDirectory(prefix="audiodrama-", ignore_cleanup_errors=True) as folder:
        if takes is None:
            advice = "this run keeps takes in a temporary folder; name one that lasts with --takes."
            typer.echo(f"audiodrama: {reason}, so {advice}", err=True)
        # Worker processes look there, too.
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield
        finally:
            os.environ.pop("XDG_CACHE_HOME")
            if before is not None:
                os.environ["XDG_CACHE_HOME"] = before


def refuse_terminal(output: Path) -> None:
    """Refuse to print an MP3 to a terminal.

    Raises:
        typer.BadParameter: it would be.
    """
    if is_standard_output(output) and _is_terminal():
        raise typer.BadParameter(f"-o {output} prints an MP3, and this is a terminal; add > FILE.mp3, or name a file")


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


@contextlib.contextmanager
def whole_file(output: Path, ending: str) -> Iterator[Path]:
    """The file that a result is made in; one that is meant for standard output is printed from there at the end.

    Args:
        output: where the user wants the result.
        ending: that the file's name needs.
    """
    if not is_standard_output(output):
        yield output
        return
    from tempfile import TemporaryDirectory

    from audiodrama.files.paths import record_of

    with TemporaryDirectory(prefix="audiodrama-") as folder:
        file = Path(folder) / f"standard-output{ending}"
        try:
            yield file
            sys.stdout.flush()
            with file.open("rb") as opened:
                shutil.copyfileobj(opened, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        finally:
            # What is known of the file is of no use when the file is gone.
            with contextlib.suppress(OSError):
                record_of(file).unlink(missing_ok=True)


def write_result(path: Path, text: str, option: str) -> None:
    """Write a text to a file, or to standard output.

    Raises:
        OutputError: the file cannot be written; the message names the option that names it.
    """
    from audiodrama.files import write_text

    if is_standard_output(path):
        typer.echo(text, nl=False)
    else:
        write_text(path, text, f"choose another place with {option}")


def shown(output: Path) -> Path:
    """The place of a result as a summary names it."""
    return Path("standard output") if is_standard_output(output) else output


def tell(summary: str, *outputs: Path | None) -> None:
    """Print a summary: to standard error where one of the results is on standard output."""
    typer.echo(summary, err=any(map(is_standard_output, outputs)))
