"""What all tests share: a command line to run, a folder for takes of their own, a small story."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.warm_process import WarmProcess

# The same examples in every run, however slow the machine is: a suite that fails by chance teaches nobody.
settings.register_profile("house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"

Run = subprocess.CompletedProcess[str]

STORY = """The kettle had been singing for some time before anyone noticed.

"Somebody ought to see to that," said Maud. She did not get up.

"Somebody ought," Walter agreed. He turned a page. "Is it you?"

"It was me yesterday," said Maud.

The kettle boiled dry.
"""
"""A narrator and two people, nine lines."""

TONE_CASTING = """schema: audiodrama/casting 1
engine: tone
narrator: 200Hz
roles:
  Maud:
    voice: 500Hz
    gender: female
  Walter:
    voice: 350Hz
    gender: male
"""
"""A casting in which every voice can be told by its pitch."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="session", autouse=True)
def _no_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A small story in a folder of its own, without a casting."""
    path = tmp_path / "stories" / "kettle.txt"
    path.parent.mkdir()
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def tone_story(story: Path) -> Path:
    """The small story, with tones for voices."""
    (story.parent / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    return story


@pytest.fixture(scope="session")
def warm_process() -> Iterator[WarmProcess | None]:
    """A process from which the command lines of the tests are forked, where processes can be."""
    if sys.platform != "linux":
        yield None
        return
    process = WarmProcess()
    yield process
    process.close()


@pytest.fixture
def audiodrama(tmp_path: Path, warm_process: WarmProcess | None) -> Callable[..., Run]:
    """Run the command line in the test's folder."""

    def run(*arguments: object, folder: Path = tmp_path, typed: str = "") -> Run:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        if warm_process is not None:
            return warm_process.run([*map(str, arguments)], folder, environment, typed)
        return subprocess.run(
            [sys.executable, "-m", "audiodrama", *map(str, arguments)],
            cwd=folder,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
