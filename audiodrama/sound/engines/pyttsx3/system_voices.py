"""Turn the voices that pyttsx3 lists on Windows and macOS into voice cards."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from audiodrama.model import Age, Gender, VoiceInfo

ACCENTS = {
    "US": "US",
    "GB": "British",
    "UK": "British",
    "SCOTLAND": "Scottish",
    "AU": "Australian",
    "CA": "Canadian",
    "IE": "Irish",
    "IN": "Indian",
    "NZ": "New Zealand",
    "ZA": "South African",
}
NOVELTIES = frozenset(
    {"Albert", "Bad News", "Bahh", "Bells", "Boing", "Bubbles", "Cellos", "Deranged", "Good News", "Hysterical"}
    | {"Jester", "Organ", "Pipe Organ", "Superstar", "Trinoids", "Whisper", "Wobble", "Zarvox"}
)
"""Effects among the voices of macOS; not for automatic casting."""

YOUNG_YEARS, ADULT_YEARS, OLD_YEARS = 14, 22, 65
"""Years from which a voice counts as young, adult and old; NSSpeech gives years where SAPI gives words."""
UNKNOWN_YEARS = 35
"""Years of a voice whose age the system does not say: it counts as adult."""


@dataclass(frozen=True, slots=True)
class SystemVoice:
    """A voice of the system."""

    id: str
    """As the driver wants it."""
    card: VoiceInfo
    """As it is offered."""


def list_voices(voices: Iterable[Any]) -> tuple[SystemVoice, ...]:
    """pyttsx3's voices: English ones first, women and men by turns, otherwise in the system's order.

    A voice is called by the system's name; by its id where two have the same name.
    """
    voices = list(voices)
    names = Counter(str(voice.name) for voice in voices)
    entries = [SystemVoice(str(voice.id), _card(voice, names)) for voice in voices]
    turn: Counter[tuple[bool, Gender]] = Counter()
    keys = []
    for place, entry in enumerate(entries):
        kind = (entry.card.automatic, entry.card.gender)
        turn[kind] += 1
        keys.append((not entry.card.automatic, turn[kind], place))
    return tuple(entry for _, entry in sorted(zip(keys, entries, strict=True), key=lambda pair: pair[0]))


def most_like(voice: str, entries: tuple[SystemVoice, ...]) -> str:
    """The name most like ``voice``; empty if the system has no voices."""
    names = {entry.card.name.lower(): entry.card.name for entry in entries}
    part = [name for name in names if voice.lower() in name]
    matches = part or difflib.get_close_matches(voice.lower(), names, 1, 0.0)
    return names[matches[0]] if matches else ""


def _card(voice: Any, names: Counter[str]) -> VoiceInfo:
    name = str(voice.name) if voice.name and names[str(voice.name)] == 1 else str(voice.id)
    language = _language(voice)
    english = language.lower().startswith("en") or not language
    region = language.upper().rpartition("-")[2]
    return VoiceInfo(
        engine="pyttsx3",
        name=name,
        gender=_gender(voice.gender),
        age=_age(voice.age),
        accent=ACCENTS.get(region, language) if english else language,
        about="" if english else f"speaks {language}",
        automatic=english and str(voice.name) not in NOVELTIES,
    )


def _language(voice: Any) -> str:
    """The first language, as "en-US"; drivers give "en_US", "en-US", bytes that begin with a number, or nothing."""
    first = next(iter(voice.languages or ()), "") or ""
    text = first.decode("utf-8", "ignore") if isinstance(first, bytes) else str(first)
    return text.strip("\0\x05").replace("_", "-") if not text.startswith("Unknown") else ""


def _gender(value: object) -> Gender:
    """From "Male", "VoiceGenderFemale", ..."""
    text = str(value or "").lower()
    if text.endswith("female"):
        return "female"
    return "male" if text.endswith("male") else "unknown"


def _age(value: object) -> Age:
    """From SAPI's words or NSSpeech's years."""
    text = str(value or "").strip().lower()
    words: dict[str, Age] = {"child": "child", "teen": "young", "adult": "adult", "senior": "old"}
    if text in words:
        return words[text]
    years = int(text) if text.isdecimal() else UNKNOWN_YEARS
    if years < YOUNG_YEARS:
        return "child"
    if years < ADULT_YEARS:
        return "young"
    return "adult" if years < OLD_YEARS else "old"
