"""Turn the commands about voices into lists to read and files to hear: ``voices list``, ``voices preview``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audiodrama.cli.options import Force
from audiodrama.cli.settings.configured import ConfiguredCommand, current_settings

voices_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@voices_app.command("list", cls=ConfiguredCommand)
def voices_list(
    engine: Annotated[
        str | None,
        typer.Option("--engine", help="The engine, or `all`. Default: that of your settings, else the platform's."),
    ] = None,
    gender: Annotated[str | None, typer.Option("--gender", help="Only female or male ones.")] = None,
) -> None:
    """List the voices with gender, age, accent and pitch.

    Those that say "only when cast by hand" are never chosen automatically.
    """
    from audiodrama import pipeline
    from audiodrama.cli.display import summaries

    typer.echo(summaries.of_voices(pipeline.voices(_usual(engine), gender)))


@voices_app.command("preview", cls=ConfiguredCommand)
def voices_preview(
    voice: Annotated[str, typer.Argument(help="A voice as `voices list` writes it, or `all`.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The MP3 to write. Default: VOICE.mp3.")] = None,
    engine: Annotated[str | None, typer.Option("--engine", help="The voice's engine. Default: as for `list`.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What it is to say.")] = None,
    force: Force = False,
) -> None:
    """Write an MP3 in which a voice introduces itself. `all` has every voice do so, one after the other."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import summaries
    from audiodrama.files.outputs import Output

    target = output or Path(f"{voice}.mp3")
    destinations.refuse_terminal(target)
    destinations.of_file(Output(target, "-o", "audio"), force=force)
    with destinations.usable_cache(None), destinations.whole_file(target, ".mp3") as file:
        master = pipeline.preview(voice, file, engine=_usual(engine), text=text)
    destinations.tell(f"{destinations.shown(target)}: {summaries.clock(master.seconds)}", target)


def _usual(engine: str | None) -> str | None:
    """The engine that is asked for, else that of the settings; None for the platform's."""
    return engine if engine is not None else current_settings().default_casting().engine or None
