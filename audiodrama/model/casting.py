"""The nouns of casting: voices on offer, what a casting file says, and a cast in which every speaker has a voice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from audiodrama.model.script import NARRATOR, Age, Gender


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice and how it is set; in a Cast its name is one that the engine has."""

    name: str = ""
    """The name as the engine writes it, "en-us+f3". Empty in a Casting: automatic casting chooses one."""
    engine: str = ""
    """The engine's name, "espeak". Empty in a Casting: the default engine."""
    rate: float = 1.0
    """Speed as a multiple of the voice's own: 1.1 is a tenth faster."""
    pitch: float = 0.0
    """Semitones above the voice's own pitch."""
    gain: float = 0.0
    """Decibels above the voice's levelled loudness."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that an engine offers, as the engine describes it."""

    engine: str
    """The engine's name."""
    name: str
    """The name as the engine writes it."""
    gender: Gender = "unknown"
    """The gender that a listener hears."""
    age: Age = "adult"
    """The age that a listener hears."""
    accent: str = ""
    """"US", "Scottish", ... ; empty if the engine does not say."""
    hertz: float = 0.0
    """Median fundamental frequency of its speech, hertz; 0 if it was not measured."""
    gain: float = 0.0
    """Decibels that bring the voice to the loudness that all voices of its engine share."""
    about: str = ""
    """A few words for a user who chooses: "deep, calm"."""
    automatic: bool = True
    """Whether automatic casting may choose it; false for effects such as a whisper or a robot."""


@dataclass(frozen=True, slots=True)
class Role:
    """A part in the drama and the voice that speaks it."""

    name: str
    """The character's name; NARRATOR for the narrator."""
    voice: Voice = Voice()
    """In a Cast: complete. In a Casting: what the file gives."""
    aliases: tuple[str, ...] = ()
    """Other names of the character; a casting can join two characters that the extractor kept apart."""
    gender: Gender = "unknown"
    """In a Casting: as the file gives it. In a Cast: that, or as the script found it."""
    age: Age | None = None
    """The age that a casting or the text gives; None where a casting gives none."""
    pan: float = 0.0
    """Position between the loudspeakers: -1 left, 0 middle, 1 right."""
    narrates: bool = False
    """Whether this character tells the story in the first person."""
    chosen: Literal["person", "automatic", "stand-in"] = "person"
    """Who chose the voice: the user, in the casting file ("person"), automatic casting, or automatic casting for a
    stand-in, which speaks for unknown speakers."""
    where: str = field(default="", compare=False)
    """``file:line`` of the entry in the casting file, for messages."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between two lines by the reason for it, in milliseconds. The engine's own silence is trimmed first.

    The defaults were chosen by hand. For comparison: in conversation people answer after 200 ms on average (Stivers et
    al. 2009).
    """

    same_speaker: int = 150
    """Milliseconds where a speaker goes on, or a tag interrupts a speech."""
    reply: int = 350
    """Milliseconds where another speaker answers in a new paragraph."""
    paragraph: int = 550
    """Milliseconds where the narrator begins a new paragraph."""
    scene: int = 1800
    """Milliseconds before a new scene."""
    chapter: int = 2500
    """Milliseconds before a new chapter; half of them after its heading."""
    head: int = 500
    """Milliseconds before the first line."""
    tail: int = 1200
    """Milliseconds after the last line."""


@dataclass(frozen=True, slots=True)
class Casting:
    """What a casting file says, which a user writes or edits."""

    narrator: Role = Role(NARRATOR)
    """The narrator's part."""
    roles: tuple[Role, ...] = ()
    """The characters' parts, in the order of the file."""
    stand_ins: tuple[tuple[str, Role], ...] = ()
    """(name, part) of those who speak for unknown speakers: "man", "woman", "person", "crowd", in order."""
    pauses: Pauses = Pauses()
    """The pauses that the file gives, else the defaults."""
    given_pauses: tuple[str, ...] = field(default=(), compare=False)
    """The fields of ``pauses`` that the file gives."""
    pronunciations: tuple[tuple[str, str], ...] = ()
    """(word, respelling), in the order of the file."""
    engine: str = ""
    """The engine for voices that name none; empty for the platform's default."""
    file: str = ""
    """The name of the casting file; empty if there is none."""
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
    """As in the casting."""
    pronunciations: tuple[tuple[str, str], ...] = ()
    """(word, respelling), as in the casting."""

    def role_of(self, speaker: str) -> Role:
        """The part of a line's speaker, looked up by name and by alias.

        Raises:
            KeyError: the speaker is not in this cast.
        """
        if speaker == NARRATOR:
            return self.narrator
        for role in self.roles:
            if role.name == speaker or speaker in role.aliases:
                return role
        raise KeyError(speaker)
