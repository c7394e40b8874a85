"""The nouns of the drama: who says which line, and who is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from audiodrama.model.document import Skip, Span

UNKNOWN = "unknown"
"""The speaker of a line that nobody could be found for."""
NARRATOR = "narrator"
"""The speaker of everything that is not spoken by a character."""
CROWD = "crowd"
"""The speaker of lines that several people speak together."""

Gender = Literal["female", "male", "unknown"]
Age = Literal["child", "young", "adult", "old"]
LineKind = Literal["narration", "dialogue", "thought", "heading", "cue"]


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
    delivery: str = ""
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
    rank: int = 0
    """Where several lines agree in all of these: which of them, from 1. 0 where there is no other."""
    where: str = field(default="", compare=False)
    """``file:line`` of the decision, for messages."""
