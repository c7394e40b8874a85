"""A program run in a process of its own that has no threads: only such a process is forked and has a fork server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def run_program(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that ends well, in ``folder``."""
    (folder / "program.py").write_text(program, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "program.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    return ended
