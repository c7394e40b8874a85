"""The nouns of the house, in the order of the journey: Document, Script, Casting, Cast, Take, Timeline, Master.

All of them are frozen values: a stage takes some and returns new ones. Nothing here opens a file, holds samples
or imports another of our modules. Text offsets count characters of the decoded source, ends exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

UNKNOWN = "unknown"
"""The speaker of a line that nobody could be found for."""
NARRATOR = "narrator"
"""The speaker of everything that is not spoken by a character."""
CROWD = "crowd"
"""The speaker of lines that several people speak together."""

Gender = Literal["female", "male", "unknown"]
Age = Literal["child", "young", "adult", "old"]
BlockKind = Literal["heading", "paragraph", "break", "note"]
LineKind = Literal["narration", "dialogue", "thought", "heading", "cue"]
GapReason = Literal["head", "same speaker", "reply", "paragraph", "scene", "chapter", "asked", "tail"]


class Span(NamedTuple):
    """A stretch of the decoded source text."""

    start: int
    end: int


# --------------------------------------------------------------------------------- I. a file becomes a Document


@dataclass(frozen=True, slots=True)
class Skip:
    """A stretch of the source that is not performed, and why."""

    span: Span
    """Source characters."""
    reason: str
    """In words a user understands: "author's note", "scene break", "table of contents"."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, scene break or kept note, as it is to be read: unwrapped, without markup."""

    kind: BlockKind
    """What it is."""
    text: str
    """Tidied text: one line, single spaces, no italics marks; quotation marks and dashes as in the source.
    Empty for a break."""
    span: Span
    """Source characters, from the block's first to its last visible one."""
    runs: tuple[tuple[int, int], ...]
    """(offset in ``text``, offset in the source) where a run of characters that correspond one to one begins."""
    emphasis: tuple[Span, ...] = ()
    """Stretches of ``text`` that the source sets in italics or bold."""
    level: int = 0
    """For a heading: 1 is a chapter (or the book's title), 2 and more are below it. Otherwise 0."""

    def to_source(self, offset: int) -> int:
        """The source offset of the character at ``offset`` of ``text``; ``len(text)`` gives the block's end."""
        if offset >= len(self.text):
            return self.span.end
        at, source = self.runs[bisect_right(self.runs, (offset, 1 << 60)) - 1]
        return source + offset - at


@dataclass(frozen=True, slots=True)
class Document:
    """A story as it was read: its source text, the blocks to perform and the stretches to skip."""

    source: str
    """The decoded source text, unchanged; all spans count its characters."""
    blocks: tuple[Block, ...]
    """In reading order; their spans do not overlap."""
    skipped: tuple[Skip, ...] = ()
    """What is left out on purpose; overlaps no block."""
    title: str = ""
    """From the front matter or the file's first heading; empty if the file names none."""
    author: str = ""
    """From the front matter or a byline; empty if the file names none."""
    file: str = ""
    """The name of the file it came from, without folders."""


# --------------------------------------------------------------------------------- II. a Document becomes a Script


@dataclass(frozen=True, slots=True)
class Line:
    """What one voice says in one go."""

    kind: LineKind
    """Narration, dialogue, thought, heading, or cue (a sound to play)."""
    speaker: str
    """A person's name, or one of NARRATOR, UNKNOWN, CROWD."""
    text: str
    """What is spoken: no quotation marks around it, no markup. For a cue: what is heard, in words."""
    span: Span | None = None
    """The source characters it accounts for, with the marks and white space around it. None: written by a person."""
    spoken: Span | None = None
    """The source characters of ``text`` itself, inside ``span``. None: written by a person."""
    manner: str = ""
    """How it is said, in the text's own words: "growled", "dryly", "shouted angrily"."""
    confidence: float = 1.0
    """How sure the speaker is, 0 to 1."""
    why: str = ""
    """The evidence for the speaker: "tag: 'growled Spike'"."""
    runs_on: bool = False
    """Whether it goes on in the paragraph of the line before."""
    pause: int | None = None
    """Milliseconds of silence before it, where a person asked for them; None leaves it to the casting's pauses."""
    retake: int = 0
    """Raise it to have an engine give another reading."""
    sound: str = ""
    """For a cue: the sound file, relative to the script file."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch of lines without a break."""

    lines: tuple[Line, ...]
    """In the order of performance."""
    chapter: str = ""
    """The title of the chapter that begins with this scene; empty where the chapter goes on."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks."""

    name: str
    """The fullest name that the text settles on; "the waiter" where it gives none."""
    aliases: tuple[str, ...] = ()
    """Other names that the text uses, sorted."""
    gender: Gender = "unknown"
    """By titles, names and pronouns."""
    age: Age = "adult"
    """By words like "boy" or "the old woman"."""
    narrates: bool = False
    """Whether the story is told in the first person by them."""


@dataclass(frozen=True, slots=True)
class Script:
    """The drama: scenes of lines, and who is in it."""

    scenes: tuple[Scene, ...]
    """In the order of performance."""
    people: tuple[Person, ...] = ()
    """Those who speak, in the order of their first line."""
    skipped: tuple[Skip, ...] = ()
    """Source text that no line accounts for, with reasons."""
    title: str = ""
    """Of the story."""
    author: str = ""
    """Of the story."""
    source: str = ""
    """The name of the story's file, without folders; empty for a script that a person wrote."""

    def lines(self) -> tuple[Line, ...]:
        """Every line, scene after scene."""
        return tuple(line for scene in self.scenes for line in scene.lines)


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What a person decided: who speaks a line. It is found again by its words, in a changed text, too."""

    text: str
    """The line's words."""
    speaker: str
    """A person's name, or one of NARRATOR, UNKNOWN, CROWD."""
    before: str = ""
    """The words of the story right before it, shortened."""
    after: str = ""
    """The words of the story right behind it, shortened."""
    place: int = 0
    """Where several lines agree in all of these: which of them, from 1. 0 where there is no other."""
    where: str = field(default="", compare=False)
    """``file:line`` of the decision, for messages."""


# --------------------------------------------------------------------------------- casting


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
class VoiceCard:
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


# --------------------------------------------------------------------------------- III. Script and Cast become a Master


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing to be spoken: all that decides how its take sounds."""

    text: str
    """As the engine is to speak it, respelled words included."""
    engine: str
    """The engine's name."""
    voice: str
    """As the engine writes it."""
    rate: float = 1.0
    """Speed against the voice's own."""
    pitch: float = 0.0
    """Semitones against the voice's own."""
    lilt: float = 1.0
    """Span of the melody against the voice's own: 0 is monotone, 2 doubles it."""
    retake: int = 0
    """Another reading of the same words."""


class Word(NamedTuple):
    """When a word begins in a take."""

    milliseconds: int
    """From the take's first sample."""
    start: int
    """Its first character in the reading's text."""
    length: int
    """Characters."""


@dataclass(frozen=True, slots=True)
class Take:
    """A reading that was spoken, kept in a file."""

    key: str
    """Hash of the reading and the engine's version."""
    file: Path
    """Where its samples are."""
    samples: int
    """How many, after the silence around them was trimmed."""
    rate: int
    """Samples per second."""
    power: Sequence[float]
    """K-weighted mean square of each tenth of a second (ITU-R BS.1770), full scale 1."""
    peak: float
    """The largest sample, full scale 1."""
    words: tuple[Word, ...] = ()
    """If the engine tells."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A take on the timeline."""

    take: Take
    """What is heard."""
    gain: float
    """Decibels: the voice's levelling, the role's gain and the manner's."""
    pan: float
    """-1 left to 1 right."""
    line: int
    """Index of the line in ``Script.lines()``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence on the timeline."""

    milliseconds: int
    """How long."""
    reason: GapReason
    """Why it is there."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A mark in the master."""

    title: str
    """As it is shown by a player."""
    line: int
    """Index of the line in ``Script.lines()`` that it begins with."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is heard when. Durations are stored, positions are computed."""

    items: tuple[Clip | Gap, ...]
    """One after the other."""
    chapters: tuple[Chapter, ...] = ()
    """In order."""


@dataclass(frozen=True, slots=True)
class Master:
    """The finished file, as measured."""

    path: Path
    """The file."""
    seconds: float
    """Its exact duration."""
    sample_rate: int
    """Samples per second."""
    channels: int
    """1 or 2."""
    lufs: float
    """Integrated loudness of the encoded file (ITU-R BS.1770-4)."""
    true_peak_db: float
    """Largest true peak of the encoded file, dBTP."""
    chapters: tuple[tuple[str, float], ...] = ()
    """(title, start in seconds)."""
