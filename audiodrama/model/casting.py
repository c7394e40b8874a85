"""The nouns of casting: voices on offer, what a casting file says, and a cast in which everybody has a voice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from audiodrama.model.script import NARRATOR, Age, Gender


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice and how it is set; names a voice of an engine on offer once a Cast is filled."""

    name: str = ""
    """As the engine writes it: "en-us+f3". Empty in a casting: choose one."""
    engine: str = ""
    """The engine's name: "espeak". Empty in a casting: the default engine."""
    rate: float = 1.0
    """Speed; 1.1 is a tenth faster than the voice's own."""
    pitch: float = 0.0
    """Semitones above the voice's own."""
    gain: float = 0.0
    """Decibels above the voice's levelled loudness."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice on offer by an engine, as its palette describes it."""

    engine: str
    """The engine's name."""
    name: str
    """As the engine writes it."""
    gender: Gender = "unknown"
    """As it sounds."""
    age: Age = "adult"
    """As it sounds."""
    accent: str = ""
    """"US", "Scottish", ... ; empty if not known."""
    hertz: float = 0.0
    """Its median fundamental frequency; 0 if not measured."""
    gain: float = 0.0
    """Decibels that bring it to the palette's common loudness."""
    about: str = ""
    """A few words for a person who chooses: "deep, calm"."""
    automatic: bool = True
    """Whether automatic casting may choose it; false for effects such as a whisper or a robot."""


@dataclass(frozen=True, slots=True)
class Role:
    """A part in the drama and the voice that has it."""

    name: str
    """The person's name; NARRATOR for the narrator."""
    voice: Voice = Voice()
    """In a Cast: complete. In a Casting: what the file gives."""
    aliases: tuple[str, ...] = ()
    """Other names for the same person; a casting can join what the extractor took for two people."""
    gender: Gender = "unknown"
    """As given or as found."""
    age: Age | None = None
    """As given or as found; None where a casting does not say."""
    pan: float = 0.0
    """Place between the loudspeakers: -1 left, 0 middle, 1 right."""
    narrates: bool = False
    """Whether this person tells the story in the first person."""
    chosen: Literal["person", "automatic", "stand-in"] = "person"
    """Who chose the voice: a person in the casting file, automatic casting, or a stand-in for an unknown speaker."""
    where: str = field(default="", compare=False)
    """``file:line`` of the entry in the casting file, for messages."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between two lines by the reason for it, in milliseconds. The engine's own silence is trimmed first."""

    same_speaker: int = 150
    """A speaker goes on, or a tag interrupts a speech."""
    reply: int = 350
    """Another speaker answers in a new paragraph."""
    paragraph: int = 550
    """The narrator begins a new paragraph."""
    scene: int = 1800
    """A new scene begins."""
    chapter: int = 2500
    """A new chapter begins; also after its heading, halved."""
    head: int = 500
    """Before the first line."""
    tail: int = 1200
    """After the last line."""


@dataclass(frozen=True, slots=True)
class Casting:
    """What a casting file says."""

    narrator: Role = Role(NARRATOR)
    """The narrator's part."""
    roles: tuple[Role, ...] = ()
    """In the order of the file."""
    stand_ins: tuple[tuple[str, Role], ...] = ()
    """For speakers nobody could be found for: "man", "woman", "person", "crowd" and their parts, in order."""
    pauses: Pauses = Pauses()
    """As given, else the defaults."""
    given_pauses: tuple[str, ...] = field(default=(), compare=False)
    """The fields of ``pauses`` that the file gives."""
    pronunciations: tuple[tuple[str, str], ...] = ()
    """(word, respelling), in the order of the file."""
    engine: str = ""
    """The engine for voices that name none; empty: the platform's default."""
    file: str = ""
    """The file it came from; empty if there is none."""
    where: str = field(default="", compare=False)
    """``file:line`` of the engine's name, for messages."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Every speaker of one script with a complete voice."""

    narrator: Role
    """The narrator's part."""
    roles: tuple[Role, ...]
    """One for each other speaker of the script, in the order of their first line; UNKNOWN and CROWD included."""
    pauses: Pauses = Pauses()
    """From the casting."""
    pronunciations: tuple[tuple[str, str], ...] = ()
    """From the casting."""

    def role_of(self, speaker: str) -> Role:
        """The part of a line's speaker.

        Raises:
            KeyError: the speaker is not in this cast.
        """
        if speaker == NARRATOR:
            return self.narrator
        for role in self.roles:
            if role.name == speaker or speaker in role.aliases:
                return role
        raise KeyError(speaker)
