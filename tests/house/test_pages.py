"""The pages about the code are true: the paths that they name are there, and so are the classes and variables."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "audiodrama"
MODULES = sorted(PACKAGE.rglob("*.py"))
JOURNEY = (PACKAGE / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
TABLE = CONTRIBUTING.split("## Names of variables")[1]
VARIABLES = {
    name: variables if len(variables) != len(classes) else [variables[index]]
    for left, right in re.findall(r"^\| (`.*?) \| (`.*?) \|$", TABLE, re.MULTILINE)
    for classes, variables in [(re.findall(r"`(\w+)`", left), re.findall(r"`(\w+)`", right))]
    for index, name in enumerate(classes)
}
"""The names that a parameter of each class may have."""


@pytest.mark.parametrize("page", [JOURNEY, CONTRIBUTING], ids=["how a story becomes a file", "working on audiodrama"])
def test_a_page_names_files_and_folders_that_are_there(page: str) -> None:
    named = set(re.findall(r"`([\w./]+(?:/|\.(?:py|md|yaml)))`", page)) | set(re.findall(r"\]\(([\w./]+)\)", page))
    assert named
    tree = {path.relative_to(ROOT).as_posix() for folder in (PACKAGE, ROOT / "tests") for path in folder.rglob("*")}
    tree |= {"audiodrama", "tests", "casting.yaml", "NAME.script.yaml"}
    for name in named:
        wanted = name.removeprefix("../").rstrip("/")
        assert any(place == wanted or place.endswith(f"/{wanted}") for place in tree), f"{name} is not there"


def test_the_page_about_the_journey_names_every_folder() -> None:
    named = {name.split("/")[0] for name in re.findall(r"`([\w/]+/)`", JOURNEY)}
    assert {path.parent.name for path in MODULES if path.parent.parent == PACKAGE} <= named


def _classes() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in MODULES)
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def test_the_table_of_variables_names_classes_that_are_there() -> None:
    assert len(VARIABLES) > 30
    assert set(VARIABLES) <= _classes()


def _parameters(path: Path) -> Iterator[tuple[str, str, str]]:
    """(function, class, parameter) for each class of the table of which a function has one parameter alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            parameters: defaultdict[str, list[str]] = defaultdict(list)
            for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                annotation = "" if argument.annotation is None else ast.unparse(argument.annotation)
                parameters[annotation.removesuffix(" | None").rpartition(".")[2]].append(argument.arg)
            yield from ((node.name, owner, names[0]) for owner, names in parameters.items() if len(names) == 1)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_parameter_has_the_name_that_the_table_of_variables_gives_its_class(path: Path) -> None:
    for function, owner, parameter in _parameters(path):
        words = parameter.strip("_").split("_")
        assert owner not in VARIABLES or set(words) & set(VARIABLES[owner]), f"{function}: {parameter} is a {owner}"


EVIDENCE = PACKAGE / "script" / "attribution" / "README.md"
WEIGHTS = PACKAGE / "script" / "attribution" / "weights.py"


def evidence_table(source: str) -> list[str]:
    """The rows of the page about evidence, as the dataclasses of ``weights.py`` say them."""
    rows: list[str] = []
    name, value = "", 0.0
    for line in (
        source[source.index("class Weights") : source.index("WEIGHTS =")]
        .replace("\n    trusts", " trusts")
        .splitlines()
    ):
        if match := re.fullmatch(r"    # (.*)\.", line):
            rows += ["", f"### {match[1]}", "", "| weight | log-odds | example |", "|---|---|---|"]
        elif line.startswith("class TurnTaking"):
            rows += ["", "### One speaker after others", "", "| weight | log-odds | example |", "|---|---|---|"]
        elif match := re.fullmatch(r"    (\w+): float = (-?[\d.]+)", line):
            name, value = match[1], float(match[2])
        elif name and (match := re.fullmatch(r'    """(.*)"""', line)):
            example = match[1].replace("\\'", "'").replace("``", "`")
            rows.append(f"| `{name}` | {value:+g} | {example} |")
            name = ""
    return rows


def test_the_page_about_evidence_has_each_weight_with_its_example() -> None:
    page = EVIDENCE.read_text(encoding="utf-8").splitlines()
    rows = evidence_table(WEIGHTS.read_text(encoding="utf-8"))
    assert sum(row.startswith("| `") for row in rows) > 50
    assert [row for row in rows if row not in page] == []
    assert [row for row in page if row.startswith("| `") and row not in rows] == []
