"""The rules of the house: which room may import which, how big a room may be, what a newcomer may rely on."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "audiodrama"
TESTS = ROOT / "tests"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEST_MODULES = sorted(TESTS.rglob("*.py"))
NO_MIRRORS = {"cases", "helpers", "house"}
"""Folders of tests without a folder of the package: passages, what tests share, and the rules for all rooms."""
TESTED_ELSEWHERE = {"model", "reports"}
"""Rooms without a folder of tests: the nouns are tested by all, the reports by the command line that writes them."""
SIBLINGS, MODULE_LINES, FUNCTION_LINES = 16, 300, 40
"""The most files and folders in a folder, lines in a module and lines in a function."""
ACTS = ("prose", "script", "casting", "sound")
NOUNS = {"model", "errors"}
"""What everyone may import."""
ROOMS = {
    "model": set(),
    "errors": set(),
    "cache": NOUNS,
    "files": NOUNS | {"cache"},
    "prose": NOUNS | {"cache"},
    "script": NOUNS | {"cache"},
    "casting": NOUNS,
    "sound": NOUNS | {"cache"},
    "workers": NOUNS | {"cache", "sound"},
    "pipeline": NOUNS | {"cache", "files", "reports", "workers", *ACTS},
    "reports": NOUNS | {"files"},
    "review": NOUNS | {"files", "pipeline", "prose", "script"},
    "batch": NOUNS | {"cache", "prose", "files", "pipeline", "reports", "workers", "casting", "sound"},
    "bench": NOUNS | {"files", "pipeline", "cli", *ACTS},
    "cli": NOUNS | {"pipeline", "batch", "files", "reports", "review", "workers", "sound", "__version__"},
    "__init__": NOUNS | {"pipeline", "batch", "files", "workers", "sound"},
    "__main__": {"cli"},
}
"""Which rooms each room may import, besides itself."""
HEAVY = ("numpy", "distributed", "soundfile", "soxr", "lameenc", "pydub", "pyttsx3", "mutagen")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    return ".".join(("audiodrama", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


NAMES = {module_name(path): path for path in MODULES}
"""Every module of the house by its full name."""


def imported_modules(path: Path) -> set[str]:
    """Full names of the house's modules that a module imports: at its head, inside functions, and for types alone."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            # What is taken is a module of its own, or a name in the module that it is taken from.
            taken = {f"{node.module}.{alias.name}" for alias in node.names}
            modules |= taken & NAMES.keys()
            modules |= {node.module} if taken - NAMES.keys() else set()
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    return modules & NAMES.keys()


def imported_rooms(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            if module == "audiodrama":
                found |= {alias.name for alias in node.names}
            elif module.startswith("audiodrama."):
                found.add(module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("audiodrama.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    own = room(path)
    assert own in ROOMS, f"{own} is a new room: say in this test whom it may import"
    assert imported_rooms(path) - {own} <= ROOMS[own]


def test_modules_lean_on_each_other_in_one_direction_only() -> None:
    leans = {name: imported_modules(path) - {name} for name, path in NAMES.items()}
    while leans:
        free = {name for name, others in leans.items() if not others & leans.keys()}
        assert free, f"these import each other in a circle: {sorted(leans)}"
        leans = {name: others for name, others in leans.items() if name not in free}


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in (*MODULES, *TEST_MODULES)}), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    # Below a folder that was moved away, compiled modules may be left: they are no siblings.
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    siblings = {path.parts[0] for path in files if "__pycache__" not in path.parts}
    assert len(siblings - {"__init__.py", "__main__.py", "README.md"}) <= SIBLINGS


def test_tests_lie_in_a_folder_of_the_same_name_as_what_they_test() -> None:
    folders = {path.parent.relative_to(TESTS) for path in TEST_MODULES if path.name.startswith("test_")}
    mirrors = {folder for folder in folders if folder.parts and folder.parts[0] not in NO_MIRRORS}
    rooms = {path.parent.relative_to(PACKAGE) for path in MODULES}
    assert Path() not in folders, "a test lies in the folder of the room that it tests"
    assert mirrors - rooms == set(), "these folders of tests have no room of the same name"
    untested = {room.parts[0] for room in rooms if room.parts} - {mirror.parts[0] for mirror in mirrors}
    assert untested <= TESTED_ELSEWHERE, "these rooms have no folder of tests"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_opens_with_what_it_does_and_is_not_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module begins with a docstring"
    assert len(text.splitlines()) <= MODULE_LINES, "a module has one job: split it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_function_fits_on_a_screen(path: Path) -> None:
    assert_functions_are_short(path)


def test_a_function_of_the_tests_fits_on_a_screen() -> None:
    for path in TEST_MODULES:
        assert_functions_are_short(path)


def assert_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{path.relative_to(ROOT)}:{node.name} has {length} lines"


def test_nobody_but_the_command_line_and_its_display_prints() -> None:
    for path in MODULES:
        if room(path) in ("cli", "bench"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{path}:{node.lineno}"


def loaded_after(statement: str) -> list[str]:
    code = f"import sys; {statement}; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return list(ast.literal_eval(run.stdout.strip().splitlines()[-1]))


@pytest.mark.parametrize("statement", ["import audiodrama", "import audiodrama.cli", "import audiodrama.pipeline"])
def test_importing_the_house_loads_nothing_heavy(statement: str) -> None:
    assert loaded_after(statement) == []


def test_reading_and_adapting_a_story_loads_nothing_heavy() -> None:
    story = next((PACKAGE.parent / "scripts").glob("*.txt"))
    statement = f"from pathlib import Path; from audiodrama import pipeline; pipeline.extract(Path({str(story)!r}))"
    assert loaded_after(statement) == []
