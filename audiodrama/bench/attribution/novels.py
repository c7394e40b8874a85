"""Turn a folder in the format of the Project Dialogism Novel Corpus into a Novel: text, quotations and cast.

The format (Vishnubhotla, Hammond, Hirst 2022): ``novel_text.txt``, ``quotation_info.csv`` and ``character_info.csv``.
"""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiodrama.errors import InputError
from audiodrama.model import Gender, Role

NARRATORS = ("I", "narrator", "the narrator", "_narr")
"""Names that mean the character who tells the story."""
KINDS = ("explicit", "anaphoric", "implicit")
"""Kinds of quotations by their tag: with a name, with a pronoun or a description, without one."""
_MIN_TAGS = 5
"""Tags with "I" that a character needs to be the narrator."""
_MAJORITY = (4, 5)
"""Numerator and denominator of the share of such tags that must be this character's: annotators err, and letters
say "I" too."""
_FILES = ("novel_text.txt", "quotation_info.csv", "character_info.csv")
_SEXES: dict[str, Gender] = {"M": "male", "F": "female"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as the annotators saw it: all that one speaker says in one go."""

    spans: tuple[tuple[int, int], ...]
    """Character offsets of its parts in the novel's text."""
    speaker: str
    """A name of ``Novel.cast``."""
    kind: str
    """One of KINDS, or "other"."""


@dataclass(frozen=True, slots=True)
class Novel:
    """An annotated novel."""

    name: str
    """The folder's name."""
    path: Path
    """The text file."""
    text: str
    """The decoded text."""
    quotations: tuple[Quotation, ...]
    """In the order of the table."""
    cast: dict[str, frozenset[str]]
    """Main name of a character -> all names of it, that one included."""
    genders: dict[str, Gender]
    """Main name of a character -> gender."""

    def roster(self) -> tuple[Role, ...]:
        """The cast list as a casting file would give it: names, aliases, gender and who narrates."""
        return tuple(
            Role(
                name,
                aliases=tuple(sorted(names - {name} - set(NARRATORS))),
                gender=self.genders.get(name, "unknown"),
                narrates="I" in names,
            )
            for name, names in self.cast.items()
            if not name.startswith("_")
        )


def find_novels(folder: Path) -> list[Path]:
    """The novels' folders in a folder, or the folder itself, by name.

    Raises:
        InputError: the folder holds no novel.
    """
    inside = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    novels = [path for path in (folder, *inside) if all((path / name).is_file() for name in _FILES)]
    if not novels:
        raise InputError(f"{folder} holds no annotated novel: a folder with {', '.join(_FILES)} is needed.")
    return novels


def read_novel(folder: Path) -> Novel:
    """Read one novel.

    Raises:
        InputError: a table lacks a column that is needed.
    """
    path = folder / _FILES[0]
    text = path.read_bytes().decode("utf-8")
    rows = _table(folder / _FILES[1], ("quoteByteSpans", "subQuotationList", "speaker", "quoteType"))
    cast: dict[str, set[str]] = {}
    genders: dict[str, Gender] = {}
    for row in _table(folder / _FILES[2], ("Main Name", "Aliases")):
        name = row["Main Name"].strip()
        cast.setdefault(name, {name}).update(map(str, _literal(row["Aliases"])))
        genders[name] = _SEXES.get((row.get("Gender") or "").strip().upper(), "unknown")
    quotations = _quotations(rows, text, cast)
    _name_narrator(rows, quotations, cast)
    frozen = {name: frozenset(names) for name, names in cast.items()}
    return Novel(folder.name, path, text, tuple(quotations), frozen, genders)


def _table(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a table with the columns that are needed.

    Raises:
        InputError: the table lacks a column.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lacking = [name for name in needed if rows and name not in rows[0]]
    if lacking:
        raise InputError(f"{path}:1: the column {lacking[0]!r} is missing; this is no table of the corpus.")
    return rows


def _literal(words: str) -> Any:
    """The list that a cell holds as Python writes it; empty if it holds none."""
    try:
        return ast.literal_eval(words)
    except (ValueError, SyntaxError):
        return []


def _quotations(rows: list[dict[str, str]], text: str, cast: dict[str, set[str]]) -> list[Quotation]:
    """The quotations of a table; a speaker who is not in the cast is added to it."""
    spans = [[(int(a), int(b)) for a, b in _literal(row["quoteByteSpans"])] for row in rows]
    parts = [[str(part) for part in _literal(row["subQuotationList"])] for row in rows]
    place = _places(text, spans, parts)
    owners = {alias: name for name, names in cast.items() for alias in names if alias != name}
    quotations = []
    for row, own in zip(rows, spans, strict=True):
        speaker = row["speaker"].strip()
        if speaker not in cast:
            speaker = owners.get(speaker, speaker)
            cast.setdefault(speaker, {speaker})
        kind = row["quoteType"].strip().lower()
        quotations.append(
            Quotation(tuple((place[a], place[b]) for a, b in own), speaker, kind if kind in KINDS else "other")
        )
    return quotations


def _places(text: str, spans: list[list[tuple[int, int]]], parts: list[list[str]]) -> list[int]:
    """Character offset of each offset in the table: some tables count bytes, most count characters.

    That one is taken by which more of the quotations' words are found at their offsets.
    """
    size = len(text.encode("utf-8")) + 1
    characters = [min(at, len(text)) for at in range(size)]
    if text.isascii():
        return characters
    as_bytes = [at for at, char in enumerate(text) for _ in range(len(char.encode("utf-8")))] + [len(text)]

    def agreeing(place: list[int]) -> int:
        """Parts of quotations whose letters stand at their offsets."""
        pairs = (
            (span, part)
            for own, own_parts in zip(spans, parts, strict=True)
            for span, part in zip(own, own_parts, strict=False)
        )
        return sum(_letters(text[place[a] : place[b]]) == _letters(part) for (a, b), part in pairs)

    return as_bytes if agreeing(as_bytes) > agreeing(characters) else characters


def _letters(text: str) -> str:
    """The letters and digits of a text, small."""
    return "".join(filter(str.isalnum, text)).lower()


def _name_narrator(rows: list[dict[str, str]], quotations: list[Quotation], cast: dict[str, set[str]]) -> None:
    """Add NARRATORS to the names of the character whose tags say "I"."""
    tellers = Counter(
        quotation.speaker
        for row, quotation in zip(rows, quotations, strict=True)
        if re.search(r"\bI\b", row.get("referringExpression") or "")
    )
    if tellers:
        teller, count = tellers.most_common(1)[0]
        part, whole = _MAJORITY
        if count >= _MIN_TAGS and count * whole >= part * sum(tellers.values()):
            cast[teller].update(NARRATORS)
