"""Turn a story, a script or an audio file into sound from the loudspeakers: ``play``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from audiodrama.cli.option_groups import NO_WISHES, Wishes, grouped
from audiodrama.cli.options import CastingFile, DropTags, Jobs, KeepNotes, Lines, Quiet, Takes

AUDIO_ENDINGS = (".mp3", ".wav", ".flac", ".ogg", ".opus")
"""File name endings of what is played as it is."""


@grouped
def play(
    story: Annotated[Path, typer.Argument(help="A story, a drama script, or an audio file.", metavar="STORY|AUDIO")],
    lines: Lines = None,
    casting: CastingFile = None,
    wishes: Wishes = NO_WISHES,
    jobs: Jobs = None,
    keep_notes: KeepNotes = False,
    drop_tags: DropTags = False,
    takes: Takes = None,
    quiet: Quiet = False,
) -> None:
    """Hear a story, or a part of it. It is made first; what is recorded is kept, so that it need not be made again."""
    from audiodrama import pipeline
    from audiodrama.cli import destinations
    from audiodrama.cli.display import production_progress
    from audiodrama.errors import InputError
    from audiodrama.files import paths

    if story.suffix.lower() in AUDIO_ENDINGS:
        if not story.is_file():
            raise InputError(f"{story} does not exist; check the name and the folder.")
        _hear(story)
        return
    if lines and wishes.first:
        raise typer.BadParameter("--lines and --first are two ways to say what is heard; give one")
    options = pipeline.Options(
        casting=casting, keep_notes=keep_notes, drop_tags=drop_tags, takes=takes, **wishes.options()
    )
    if lines:
        options = replace(options, excerpt=lines)
    with destinations.usable_cache(takes):
        file = paths.heard_file(story)
        with production_progress.display(quiet) as progress:
            pipeline.produce(story, file, options, jobs=jobs, progress=progress)
        _hear(file)


def _hear(file: Path) -> None:
    """Play a file; where the system has no player, say where the file is."""
    from audiodrama.cli import players

    player = players.find_player(file)
    if player is None:
        opened = players.open_file(file)
        found = "is opened" if opened else "is ready, but no player was found (mpv, ffplay, mpg123, aplay ...): open it"
        typer.echo(f"{file} {found}.")
    elif not players.play(file, player):
        typer.echo(f"{player.command[0]} could not play {file}; open it with another player.", err=True)
        raise typer.Exit(1)
