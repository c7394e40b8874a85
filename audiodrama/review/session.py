"""Turn a story into a session of questions: which lines are in doubt, who may speak them, what a person said."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from audiodrama import files, pipeline, prose
from audiodrama.errors import InputError
from audiodrama.files import paths
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, DecidedLine, Line, Script
from audiodrama.script import DECIDED_BY_USER, Adaptation

BELOW = 0.8
"""Lines that are less sure are asked about: of those at it, about one in five is wrong."""
_BEFORE, _AFTER = 2, 1
_PARAGRAPH = 4
"""Lines of the same paragraph that are shown besides, at most."""
_CHOICES = 6
_NEARBY = 30
"""Lines on either side in which people are looked for."""
_PATIENCE = 1.5
"""Seconds that one person likes to wait for the next question."""
_EVERY = 5
"""If it takes longer, the lines around are decided anew after so many answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """A line to decide about."""

    at: int
    """Its name in the session: the source offset where it begins."""
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
        """Whom it is given to; empty if nobody was found."""
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
        self._waiting = 0
        self.script = Script(())
        self._decide_all()

    @property
    def unused(self) -> tuple[DecidedLine, ...]:
        """The decisions whose line is gone from the story. They stay in the file."""
        used = self._adaptation.matched(self._decided)
        return tuple(one for index, one in enumerate(self._decided) if index not in used)

    def doubtful(self, below: float = BELOW, *, every: bool = False) -> tuple[int, ...]:
        """The lines in doubt, most doubtful first, by where they begin.

        Args:
            below: how sure a line must be not to be asked about.
            every: all lines that somebody speaks, in the order of the story.
        """
        spoken = [line for line in self.script.lines() if self._is_asked(line, every)]
        if not every:
            spoken = sorted((line for line in spoken if line.confidence < below), key=lambda line: line.confidence)
        return tuple(line.spoken.start for line in spoken if line.spoken)

    def question(self, at: int) -> Question:
        """What to ask about a line.

        Raises:
            KeyError: there is no such line.
        """
        scene, index = self._place[at]
        lines = self.script.scenes[scene].lines
        low, high = max(0, index - _BEFORE), index + 1
        while low > 0 and lines[low].runs_on and index - low < _BEFORE + _PARAGRAPH:
            low -= 1
        while high < len(lines) and lines[high].runs_on and high - index <= _PARAGRAPH:
            high += 1
        high += _AFTER
        row = self._document.source.count("\n", 0, at) + 1
        return Question(at, lines[index], lines[low:index], lines[index + 1 : high], self._choices(scene, index), row)

    def known(self, name: str) -> str:
        """The person whom a name means: by name or alias, in any case; the name itself if it is new."""
        folded = " ".join(name.split()).casefold()
        everybody = self._everybody()
        own = [name for name, _ in everybody if folded == name.casefold()]
        own += [word for word in (NARRATOR, UNKNOWN, CROWD) if folded == word]
        aliases = dict.fromkeys(name for name, others in everybody if folded in map(str.casefold, others))
        return own[0] if own else next(iter(aliases)) if len(aliases) == 1 else " ".join(name.split())

    def is_new(self, name: str) -> bool:
        """Whether nobody of that name has been found or listed so far."""
        known = {known for known, _ in self._everybody()} | {line.speaker for line in self.script.lines()}
        return name not in known | {NARRATOR, UNKNOWN, CROWD}

    def decide(self, at: int, speaker: str) -> None:
        """Keep in the file who speaks a line, and decide the lines around anew, unless that takes too long.

        Raises:
            KeyError: there is no such line.
            InputError: the file says what it may not, or cannot be written.
        """
        self.decide_many([(at, speaker)])

    def decide_many(self, answers: Iterable[tuple[int, str]]) -> None:
        """Keep several decisions at once; see ``decide``."""
        # Somebody may edit the file meanwhile: what it says now is what counts.
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
        self._waiting += len(pairs)
        if self._seconds < _PATIENCE or self._waiting >= _EVERY:
            self._decide_all()
        else:
            for at, speaker in answers:
                self._say(at, speaker)

    def undecided(self) -> Script:
        """The script as it is without anybody's decisions."""
        return self._adaptation.script()

    @property
    def decidable_lines(self) -> dict[int, DecidedLine]:
        """Where the lines begin that a person can decide about, and how a decision describes them."""
        return {at: place.line for at, place in self._adaptation.decidable_lines.items()}

    def _everybody(self) -> list[tuple[str, tuple[str, ...]]]:
        """Names and aliases of those found and those listed."""
        found = [(person.name, person.aliases) for person in self.script.people]
        return found + [(role.name, role.aliases) for role in self._roster]

    def _decide_all(self) -> None:
        start = time.perf_counter()
        self._hold(self._adaptation.script(self._decided))
        self._seconds, self._waiting = time.perf_counter() - start, 0

    def _hold(self, script: Script) -> None:
        self.script = script
        self._place = {
            line.spoken.start: (number, index)
            for number, scene in enumerate(script.scenes)
            for index, line in enumerate(scene.lines)
            if line.spoken
        }

    def _say(self, at: int, speaker: str) -> None:
        """Write the speaker into the script as it stands, until all is decided anew."""
        number, index = self._place[at]
        scene = self.script.scenes[number]
        line = replace(scene.lines[index], speaker=speaker, confidence=1.0, why=DECIDED_BY_USER)
        scenes = list(self.script.scenes)
        scenes[number] = replace(scene, lines=(*scene.lines[:index], line, *scene.lines[index + 1 :]))
        self.script = replace(self.script, scenes=tuple(scenes))

    def _is_asked(self, line: Line, every: bool) -> bool:
        if line.spoken is None or line.spoken.start not in self._adaptation.decidable_lines:
            return False
        return every or line.kind == "dialogue" or (line.kind == "thought" and line.speaker != NARRATOR)

    def _choices(self, scene: int, index: int) -> tuple[str, ...]:
        """The guess, then those near: who speaks next to it, who is named next to it, who speaks most."""
        lines = self.script.scenes[scene].lines
        found = dict.fromkeys(name for name in (lines[index].speaker,) if name not in (NARRATOR, UNKNOWN))
        around = range(max(0, index - _NEARBY), min(len(lines), index + _NEARBY + 1))
        near = [lines[i] for i in sorted(around, key=lambda i: abs(i - index))]
        found |= dict.fromkeys(line.speaker for line in near if line.speaker not in (NARRATOR, UNKNOWN, CROWD))
        owners = {name: person.name for person in self.script.people for name in (*person.aliases, person.name)}
        if owners and len(found) < _CHOICES:
            names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(owners, key=len, reverse=True)))})(?!\w)")
            found |= dict.fromkeys(owners[name] for line in near for name in names.findall(line.text))
        found |= dict.fromkeys(person.name for person in self.script.people) if len(found) < 2 else {}
        return tuple(found)[:_CHOICES]
