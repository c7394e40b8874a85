"""Turn the settings files into the values of options that the command line does not give.

The library of the command line has a table of defaults of its own; it is not used because it is asked for ``--help``
as well, and because what is wrong in a file must be a sentence about the file.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from typer.core import TyperCommand

from audiodrama.cli.settings.layers import Settings, load_settings
from audiodrama.cli.settings.registry import SETTINGS
from audiodrama.errors import InputError

_current: ContextVar[Settings | None] = ContextVar("settings", default=None)


class ConfiguredCommand(TyperCommand):
    """A command whose options have their defaults from the settings files."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the files are read when the command line is known to be right.

        Raises:
            InputError: a settings file has something that it may not have.
        """
        settings = load_settings()
        _fill(ctx, settings)
        token = _current.set(settings)
        try:
            return super().invoke(ctx)
        finally:
            _current.reset(token)


def current_settings() -> Settings:
    """The settings of the command that runs; none outside of one."""
    return _current.get() or Settings()


def _fill(ctx: Any, settings: Settings) -> None:
    """Give the command the values that its command line does not give."""
    for setting in SETTINGS:
        value = settings.value(setting.key)
        if value is None or setting.below_casting or not _free(ctx, setting.parameter):
            continue
        if not _idle(ctx, setting.parameter):
            ctx.params[setting.parameter] = value
    if _free(ctx, "llm") and ctx.params["llm"] and not ctx.params["llm_model"]:
        given = settings.find("llm")
        where = "" if given is None else given.where
        raise InputError(f'{where}: llm needs llm-model = "NAME" beside it, the model to ask')


def _free(ctx: Any, parameter: str) -> bool:
    """Whether the command has an option that its command line does not give."""
    if parameter not in ctx.params:
        return False
    # The name, because the class is that of one library or of another, by the version.
    return getattr(ctx.get_parameter_source(parameter), "name", "") == "DEFAULT"


def _idle(ctx: Any, parameter: str) -> bool:
    """Whether an option would count for nothing beside what is asked for: jobs of this machine and a cluster exclude
    each other, and a model needs an endpoint.
    """
    if parameter == "cluster":
        return ctx.params["jobs"] is not None
    if parameter == "jobs":
        return bool(ctx.params.get("cluster"))
    return parameter in ("llm_model", "llm_minutes") and not ctx.params["llm"]
