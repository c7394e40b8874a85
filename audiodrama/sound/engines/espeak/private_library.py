"""Turn a shared library's file into a library that no other code in this process uses, and unload it for certain."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from audiodrama.errors import EngineError


@contextmanager
def closed(file: str) -> Iterator[ctypes.CDLL]:
    """Load ``file`` and unload it at the end.

    Raises:
        EngineError: it cannot be loaded.
    """
    try:
        library = ctypes.CDLL(file)
    except OSError as error:
        raise EngineError(f"The library {file} cannot be loaded ({error}); install its package again.") from error
    try:
        yield library
    finally:
        _unload(library._handle)


def private_copy(file: str) -> str:
    """``file`` itself, or a copy of it if other code in this process has it loaded.

    Loading a loaded library gives the same one again, with all its state; a copy of the file is another library.
    """
    return _copy(file, os.getpid()) if _is_loaded(file) else file


def _is_loaded(file: str) -> bool:
    if sys.platform == "win32":
        find = ctypes.windll.kernel32.GetModuleHandleW
        find.restype = ctypes.c_void_p
        return bool(find(ctypes.c_wchar_p(file)))
    try:
        library = ctypes.CDLL(file, mode=os.RTLD_NOLOAD | os.RTLD_NOW)
    except OSError:
        return False
    _unload(library._handle)
    return True


def _unload(handle: int) -> None:
    if sys.platform == "win32":
        ctypes.windll.kernel32.FreeLibrary(ctypes.c_void_p(handle))
    else:
        import _ctypes

        _ctypes.dlclose(handle)


@cache
def _copy(file: str, process: int) -> str:
    """Copy ``file`` for ``process``: into memory where the system can load libraries from there, else to a file."""
    with open(file, "rb") as source:
        content = source.read()
    if sys.platform == "linux":
        number = os.memfd_create(os.path.basename(file))
        with open(number, "wb", closefd=False) as target:
            target.write(content)
        path = f"/proc/{process}/fd/{number}"
    else:
        import atexit
        import shutil
        import tempfile

        folder = tempfile.mkdtemp(prefix="audiodrama-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        path = os.path.join(folder, os.path.basename(file))
        with open(path, "wb") as target:
            target.write(content)
    return path
