"""Name the libraries whose versions decide the bytes of takes and segments, and find the versions. None is loaded."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = ("lameenc", "numpy", "soundfile", "soxr")
"""Packages that have a hand in the sound: another version of one may give other bytes."""


@cache
def libraries() -> str:
    """The libraries with their versions, such as "lameenc 1.7.0, numpy 2.1.3"; part of each segment's key."""
    return ", ".join(f"{name} {package_version(name)}" for name in LIBRARIES)


@cache
def package_version(name: str) -> str:
    """The version of an installed package, empty if it is not installed."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return ""
    # The folder that describes the package has the version in its name: importlib.metadata takes ten times as long.
    folder = Path(spec.origin).parent
    site = folder.parent if spec.submodule_search_locations else folder
    descriptions = sorted(site.glob(f"{name}-*.dist-info"))
    if descriptions:
        return descriptions[-1].name.removesuffix(".dist-info").removeprefix(f"{name}-")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
