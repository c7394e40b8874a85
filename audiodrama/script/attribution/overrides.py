"""Turn what the user decided about speeches into facts that the other turns are decided with.

A turn that the user decided has one candidate; the turns around it follow from that as from a tag.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audiodrama.errors import DecisionsError
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Role, name_key, names_meant
from audiodrama.script.attribution.candidates import Candidate
from audiodrama.script.attribution.decision import Decision
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.quotes.segments import Segment

DECIDED_BY_USER = "you decided"
"""The reason for a line that the user decided."""
_BESIDE = 0.97
"""How sure the speaker of a line is whose paragraph has another line that the user decided."""
_NOBODY = -1
_CLEAR = 99.0
"""Evidence for the speaker that the user decided: more than any other adds up to."""
_NO_PERSON = (NARRATOR, UNKNOWN, CROWD)


class AmbiguousSpeakerError(DecisionsError):
    """The speaker of a decision may be either of two figures whose names differ in letter case alone."""

    def __init__(self, speaker: str, names: tuple[str, ...]) -> None:
        """``speaker``: as the decision has it; ``names``: those of the figures."""
        several = " or ".join(map(repr, names))
        super().__init__(f"the speaker {speaker!r} may be {several}; write it as that one is written")
        self.speaker = speaker


def roles_named_by_user(figures: Sequence[Figure], decided: Mapping[int, str]) -> tuple[Role, ...]:
    """Roles for those that the user names and the text does not settle on, in the order of their first line."""
    taken = {name_key(name) for figure in figures for name in (figure.name, *figure.aliases)}
    names = dict.fromkeys(name for _, name in sorted(decided.items()) if name not in _NO_PERSON)
    new = {name_key(name): name for name in reversed(names) if name_key(name) not in taken}
    return tuple(Role(name) for name in reversed(new.values()))


class Overrides:
    """What the user decided, by turn and by speech."""

    def __init__(self, figures: Sequence[Figure], decided: Mapping[int, str]) -> None:
        """Find the figure of each name.

        Args:
            figures: who there is.
            decided: ``Segment.start`` -> a figure's name or alias, or one of NARRATOR, UNKNOWN, CROWD.

        Raises:
            AmbiguousSpeakerError: a name is written as none of two figures' is, and may be either's.
        """
        by_name = {alias: f.index for f in reversed(figures) for alias in sorted(f.aliases)}
        by_name |= {f.name: f.index for f in reversed(figures)}
        self._figures = figures
        index_of = {name: _index_of(name, by_name) for name in set(decided.values())}
        self._decided = {start: (name, index_of[name]) for start, name in decided.items()}

    def restrict(self, turn: Turn, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates of a turn: the decided one alone; of two the last, since the next turn answers that one."""
        decided = [self._decided[s.start] for s in turn.speeches if s.start in self._decided]
        people = [index for _, index in decided if index != _NOBODY]
        if people:
            return [Candidate(people[-1], 0.0, DECIDED_BY_USER, _CLEAR)]
        return [Candidate(_NOBODY)] if any(name == CROWD for name, _ in decided) else candidates

    def apply(self, turn: Turn, decision: Decision, figure: int) -> Iterator[tuple[Segment, Decision, int]]:
        """Every speech of a turn with its decision and its figure (-1: none): what the user said goes first.

        A speech beside a decided one is taken for the same speaker's; between two, for that of the one before.
        """
        decided = [s for s in turn.speeches if s.start in self._decided]
        for speech in turn.speeches:
            if not decided:
                yield speech, decision, figure
                continue
            guide = next((s for s in reversed(decided) if s.start <= speech.start), decided[0])
            name, index = self._decided[guide.start]
            name = self._figures[index].name if index >= 0 and name not in _NO_PERSON else name
            if guide is speech:
                yield speech, replace(decision, speaker=name, confidence=1.0, why=DECIDED_BY_USER), index
            elif name in _NO_PERSON:
                yield speech, decision, figure
            else:
                why = "beside a line that you decided"
                yield speech, replace(decision, speaker=name, confidence=_BESIDE, why=why), index


def _index_of(name: str, by_name: Mapping[str, int]) -> int:
    """The figure of a name, in letters of any case; _NOBODY if there is none."""
    indexes = {by_name[meant]: meant for meant in names_meant(name, by_name)} if name not in _NO_PERSON else {}
    if len(indexes) > 1:
        raise AmbiguousSpeakerError(name, tuple(sorted(indexes.values())))
    return next(iter(indexes), _NOBODY)
