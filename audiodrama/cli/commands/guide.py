"""Turn a topic into a page in the terminal: ``guide``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

_WIDEST = 100
"""Columns: longer lines are hard to read."""


def guide(
    topic: Annotated[str | None, typer.Argument(metavar="TOPIC", help="The page to read. Default: list them.")] = None,
) -> None:
    """Read the manual, a page for each topic."""
    from audiodrama.cli.guide import TOPICS, page

    if topic is None:
        width = max(map(len, TOPICS))
        for name, about in TOPICS.items():
            typer.echo(f"  {name:<{width}}  {about}")
        typer.echo("Read one with `audiodrama guide TOPIC`.")
        return
    matches = [name for name in TOPICS if name.startswith(topic.lower())]
    if len(matches) != 1:
        raise typer.BadParameter(f"there is no page about {topic!r}; there are {', '.join(TOPICS)}")
    text = page(matches[0])
    if sys.stdout.isatty():
        _render(text)
    else:
        typer.echo(text, nl=False)


def _render(text: str) -> None:
    """Print Markdown with the terminal's own means."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(text), width=min(_WIDEST, console.width))
