"""An engine that fails in the ways that engines fail, by the words that it is to speak; installed as a plugin is.

It speaks as the tone engine does, but "poison" kills its process every time, "stumble" the first time, and "refuse"
is refused the first time.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import ROOT

_SOURCE = """
import os, signal
from dataclasses import replace
from pathlib import Path

from audiodrama.errors import EngineError
from audiodrama.sound.engines.tone import ToneEngine

MARKS = Path(__file__).parent / "marks"


def first(word):
    try:
        (MARKS / word).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


class FaultyEngine(ToneEngine):
    name = "faulty"

    def voices(self):
        return tuple(replace(card, engine="faulty") for card in super().voices())

    def speak(self, reading):
        (MARKS / f"spoken-{os.getpid()}-{len(list(MARKS.iterdir()))}").write_text(reading.text)
        if "poison" in reading.text or ("stumble" in reading.text and first("stumble")):
            os.kill(os.getpid(), signal.SIGKILL)
        if "refuse" in reading.text and first(f"refuse-{reading.text.split()[-1]}"):
            raise EngineError(f"I would rather not say {reading.text!r}.")
        return super().speak(replace(reading, engine="tone"))
"""


def install(folder: Path) -> dict[str, str]:
    """Install the engine into ``folder``; return the environment variables with which the program finds it."""
    (folder / "marks").mkdir(parents=True)
    (folder / "faulty.py").write_text(_SOURCE, encoding="utf-8")
    about = folder / "faulty-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[audiodrama.engines]\nfaulty = faulty:FaultyEngine\n", encoding="utf-8")
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}


def spoken(folder: Path) -> list[str]:
    """List the texts that the engine installed in ``folder`` was asked to speak, also those on which it failed."""
    return sorted(path.read_text(encoding="utf-8") for path in (folder / "marks").glob("spoken-*"))


CASTING = "engine: faulty\nnarrator: 200Hz\nroles:\n  Maud: 500Hz\n  Walter: 350Hz\n"
