"""Turn the machine into a list of what is there, what is missing and what mends it: ``doctor``."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import typer

from audiodrama.errors import AudiodramaError

_PYTHON = (3, 10)
_WIDTH = 16
"""Columns of the names."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that productions use, as it was found on this machine."""

    name: str
    """What is looked for."""
    state: str
    """What was found, or what is wrong."""
    good: bool = True
    """Whether it can be used."""
    needed: bool = True
    """Whether a production fails without it."""
    remedy: str = ""
    """The command, or the one thing to do, that mends it."""


def doctor() -> None:
    """Say what is there, what is missing and which command mends it."""
    checks = list(examine())
    for check in checks:
        sign = "ok" if check.good else "MISSING" if check.needed else "none"
        typer.echo(f"{sign:<8}{check.name:<{_WIDTH}}{check.state}")
        if not check.good:
            typer.echo(f"{'':<8}{'':<{_WIDTH}}{check.remedy}")
    faults = [check.name for check in checks if check.needed and not check.good]
    if faults:
        typer.echo(f"Mend first: {', '.join(faults)}.")
        raise typer.Exit(1)
    typer.echo("Everything is there that a production needs.")


def examine() -> Iterator[Check]:
    """Look for each thing that productions use, one after the other."""
    yield _python()
    for name, examined in (("cache folder", _cache), ("ffmpeg", _ffmpeg)):
        yield _examined(name, examined)
    yield _settings()
    yield from _engines()
    yield _cluster()
    yield _player()


def _examined(name: str, examined: Callable[[], Check]) -> Check:
    """What ``examined`` finds; whatever it raises is the fault."""
    try:
        return examined()
    except (AudiodramaError, OSError, ImportError) as error:
        return Check(name, str(error), good=False, remedy=_reinstall())


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, _PYTHON))
    return Check("python", version, sys.version_info >= _PYTHON, remedy=f"Install Python {wanted} or newer.")


def _cache() -> Check:
    """Whether takes can be kept: a file is written there and removed."""
    from audiodrama.files.paths import takes_folder

    folder = takes_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        state = f"{folder} cannot be written: {error.strerror}"
        return Check("cache folder", state, good=False, remedy="Set XDG_CACHE_HOME to a folder that you can write.")
    free = shutil.disk_usage(folder).free / 10**9
    return Check("cache folder", f"{folder}, {free:.1f} GB free")


def _settings() -> Check:
    """Whether the settings files say what they may."""
    from audiodrama.cli.settings.layers import load_settings

    try:
        settings = load_settings()
    except AudiodramaError as error:
        return Check("settings", str(error), good=False, remedy="Mend that file, or take it away.")
    count = len(settings.user | settings.folder)
    return Check("settings", f"{count} in force; `audiodrama config` shows them" if count else "none; all are built in")


def _ffmpeg() -> Check:
    """The ffmpeg that decodes sounds of cues; a story without any does not use it."""
    from audiodrama.sound.ffmpeg import ffmpeg

    remedy = "Only sounds of cues and `audiodrama measure` use it: install ffmpeg."
    try:
        return Check("ffmpeg", ffmpeg(), needed=False)
    except AudiodramaError as error:
        return Check("ffmpeg", str(error), good=False, needed=False, remedy=remedy)


def _engines() -> Iterator[Check]:
    """Every engine: the platform's own is needed, the others are not."""
    from audiodrama.sound import engines

    usual = engines.default_engine()
    for name in engines.engine_names():
        label = f"engine {name}"
        try:
            voices = len(engines.engine(name).voices())
        # A plugin, or a driver of the operating system, may raise of every kind.
        except Exception as error:
            state = f"{type(error).__name__}: {error}" if not isinstance(error, AudiodramaError) else str(error)
            yield Check(label, state, good=False, needed=name == usual, remedy=_remedy(name))
            continue
        note = ", used where a casting names no other" if name == usual else ""
        yield Check(label, f"{voices} voices{note}", voices > 0, name == usual, _remedy(name))


def _remedy(engine: str) -> str:
    """What mends an engine."""
    from audiodrama.sound.engines import BUILT_IN

    if engine == "pyttsx3" and sys.platform.startswith("linux"):
        return "These are the system's own voices: sudo apt install espeak-ng"
    if engine == "pyttsx3":
        return "Install a voice in the system's settings for speech."
    return _reinstall() if engine in BUILT_IN else f"Repair or uninstall the package that has the engine {engine}."


def _cluster() -> Check:
    there = find_spec("distributed") is not None
    state = "installed, for --cluster" if there else "not installed; only --cluster uses it"
    return Check("dask", state, there, needed=False, remedy=f"{_pip()} install 'distributed>=2024.5'")


def _player() -> Check:
    """A program that plays an MP3."""
    programs = ("ffplay", "mpv", "vlc", "afplay", "paplay", "aplay")
    path = next(filter(None, map(shutil.which, programs)), None)
    if path is None and os.name == "nt":
        return Check("player", "Windows' own")
    remedy = "To hear results, install mpv or any other player."
    return Check("player", path or "none was found", path is not None, needed=False, remedy=remedy)


def _pip() -> str:
    return f"{sys.executable} -m pip"


def _reinstall() -> str:
    return f"{_pip()} install --force-reinstall ."
