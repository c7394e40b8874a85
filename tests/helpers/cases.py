"""Case files: one trap each, a passage that a program easily gets wrong, and what a careful reader makes of it.

A file ``tests/cases/FOLDER/NAME.txt``, its name in small letters with hyphens::

    The first line says the trap in one sentence.
    file: story.md
    ===
    The passage, exactly as it stands in a story.
    ---
    who (how) | text

- The **head**. Below the sentence may stand ``file: NAME``, the name under which the passage is read (without it
  ``story.txt``), or ``story: NAME``: the passage is the file of that name in ``scripts/``, and none stands in the case.
- The **passage** ends at the last ``---`` of the file.
- The **rows** are what is expected, one a line, in the order of the passage. ``(how)`` may be left out. A ``text`` that
  ends in a space and ``…`` gives only the first words. A row may begin with ``thought: `` or ``person: ``.

What ``who`` may be in each folder is said in ``tests/cases/README.md``. All else in a file or a folder is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, SCRIPTS

CASES = ROOT / "tests" / "cases"
FOLDERS = ("forms", "prose", "quotes", "scripts", "speakers", "stories")
"""What is tested by case files: patterns, blocks, quotation, whole scripts, speakers alone, and our own stories."""
CUT = " …"
"""Ends an expected text that gives only the first words."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.txt")
_KEYS = ("file", "story")
_MARKS = ("", "thought", "person")
_ROW = re.compile(r"(?:(?P<mark>[^|():]*): )?(?P<who>[^|():]+?)(?: \((?P<how>[^()|]+)\))? \|(?: (?P<text>.*))?")


class CaseError(AssertionError):
    """A case file or a folder of them is not as the format asks; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what a case expects, or of what came out, written in the same way."""

    who: str
    """The speaker, or the kind of what nobody speaks: "heading", "break", "skipped"."""
    text: str = ""
    how: str = ""
    """The manner of a speech; the reason of a skipped stretch."""
    mark: str = ""
    """"thought" of a thought, "person" of what the passage tells about a person, "" of all other rows."""

    def __str__(self) -> str:
        mark = f"{self.mark}: " if self.mark else ""
        how = f" ({self.how})" if self.how else ""
        return f"{mark}{self.who}{how} | {self.text}".rstrip()

    def allows(self, other: Row) -> bool:
        """Whether ``other``, which came out, is what this row expects."""
        text = other.text
        if self.text.endswith(CUT):
            text = text[: len(self.text) - len(CUT)] + CUT
        return (self.who, self.text, self.mark) == (other.who, text, other.mark) and self.how in other.how


@dataclass(frozen=True, slots=True)
class Case:
    """A case file, read."""

    trap: str
    """The sentence that says it."""
    file: str
    """The name under which the passage is read; its suffix chooses the reader."""
    passage: str
    rows: tuple[Row, ...]


def case_paths(folder: str, root: Path = CASES) -> list[Path]:
    """List the case files of a folder by name.

    Raises :class:`CaseError` if there is none, or if a file below the folder is no case file.
    """
    paths = sorted(path for path in (root / folder).rglob("*") if path.is_file())
    if not paths:
        raise CaseError(f"{root / folder}: there is no case file")
    for path in paths:
        if path.parent != root / folder or not _NAME.fullmatch(path.name):
            raise CaseError(f"{path}: not a case file: small letters with hyphens, and .txt at the end")
    return paths


def load_case(path: Path) -> Case:
    """Read a case file. Raises :class:`CaseError` if it is not written as the format asks."""
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("\n===\n")
    if not mark:
        raise CaseError(f"{path.name}: no line === between the trap and the passage")
    passage, mark, expected = f"\n{rest}".rpartition("\n---\n")
    if not mark:
        raise CaseError(f"{path.name}: no line --- between the passage and what is expected")
    trap, *options = head.split("\n")
    if not trap.endswith("."):
        raise CaseError(f"{path.name}: the first line is not a sentence")
    keys = _load_keys(options, path.name)
    passage = passage.removeprefix("\n")
    if bool(passage.strip()) == ("story" in keys):
        raise CaseError(f"{path.name}: a case has a passage, or it says `story: NAME`")
    if "story" in keys:
        passage = (SCRIPTS / keys["story"]).read_text(encoding="utf-8")
    return Case(trap, keys.get("file") or keys.get("story", "story.txt"), passage, load_rows(expected, path.name))


def _load_keys(options: Iterable[str], where: str) -> dict[str, str]:
    """Read what stands in the head below the sentence: key -> value."""
    keys: dict[str, str] = {}
    for option in options:
        key, mark, value = option.partition(": ")
        if not mark or key not in _KEYS or key in keys or not value.strip():
            raise CaseError(f"{where}: not one of `file: NAME` and `story: NAME`, once: {option}")
        keys[key] = value
    return keys


def load_rows(text: str, where: str) -> tuple[Row, ...]:
    """Read the rows of ``text``, one a line; ``where`` names the file in a :class:`CaseError`."""
    rows = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        match = _ROW.fullmatch(line)
        if not match or (match["mark"] or "") not in _MARKS:
            raise CaseError(f"{where}: not a row `who (how) | text`: {line}")
        rows.append(Row(match["who"], match["text"] or "", match["how"] or "", match["mark"] or ""))
    if not rows:
        raise CaseError(f"{where}: nothing is expected")
    return tuple(rows)
