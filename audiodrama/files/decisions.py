"""Turn a file of decisions into the lines that the user decided about, strictly, and a decision into lines of the file.

A decision is a line's words, some words around it to tell it from others like it, and who speaks it::

    schema: audiodrama/decisions 1
    decisions:
    - line: That's a pity.
      after: He went on sorting the letters.
      speaker: Davy Pruett

A file that is there is only ever added to, or the speaker of a decision exchanged: what a person wrote around it stays
as it is, to the last blank and comment. The new text is read back before it is given out.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from audiodrama.errors import DecisionsError
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.files.text_file import read_text, write_text
from audiodrama.files.yaml.reader import Node, Reader
from audiodrama.files.yaml.writer import flow_scalar, paragraph, scalar
from audiodrama.model import DecidedLine, reserved

SCHEMA = "audiodrama/decisions 1"
"""The schema that a file of decisions names in its first line."""
MAX_PLACE = 1_000_000
_TOP = ("schema", "decisions")
_KEYS = ("line", "before", "after", "place", "speaker")
_HEAD = """\
schema: {label}
# Who speaks: your decisions, as "audiodrama review" keeps them. You can change them, or add to them by hand.
# "line" is what is said, to the letter; "before" and "after" tell it from other lines that say the same.
decisions:
"""


@checked
def load_decisions(path: StrPath) -> tuple[DecidedLine, ...]:
    """Read a file of decisions; there are none if it does not exist.

    Raises:
        InputError: the name cannot be that of a file.
        DecisionsError: it cannot be read, or breaks a rule of its format; the message has the file and the line.
    """
    path = as_path(path, "a decisions file")
    return parse_decisions(read_text(path, DecisionsError), str(path)) if os.path.exists(path) else ()


def parse_decisions(text: str, file: str) -> tuple[DecidedLine, ...]:
    """Read the text of a file of decisions; ``file`` is how messages call it.

    Raises:
        DecisionsError: it breaks a rule of its format.
    """
    reader = Reader(file, DecisionsError)
    items = _items(reader, reader.parse(text.removeprefix("\ufeff")))
    line_numbers: dict[DecidedLine, int] = {}
    for item in items:
        decision = _decision(reader, item)
        line = replace(decision, speaker="")
        if line in line_numbers:
            reader.fail(
                item, f"this line is decided twice; it was in line {line_numbers[line]} before; keep one of them"
            )
        line_numbers[line] = item.line
    return tuple(_decision(reader, item) for item in items)


def save_decisions(path: Path, decided: Iterable[tuple[DecidedLine, DecidedLine | None]]) -> None:
    """Write decisions into a file; see ``with_decisions``. The file is whole at every moment.

    Raises:
        DecisionsError: the file breaks a rule of its format, or cannot be added to.
        OutputError: it cannot be written.
    """
    old = read_text(path, DecisionsError) if os.path.exists(path) else ""
    new = with_decisions(old, str(path), decided)
    if new != old:
        write_text(path, new, "have the story in a folder that you may write, where decisions are kept")


def with_decisions(text: str, file: str, decided: Iterable[tuple[DecidedLine, DecidedLine | None]]) -> str:
    """The text of a file of decisions with more of them, or with others in their place.

    Args:
        text: of the file; may be empty.
        file: how messages call it.
        decided: (a decision, the one in the file that it takes the place of). Only the speaker of that one changes.
            With None, or with one that the file does not have any more, the decision goes to the end.

    Raises:
        DecisionsError: the text is no file of decisions, or it is written in a way that lines cannot be added to.
    """
    decided = tuple(decided)
    if not decided:
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    newline = "\r\n" if "\r\n" in body else "\n"
    if all(not line.strip() or line.lstrip().startswith("#") for line in body.splitlines()):
        gap = newline if body and not body.endswith(("\n", "\r")) else ""
        body += gap + _HEAD.format(label=SCHEMA).replace("\n", newline)
    reader = Reader(file, DecisionsError)
    root = reader.parse(body)
    items = _items(reader, root)
    old_decisions = [_decision(reader, item) for item in items]
    decisions, pieces, added = list(old_decisions), list[tuple[Node, str]](), list[DecidedLine]()
    for new, old in decided:
        if old in old_decisions:
            at = old_decisions.index(old)
            decisions[at] = _composed(replace(old_decisions[at], speaker=new.speaker))
            pieces = [piece for piece in pieces if piece[0] is not items[at]] + [(items[at], new.speaker)]
        else:
            added.append(_composed(new))
    for item, speaker in sorted(pieces, key=lambda piece: -piece[0].start):
        value = next(value for key, value in item.pairs() if key.text == "speaker")
        written = flow_scalar(speaker) if item.flow else scalar(speaker)
        body = body[: value.start] + written + body[_end(body, value) :]
    if added:
        body = _append(reader, body, root, added, newline)
    return mark + _checked(body, file, tuple(decisions + added))


def _composed(line: DecidedLine) -> DecidedLine:
    """A decision as it is read back: in Unicode's composed form (NFC)."""
    text, speaker, before, after = (
        unicodedata.normalize("NFC", each) for each in (line.text, line.speaker, line.before, line.after)
    )
    return replace(line, text=text, speaker=speaker, before=before, after=after)


def _items(reader: Reader, root: Node) -> tuple[Node, ...]:
    top = reader.mapping(root, "a file of decisions", _TOP)
    if "schema" not in top:
        reader.fail(root, f"this is not a file of decisions; its first line must be 'schema: {SCHEMA}'")
    if reader.text(top["schema"], "schema") != SCHEMA:
        reader.fail(top["schema"], f"schema must be {SCHEMA!r}, not {top['schema'].text!r}")
    return reader.listed(top["decisions"], "decisions") if "decisions" in top else ()


def _decision(reader: Reader, item: Node) -> DecidedLine:
    entries = reader.mapping(item, "a decision", _KEYS)
    for key in ("line", "speaker"):
        if key not in entries:
            reader.fail(item, f"this decision has no '{key}:'")
    speaker = reader.name(entries["speaker"], "speaker")
    return DecidedLine(
        reader.name(entries["line"], "line"),
        reserved(speaker) or speaker,
        reader.text(entries["before"], "before").strip() if "before" in entries else "",
        reader.text(entries["after"], "after").strip() if "after" in entries else "",
        reader.whole(entries["place"], "place", 1, MAX_PLACE) if "place" in entries else 0,
        f"{reader.file}:{item.line}",
    )


def _end(body: str, value: Node) -> int:
    """Behind a text; a folded one ends where its last word does."""
    return value.start + len(body[value.start : value.end].rstrip())


def _append(reader: Reader, body: str, root: Node, added: list[DecidedLine], newline: str) -> str:
    """The text with decisions at the end of the list, which must be the last thing in the file."""
    pairs = list(root.pairs())
    listing = next((value for key, value in pairs if key.text == "decisions"), None)
    blank = "" if body.endswith(("\n", "\r")) else newline
    if listing is None:
        if root.flow:
            reader.fail(root, "the whole file is in braces, where no lines can be added; give each key its own line")
        return body + blank + "decisions:" + newline + _block(added, "", newline)
    if listing.flow and not listing.items:
        # "decisions: []" is how the user may write that there are none.
        return _append_below(body[: listing.start].rstrip() + body[listing.end :], added, "", newline)
    if listing.flow or pairs[-1][1] is not listing:
        reader.fail(listing, "no lines can be added here; write 'decisions:' last, with a line '- line: ...' for each")
    if listing.nothing and listing.text:
        reader.fail(
            listing, f"'decisions' has {listing.text!r} behind it; remove that, so that lines can be added below"
        )
    start = listing.start if listing.items else 0
    indent = start - max(body.rfind("\n", 0, start), body.rfind("\r", 0, start)) - 1 if listing.items else 0
    return _append_below(body, added, " " * indent, newline)


def _append_below(body: str, added: list[DecidedLine], indent: str, newline: str) -> str:
    blank = "" if body.endswith(("\n", "\r")) else newline
    return body + blank + _block(added, indent, newline)


def _block(decided: list[DecidedLine], indent: str, newline: str) -> str:
    lines: list[str] = []
    for decision in decided:
        lines += f"- line: {paragraph(decision.text, 4, 8)}".split("\n")
        lines += [f"  before: {scalar(decision.before)}"] if decision.before else []
        lines += [f"  after: {scalar(decision.after)}"] if decision.after else []
        lines += [f"  place: {decision.rank}"] if decision.rank else []
        lines += [f"  speaker: {scalar(decision.speaker)}"]
    return "".join(indent + line + newline for line in lines)


def _checked(body: str, file: str, wanted: tuple[DecidedLine, ...]) -> str:
    """The new text, if it says what was wanted."""
    try:
        good = parse_decisions(body, file) == wanted
    except DecisionsError:
        good = False
    if not good:
        raise DecisionsError(f"{file}: it is written in a way that cannot be added to; keep it and begin a new one")
    return body
