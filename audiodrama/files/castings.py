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

The schema label may be missing from a casting that a person wrote by hand; a wrong one is an error.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from audiodrama.errors import CastingError
from audiodrama.files.text_file import read_text
from audiodrama.files.yaml_reader import Node, Reader
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Age, Casting, Gender, Pauses, Role, Voice

SCHEMA = "audiodrama/casting 1"
"""The schema that a casting file names."""
STAND_INS = ("man", "woman", "person", "crowd")
"""The speakers nobody could be found for."""
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


def load_casting(path: Path) -> Casting:
    """Read a casting file.

    Raises:
        CastingError: it cannot be read or says something that it may not; the message has the file and the line.
    """
    return parse_casting(read_text(path, CastingError), str(path))


def parse_casting(text: str, file: str) -> Casting:
    """Read the text of a casting file; ``file`` is how messages call it.

    Engines and voices are not looked up here: ``audiodrama.casting.fill.fill`` knows which are on offer.

    Raises:
        CastingError: it says something that it may not.
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
    taken: dict[str, int] = {}
    roles = []
    for key, value in reader.entries(node, "roles"):
        name = reader.name(key, "a name under 'roles'")
        if name == NARRATOR:
            reader.fail(key, "the narrator is not cast under 'roles' but with 'narrator:' at the beginning of a line")
        if name in (UNKNOWN, CROWD):
            under = "crowd" if name == CROWD else "man, woman or person"
            reader.fail(key, f"{name!r} is not cast under 'roles' but under 'stand-ins', as {under}")
        role = _part(reader, value, name, f"the role {name!r}", ROLE_KEYS, key.line)
        for called in (name, *role.aliases):
            if called in taken:
                reader.fail(key, f"{called!r} is cast twice; it is a role or an alias in line {taken[called]} already")
            taken[called] = key.line
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
    said = reader.mapping(node, what, keys)
    return Role(
        name,
        _voice(reader, said, what),
        _aliases(reader, said["aliases"], name, what) if "aliases" in said else (),
        reader.choice(said["gender"], "gender", get_args(Gender)) if "gender" in said else "unknown",
        reader.choice(said["age"], "age", get_args(Age)) if "age" in said else None,
        reader.number(said["pan"], "pan", -1, 1) if "pan" in said else 0.0,
        reader.yes_no(said["narrates"], "narrates") if "narrates" in said else False,
        where=where,
    )


def _voice(reader: Reader, said: dict[str, Node], what: str) -> Voice:
    return Voice(
        reader.name(said["voice"], f"the voice of {what}") if "voice" in said else "",
        reader.name(said["engine"], "engine") if "engine" in said else "",
        reader.number(said["rate"], "rate", *RATES) if "rate" in said else 1.0,
        reader.number(said["pitch"], "pitch", *PITCHES, unit="semitones") if "pitch" in said else 0.0,
        reader.number(said["gain"], "gain", *GAINS, unit="dB") if "gain" in said else 0.0,
    )


def _aliases(reader: Reader, node: Node, name: str, what: str) -> tuple[str, ...]:
    found = []
    for alias in reader.texts(node, f"aliases of {what}"):
        alias = " ".join(alias.split())
        if not alias or alias == name or alias in found:
            reader.fail(node, f"the alias {alias!r} of {what} is empty or given twice")
        found.append(alias)
    return tuple(found)


def _pauses(reader: Reader, node: Node) -> dict[str, Any]:
    """The fields of a Casting that are about pauses."""
    names = {field.name.replace("_", " "): field.name for field in fields(Pauses)}
    said = reader.mapping(node, "'pauses'", tuple(names))
    given = {names[key]: reader.milliseconds(value, f"the pause {key!r}", LONGEST_PAUSE) for key, value in said.items()}
    return {"pauses": Pauses(**given), "given_pauses": tuple(given)}


def _pronunciations(reader: Reader, node: Node) -> tuple[tuple[str, str], ...]:
    return tuple(
        (reader.name(key, "a word under 'pronunciations'"), reader.name(value, f"the respelling of {key.text!r}"))
        for key, value in reader.entries(node, "'pronunciations'")
    )
