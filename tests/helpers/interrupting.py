"""Ctrl-C at every single step of a piece of work, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from tests.conftest import ROOT

WATCHED = [
    str(ROOT / "audiodrama" / name)
    for name in (
        "cache/atomic_write.py",
        "cache/file_lock.py",
        "cache/keyed_files.py",
        "files/text_file.py",
        "pipeline/production_record.py",
        "sound/master/assemble.py",
    )
]
"""The modules that write files."""


def interrupted_everywhere(work: Callable[[], object]) -> Iterator[int]:
    """Do ``work`` over and over, each time interrupted one bytecode of the watched modules later than before.

    Yields the number of the bytecode, after each interruption; ends when the work ended before it was reached.
    """
    step = 0
    while _is_interrupted(work, step):
        yield step
        step += 1


def _is_interrupted(work: Callable[[], object], step: int) -> bool:
    """Do ``work`` and raise KeyboardInterrupt before the bytecode of number ``step``; tell whether it was reached."""
    left = step

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in WATCHED:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            left -= 1
            if left < 0:
                sys.settrace(None)
                raise KeyboardInterrupt
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    assert left >= 0, "the work caught the interruption and did not raise it"
    return False
