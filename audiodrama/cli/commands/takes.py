"""Turn the commands about kept takes into figures and room: ``takes info``, ``takes prune``."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from audiodrama.cli.options import Takes
from audiodrama.cli.settings.configured import ConfiguredCommand

takes_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_SIZES = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_TIMES = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}


@takes_app.command("info", cls=ConfiguredCommand)
def takes_info(takes: Takes = None) -> None:
    """Say where takes are kept, how many they are and how large. It also says when they were last used."""
    from audiodrama.cli.display import summaries
    from audiodrama.pipeline import prune

    typer.echo(summaries.of_takes(prune.takes_info(takes), prune.LIMIT))


@takes_app.command("prune", cls=ConfiguredCommand)
def takes_prune(
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="SIZE", help="Keep this much of what was used last: 2GB, 500MB.")
    ] = None,
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="TIME", help="Remove what was not used for so long: 30d, 12h.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove every take.")] = False,
    takes: Takes = None,
) -> None:
    """Remove takes, least recently used first. What is missing is made again when it is needed."""
    from audiodrama.cli.display import summaries
    from audiodrama.pipeline import prune

    if everything == (keep is not None or older_than is not None):
        raise typer.BadParameter("say what to remove: --keep SIZE, --older-than TIME or --all")
    most = None if keep is None else _size(keep)
    older = None if older_than is None else _seconds(older_than)
    typer.echo(summaries.of_pruned(*prune.prune_takes(takes, most, older)))


def _size(text: str) -> int:
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,3})?)\s*([KMGT]?B?)", text.strip().upper())
    if match is None:
        raise typer.BadParameter(f"--keep {text}: give a size, for example 2GB or 500MB")
    number, unit = match.groups()
    return round(float(number) * _SIZES[unit if unit in _SIZES else f"{unit}B"])


def _seconds(text: str) -> float:
    match = re.fullmatch(r"(\d{1,6})\s*([mhdw])", text.strip().lower())
    if match is None:
        raise typer.BadParameter(f"--older-than {text}: give a time, for example 30d, 12h or 4w")
    return float(int(match[1]) * _TIMES[match[2]])
