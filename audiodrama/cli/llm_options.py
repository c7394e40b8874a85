"""Turn the options about a second opinion into an Endpoint, or into an estimate of what asking it would take."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from audiodrama.pipeline import Endpoint, Options

Llm = Annotated[
    str | None,
    typer.Option("--llm", metavar="URL", help="Ask this OpenAI-compatible endpoint who speaks the unsure lines."),
]
LlmModel = Annotated[
    str | None, typer.Option("--llm-model", metavar="NAME", help="The model to ask, as the endpoint knows it.")
]
LlmMinutes = Annotated[
    float | None,
    typer.Option("--llm-minutes", metavar="N", help="Ask no longer than this for a story. Default: 30."),
]
LlmEstimate = Annotated[
    bool, typer.Option("--llm-estimate", help="Only say how much would be asked; ask and write nothing.")
]


def endpoint(url: str | None, model: str | None, minutes: float | None, estimate: bool = False) -> Endpoint | None:
    """The language model to ask; None without ``--llm``.

    Raises:
        typer.BadParameter: one option lacks another.
        InputError: an option's value cannot be used.
    """
    if url is None:
        for option, value in (("--llm-model", model), ("--llm-minutes", minutes), ("--llm-estimate", estimate or None)):
            if value is not None:
                raise typer.BadParameter(f"{option} needs --llm URL, for example --llm http://localhost:11434")
        return None
    if model is None:
        raise typer.BadParameter("--llm needs --llm-model NAME, the model to ask")
    from audiodrama.pipeline import Endpoint, Timeouts

    return Endpoint(url, model, Timeouts() if minutes is None else Timeouts(total=minutes * 60))


def print_estimates(stories: Iterable[Path], options: Options) -> None:
    """Print for each story how much would be asked."""
    from audiodrama import pipeline

    for story in stories:
        typer.echo(pipeline.estimate(story, options))
