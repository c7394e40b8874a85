"""Closed and full streams, early signals and a cache that cannot be written end in a sentence, or do not matter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, STORY, TONE_CASTING

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full and /proc")


def shell(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line of a shell, in which ``ad`` is the program."""
    (folder / "s.txt").write_text(STORY, encoding="utf-8")
    (folder / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    program = f"ad() {{ '{sys.executable}' -m audiodrama \"$@\"; }}\n"
    return subprocess.run(
        ["bash", "-c", program + command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("command", ["--help", "people s.txt", "extract s.txt -q -o -"])
def test_a_full_standard_output_is_one_sentence(tmp_path: Path, command: str) -> None:
    run = shell(tmp_path, f"ad {command} > /dev/full")
    assert run.returncode == 1
    assert run.stderr == (
        "audiodrama: Standard output cannot be written: No space left on device; free some room or send it elsewhere.\n"
    )


@pytest.mark.parametrize("streams", [">&-", "2>&-", "2> /dev/full", "<&- >&- 2>&-"])
def test_a_production_does_not_need_its_streams(tmp_path: Path, streams: str) -> None:
    assert shell(tmp_path, f"ad produce s.txt -o o.mp3 {streams}").returncode == 0
    assert (tmp_path / "o.mp3").read_bytes().startswith(b"ID3")


def test_a_cache_that_cannot_be_written_is_replaced_by_a_temporary_one(tmp_path: Path) -> None:
    run = shell(tmp_path, "ad produce s.txt -q -o o.mp3", XDG_CACHE_HOME="/proc/none")
    assert run.returncode == 0
    assert run.stderr.count("\n") == 1
    assert "name one that lasts with --takes" in run.stderr
    assert (tmp_path / "o.mp3").is_file()


def test_ctrl_c_is_obeyed_where_python_ignores_errors(tmp_path: Path) -> None:
    code = """
import os, signal, time
from audiodrama import __main__, cli

class Tidy:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(1000))

def run():
    Tidy()
    time.sleep(30)

cli.run = run
__main__.main()
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=20)
    assert run.stderr.startswith("audiodrama: Stopped.")
    assert run.returncode == 130


def test_ctrl_c_is_obeyed_while_the_program_begins(tmp_path: Path) -> None:
    for wait in (0.04, 0.07, 0.1):
        command = [
            sys.executable,
            "-c",
            "import audiodrama.__main__ as m; print(flush=True); m.main()",
            "voices",
            "list",
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            process.send_signal(signal.SIGINT)
            _, message = process.communicate(timeout=60)
        assert "Traceback" not in message
        assert process.returncode in (130, 0)
