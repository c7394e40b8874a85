"""Turn the text of a casting file into the same text with entries inserted where they belong.

Only insertions happen: the old text is always what remains when they are taken away. The parser tells where a
mapping's last entry ends; new entries follow in the way that the mapping is written, as lines or between its braces.
"""

from __future__ import annotations

from typing import NamedTuple

from audiodrama.errors import CastingError
from audiodrama.files.yaml.reader import Node, Reader
from audiodrama.files.yaml.writer import flow_scalar, scalar

_STEP = "  "


class Entry(NamedTuple):
    """A key, its value as YAML, and a comment."""

    name: str
    value: str
    comment: str = ""

    def line(self, indent: str) -> str:
        """The entry as a line of a block, without its end."""
        value = f" {self.value}" if self.value else ""
        return f"{indent}{scalar(self.name)}:{value}{f'  # {self.comment}' if self.comment else ''}"

    def flow(self) -> str:
        """The entry between braces."""
        return f"{flow_scalar(self.name)}: {self.value or '{}'}"


class Section(NamedTuple):
    """A key of the file's top level with entries below it, or with a value."""

    key: str
    entries: tuple[Entry, ...] = ()
    value: str = ""

    def block(self, newline: str, indent: str = "") -> str:
        """The section as lines, after a blank one if it has entries."""
        if not self.entries:
            return f"{indent}{self.key}: {self.value}{newline}"
        lines = [f"{newline}{indent}{self.key}:", *(entry.line(indent + _STEP) for entry in self.entries)]
        return newline.join(lines) + newline


def insert(text: str, file: str, sections: tuple[Section, ...]) -> str:
    """The text with the sections' entries in it: in the mapping of that key if there is one, else at the end.

    Raises:
        CastingError: the file is in braces as a whole, or a key has ``null`` written behind it.
    """
    reader = Reader(file, CastingError)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    root = reader.parse(body)
    if root.flow:
        reader.fail(root, "the whole file is in braces, where no lines can be added; give each key a line of its own")
    present = {key.text: (key, value) for key, value in reader.entries(root, "a casting file")}
    newline = "\r\n" if "\r\n" in body else "\n"
    pieces: list[tuple[int, str]] = []
    appended = ""
    for section in sections:
        if section.key not in present:
            appended += section.block(newline, _indent(body, root.items[0].start))
            continue
        key, value = present[section.key]
        pieces.append(_into(reader, body, section, key, value, newline))
    if appended:
        gap = "" if body.endswith(("\n", "\r")) else newline
        pieces.append((len(body), gap + appended))
    return mark + _with(body, pieces)


def _with(body: str, pieces: list[tuple[int, str]]) -> str:
    """The text with pieces inserted; those for the same place in the order given."""
    text, done = "", 0
    for at, piece in sorted(pieces, key=lambda pair: pair[0]):
        text += body[done:at] + piece
        done = at
    return text + body[done:]


def _into(reader: Reader, body: str, section: Section, key: Node, value: Node, newline: str) -> tuple[int, str]:
    """Where to insert what, for a key that is there."""
    if value.nothing and value.text:
        reader.fail(
            value, f"{section.key!r} has {value.text!r} behind it; remove that, so that lines can be added below"
        )
    if not section.entries:
        return _content_end(value), f" {section.value}" if value.nothing else ""
    if value.nothing:
        return _lines(body, value.end, section, _indent(body, key.start) + _STEP, newline)
    if not value.flow:
        return _lines(body, _content_end(value), section, _indent(body, value.items[0].start), newline)
    entries = ", ".join(entry.flow() for entry in section.entries)
    return (_content_end(value), f", {entries}") if value.items else (value.start + 1, entries)


def _content_end(node: Node) -> int:
    """Behind the last character of a node that is not white space or a comment, as far as the parser tells."""
    while node.items:
        last, second_last = node.items[-1], node.items[-2] if node.kind == "mapping" else node.items[-1]
        if last.flow or not last.items:
            return max(last.end, second_last.end)
        node = last
    return node.end


def _indent(body: str, start: int) -> str:
    """What the line has before ``start``."""
    line_start = body[max(body.rfind("\n", 0, start), body.rfind("\r", 0, start)) + 1 : start]
    return line_start if not line_start.strip() else " " * len(line_start)


def _lines(body: str, end: int, section: Section, indent: str, newline: str) -> tuple[int, str]:
    """The entries as lines below the line that ``end`` is in; a block of text ends behind its own line ends."""
    end = len(body[:end].rstrip())
    ends = [at for at in (body.find("\n", end), body.find("\r", end)) if at >= 0]
    lines = newline.join(entry.line(indent) for entry in section.entries) + newline
    if not ends:
        return len(body), newline + lines
    at = min(ends)
    return at + (2 if body.startswith("\r\n", at) else 1), lines
