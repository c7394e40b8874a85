"""Turn options that belong together into one parameter of a command: the groups, and ``grouped``."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from audiodrama.cli.options import First
from audiodrama.cli.settings.configured import current_settings
from audiodrama.model import Excerpt


@dataclass(frozen=True)
class BatchWishes:
    """What a user asks for without a casting file, for several stories."""

    narrator: Annotated[
        str | None, typer.Option("--narrator", metavar="VOICE", help="Have this voice tell the story.")
    ] = None
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="Have this engine speak the voices that are asked for here and those that the casting does not name.",
        ),
    ] = None
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="Show this author instead of the story's own.")
    ] = None

    def options(self) -> dict[str, Any]:
        """The fields of ``Options`` that hold all this."""
        asked = {name: getattr(self, name) or "" for name in ("narrator", "engine", "author")}
        return {**asked, **current_settings().options()}


@dataclass(frozen=True)
class Wishes(BatchWishes):
    """What a user asks for without a casting file, for one story."""

    voice: Annotated[
        list[str] | None,
        typer.Option(
            "--voice",
            metavar="NAME=VOICE",
            help="Give a speaker this voice, whatever the casting says. Repeat it for others.",
        ),
    ] = None
    title: Annotated[
        str | None, typer.Option("--title", metavar="TITLE", help="Show this title instead of the story's own.")
    ] = None
    first: First = None

    def options(self) -> dict[str, Any]:
        """The fields of ``Options`` that hold all this."""
        excerpt = None if self.first is None else Excerpt(self.first)
        voices = _voices(self.voice or [])
        return {**super().options(), "title": self.title or "", "voices": voices, "excerpt": excerpt}

    @property
    def name_part(self) -> str:
        """What the result's name has besides the story's, so that an excerpt does not replace the whole."""
        return "" if self.first is None else ".first"


NO_BATCH_WISHES, NO_WISHES = BatchWishes(), Wishes()
"""Where a user asks for nothing."""


def _voices(pairs: list[str]) -> dict[str, str]:
    """Speaker -> voice.

    Raises:
        typer.BadParameter: a pair is none, or a speaker has two voices.
    """
    voices: dict[str, str] = {}
    for pair in pairs:
        name, _, voice = (part.strip() for part in pair.partition("="))
        if not (name and voice):
            raise typer.BadParameter(f"--voice {pair}: write NAME=VOICE, for example --voice 'Mrs Hale=en-gb+f2'")
        if voices.setdefault(name, voice) != voice:
            raise typer.BadParameter(f"--voice gives {name} two voices, {voices[name]} and {voice}; give one")
    return voices


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """The command as the command-line library takes it: each parameter that is a group is replaced by its options."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    parameters = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name not in groups:
            parameters.append(parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))
            continue
        kinds = get_type_hints(groups[name], include_extras=True)
        parameters += [
            inspect.Parameter(
                each.name, inspect.Parameter.KEYWORD_ONLY, default=each.default, annotation=kinds[each.name]
            )
            for each in fields(groups[name])
        ]

    @wraps(command)
    def run(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{each.name: values.pop(each.name) for each in fields(group)})
        command(**values)

    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run
