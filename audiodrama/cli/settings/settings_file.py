"""Turn a TOML file into settings, strictly: what is wrong in it is one sentence with the file and the line."""

from __future__ import annotations

import math
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from audiodrama.cli.settings.registry import ELSEWHERE, SETTINGS, Setting
from audiodrama.errors import InputError

Value = str | bool | int | float

LONGEST = 65_536
"""Characters that a settings file may have."""
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SENTENCES = (
    # (what the parser says, what it means to the person who typed the line)
    ("Expected '='", 'a line is written KEY = VALUE, for example narrator = "en-gb"'),
    ("Invalid statement", 'a line is written KEY = VALUE, for example narrator = "en-gb"'),
    ("Expected newline", "there is more behind the value; put the whole text in quotation marks"),
    ("Cannot overwrite", "a key is given twice; keep one"),
    ("Unescaped", "a backslash between double quotation marks must be written twice; or use single ones"),
    ("Invalid hex", "a backslash between double quotation marks must be written twice; or use single ones"),
    ("Illegal character '\\n'", "the quotation mark that opens here is never closed"),
    ('Expected "\'"', "a quotation mark is never closed"),
    ("Unterminated string", "a quotation mark is never closed"),
    ("Invalid value", "this is no value; a text needs quotation marks, and yes or no is written true or false"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a settings file gives."""

    value: Value
    """As options have it."""
    where: str
    """``file:line``."""


def read_settings(path: Path, *, own: bool) -> dict[str, Given]:
    """What a settings file says, by key; nothing where there is no file.

    Args:
        path: the file.
        own: whether it is the user's own, and not one of a folder, which may come from elsewhere.

    Raises:
        InputError: it cannot be read, is not TOML, or has a key or a value that it may not have.
    """
    if not os.path.lexists(path):
        return {}
    from audiodrama.files import read_text

    text = read_text(path, InputError)
    if len(text) > LONGEST:
        raise InputError(f"{path}: this is too large for a settings file; it may have {LONGEST} characters")
    return {key: _given(path, text, key, value, own) for key, value in _parsed(path, text).items()}


def _parsed(path: Path, text: str) -> dict[str, object]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise InputError(f"{path}:1: this is nested too deep; a bracket may be too many") from None
    except ValueError as error:
        line, sentence = _explain(str(error), text)
        raise InputError(f"{path}:{line}: {sentence}") from None


def _explain(message: str, text: str) -> tuple[int, str]:
    """The line, from 1, and one sentence: what is wrong in it and what to do."""
    place = _PLACE.search(message)
    problem = message[: place.start()] if place else "a number has too many digits"
    lines = text.splitlines()
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    line = int(place[1]) if place and place[1] else last
    if "Cannot overwrite" in problem:
        line = _second_of_two(lines) or line
    sentence = next((sentence for complaint, sentence in _SENTENCES if complaint in problem), None)
    return line, sentence or f"this is not TOML: {problem[:1].lower()}{problem[1:]}"


def _second_of_two(lines: list[str]) -> int:
    """The first line, from 1, whose key was given before; 0 if there is none."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        key = line.partition("=")[0].strip().strip("\"'")
        if "=" in line and key in seen:
            return number
        seen.add(key)
    return 0


def _given(path: Path, text: str, key: str, value: object, own: bool) -> Given:
    where = f"{path}:{_line_of(key, text)}"
    setting = next((setting for setting in SETTINGS if setting.key == key), None)
    if setting is None:
        _refuse_key(where, key)
    if setting.own_only and value and not own:
        from audiodrama.files.paths import user_settings_file

        raise InputError(
            f"{where}: {key!r} sends work to another machine, so no folder may set it; write it into your own "
            f"settings, {user_settings_file()}"
        )
    return Given(_checked(path, where, setting, value), where)


def _refuse_key(where: str, key: str) -> NoReturn:
    from audiodrama.files.yaml.errors import shown, suggestion

    if advice := ELSEWHERE.get(key.casefold().replace("_", "-")):
        raise InputError(f"{where}: {key!r} is no setting; {advice}")
    advice = suggestion(key.replace("_", "-"), tuple(setting.key for setting in SETTINGS))
    raise InputError(f"{where}: {shown(key)} is no setting; {advice}")


def _line_of(key: str, text: str) -> int:
    """The first line, from 1, that begins with a key, or with a table of its name."""
    start = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    return next((number for number, line in enumerate(text.splitlines(), 1) if start.match(line)), 1)


def _checked(path: Path, where: str, setting: Setting, value: object) -> Value:
    """The value as options have it.

    Raises:
        InputError: it is of another kind, or out of bounds.
    """
    if setting.kind == "yes or no":
        if isinstance(value, bool):
            return value
        raise InputError(f"{where}: {setting.key} must be true or false, not {_shown(value)}")
    if setting.kind in ("text", "folder"):
        if not isinstance(value, str):
            like = f"{setting.key} = {setting.example}"
            raise InputError(f"{where}: {setting.key} must be a text like {like}, not {_shown(value)}")
        return _folder(path, where, value) if setting.kind == "folder" else _text(where, setting, value)
    whole = setting.kind == "whole number"
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise InputError(f"{where}: {setting.key} must be a {setting.kind} like {setting.example}, not {_shown(value)}")
    low, high = setting.bounds
    if math.isnan(value) or not low <= value <= high:
        raise InputError(f"{where}: {setting.key} must be from {low:g} to {high:g}, not {_shown(value)}")
    return value


def _text(where: str, setting: Setting, value: str) -> str:
    if not value.isprintable():
        raise InputError(f"{where}: {setting.key} must be a text on one line, without control characters")
    if setting.key == "llm" and value:
        from audiodrama.pipeline import Endpoint

        try:
            Endpoint(value, "model")
        except InputError as error:
            raise InputError(f"{where}: {error}") from None
    return value.strip()


def _folder(path: Path, where: str, value: str) -> str:
    """A folder; one that is not absolute is beside the settings file, and ~ is the user's home."""
    if not value:
        return ""
    if not value.isprintable():
        raise InputError(f"{where}: this cannot be the name of a folder; it has a control character")
    return os.path.join(path.parent, os.path.expanduser(value))


def _shown(value: object) -> str:
    """A value of the file as a message quotes it."""
    if isinstance(value, dict):
        return "a table; write one KEY = VALUE in each line"
    if isinstance(value, list):
        return "a list"
    shown = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
