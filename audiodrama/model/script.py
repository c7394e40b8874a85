"""The nouns of the drama: which character says which line, and which characters there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from audiodrama.model.document import Skip, Span

UNKNOWN = "unknown"
"""The speaker of a line for which attribution found no character."""
NARRATOR = "narrator"
"""The speaker of all that no character speaks."""
CROWD = "crowd"
"""The speaker of lines that several characters speak together."""

Gender = Literal["female", "male", "unknown"]
Age = Literal["child", "young", "adult", "old"]
LineKind = Literal["narration", "dialogue", "thought", "heading", "cue"]


@dataclass(frozen=True, slots=True)
class Line:
    """What one voice says in one go."""

    kind: LineKind
    """Narration, dialogue, thought, heading, or "cue": a sound cue, which plays a sound file."""
    speaker: str
    """A `Person`'s name, or one of NARRATOR, UNKNOWN, CROWD."""
    text: str
    """What is spoken: no quotation marks around it, no markup. For a sound cue: what is heard, in words."""
    span: Span | None = None
    """The source characters that the line accounts for, with the marks and white space around it. None where the user
    wrote the line."""
    spoken: Span | None = None
    """The source characters of ``text`` itself, inside ``span``. None where the user wrote the line."""
    delivery: str = ""
    """How the speaker says it, in the text's own words: "growled", "dryly", "shouted angrily"."""
    confidence: float = 1.0
    """Probability that the speaker is the right one, 0 to 1."""
    why: str = ""
    """The evidence for the speaker: "tag: 'growled Spike'"."""
    runs_on: bool = False
    """Whether the line goes on in the paragraph of the line before."""
    pause: int | None = None
    """Milliseconds of silence before the line, where the script file gives them; None for the casting's pauses."""
    retake: int = 0
    """As `Utterance.retake`: a user raises it in the script file to hear the engine say the line another time."""
    sound: str = ""
    """For a sound cue: the sound file's path, relative to the script file."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The lines between two scene breaks."""

    lines: tuple[Line, ...]
    """The lines, in the order of performance."""
    chapter: str = ""
    """The title of the chapter that begins with this scene; empty where the chapter goes on."""


@dataclass(frozen=True, slots=True)
class Person:
    """A character who speaks."""

    name: str
    """The fullest name that the text settles on; "the waiter" where it gives none."""
    aliases: tuple[str, ...] = ()
    """Other names that the text uses for the character, sorted."""
    gender: Gender = "unknown"
    """The gender that titles, names and pronouns show."""
    age: Age = "adult"
    """The age that words like "boy" or "the old woman" show."""
    narrates: bool = False
    """Whether this character tells the story in the first person."""


@dataclass(frozen=True, slots=True)
class Script:
    """The drama: scenes of lines, and the characters who speak them."""

    scenes: tuple[Scene, ...]
    """The scenes, in the order of performance."""
    people: tuple[Person, ...] = ()
    """The characters who speak, in the order of their first line."""
    skipped: tuple[Skip, ...] = ()
    """Source text that no line accounts for, with reasons."""
    title: str = ""
    """The story's title; empty if the document has none."""
    author: str = ""
    """The story's author; empty if the document has none."""
    source: str = ""
    """The name of the story's file, without folders; empty for a script that a user wrote."""

    def lines(self) -> tuple[Line, ...]:
        """Every line, scene after scene."""
        return tuple(line for scene in self.scenes for line in scene.lines)

    def part(self, begin: int, end: int) -> Script:
        """A script of the lines from index ``begin`` up to ``end``; a scene without any of them is left out."""
        scenes, at = list[Scene](), 0
        for scene in self.scenes:
            lines = scene.lines[max(begin - at, 0) : max(end - at, 0)]
            scenes += [replace(scene, lines=lines)] if lines else []
            at += len(scene.lines)
        return replace(self, scenes=tuple(scenes), skipped=())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a script that is to be heard."""

    seconds: float = 0.0
    """As many whole lines from its beginning as are over by then, one at least; 0 sets no end."""
    first: int = 1
    """The number of the first line, counted from 1 as in messages and reports."""
    last: int = 0
    """The number of the last line; 0 is the script's last."""


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A user's decision about who speaks a line.

    The line is found again by its words and those around it, in an edited story too. ``text``, ``before`` and
    ``after`` are ``exact``, ``prefix`` and ``suffix`` of a TextQuoteSelector (W3C Web Annotation Data Model, 4.2.4).
    """

    text: str
    """The line's words (``exact``)."""
    speaker: str
    """A `Person`'s name, or one of NARRATOR, UNKNOWN, CROWD."""
    before: str = ""
    """The last few words of the story before the line (``prefix``)."""
    after: str = ""
    """The first few words of the story behind the line (``suffix``)."""
    rank: int = 0
    """Where several lines agree in all three: which of them, counted from 1. 0 where no other line agrees."""
    where: str = field(default="", compare=False)
    """``file:line`` of the decision, for messages."""
