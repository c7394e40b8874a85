"""Turn a command line into productions: the only place that prints results or exits.

Exit codes: 0 good; 1 an input cannot be used, or the work failed; 2 the command line is wrong; 3 finished, but
degraded; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from audiodrama.cli.commands.config import config
from audiodrama.cli.commands.doctor import doctor
from audiodrama.cli.commands.edit_files import cast, extract
from audiodrama.cli.commands.guide import guide
from audiodrama.cli.commands.new import new
from audiodrama.cli.commands.play import play
from audiodrama.cli.commands.productions import batch, measure, produce
from audiodrama.cli.commands.review import people, review
from audiodrama.cli.commands.takes import takes_app
from audiodrama.cli.commands.voices import voices_app
from audiodrama.cli.settings.configured import ConfiguredCommand
from audiodrama.errors import AudiodramaError

app = typer.Typer(
    name="audiodrama",
    help="Prose goes in, a produced audio drama comes out.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    # Plain help appears in half the time of a drawn one.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_CONFIGURED = (produce, play, extract, review, cast, batch)
for _command in (produce, play, extract, people, review, cast, batch, measure, guide, config, new, doctor):
    app.command(cls=ConfiguredCommand if _command in _CONFIGURED else None)(_command)
app.add_typer(takes_app, name="takes", help="See what is kept of productions, and make room.")
app.add_typer(voices_app, name="voices", help="See and hear the voices on offer.")


@app.callback(invoke_without_command=True)
def _global(version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False) -> None:
    if version:
        from audiodrama import __version__

        typer.echo(f"audiodrama {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the command line and exit. An error of the package is a sentence; ``audiodrama.__main__`` has the rest."""
    logging.basicConfig(format="audiodrama: %(message)s", level=logging.WARNING)
    try:
        app()
    except AudiodramaError as error:
        print(f"audiodrama: {error}", file=sys.stderr)
        sys.exit(1)
