"""Turn an empty folder into a place to begin: a story, a script and a casting to play with (``new``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_STORY = "the-last-ferry.txt"
_SCRIPT = "the-spare-key.script.yaml"


def new(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it may be empty.")]) -> None:
    """Make a folder with a story, a script and a casting to try."""
    from importlib.resources import files

    from audiodrama import pipeline
    from audiodrama.cli import sample
    from audiodrama.files import paths, write_text

    _refuse_full(folder)
    paths.make_folder(folder)
    for name in (_STORY, _SCRIPT):
        write_text(folder / name, (files(sample) / name).read_text(encoding="utf-8"))
        pipeline.write_casting(folder / name, folder / paths.CASTING)
    typer.echo(
        f"{folder / _STORY}: a story; hear it with `audiodrama produce {folder / _STORY}`\n"
        f"{folder / _SCRIPT}: a script, which says who speaks and how; change it and produce it in the same way\n"
        f"{folder / paths.CASTING}: who has which voice in both; `audiodrama voices list` has others\n"
        "`audiodrama guide` explains the rest."
    )


def _refuse_full(folder: Path) -> None:
    """Refuse a folder that has files in it.

    Raises:
        OutputError: it has, or it is a file, or it cannot be read.
    """
    from audiodrama.errors import OutputError

    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = "has files in it" if folder.is_dir() else "is a file"
            raise OutputError(f"{folder} {what}; name a folder that is new or empty.")
    except OSError as error:
        raise OutputError(f"The folder {folder} cannot be used: {error.strerror}; choose another place.") from error
