"""Turn a story into a session of questions: which lines are in doubt, who may speak them, what the user answered."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import files, pipeline, prose
from audiodrama.errors import InputError
from audiodrama.files import paths
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, DecidedLine, Line, Script, name_key
from audiodrama.script import DECIDED_BY_USER, Adaptation

UNSURE_BELOW = 0.8
"""Lines that are less sure are asked about: of those at this confidence, about one in five is wrong."""
LINES_BEFORE, LINES_AFTER = 2, 1
MAX_PARAGRAPH_LINES = 4
"""Lines of the same paragraph that are shown besides, at most."""
MAX_CHOICES = 6
NEARBY_LINES = 30
"""Lines on either side in which people are looked for."""
MAX_SECONDS = 1.5
"""Seconds that a user likes to wait for the next question."""
MAX_ANSWERS = 5
"""Where adapting takes longer than MAX_SECONDS, the story is adapted again after so many answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """A line to decide about."""

    at: int
    """Its key in the session: the source offset where it begins."""
    line: Line
    """As it stands."""
    before: tuple[Line, ...]
    """Lines of the same scene."""
    after: tuple[Line, ...]
    choices: tuple[str, ...]
    """Who may speak it: the one it is given to, then who is nearest. Empty only if the story has no people at all."""
    row: int
    """The line of the file that it begins in, from 1."""

    @property
    def guess(self) -> str:
        """The speaker who is likeliest; empty if none was found."""
        return "" if self.line.speaker == UNKNOWN else self.line.speaker

    @property
    def decided(self) -> bool:
        """Whether a person has decided about it already."""
        return self.line.why == DECIDED_BY_USER


class Session:
    """One story under review. What is decided is in the file at once."""

    def __init__(self, story: Path, casting: Path | None = None, *, keep_notes: bool = False) -> None:
        """Read the story, its casting and what was decided before.

        Raises:
            InputError: the story is a script, or cannot be read, or a file beside it says what it may not.
        """
        if paths.is_script(story):
            raise InputError(f"{story} is a script; edit who speaks in it, or review the story that it comes from.")
        self.story = story
        self.file = paths.decisions_beside(story)
        self._document = prose.read(story, keep_notes=keep_notes)
        self._roster = pipeline.read_casting(story, casting).roles
        self._adaptation = Adaptation(self._document, self._roster)
        self._decided = list(files.load_decisions(self.file))
        self._seconds = 0.0
        self._undecided_answers = 0
        self.script = Script(())
        self._decide_all()

    @property
    def unused(self) -> tuple[DecidedLine, ...]:
        """The decisions whose line is gone from the story. They stay in the file."""
        used = self._adaptation.matched(self._decided)
        return tuple(decision for index, decision in enumerate(self._decided) if index not in used)

    def doubtful(self, below: float = UNSURE_BELOW, *, include_sure: bool = False) -> tuple[int, ...]:
        """The lines in doubt, most doubtful first, by where they begin.

        Args:
            below: how sure a line must be not to be asked about.
            include_sure: all lines that a character speaks, in the order of the story.
        """
        spoken = [line for line in self.script.lines() if self._is_asked(line, include_sure)]
        if not include_sure:
            spoken = sorted((line for line in spoken if line.confidence < below), key=lambda line: line.confidence)
        return tuple(line.spoken.start for line in spoken if line.spoken)

    def question(self, at: int) -> Question:
        """What to ask about a line.

        Raises:
            KeyError: there is no such line.
        """
        scene, index = self._place[at]
        lines = self.script.scenes[scene].lines
        low, high = max(0, index - LINES_BEFORE), index + 1
        while low > 0 and lines[low].runs_on and index - low < LINES_BEFORE + MAX_PARAGRAPH_LINES:
            low -= 1
        while high < len(lines) and lines[high].runs_on and high - index <= MAX_PARAGRAPH_LINES:
            high += 1
        high += LINES_AFTER
        row = self._document.source.count("\n", 0, at) + 1
        return Question(at, lines[index], lines[low:index], lines[index + 1 : high], self._choices(scene, index), row)

    def resolved_name(self, name: str) -> str:
        """The character that a name means: by name or alias, in any case; the name itself if it is new."""
        key = name_key(name)
        named = self._named_people()
        own = [name for name, _ in named if key == name_key(name)]
        own += [word for word in (NARRATOR, UNKNOWN, CROWD) if key == word]
        aliases = dict.fromkeys(name for name, nicknames in named if key in map(name_key, nicknames))
        return own[0] if own else next(iter(aliases)) if len(aliases) == 1 else " ".join(name.split())

    def is_new(self, name: str) -> bool:
        """Whether no character of that name is in the script or the casting."""
        used = {named for named, _ in self._named_people()} | {line.speaker for line in self.script.lines()}
        return name not in used | {NARRATOR, UNKNOWN, CROWD}

    def decide(self, at: int, speaker: str) -> None:
        """Keep in the file who speaks a line, and adapt the story again, unless that takes too long.

        Raises:
            KeyError: there is no such line.
            InputError: the file says what it may not, or cannot be written.
        """
        self.decide_many([(at, speaker)])

    def decide_many(self, answers: Iterable[tuple[int, str]]) -> None:
        """Keep several decisions at once; see ``decide``."""
        # The user may have edited the file meanwhile.
        self._decided = list(files.load_decisions(self.file))
        answers = list(answers)
        earlier = {at: index for index, at in self._adaptation.matched(self._decided).items()}
        pairs: list[tuple[DecidedLine, DecidedLine | None]] = []
        for at, speaker in answers:
            old = self._decided[earlier[at]] if at in earlier else None
            new = replace(old or self._adaptation.decidable_lines[at].line, speaker=speaker)
            pairs.append((new, old))
            if old:
                self._decided[earlier[at]] = new
            else:
                self._decided.append(new)
        files.save_decisions(self.file, pairs)
        self._undecided_answers += len(pairs)
        if self._seconds < MAX_SECONDS or self._undecided_answers >= MAX_ANSWERS:
            self._decide_all()
        else:
            for at, speaker in answers:
                self._set_speaker(at, speaker)

    def undecided(self) -> Script:
        """The script as it is without decisions."""
        return self._adaptation.script()

    @property
    def decidable_lines(self) -> dict[int, DecidedLine]:
        """Where the lines begin that a person can decide about, and how a decision describes them."""
        return {at: place.line for at, place in self._adaptation.decidable_lines.items()}

    def _named_people(self) -> list[tuple[str, tuple[str, ...]]]:
        """(name, aliases) of the script's characters and of the casting's."""
        named = [(person.name, person.aliases) for person in self.script.people]
        return named + [(role.name, role.aliases) for role in self._roster]

    def _decide_all(self) -> None:
        start = time.perf_counter()
        self._index(self._adaptation.script(self._decided))
        self._seconds, self._undecided_answers = time.perf_counter() - start, 0

    def _index(self, script: Script) -> None:
        self.script = script
        self._place = {
            line.spoken.start: (number, index)
            for number, scene in enumerate(script.scenes)
            for index, line in enumerate(scene.lines)
            if line.spoken
        }

    def _set_speaker(self, at: int, speaker: str) -> None:
        """Write the speaker into the script as it stands, until the story is adapted again."""
        number, index = self._place[at]
        scene = self.script.scenes[number]
        line = replace(scene.lines[index], speaker=speaker, confidence=1.0, why=DECIDED_BY_USER)
        scenes = list(self.script.scenes)
        scenes[number] = replace(scene, lines=(*scene.lines[:index], line, *scene.lines[index + 1 :]))
        self.script = replace(self.script, scenes=tuple(scenes))

    def _is_asked(self, line: Line, include_sure: bool) -> bool:
        if line.spoken is None or line.spoken.start not in self._adaptation.decidable_lines:
            return False
        return include_sure or line.kind == "dialogue" or (line.kind == "thought" and line.speaker != NARRATOR)

    def _choices(self, scene: int, index: int) -> tuple[str, ...]:
        """The guess, then those near: who speaks next to it, who is named next to it, who speaks most."""
        lines = self.script.scenes[scene].lines
        choices = dict.fromkeys(name for name in (lines[index].speaker,) if name not in (NARRATOR, UNKNOWN))
        around = range(max(0, index - NEARBY_LINES), min(len(lines), index + NEARBY_LINES + 1))
        nearest_lines = [lines[i] for i in sorted(around, key=lambda i: abs(i - index))]
        choices |= dict.fromkeys(
            line.speaker for line in nearest_lines if line.speaker not in (NARRATOR, UNKNOWN, CROWD)
        )
        owners = {name: person.name for person in self.script.people for name in (*person.aliases, person.name)}
        if owners and len(choices) < MAX_CHOICES:
            names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(owners, key=len, reverse=True)))})(?!\w)")
            choices |= dict.fromkeys(owners[name] for line in nearest_lines for name in names.findall(line.text))
        choices |= dict.fromkeys(person.name for person in self.script.people) if len(choices) < 2 else {}
        return tuple(choices)[:MAX_CHOICES]
