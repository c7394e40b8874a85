"""Turn the options about a second opinion into an Endpoint, or into an estimate of what asking it would take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from audiodrama.pipeline import Endpoint, Options


@dataclass(frozen=True)
class LlmOptions:
    """What a user wants asked of a language model."""

    llm: Annotated[
        str | None,
        typer.Option("--llm", metavar="URL", help="Ask this OpenAI-compatible endpoint who speaks the unsure lines."),
    ] = None
    llm_model: Annotated[
        str | None, typer.Option("--llm-model", metavar="NAME", help="The model to ask, as the endpoint knows it.")
    ] = None
    llm_minutes: Annotated[
        float | None,
        typer.Option("--llm-minutes", metavar="N", help="Ask no longer than this for a story. Default: 30."),
    ] = None
    llm_estimate: Annotated[
        bool, typer.Option("--llm-estimate", help="Only say how much would be asked; ask and write nothing.")
    ] = False

    def endpoint(self) -> Endpoint | None:
        """The language model to ask; None without ``--llm``, or with an empty one.

        Raises:
            typer.BadParameter: one option lacks another.
            InputError: an option's value cannot be used.
        """
        if not self.llm:
            for option in ("llm_model", "llm_minutes", "llm_estimate"):
                if getattr(self, option) not in (None, False):
                    name = f"--{option.replace('_', '-')}"
                    raise typer.BadParameter(f"{name} needs --llm URL, for example --llm http://localhost:11434")
            return None
        if self.llm_model is None:
            raise typer.BadParameter("--llm needs --llm-model NAME, the model to ask")
        from audiodrama.pipeline import Endpoint, Timeouts

        timeouts = Timeouts() if self.llm_minutes is None else Timeouts(total=self.llm_minutes * 60)
        return Endpoint(self.llm, self.llm_model, timeouts)


NO_LLM = LlmOptions()
"""Where a user asks no language model."""


def print_estimates(stories: Iterable[Path], options: Options) -> None:
    """Print for each story how much would be asked."""
    from audiodrama import pipeline

    for story in stories:
        typer.echo(pipeline.estimate(story, options))
