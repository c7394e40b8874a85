"""Turn the text of a YAML file into nodes that know their line, and take values out of them strictly.

A file that the user edits is read with three rules. A text is what is written: the plain words ``yes``, ``no``,
``null`` and ``1984`` are texts where a text is expected. Nothing is passed over: an unknown key, a key given twice and
a value of the wrong sort are errors that name the file, the line and the nearest thing that would do. And nothing is
dangerous: anchors, aliases and tags (YAML's ways to grow without bound and to make objects) are refused, depth and
numbers have limits. The tree is built from the parser's events, so a deep file cannot exhaust the stack either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeVar

import yaml

from audiodrama.errors import InputError
from audiodrama.files.yaml.errors import MAX_DEPTH, TOO_DEEP, explain, first_unprintable, shown, suggestion

NOTHING = ("", "~", "null", "Null", "NULL")
"""Plain words that stand for nothing where no text is expected."""

_Loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"([+-]?(?:\d{1,12}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3})?)\s*([^\W\d]*|%)")
_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}

_C = TypeVar("_C", bound=str)


@dataclass(frozen=True, slots=True)
class Node:
    """A text, a list or a mapping of the file."""

    kind: Literal["text", "list", "mapping"]
    """What it is."""
    line: int
    """The line it begins in, from 1."""
    start: int
    """Its first character in the file's text."""
    end: int
    """Behind its last character. For a block mapping or list: where the parser was when it ended."""
    text: str = ""
    """Of a text, in Unicode's composed form (NFC)."""
    plain: bool = False
    """Whether a text is written without quotation marks."""
    items: tuple[Node, ...] = ()
    """Of a list; of a mapping: keys and values in turn."""
    flow: bool = False
    """Whether a list or mapping is written with brackets."""
    bytewise: str = ""
    """A text as it is in the file, where that is in another form: names of files have that form, too."""

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The keys and values of a mapping."""
        return zip(self.items[::2], self.items[1::2], strict=True)

    @property
    def nothing(self) -> bool:
        """Whether there is a key with no value behind it."""
        return self.kind == "text" and self.plain and self.text in NOTHING


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    event: yaml.SequenceStartEvent | yaml.MappingStartEvent
    items: list[Node]

    def closed(self, end: int) -> Node:
        kind: Literal["list", "mapping"] = "list" if isinstance(self.event, yaml.SequenceStartEvent) else "mapping"
        mark = _mark(self.event)
        flow = bool(self.event.flow_style)
        return Node(kind, mark.line + 1, mark.index, end, items=tuple(self.items), flow=flow)


def _text_node(event: yaml.ScalarEvent, line: int, start: int) -> Node:
    text = unicodedata.normalize("NFC", event.value)
    return Node(
        "text", line, start, _end(event), text, not event.style, bytewise="" if text == event.value else event.value
    )


def _mark(event: yaml.Event) -> yaml._yaml.Mark | yaml.Mark:
    """Where an event of a text begins; the parser always knows."""
    assert event.start_mark is not None
    return event.start_mark


def _end(event: yaml.Event) -> int:
    assert event.end_mark is not None
    return event.end_mark.index


class Reader:
    """Reads one file; all its complaints begin with the file and the line."""

    def __init__(self, file: str, error: type[InputError]) -> None:
        """``file`` is how messages call it; ``error`` is what is raised."""
        self.file = file
        self.error = error

    def fail(self, where: Node | int, message: str) -> NoReturn:
        """Raise the error: ``file:line: message``."""
        line = where if isinstance(where, int) else where.line
        raise self.error(f"{self.file}:{line}: {message}")

    def parse(self, text: str) -> Node:
        """The file's one node.

        Raises:
            InputError: of the kind given; it is not YAML, empty, too deep, or uses aliases, anchors or tags.
        """
        at = first_unprintable(text)
        if at >= 0:
            self.fail(text.count("\n", 0, at) + 1, "this is not a text file; it holds a control character here")
        try:
            node = self._grow(yaml.parse(text, Loader=_Loader))
        except yaml.MarkedYAMLError as error:
            line, message = explain(error, text)
            self.fail(line, message)
        except yaml.YAMLError as error:
            self.fail(1, f"this is not YAML; {' '.join(str(error).split())}")
        if node is None or node.nothing:
            self.fail(1, "the file is empty")
        return node

    def _grow(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        opened: list[_Open] = []
        for event in events:
            line = _mark(event).line + 1
            if isinstance(event, yaml.NodeEvent):
                self._refuse_tricks(event, line)
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.fail(line, "a second document begins here; keep one, without '---' lines between")
            node = None
            if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                if len(opened) == MAX_DEPTH:
                    self.fail(line, TOO_DEEP)
                opened.append(_Open(event, []))
            elif isinstance(event, yaml.ScalarEvent):
                mark = _mark(event)
                node = _text_node(event, line, mark.index)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                node = opened.pop().closed(_end(event))
            if node is not None and opened:
                opened[-1].items.append(node)
            elif node is not None:
                root = node
        return root

    def _refuse_tricks(self, event: yaml.NodeEvent, line: int) -> None:
        tag = getattr(event, "tag", None)
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if event.anchor is not None else "!" if tag else ""
        if sign:
            self.fail(line, f"a text that begins with {sign!r} means something else in YAML; put it in quotation marks")

    def mapping(self, node: Node, what: str, keys: tuple[str, ...]) -> dict[str, Node]:
        """The values of a mapping by key, in the file's order, without those that have nothing behind them.

        ``what`` names the mapping in messages: "a role".

        Raises:
            InputError: it is no mapping, a key is unknown or given twice.
        """
        entries: dict[str, Node] = {}
        for key, value in self.entries(node, what):
            if key.text not in keys:
                self.fail(key, f"{key.text!r} is not a key of {what}; {suggestion(key.text, keys)}")
            entries[key.text] = value
        return {key: value for key, value in entries.items() if not value.nothing}

    def entries(self, node: Node, what: str) -> list[tuple[Node, Node]]:
        """The keys and values of a mapping with keys of its own choice (names, words).

        Raises:
            InputError: it is no mapping, a key is not a text or given twice.
        """
        if node.kind != "mapping":
            self.fail(node, f"{what} must be a mapping, with lines like 'key: value', but here is {describe(node)}")
        lines: dict[str, int] = {}
        for key, _ in node.pairs():
            if key.kind != "text":
                self.fail(key, f"a key of {what} must be a text, but here is {describe(key)}")
            if key.text in lines:
                self.fail(key, f"{key.text!r} is given twice in {what}; it was in line {lines[key.text]} before")
            lines[key.text] = key.line
        return list(node.pairs())

    def listed(self, node: Node, what: str) -> tuple[Node, ...]:
        """The items of a list; none for nothing.

        Raises:
            InputError: it is no list.
        """
        if node.nothing:
            return ()
        if node.kind != "list":
            self.fail(node, f"{what} must be a list, with lines like '- item', but here is {describe(node)}")
        return node.items

    def text(self, node: Node, what: str) -> str:
        """A text, literally as written.

        Raises:
            InputError: it is a list or a mapping.
        """
        if node.kind != "text":
            self.fail(
                node, f"{what} must be a text, but here is {describe(node)}; if it is a text, put it in quotation marks"
            )
        return node.text

    def name(self, node: Node, what: str) -> str:
        """A text that is not empty, without white space around it.

        Raises:
            InputError: it is not a text, or empty.
        """
        text = self.text(node, what).strip()
        if not text:
            self.fail(node, f"{what} is empty")
        return text

    def file_name(self, node: Node, what: str) -> str:
        """The name of a file, to the letter: disks tell the forms of Unicode apart."""
        text = self.text(node, what)
        return node.bytewise or text

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        """The texts of a list; one text alone is a list of one."""
        if node.kind == "text" and not node.nothing:
            return (node.text,)
        return tuple(self.text(item, f"an item of {what}") for item in self.listed(node, what))

    def choice(self, node: Node, what: str, choices: tuple[_C, ...]) -> _C:
        """One of some words.

        Raises:
            InputError: it is none of them.
        """
        text = self.text(node, what)
        chosen = next((choice for choice in choices if choice == text), None)
        if chosen is None:
            self.fail(node, f"{what} cannot be {shown(text)}; {suggestion(text, choices)}")
        return chosen

    def yes_no(self, node: Node, what: str) -> bool:
        """Yes or no, in any of YAML's ways."""
        text = self.text(node, what)
        if text.lower() not in _YES_NO:
            self.fail(node, f"{what} must be yes or no, not {shown(text)}")
        return _YES_NO[text.lower()]

    def number(self, node: Node, what: str, low: float, high: float, unit: str = "") -> float:
        """A number from ``low`` to ``high``, with its unit behind it or without.

        Raises:
            InputError: it is no number, has another unit, or is out of range.
        """
        text = self.text(node, what)
        match = _NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
        if not match or match[2] not in ("", unit):
            self.fail(node, f"{what} must be a number{f' of {unit}' if unit else ''}, like {high:g}, not {shown(text)}")
        return self._within(node, what, float(match[1]), (low, high), unit)

    def whole(self, node: Node, what: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.number(node, what, low, high)
        if value != int(value):
            self.fail(node, f"{what} must be a whole number, not {shown(node.text)}")
        return int(value)

    def milliseconds(self, node: Node, what: str, high: int) -> int:
        """A duration: "350", "350 ms" or "1.2 s", at most ``high`` milliseconds."""
        text = self.text(node, what)
        match = _NUMBER.fullmatch(text.strip())
        units: Mapping[str, int] = {"": 1, "ms": 1, "s": 1000}
        if not match or match[2] not in units:
            self.fail(node, f"{what} must be a time like '350 ms' or '1.2 s', not {shown(text)}")
        return round(self._within(node, what, float(match[1]) * units[match[2]], (0, high), "ms"))

    def _within(self, node: Node, what: str, value: float, bounds: tuple[float, float], unit: str) -> float:
        if not bounds[0] <= value <= bounds[1]:
            behind = f" {unit}" if unit else ""
            self.fail(node, f"{what} must be from {bounds[0]:g} to {bounds[1]:g}{behind}, not {shown(node.text)}")
        return value


def describe(node: Node) -> str:
    """What a node is, in words."""
    if node.kind == "text":
        return "nothing" if node.nothing else f"the text {shown(node.text)}"
    return f"a {node.kind}"
