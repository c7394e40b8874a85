"""Turn a Script into a file that the user edits, and the file back into a Script.

A line is written the way a play writes it, speaker first::

    - Spike: You might have told me.
      how: growled
      pause: 300 ms
      found: {sure: 0.98, why: "tag: 'growled Spike'", at: 120-171 spoken 121-145}

``found`` is what the extractor knows; the user may delete it or leave it. The long form ``who:``, ``text:``, ``kind:``
says what the short one cannot. ``load_script`` gives back exactly the Script that ``save_script`` was given.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from typing import NamedTuple, get_args

from audiodrama.errors import ScriptFileError
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.files.script_text import LINE_KEYS, SCHEMA, dump_script
from audiodrama.files.text_file import read_text, write_text
from audiodrama.files.yaml.errors import suggestion
from audiodrama.files.yaml.reader import Node, Reader
from audiodrama.model import (
    CROWD,
    NARRATOR,
    UNKNOWN,
    Age,
    Gender,
    Line,
    LineKind,
    Person,
    Scene,
    Script,
    Skip,
    Span,
    SpellingIndex,
)

__all__ = ["dump_script", "load_script", "parse_script", "save_script"]

_log = logging.getLogger(__name__)

LONGEST_PAUSE = 600_000
"""Milliseconds: ten minutes."""
MAX_RETAKE = 9999
"""Far more than a user listens to."""
_TOP = ("schema", "title", "author", "source", "people", "scenes", "lines", "skipped")
_PERSON = ("name", "aliases", "gender", "age", "narrates")
_AT = re.compile(r"(?:(\d{1,12})-(\d{1,12}))? ?(?:spoken (\d{1,12})-(\d{1,12}))?")


class _Extracted(NamedTuple):
    """What the extractor knows about a line."""

    confidence: float = 1.0
    why: str = ""
    span: Span | None = None
    spoken: Span | None = None


@checked
def save_script(script: Script, path: StrPath) -> None:
    """Write a script file, whole or not at all.

    Raises:
        InputError: the name cannot be that of a file.
        OutputError: the folder is missing or cannot be written.
    """
    write_text(as_path(path, "a script file"), dump_script(script))


@checked
def load_script(path: StrPath) -> Script:
    """Read a script file, strictly.

    Raises:
        InputError: the name cannot be that of a file.
        ScriptFileError: it cannot be read, or breaks a rule of its format; the message has the file and the line.
    """
    return parse_script(read_text(as_path(path, "a script file"), ScriptFileError), os.fspath(path))


def parse_script(text: str, file: str) -> Script:
    """Read the text of a script file; ``file`` is how messages call it.

    A person may leave out everything but ``schema`` and ``lines`` (or ``scenes`` with ``lines``). A speaker who is not
    among the people is allowed; if there are people, a warning that names the line is logged.

    Raises:
        ScriptFileError: it breaks a rule of its format.
    """
    reader = Reader(file, ScriptFileError)
    root = reader.parse(text.removeprefix("\ufeff"))
    top = reader.mapping(root, "a script file", _TOP)
    if "schema" not in top:
        reader.fail(root, f"this is not a script file; its first line must be 'schema: {SCHEMA}'")
    if reader.text(top["schema"], "schema") != SCHEMA:
        reader.fail(top["schema"], f"schema must be {SCHEMA!r}, not {top['schema'].text!r}")
    people = _people(reader, top.get("people"))
    scenes = _scenes(reader, root, top, {name for person in people for name in (person.name, *person.aliases)})
    return Script(
        scenes,
        people,
        tuple(_skip(reader, node) for node in _items(reader, top.get("skipped"), "skipped")),
        *(reader.text(top[key], key) if key in top else "" for key in ("title", "author", "source")),
    )


def _items(reader: Reader, node: Node | None, what: str) -> tuple[Node, ...]:
    return reader.listed(node, what) if node else ()


def _people(reader: Reader, node: Node | None) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for item in _items(reader, node, "people"):
        person = _person(reader, item)
        if person.name in people:
            reader.fail(item, f"{person.name!r} is among the people twice; keep one of them")
        people[person.name] = person
    return tuple(people.values())


def _person(reader: Reader, item: Node) -> Person:
    if item.kind == "text":
        return Person(reader.text(item, "a person"))
    entries = reader.mapping(item, "a person", _PERSON)
    if "name" not in entries:
        reader.fail(item, "this person has no 'name:'")
    return Person(
        reader.text(entries["name"], "name"),
        reader.texts(entries["aliases"], "aliases") if "aliases" in entries else (),
        reader.choice(entries["gender"], "gender", get_args(Gender)) if "gender" in entries else "unknown",
        reader.choice(entries["age"], "age", get_args(Age)) if "age" in entries else "adult",
        reader.yes_no(entries["narrates"], "narrates") if "narrates" in entries else False,
    )


def _scenes(reader: Reader, root: Node, top: dict[str, Node], people_names: set[str]) -> tuple[Scene, ...]:
    if "scenes" in top and "lines" in top:
        reader.fail(top["lines"], "a script has 'scenes:' or, if there is only one, 'lines:', not both")
    speakers, first_lines = SpellingIndex(people_names), dict[str, int]()
    if "lines" in top:
        scenes = [Scene(_lines(reader, top["lines"], speakers, first_lines))]
    else:
        scenes = [_scene(reader, item, speakers, first_lines) for item in _items(reader, top.get("scenes"), "scenes")]
    if people_names:
        names = tuple(sorted(people_names))
        for name, line in first_lines.items():
            if name not in people_names:
                hint = suggestion(name, names) if len(names) < 50 else "check the spelling"
                _log.warning("%s:%d: %r speaks but is not among the people; %s", reader.file, line, name, hint)
    return tuple(scenes)


def _scene(reader: Reader, item: Node, speakers: SpellingIndex, first_lines: dict[str, int]) -> Scene:
    entries = reader.mapping(item, "a scene", ("chapter", "lines"))
    lines = _lines(reader, entries["lines"], speakers, first_lines) if "lines" in entries else ()
    return Scene(lines, reader.text(entries["chapter"], "chapter") if "chapter" in entries else "")


def _lines(reader: Reader, node: Node, speakers: SpellingIndex, first_lines: dict[str, int]) -> tuple[Line, ...]:
    lines = []
    for item in reader.listed(node, "lines"):
        line = _line(reader, item, speakers)
        lines.append(line)
        if line.speaker not in (NARRATOR, UNKNOWN, CROWD):
            first_lines.setdefault(line.speaker, item.line)
    return tuple(lines)


def _line(reader: Reader, item: Node, speakers: SpellingIndex) -> Line:
    entries = _keys(reader, item)
    kind, speaker, text = _who_and_what(reader, item, entries, speakers)
    extracted = _extracted(reader, entries["found"][1]) if "found" in entries else _Extracted()
    if "sound" in entries and kind != "cue":
        reader.fail(entries["sound"][0], "only a cue has a sound; give it a line of its own, '- cue: what is heard'")
    return Line(
        kind,
        speaker,
        text,
        span=extracted.span,
        spoken=extracted.spoken,
        delivery=reader.text(entries["how"][1], "how") if "how" in entries else "",
        confidence=extracted.confidence,
        why=extracted.why,
        runs_on=reader.yes_no(entries["runs on"][1], "runs on") if "runs on" in entries else False,
        pause=reader.milliseconds(entries["pause"][1], "pause", LONGEST_PAUSE) if "pause" in entries else None,
        retake=reader.whole(entries["retake"][1], "retake", 0, MAX_RETAKE) if "retake" in entries else 0,
        sound=reader.file_name(entries["sound"][1], "sound") if "sound" in entries else "",
    )


def _keys(reader: Reader, item: Node) -> dict[str, tuple[Node, Node]]:
    """A line's keys and values by key; its speaker's under ""."""
    if item.kind == "text":
        reader.fail(item, f"a line must say who speaks, like '- narrator: {item.text[:40] or 'It was dark.'}'")
    entries: dict[str, tuple[Node, Node]] = {}
    for key, value in reader.entries(item, "a line"):
        if key.text in LINE_KEYS:
            if not value.nothing or key.text in ("text", "heading", "cue"):
                entries[key.text] = key, value
        elif {"", "who", "heading", "cue"} & entries.keys():
            reader.fail(key, f"{key.text!r} is not a key of a line; {_line_hint(key.text)}")
        else:
            entries[""] = key, value
    return entries


def _line_hint(word: str) -> str:
    hint = suggestion(word, LINE_KEYS)
    return hint if hint.startswith("did") else f"if somebody else speaks here, begin it with '- {word}:'"


def _who_and_what(
    reader: Reader, item: Node, entries: dict[str, tuple[Node, Node]], speakers: SpellingIndex
) -> tuple[LineKind, str, str]:
    given_kind: LineKind | None = (
        reader.choice(entries["kind"][1], "kind", get_args(LineKind)) if "kind" in entries else None
    )
    heads = [key for key in ("", "who", "heading", "cue") if key in entries]
    if len(heads) > 1:
        both = f"{_key_as_written(entries, heads[0])} and {_key_as_written(entries, heads[1])}"
        reader.fail(entries[heads[1]][0], f"this line has two beginnings, {both}; make it two lines")
    if not heads:
        reader.fail(item, "this line does not say who speaks; begin it with '- NAME: what is said'")
    key, value = entries[heads[0]]
    if heads[0] == "who":
        if "text" not in entries:
            reader.fail(item, "a line with 'who:' needs 'text:' too")
        speaker, text = (
            _speaker(reader, value, reader.text(value, "who"), speakers),
            reader.text(entries["text"][1], "text"),
        )
        return given_kind or _usual_kind(speaker), speaker, text
    if "text" in entries:
        reader.fail(entries["text"][0], f"{_key_as_written(entries, heads[0])} already has its text; remove 'text:'")
    if heads[0] in ("heading", "cue"):
        kind: LineKind = "heading" if heads[0] == "heading" else "cue"
        return kind, NARRATOR, reader.text(value, heads[0])
    speaker = _speaker(reader, key, key.text, speakers)
    return given_kind or _usual_kind(speaker), speaker, reader.text(value, f"what {key.text!r} says")


def _speaker(reader: Reader, node: Node, name: str, speakers: SpellingIndex) -> str:
    """The speaker's name, spelt as among the people."""
    meant = speakers.meant(name)
    if len(meant) > 1:
        reader.fail(node, f"{name!r} may be {' or '.join(map(repr, meant))}; write it as that one is written")
    return meant[0]


def _key_as_written(entries: dict[str, tuple[Node, Node]], head: str) -> str:
    return repr(entries[head][0].text)


def _usual_kind(speaker: str) -> LineKind:
    return "narration" if speaker == NARRATOR else "dialogue"


def _extracted(reader: Reader, node: Node) -> _Extracted:
    entries = reader.mapping(node, "'found'", ("sure", "why", "at"))
    span, spoken = _at(reader, entries["at"]) if "at" in entries else (None, None)
    return _Extracted(
        reader.number(entries["sure"], "sure", 0, 1) if "sure" in entries else 1.0,
        reader.text(entries["why"], "why") if "why" in entries else "",
        span,
        spoken,
    )


def _at(reader: Reader, node: Node) -> tuple[Span | None, Span | None]:
    text = reader.text(node, "at")
    match = _AT.fullmatch(text)
    if not match or not text:
        reader.fail(node, f"at must be like '120-171' or '120-171 spoken 121-145', not {text!r}")
    return _span(reader, node, match.group(1, 2)), _span(reader, node, match.group(3, 4))


def _span(reader: Reader, node: Node, ends: Iterable[str | None]) -> Span | None:
    start, end = ends
    if start is None or end is None:
        return None
    if int(start) > int(end):
        reader.fail(node, f"a stretch of text cannot end before it begins: {start}-{end}")
    return Span(int(start), int(end))


def _skip(reader: Reader, item: Node) -> Skip:
    entries = reader.mapping(item, "a skipped stretch", ("at", "reason"))
    span = _at(reader, entries["at"])[0] if "at" in entries else None
    if span is None:
        reader.fail(item, "a skipped stretch needs 'at:', like 'at: 120-171'")
    return Skip(span, reader.text(entries["reason"], "reason") if "reason" in entries else "")
