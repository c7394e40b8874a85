"""Turn a casting file into a Casting, strictly.

The short form of a part is its voice, the long form a mapping::

    schema: audiodrama/casting 1
    engine: espeak
    narrator: en-gb-x-rp+m3
    roles:
      Spike: en-us+david
      Angel: {voice: en-us+Lee, aliases: [Angelus], pitch: -1, pan: -0.3}
    stand-ins:
      woman: en-us+f3
    pauses:
      reply: 400 ms
    pronunciations:
      Cholmondeley: Chumley

The schema may be missing from a casting that the user wrote by hand; a wrong one is an error.
"""

from __future__ import annotations

import os
from dataclasses import fields
from typing import Any, get_args

from audiodrama.errors import CastingError
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.files.text_file import read_text
from audiodrama.files.yaml.reader import Node, Reader
from audiodrama.model import (
    CROWD,
    NARRATOR,
    UNKNOWN,
    Age,
    Casting,
    Gender,
    Pauses,
    Role,
    Voice,
    name_key,
    reserved,
    reserved_alias,
)

SCHEMA = "audiodrama/casting 1"
"""The schema that a casting file names."""
_INSTEAD = {
    NARRATOR: "the narrator is cast with 'narrator:'; of a character who tells the story say 'narrates: yes'",
    UNKNOWN: "lines without a speaker are cast under 'stand-ins', as man, woman or person",
    CROWD: "lines of several speakers are cast under 'stand-ins', as crowd",
}
"""What to do where a role claims the lines of these."""
STAND_INS = ("man", "woman", "person", "crowd")
"""The names of speakers without a character."""
TOP_KEYS = ("schema", "engine", "narrator", "roles", "stand-ins", "pauses", "pronunciations")
"""What a casting file may say."""
PART_KEYS = ("voice", "engine", "gender", "age", "rate", "pitch", "gain", "pan")
"""What a part may say in the long form."""
ROLE_KEYS = (*PART_KEYS, "aliases", "narrates")
"""What a person's part may say besides."""

LONGEST_PAUSE = 60_000
"""Milliseconds."""
RATES = (0.25, 4.0)
"""Times the voice's own speed."""
PITCHES = (-24.0, 24.0)
"""Semitones."""
GAINS = (-40.0, 20.0)
"""Decibels."""


@checked
def load_casting(path: StrPath) -> Casting:
    """Read a casting file.

    Raises:
        InputError: the name cannot be that of a file.
        CastingError: it cannot be read, or breaks a rule of its format; the message has the file and the line.
    """
    return parse_casting(read_text(as_path(path, "a casting file"), CastingError), os.fspath(path))


def parse_casting(text: str, file: str) -> Casting:
    """Read the text of a casting file; ``file`` is how messages call it.

    Engines and voices are not looked up here: ``audiodrama.casting.fill.fill`` knows which are on offer.

    Raises:
        CastingError: it breaks a rule of its format.
    """
    reader = Reader(file, CastingError)
    root = reader.parse(text.removeprefix("\ufeff"))
    top = reader.mapping(root, "a casting file", TOP_KEYS)
    if "schema" in top and reader.text(top["schema"], "schema") != SCHEMA:
        reader.fail(top["schema"], f"schema must be {SCHEMA!r}, not {top['schema'].text!r}")
    return Casting(
        narrator=_part(reader, top["narrator"], NARRATOR, "the narrator") if "narrator" in top else Role(NARRATOR),
        roles=_roles(reader, top["roles"]) if "roles" in top else (),
        stand_ins=_stand_ins(reader, top["stand-ins"]) if "stand-ins" in top else (),
        **(_pauses(reader, top["pauses"]) if "pauses" in top else {}),
        pronunciations=_pronunciations(reader, top["pronunciations"]) if "pronunciations" in top else (),
        engine=reader.name(top["engine"], "engine") if "engine" in top else "",
        file=file,
        where=f"{file}:{top['engine'].line}" if "engine" in top else "",
    )


def _roles(reader: Reader, node: Node) -> tuple[Role, ...]:
    taken: dict[str, tuple[str, int]] = {}
    roles = []
    for key, value in reader.entries(node, "roles"):
        name = reader.name(key, "a name under 'roles'")
        if reserved(name) == NARRATOR:
            reader.fail(key, "the narrator is not cast under 'roles' but with 'narrator:' at the beginning of a line")
        if word := reserved(name):
            under = "crowd" if word == CROWD else "man, woman or person"
            reader.fail(key, f"{name!r} is not cast under 'roles' but under 'stand-ins', as {under}")
        role = _part(reader, value, name, f"the role {name!r}", ROLE_KEYS, key.line)
        for called in (name, *role.aliases):
            if name_key(called) in taken:
                same, line = taken[name_key(called)]
                as_written = "" if same == called else f", as {same!r}"
                reader.fail(
                    key, f"{called!r} is cast twice; it is a role or an alias in line {line} already{as_written}"
                )
            taken[name_key(called)] = called, key.line
        roles.append(role)
    return tuple(roles)


def _stand_ins(reader: Reader, node: Node) -> tuple[tuple[str, Role], ...]:
    reader.mapping(node, "'stand-ins'", STAND_INS)
    return tuple(
        (key.text, _part(reader, value, key.text, f"the stand-in {key.text!r}", PART_KEYS, key.line))
        for key, value in reader.entries(node, "'stand-ins'")
    )


def _part(reader: Reader, node: Node, name: str, what: str, keys: tuple[str, ...] = PART_KEYS, line: int = 0) -> Role:
    where = f"{reader.file}:{line or node.line}"
    if node.nothing:
        return Role(name, where=where)
    if node.kind == "text":
        return Role(name, Voice(reader.name(node, f"the voice of {what}")), where=where)
    keys_given = reader.mapping(node, what, keys)
    return Role(
        name,
        _voice(reader, keys_given, what),
        _aliases(reader, keys_given["aliases"], name, what) if "aliases" in keys_given else (),
        reader.choice(keys_given["gender"], "gender", get_args(Gender)) if "gender" in keys_given else "unknown",
        reader.choice(keys_given["age"], "age", get_args(Age)) if "age" in keys_given else None,
        reader.number(keys_given["pan"], "pan", -1, 1) if "pan" in keys_given else 0.0,
        reader.yes_no(keys_given["narrates"], "narrates") if "narrates" in keys_given else False,
        where=where,
    )


def _voice(reader: Reader, entries: dict[str, Node], what: str) -> Voice:
    return Voice(
        reader.name(entries["voice"], f"the voice of {what}") if "voice" in entries else "",
        reader.name(entries["engine"], "engine") if "engine" in entries else "",
        reader.number(entries["rate"], "rate", *RATES) if "rate" in entries else 1.0,
        reader.number(entries["pitch"], "pitch", *PITCHES, unit="semitones") if "pitch" in entries else 0.0,
        reader.number(entries["gain"], "gain", *GAINS, unit="dB") if "gain" in entries else 0.0,
    )


def _aliases(reader: Reader, node: Node, name: str, what: str) -> tuple[str, ...]:
    aliases: dict[str, str] = {}
    for alias in reader.texts(node, f"aliases of {what}"):
        alias = " ".join(alias.split())
        if not alias or alias == name or alias in aliases.values():
            reader.fail(node, f"the alias {alias!r} of {what} is empty or given twice")
        if word := reserved_alias(alias):
            reader.fail(node, f"{what} cannot have the alias {alias!r}; {_INSTEAD[word]}")
        if name_key(alias) != name_key(name):
            aliases.setdefault(name_key(alias), alias)
    return tuple(aliases.values())


def _pauses(reader: Reader, node: Node) -> dict[str, Any]:
    """The fields of a Casting that are about pauses."""
    names = {field.name.replace("_", " "): field.name for field in fields(Pauses)}
    entries = reader.mapping(node, "'pauses'", tuple(names))
    pauses = {
        names[key]: reader.milliseconds(value, f"the pause {key!r}", LONGEST_PAUSE) for key, value in entries.items()
    }
    return {"pauses": Pauses(**pauses), "given_pauses": tuple(pauses)}


def _pronunciations(reader: Reader, node: Node) -> tuple[tuple[str, str], ...]:
    return tuple(
        (reader.name(key, "a word under 'pronunciations'"), reader.name(value, f"the respelling of {key.text!r}"))
        for key, value in reader.entries(node, "'pronunciations'")
    )
