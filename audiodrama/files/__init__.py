"""Turn the nouns into files that a person edits, and the files back into the nouns: scripts and castings."""

from audiodrama.files.castings import load_casting, parse_casting
from audiodrama.files.disk import write_text
from audiodrama.files.drafts import draft_casting, extend_casting
from audiodrama.files.scripts import dump_script, load_script, parse_script, save_script

__all__ = [
    "draft_casting",
    "dump_script",
    "extend_casting",
    "load_casting",
    "load_script",
    "parse_casting",
    "parse_script",
    "save_script",
    "write_text",
]
