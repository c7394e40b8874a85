"""The Dockerfile makes an image with the command in it: its steps hold, and what it copies is what pip needs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

STEPS = [
    (step.split(maxsplit=1)[0], step.split(maxsplit=1)[1])
    for step in (ROOT / ".github" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    if step and not step.startswith("#")
]
"""(instruction, its arguments), in their order."""


def arguments(instruction: str) -> list[str]:
    return [argument for name, argument in STEPS if name == instruction]


def ignored() -> tuple[list[str], list[str]]:
    """The patterns of .dockerignore: what stays out, and what of it comes in all the same."""
    rows = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return [row for row in rows if not row.startswith("!")], [row[1:] for row in rows if row.startswith("!")]


def copied(folder: Path) -> Path:
    """A folder with what the COPY steps bring into the image."""
    folder.mkdir()
    for step in arguments("COPY"):
        *sources, target = step.split()
        for source in sources:
            assert source in ignored()[1], f"{source} is kept out by .dockerignore"
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, folder / target)
    return folder


def test_the_command_is_the_entry_point_and_its_user_has_no_privileges() -> None:
    assert re.fullmatch(r"python:3\.1\d-slim", arguments("FROM")[0])
    assert json.loads(arguments("ENTRYPOINT")[0]) == ["audiodrama"]
    assert arguments("USER")[-1] in arguments("RUN")[-1]
    assert [name for name, _ in STEPS].index("USER") > [name for name, _ in STEPS].index("RUN")


def test_stories_and_takes_are_in_volumes_that_the_user_may_write() -> None:
    volumes = json.loads(arguments("VOLUME")[0])
    assert volumes == ["/stories", "/cache"]
    assert arguments("WORKDIR")[-1] == "/stories"
    assert arguments("ENV") == ["XDG_CACHE_HOME=/cache"]
    for volume in volumes:
        assert re.search(rf"chown .*{volume}\b", arguments("RUN")[-1])


def test_only_what_is_copied_reaches_the_engine() -> None:
    out, inside = ignored()
    assert out[0] == "*"
    assert sorted(inside) == sorted(source for step in arguments("COPY") for source in step.split()[:-1])


def test_what_is_copied_can_be_installed_and_has_the_command(tmp_path: Path) -> None:
    source = copied(tmp_path / "src")
    pip = arguments("RUN")[0].split(" && ")[0].split()
    assert pip[:2] == ["pip", "install"]
    quick = ["--no-deps", "--no-build-isolation", "--no-index", "--target", str(tmp_path / "site")]
    build = subprocess.run([sys.executable, "-m", *pip, *quick, "-q"], cwd=source, capture_output=True, text=True)
    assert build.returncode == 0, build.stderr
    assert (tmp_path / "site" / "bin" / "audiodrama").exists()
    assert (tmp_path / "site" / "audiodrama" / "cli" / "guide").is_dir()
