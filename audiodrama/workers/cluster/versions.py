"""Turn what is installed into what two machines must have in common to make the same bytes."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from audiodrama.errors import AudiodramaError
from audiodrama.sound import engines
from audiodrama.sound.libraries import LIBRARIES, package_version


@cache
def versions() -> Mapping[str, str]:
    """What decides the bytes that this machine makes, in the order in which it is worth telling."""
    return {
        "audiodrama": f"{_version('audiodrama')} ({_source()})",
        "Python": ".".join(map(str, sys.version_info[:2])),
        "processor": platform.machine(),
        "system": platform.system(),
        **{name: _version(name) for name in LIBRARIES},
    }


@cache
def engine_version(name: str) -> str:
    """The version of an engine, or why it cannot be used."""
    try:
        return engines.engine(name).version
    except AudiodramaError as error:
        return f"none: {error}"


def difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What is not the same, in words; empty if all is."""
    for name, here in ours.items():
        there = theirs.get(name, "none")
        if there != here:
            return f"{name} {here} here, {name} {there} there"
    return ""


def _version(package: str) -> str:
    return package_version(package) or "not installed"


def _source() -> str:
    """A short name for the source code that decides the sound: two copies of one version may differ."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for path in sorted((*root.glob("sound/**/*.py"), *root.glob("cache/*.py"), *root.glob("model/*.py"))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]
