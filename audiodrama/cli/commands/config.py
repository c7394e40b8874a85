"""Turn the settings that apply here into a table, and a wish for settings into a file to edit: ``config``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from audiodrama.cli.settings.layers import Settings
    from audiodrama.cli.settings.registry import Setting
    from audiodrama.model import Casting

Row = tuple[str, str, str]

_ORDER = (
    "An option on the command line goes before the story's casting file, that before\n"
    "audiodrama.toml in this folder, that before your config.toml, and that before\n"
    "what is built in."
)


def config(
    story: Annotated[
        Path | None, typer.Argument(metavar="STORY", help="A story whose casting file counts as well.")
    ] = None,
    init: Annotated[bool, typer.Option("--init", help="Write a config.toml of your own, to edit.")] = False,
    here: Annotated[bool, typer.Option("--here", help="With --init: write audiodrama.toml in this folder.")] = False,
) -> None:
    """Show which settings apply here, and which file each comes from."""
    if here and not init:
        raise typer.BadParameter("--here is for --init, which writes a file; give both")
    if init and story is not None:
        raise typer.BadParameter("--init writes settings for every story; leave out STORY")
    if init:
        _init(here)
    else:
        _show(story)


def _init(here: bool) -> None:
    """Write an example; a file that is there stays.

    Raises:
        OutputError: a file is there, or none can be written.
    """
    from audiodrama.cli.settings.example import example
    from audiodrama.errors import OutputError
    from audiodrama.files import paths

    path = Path(paths.FOLDER_SETTINGS) if here else paths.user_settings_file()
    paths.make_folder(path.parent)
    try:
        # "x" never opens a file that is there, whoever made it and when.
        with path.open("x", encoding="utf-8") as file:
            file.write(example(own=not here))
    except FileExistsError:
        raise OutputError(f"{path} is there already, and stays as it is; edit it.") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
    typer.echo(f"{path}: every setting, none in force yet; edit it, and see `audiodrama config`")


def _show(story: Path | None) -> None:
    from audiodrama.cli.settings.layers import load_settings
    from audiodrama.cli.settings.registry import SETTINGS

    file, casting = _casting(story)
    files, settings = _files(file), load_settings()
    rows = [_row(setting, settings, casting) for setting in SETTINGS]
    typer.echo(f"{_ORDER}\n")
    _print_table(files)
    typer.echo("")
    _print_table(rows)
    if all(missing for _, _, missing in files[1:]):
        typer.echo("\n`audiodrama config --init` writes a file to begin with.")


def _casting(story: Path | None) -> tuple[Path | None, Casting]:
    """The casting file that applies to a story, or to those that have none of their own, and what it says.

    Raises:
        InputError: the story is not there.
        CastingError: a casting file has something that it may not have.
    """
    from audiodrama import files, pipeline
    from audiodrama.errors import InputError
    from audiodrama.files import paths
    from audiodrama.model import Casting

    if story is None:
        file = Path(paths.CASTING) if os.path.isfile(paths.CASTING) else None
        return file, Casting() if file is None else files.load_casting(file)
    if str(story) != "-" and not os.path.exists(story):
        raise InputError(f"{story} does not exist; check the name and the folder.")
    own = paths.casting_beside(story)
    return own if os.path.isfile(own) else paths.find_casting(story, None), pipeline.read_casting(story)


def _files(casting: Path | None) -> list[Row]:
    """The files in their order: which there are."""
    from audiodrama.files import paths

    rows = [("casting", str(casting or paths.CASTING), "" if casting else "not there")]
    for name, path in (("this folder", Path(paths.FOLDER_SETTINGS)), ("yours", paths.user_settings_file())):
        rows.append((name, str(path), "" if os.path.lexists(path) else "not there"))
    return rows


def _row(setting: Setting, settings: Settings, casting: Casting) -> Row:
    """A setting with its value and where it comes from."""
    if setting.key == "engine" and casting.engine:
        return setting.key, casting.engine, casting.where
    if setting.key == "narrator" and casting.narrator.voice.name:
        return setting.key, casting.narrator.voice.name, casting.narrator.where
    given = settings.find(setting.key)
    if given is None or given.value == "":
        return setting.key, _built_in(setting), "built in" if given is None else given.where
    value = str(given.value).lower() if isinstance(given.value, bool) else str(given.value)
    return setting.key, value, given.where


def _built_in(setting: Setting) -> str:
    """What applies without a file, on this machine."""
    if setting.key == "takes":
        from audiodrama.files.paths import takes_folder

        return str(takes_folder())
    if setting.key == "engine":
        from audiodrama.sound.engines import default_engine

        return default_engine()
    return setting.built_in


def _print_table(rows: list[Row]) -> None:
    """Print rows with columns as wide as what is in them."""
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    for key, value, where in rows:
        typer.echo(f"  {key:<{first}}  {value:<{second}}  {where}".rstrip())
