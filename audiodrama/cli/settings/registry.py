"""Name what a settings file may say: for each option that a user may want to give once, its key and its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "yes or no", "whole number", "number", "folder"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a settings file."""

    key: str
    """The option's long name, without the dashes."""
    kind: Kind
    """What its value is."""
    example: str
    """A value as TOML writes it."""
    about: str
    """What it does, a sentence."""
    built_in: str
    """What applies where no file says otherwise, in words."""
    bounds: tuple[float, float] = (0, 0)
    """The least and the greatest that a number may be."""
    own_only: bool = False
    """Whether only the user's own file may say it: it sends a story to another machine, or has one do the work."""
    below_casting: bool = False
    """Whether a casting file or the story goes before it, which the option itself goes before."""

    @property
    def parameter(self) -> str:
        """What commands call it."""
        return self.key.replace("-", "_")


SETTINGS = (
    Setting(
        key="engine",
        kind="text",
        example='"espeak"',
        about="The engine of the narrator below, and of voices that no casting file names.",
        built_in="the platform's",
        below_casting=True,
    ),
    Setting(
        key="narrator",
        kind="text",
        example='"en-gb"',
        about="The narrator's voice, where the casting file names none.",
        built_in="chosen automatically",
        below_casting=True,
    ),
    Setting(
        key="author",
        kind="text",
        example='"A. Writer"',
        about="The author to show, where the story names none.",
        built_in="the story's",
        below_casting=True,
    ),
    Setting("keep-notes", "yes or no", "true", "The narrator reads the author's notes too.", "false"),
    Setting("drop-tags", "yes or no", "true", "Bare speech tags (he said) are left out, as radio plays do.", "false"),
    Setting(
        key="cluster",
        kind="text",
        example='"tcp://192.168.1.5:8786"',
        about="The dask scheduler whose workers do the work.",
        built_in="none",
        own_only=True,
    ),
    Setting(
        key="jobs",
        kind="whole number",
        example="2",
        about="How many worker processes at most, where this machine does the work.",
        built_in="one for each core",
        bounds=(1, 100_000),
    ),
    Setting("takes", "folder", '"~/takes"', "Where takes are kept.", "the platform's cache"),
    Setting(
        key="llm",
        kind="text",
        example='"http://localhost:11434"',
        about="The endpoint to ask who speaks the unsure lines; it needs llm-model.",
        built_in="none",
        own_only=True,
    ),
    Setting("llm-model", "text", '"llama3.1:8b"', "The model to ask, as the endpoint knows it.", "none"),
    Setting("llm-minutes", "number", "30", "The longest time to ask about a story.", "30", bounds=(0.01, 100_000)),
    Setting("below", "number", "0.8", "`review` asks about lines that are less sure than this.", "0.8", bounds=(0, 1)),
    Setting("quiet", "yes or no", "true", "Show warnings and errors only.", "false"),
)
"""Every key, in the order in which users meet them. What another depends on comes first: cluster, llm."""

_ONE_RUN = "it belongs to one run, so give it on the command line"
_CASTING = "it belongs in casting.yaml (`audiodrama guide casting`)"
ELSEWHERE = {
    **dict.fromkeys(("output", "report", "picture", "title", "force", "dry-run", "first", "lines", "format"), _ONE_RUN),
    **dict.fromkeys(("voice", "voices", "roles", "stand-ins", "pauses", "pronunciations"), _CASTING),
    "casting": "casting.yaml beside the story or in this folder is found without it",
}
"""Words that users may take for keys -> where that is said instead."""
