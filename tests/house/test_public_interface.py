"""``audiodrama.__all__`` is the public interface: complete, documented, and changed on purpose only."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import audiodrama
from tests.conftest import ROOT, SCRIPTS

INTERFACE = Path(__file__).with_name("public_interface.txt")


def _described(name: str) -> str:
    """A name with its parameters or fields; nothing of it depends on the version of Python."""
    value: Any = getattr(audiodrama, name)
    if dataclasses.is_dataclass(value):
        return f"{name}: {' '.join(field.name for field in dataclasses.fields(value))}".rstrip(": ")
    if inspect.isclass(value):
        own = (part for part in vars(value) if not part.startswith("_"))
        return f"{name}: {' '.join(sorted(own))}".rstrip(": ")
    if not callable(value):
        return f"{name} = {value!r}"
    parameters = inspect.signature(value).parameters.values()
    return f"{name}({', '.join(each.name + ('=' if each.default is not each.empty else '') for each in parameters)})"


def test_the_public_interface_is_what_its_file_says_name_by_name() -> None:
    present = [_described(name) for name in audiodrama.__all__]
    assert present == INTERFACE.read_text(encoding="utf-8").splitlines(), (
        f"The public interface has changed. If that is meant, tell users in the README and write {INTERFACE.name}:\n"
        + "\n".join(present)
    )


@pytest.mark.parametrize("name", [name for name in audiodrama.__all__ if name not in ("CROWD", "NARRATOR", "UNKNOWN")])
def test_a_public_name_is_documented_where_it_is_defined(name: str) -> None:
    assert (getattr(audiodrama, name).__doc__ or "").strip(), f"audiodrama.{name} has no docstring"


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'estimate'"):
        _ = audiodrama.estimate


def test_the_steps_as_the_package_shows_them_make_the_bytes_that_produce_makes(tmp_path: Path) -> None:
    shown = re.findall(r"^    (.*)$", audiodrama.__doc__ or "", re.MULTILINE)
    story, output = SCRIPTS / "music-box.txt", tmp_path / "steps.mp3"
    names = {"audiodrama": audiodrama, "story": story, "output": output, "progress": audiodrama.NullProgress()}
    exec("\n".join(shown), names)
    audiodrama.produce(story, tmp_path / "produced.mp3", jobs=1)
    assert output.read_bytes() == (tmp_path / "produced.mp3").read_bytes()


def test_programs_in_the_readme_use_public_names_only() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for node in (node for block in blocks for node in ast.walk(ast.parse(block))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("audiodrama"):
            assert node.module == "audiodrama"
            assert {alias.name for alias in node.names} <= set(audiodrama.__all__)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "audiodrama":
            assert node.attr in audiodrama.__all__
