"""How engines are found, and what they offer together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audiodrama.errors import CastingError
from audiodrama.sound.engines import VoiceCatalog, default_engine, engine, engine_names
from tests.conftest import ROOT

PLUGIN = """
from audiodrama.model import VoiceInfo
from audiodrama.sound.engines.protocol import Speech
class Hum:
    name = "hum"
    version = "1"
    longest_seconds = 12.5
    def voices(self): return (VoiceInfo("hum", "low", gain=-2.5),)
    def knows(self, voice): return voice == "low"
    def nearest(self, voice): return "low"
    def speak(self, reading): return Speech(bytes(2000), 16000)
class Half:
    name = "half"
"""
ENTRIES = """[audiodrama.engines]
hum = hum_plugin:Hum
half = hum_plugin:Half
broken = no_such_module:Engine
espeak = hum_plugin:Hum
"""


def with_plugin(folder: Path, code: str) -> str:
    """Run ``code`` where a package with engines is installed."""
    info = folder / "hum_plugin-1.0.dist-info"
    info.mkdir()
    (folder / "hum_plugin.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hum-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRIES)
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout


def test_an_engine_is_made_once() -> None:
    assert engine("espeak") is engine("espeak")
    assert [engine(name).name for name in engine_names()[:3]] == ["espeak", "pyttsx3", "tone"]


def test_the_default_engine_is_the_one_of_the_system() -> None:
    assert default_engine() == {"linux": "espeak"}.get(sys.platform, "pyttsx3")
    assert VoiceCatalog().default_engine == default_engine()
    assert VoiceCatalog("tone").default_engine == "tone"


@pytest.mark.parametrize(("name", "nearest"), [("espaek", "espeak"), ("Tone", "tone"), ("pyttsx", "pyttsx3")])
def test_an_unknown_engine_is_an_error_with_the_nearest_name(name: str, nearest: str) -> None:
    with pytest.raises(CastingError, match=f"There is no engine '{name}'; the nearest is '{nearest}'"):
        engine(name)


def test_an_engine_like_no_other_is_an_error_with_all_names() -> None:
    with pytest.raises(CastingError, match="there are espeak, pyttsx3, tone"):
        engine("qqq")


def test_a_plugin_is_found_and_cannot_take_a_name_of_the_house(tmp_path: Path) -> None:
    code = """
from audiodrama.sound.engines import VoiceCatalog, engine, engine_names, longest_seconds
offer = VoiceCatalog()
print(*engine_names(), engine("espeak").name, engine("hum").name)
print(offer.knows("hum", "low"), offer.nearest("hum", "x"), offer.levels["hum", "low"], offer.levels["hum", "x"])
print(longest_seconds("hum"), longest_seconds("espeak"))
"""
    first, second, third = with_plugin(tmp_path, code).splitlines()
    *names, espeak, hum = first.split()
    assert names[:3] == ["espeak", "pyttsx3", "tone"]
    # Whoever runs the tests may have engines of their own installed.
    assert names[3:] == sorted(names[3:])
    assert {"broken", "half", "hum"} <= set(names[3:])
    assert (espeak, hum) == ("espeak", "hum")
    assert second == "True low -2.5 0.0"
    assert third == "12.5 60.0"


@pytest.mark.parametrize(("name", "trouble"), [("broken", "ModuleNotFoundError"), ("half", "lacks a part")])
def test_a_plugin_that_does_not_work_is_named_and_spoils_nothing_else(tmp_path: Path, name: str, trouble: str) -> None:
    code = f"""
from audiodrama.errors import EngineError
from audiodrama.sound.engines import engine
try:
    engine({name!r})
except EngineError as error:
    print(error)
print(engine("tone").name)
"""
    sentence, other = with_plugin(tmp_path, code).splitlines()
    assert sentence.startswith(f"The engine '{name}' is a plugin (package hum-plugin) that ")
    assert trouble in sentence
    assert sentence.endswith("repair or uninstall it.")
    assert other == "tone"


def test_levels_are_there_for_every_voice_on_offer_and_for_others() -> None:
    levels = VoiceCatalog().levels
    for name in ("espeak", "tone"):
        for card in VoiceCatalog().voices(name):
            assert levels[name, card.name] == card.gain
    assert levels["espeak", "en-029+Reed"] != 0
    assert ("espeak", "en-us+f3") in list(levels)
    assert len(levels) >= 60


def test_the_offer_is_put_together_quickly_and_without_heavy_libraries() -> None:
    code = """
import sys
from audiodrama.sound.engines import VoiceCatalog
offer = VoiceCatalog()
[offer.voices(name) for name in offer.engines()]
print(*sorted({"numpy", "yaml", "pyttsx3", "soundfile", "pydub"} & set(sys.modules)), "light")
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["light"]
