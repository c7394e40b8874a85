"""Casting and script files of any content: one sentence with the line, or all that they say; never less."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audiodrama.errors import CastingError, ScriptFileError
from audiodrama.files import parse_casting, parse_script
from audiodrama.files.script_text import LINE_KEYS
from audiodrama.model import Casting, Script
from tests.files.test_castings import FULL

FUZZ = settings(max_examples=1000, deadline=None)
SCRIPT = """\
schema: audiodrama/script 1
title: The Weir
author: Nobody
people:
  - name: Ida Marsh
    aliases: [Ida, "the girl: at the weir"]
    gender: female
    age: old
    narrates: yes
  - Tobias
skipped:
  - {at: 0-31, reason: byline}
scenes:
  - chapter: One
    lines:
      - heading: Chapter One
      - narrator: Rain came in.
        found: {at: 40-60 spoken 41-59}
      - Ida Marsh: Who is there?
        how: whispered
        found: {sure: 0.75, why: "tag: 'said Ida'", at: 61-80}
        pause: 0.4 s
        retake: 2
      - who: text
        text: |
          Two lines
          of it.
      - cue: A door
        sound: door.wav
        runs on: yes
"""
WORDS = (
    *("roles", "narrator", "voice", "pan", "rate", "lines", "scenes", "who", "text", "found", "at", "schema", "yes"),
    *(": ", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", '"', "'", "|", ">", "#", "&a ", "*a", "!!int "),
    *("0", "-1", "1e9", ".nan", ".inf", "0x10", "9" * 400, "~", "null", "\t", "\0", "\x85", "\ufeff", "---\n", "é"),
)
pieces = st.one_of(st.sampled_from(WORDS), st.text(max_size=6))
slots = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 12), pieces), min_size=1, max_size=3)
"""Where, how much is taken out, and what is put in."""
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(WORDS)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(WORDS), inner, max_size=3)),
    max_leaves=5,
)


def spoiled(text: str, changes: list[tuple[int, int, str]]) -> str:
    for place, out, new in changes:
        at = place % (len(text) + 1)
        text = text[:at] + new + text[at + out :]
    return text


def replaced(tree: Any, path: list[int], value: Any) -> Any:
    """The tree with another value at the place that the numbers lead to."""
    if not path or not isinstance(tree, (dict, list)) or not tree:
        return value
    step = path[0] % len(tree)
    if isinstance(tree, list):
        return [replaced(one, path[1:], value) if at == step else one for at, one in enumerate(tree)]
    return {key: replaced(one, path[1:], value) if at == step else one for at, (key, one) in enumerate(tree.items())}


def leaves(tree: Any, keys: bool = False) -> Iterator[str]:
    """The texts of a YAML tree that say something: values, and keys that are names."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if keys:
                yield key
            yield from leaves(value, key in ("roles", "pronunciations"))
    elif isinstance(tree, list):
        for one in tree:
            yield from leaves(one)
    elif tree not in ("", "~", "null", "Null", "NULL"):
        yield tree


def flat(value: Any) -> Iterator[Any]:
    """All plain values inside a value of ours."""
    if is_dataclass(value):
        for field in fields(value):
            yield from flat(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from flat(one)
    else:
        yield value


def passed_over(tree: Any, result: Casting | Script, label: str) -> list[str]:
    """What the file says and the result does not."""
    found = list(flat(result))
    texts = {" ".join(value.split()) for value in found if isinstance(value, str)}
    numbers = {abs(float(value)) for value in found if isinstance(value, (int, float))}

    def told(leaf: str) -> bool:
        if leaf == label or " ".join(leaf.split()) in texts:
            return True
        said = [float(number) for number in re.findall(r"\d*\.?\d+(?:e[+-]?\d+)?", leaf.lower())]
        if said:  # A pause in seconds is kept in milliseconds.
            return all(number in numbers or round(1000 * number) in numbers for number in said)
        return leaf.lower() in ("yes", "true", "on", "no", "false", "off")

    return [leaf for leaf in leaves(tree) if not told(leaf)]


def speakers(tree: Any) -> list[str]:
    """Who begins the lines of a script's tree."""
    scenes = [tree] if "lines" in tree else listed(tree.get("scenes"))
    lines = [line for scene in scenes for line in listed(scene.get("lines"))]
    return [next((key for key in line if key not in LINE_KEYS), line.get("who", "narrator")) for line in lines]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def sentence(parse: Callable[[str, str], object], text: str) -> str:
    """What is said about a text that is refused; empty if it is not."""
    try:
        parse(text, "a.yaml")
    except (CastingError, ScriptFileError) as error:
        return str(error)
    return ""


def check_casting(text: str) -> None:
    if said := sentence(parse_casting, text):
        assert re.match(r"a\.yaml:\d+: \S", said)
        return
    tree = yaml.load(text.removeprefix("\ufeff"), yaml.CBaseLoader)
    assert passed_over(tree, parse_casting(text, ""), "audiodrama/casting 1") == []


def check_script(text: str) -> None:
    if said := sentence(parse_script, text):
        assert re.match(r"a\.yaml:\d+: \S", said)
        return
    tree, script = yaml.load(text.removeprefix("\ufeff"), yaml.CBaseLoader), parse_script(text, "")
    assert passed_over(tree, script, "audiodrama/script 1") == []
    assert [line.speaker for line in script.lines()] == speakers(tree)


def test_the_examples_are_accepted_as_they_are_and_the_check_can_fail() -> None:
    assert sentence(parse_casting, FULL) == sentence(parse_script, SCRIPT) == ""
    check_casting(FULL)
    check_script(SCRIPT)
    assert passed_over(yaml.load(FULL, yaml.CBaseLoader), Casting(), "audiodrama/casting 1")
    assert passed_over(yaml.load(SCRIPT, yaml.CBaseLoader), Script(()), "audiodrama/script 1")
    assert "did you mean 'pan'" in sentence(parse_casting, FULL.replace("pan:", "pam:"))


@FUZZ
@given(slots)
def test_a_spoiled_casting_file_is_refused_with_its_line_or_read_whole(changes: list[tuple[int, int, str]]) -> None:
    check_casting(spoiled(FULL, changes))


@FUZZ
@given(slots)
def test_a_spoiled_script_file_is_refused_with_its_line_or_read_whole(changes: list[tuple[int, int, str]]) -> None:
    check_script(spoiled(SCRIPT, changes))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 50), max_size=6), values)
@example([], None)
def test_any_value_at_any_place_is_refused_or_read_whole(path: list[int], value: Any) -> None:
    for text, check in ((FULL, check_casting), (SCRIPT, check_script)):
        tree = replaced(yaml.load(text, yaml.CBaseLoader), path, value)
        check(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_refused_or_read_whole(text: str) -> None:
    check_casting(text)
    check_script(text)
