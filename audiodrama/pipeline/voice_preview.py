"""Turn the engines' offer into what a person can choose from: lists to read, voices to hear, files to measure."""

from __future__ import annotations

from pathlib import Path

from audiodrama import sound
from audiodrama.errors import CastingError, InputError
from audiodrama.files import paths
from audiodrama.model import NARRATOR, Cast, Line, Master, Role, Scene, Script, Voice, VoiceInfo
from audiodrama.pipeline.mastering import mix_and_master
from audiodrama.pipeline.options import NullProgress
from audiodrama.pipeline.recording import TakeRepairer, need, record, takes_of
from audiodrama.sound.engines import VoiceCatalog
from audiodrama.workers import LocalPool

INTRODUCTION = "My name is {voice}. The lamps were lit along the harbour, and nobody said a word. Did you hear that?"
GENDERS = ("female", "male", "unknown")


def voices(engine: str | None = None, gender: str | None = None) -> tuple[VoiceInfo, ...]:
    """The voices on offer, best first, of the default engine, of the one named, or of "all".

    Raises:
        CastingError: there is no such engine, or no such gender.
        EngineError: the engine asked for does not work here.
    """
    if gender is not None and gender not in GENDERS:
        raise CastingError(f"--gender {gender}: choose one of {', '.join(GENDERS)}.")
    offer = VoiceCatalog()
    names = offer.engines() if engine == "all" else (engine or offer.default_engine,)
    cards = [card for name in names for card in offer.voices(name)]
    return tuple(card for card in cards if gender is None or card.gender == gender)


def preview(
    voice: str, output: Path, *, engine: str | None = None, text: str | None = None, takes: Path | None = None
) -> Master:
    """Have a voice, or every voice of an engine in turn ("all"), introduce itself in an audio file.

    Raises:
        CastingError: there is no such engine or voice.
    """
    offer = VoiceCatalog()
    engine = engine or offer.default_engine
    names = [card.name for card in offer.voices(engine)] if voice == "all" else [voice]
    for name in names:
        if not offer.knows(engine, name):
            near = offer.nearest(engine, name)
            raise CastingError(f"The engine {engine} has no voice {name!r}; the nearest name is {near!r}.")
    paths.check_output(output, sound.ENDINGS)
    spoken = text or INTRODUCTION
    lines = tuple(Line("dialogue", name, spoken.replace("{voice}", name.replace("+", " "))) for name in names)
    drama = Script(tuple(Scene((line,), line.speaker) for line in lines), title=f"Voices of {engine}")
    roles = tuple(Role(name, Voice(name, engine)) for name in names)
    cast = Cast(Role(NARRATOR, roles[0].voice), roles)
    folder = paths.takes_folder(takes)
    with LocalPool(1) as pool:
        recording = record(need(drama, cast, folder), pool, folder, Path(), NullProgress())
        timeline = sound.arrange(drama, cast, takes_of(drama, cast, recording, folder), offer.levels)
        mend = TakeRepairer(lambda: (drama, cast), recording, folder, Path())
        return mix_and_master(timeline, sound.FileTags(drama.title), output, pool, NullProgress(), mend)


def measure(file: Path) -> sound.FileMeasurement:
    """The loudness, true peak and duration of any audio file.

    Raises:
        InputError: it is missing, or no audio.
    """
    if not file.is_file():
        raise InputError(f"{file}: there is no such file.")
    return sound.measure_file(file)
