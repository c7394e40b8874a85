"""Turn the nouns into files that the user edits, and the files back into the nouns: scripts, castings, decisions.

The names below are fetched when they are first used: a story that has none of these files beside it needs no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audiodrama.files.castings import load_casting, parse_casting
    from audiodrama.files.decisions import load_decisions, parse_decisions, save_decisions, with_decisions
    from audiodrama.files.drafts import draft_casting, extend_casting
    from audiodrama.files.merge_castings import join, over_defaults
    from audiodrama.files.scripts import dump_script, load_script, parse_script, save_script
    from audiodrama.files.text_file import read_text, write_text

__all__ = [
    "draft_casting",
    "dump_script",
    "extend_casting",
    "join",
    "load_casting",
    "load_decisions",
    "load_script",
    "over_defaults",
    "parse_casting",
    "parse_decisions",
    "parse_script",
    "read_text",
    "save_decisions",
    "save_script",
    "with_decisions",
    "write_text",
]

_HOMES = {
    "castings": ("load_casting", "parse_casting"),
    "decisions": ("load_decisions", "parse_decisions", "save_decisions", "with_decisions"),
    "text_file": ("read_text", "write_text"),
    "drafts": ("draft_casting", "extend_casting"),
    "merge_castings": ("join", "over_defaults"),
    "scripts": ("dump_script", "load_script", "parse_script", "save_script"),
}
"""Where each name lives."""


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"audiodrama.files.{home}"), name)
    raise AttributeError(f"module 'audiodrama.files' has no attribute {name!r}")
