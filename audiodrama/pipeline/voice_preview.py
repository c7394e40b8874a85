"""Turn the voices on offer into what a user chooses from: lists to read, files to hear, measurements of a file."""

from __future__ import annotations

import stat
from difflib import SequenceMatcher
from pathlib import Path

from audiodrama import sound
from audiodrama.cache.input_file import explain
from audiodrama.errors import CastingError, InputError
from audiodrama.files import paths
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.model import NARRATOR, Cast, Line, Master, Role, Scene, Script, Voice, VoiceInfo
from audiodrama.pipeline.mastering import render
from audiodrama.pipeline.options import NullProgress
from audiodrama.pipeline.performance import Performance, arrange
from audiodrama.pipeline.recording import TakeRepairer, record
from audiodrama.sound.engines import VoiceCatalog
from audiodrama.workers import LocalPool

INTRODUCTION = "My name is {voice}. The lamps were lit along the harbour, and nobody said a word. Did you hear that?"
ALIKE = 0.7
"""Similarity of two names (``difflib``) from which one may be a misspelling of the other."""
GENDERS = ("female", "male", "unknown")


@checked
def voices(engine: str | None = None, gender: str | None = None) -> tuple[VoiceInfo, ...]:
    """The voices on offer, best first, of the default engine, of the one named, or of "all".

    Raises:
        CastingError: there is no such engine, or no such gender.
        EngineError: the engine asked for does not work here.
    """
    if gender is not None and gender not in GENDERS:
        raise CastingError(f"--gender {gender}: choose one of {', '.join(GENDERS)}.")
    catalog = VoiceCatalog()
    names = catalog.engines() if engine == "all" else (engine or catalog.default_engine,)
    infos = [info for name in names for info in catalog.voices(name)]
    return tuple(info for info in infos if gender is None or info.gender == gender)


@checked
def preview(
    voice: str, output: StrPath, *, engine: str | None = None, text: str | None = None, takes: StrPath | None = None
) -> Master:
    """Have a voice, or every voice of an engine in turn ("all"), introduce itself in an audio file.

    Args:
        voice: a name as ``voices`` lists it, or "all".
        output: the file.
        engine: the voice's engine; None for the platform's.
        text: what the voice says; ``{voice}`` stands for its name. None for an introduction.
        takes: where takes are kept; None for the platform's cache folder.

    Raises:
        CastingError: there is no such engine or voice.
    """
    output, catalog = as_path(output, "a result"), VoiceCatalog()
    engine = engine or catalog.default_engine
    names = [info.name for info in catalog.voices(engine)] if voice == "all" else [voice]
    for name in names:
        if not catalog.knows(engine, name):
            nearest = catalog.nearest(engine, name)
            alike = SequenceMatcher(None, name.lower(), nearest.lower()).ratio() >= ALIKE
            advice = f"the nearest name is {nearest!r}" if alike else "`audiodrama voices list` has them"
            raise CastingError(f"The engine {engine} has no voice {name!r}; {advice}.")
    paths.check_output(output, sound.ENDINGS)
    script, cast = _introductions(names, engine, text if text and text.strip() else INTRODUCTION)
    performance, progress = Performance.of(script, cast, paths.takes_folder(takes)), NullProgress()
    with LocalPool(1) as pool:
        recording = record(performance.need, pool, Path(), progress)
        layout = arrange(performance, recording)
        repairer = TakeRepairer(performance.script_and_cast, recording)
        return render(layout.mix, performance.tags, output, pool, progress, repairer)


def _introductions(names: list[str], engine: str, text: str) -> tuple[Script, Cast]:
    """A script in which each voice has a scene of its own, and its cast."""
    lines = [Line("dialogue", name, text.replace("{voice}", name.replace("+", " "))) for name in names]
    script = Script(tuple(Scene((line,), line.speaker) for line in lines), title=f"Voices of {engine}")
    roles = tuple(Role(name, Voice(name, engine)) for name in names)
    return script, Cast(Role(NARRATOR, roles[0].voice), roles)


@checked
def measure(file: StrPath) -> sound.FileMeasurement:
    """The loudness, true peak and duration of any audio file.

    Raises:
        InputError: it is missing, or no audio.
    """
    file = as_path(file, "an audio file")
    try:
        status = file.stat()
    except (OSError, ValueError) as error:
        raise InputError(explain(file, error)) from None
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{file} is no file of the disk, and it is read several times; name an audio file.")
    return sound.measure_file(file)
