"""Turn a Manuscript into decisions: who speaks each speech, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.model import CROWD, UNKNOWN, Person, Role
from audiodrama.script.decoding import likelihoods, prune
from audiodrama.script.descriptions import describe_people
from audiodrama.script.evidence import Candidate, Scene, gather
from audiodrama.script.gender import infer_gender
from audiodrama.script.manuscript import Manuscript
from audiodrama.script.mentions import Mentions
from audiodrama.script.people import Figure, find_people
from audiodrama.script.tags import bare_tags
from audiodrama.script.turns import Turn, cut_turns

__all__ = ["Decision", "attribute", "bare_tags"]

_PASSES = 2
_FLOOR = 0.12
"""Below this likelihood a guess is none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks one speech."""

    speaker: str
    """A Person's name, or UNKNOWN or CROWD."""
    confidence: float
    """0 to 1; of many decisions with the same confidence that share is right."""
    why: str
    """The words relied on: "tag: 'growled Spike'"."""
    manner: str = ""
    """How the tag says it is spoken: "growled", "dryly"."""


def attribute(
    manuscript: Manuscript, roster: tuple[Role, ...] = ()
) -> tuple[tuple[Person, ...], dict[int, Decision]]:
    """Decide who speaks.

    Args:
        manuscript: the text with its speeches.
        roster: what a casting file says of people; names, aliases, gender and who narrates are taken as facts.

    Returns:
        The people who speak, in the order of their first line, and the decisions by ``Segment.start`` of every speech.
    """
    scene = read_scene(manuscript, roster)
    near: list[dict[int, float]] = []
    candidates: list[list[Candidate]] = []
    for _ in range(_PASSES):
        candidates = [prune(gather(scene, turn, near)) for turn in scene.turns]
        near = likelihoods(scene.turns, candidates)
    decisions: dict[int, Decision] = {}
    speaking: dict[int, None] = {}
    previous = UNKNOWN
    for turn, chosen, likely in zip(scene.turns, candidates, near, strict=True):
        decision, who = _decide(scene, turn, chosen, likely, previous)
        previous = decision.speaker
        if who >= 0:
            speaking.setdefault(who)
        for speech in turn.speeches:
            decisions[speech.start] = decision
    return tuple(scene.figures[who].to_person() for who in speaking), decisions


def read_scene(manuscript: Manuscript, roster: tuple[Role, ...] = ()) -> Scene:
    """Everything that decisions rest on: figures, mentions, turns."""
    figures = find_people(manuscript, roster)
    describe_people(manuscript, figures)
    mentions = Mentions(manuscript, figures)
    infer_gender(mentions, figures)
    return Scene.of(figures, mentions, cut_turns(manuscript, mentions))


def _decide(
    scene: Scene, turn: Turn, candidates: list[Candidate], likely: dict[int, float], previous: str
) -> tuple[Decision, int]:
    manner = next((t.manner for t in turn.tags if t.manner), "")
    if turn.crowd and not (turn.tag and turn.tag.mention and turn.tag.mention.who >= 0):
        return Decision(CROWD, 0.8, f"tag: '{turn.crowd}'", manner), -1
    best = max(candidates, key=lambda c: (likely[c.who], -c.who))
    if best.who < 0 or likely[best.who] < _FLOOR:
        return Decision(UNKNOWN, 0.0, "nobody is named near it", manner), -1
    figure: Figure = scene.figures[best.who]
    why = best.why
    if turn.continues and turn.gap == 1:
        why = "goes on from the paragraph before"
    elif best.best < 1.5 and turn.gap <= 2 and previous != UNKNOWN and previous != figure.name:
        why = f"turn: answers {previous}"
    return Decision(figure.name, round(likely[best.who], 3), why or "scene: named nearby", manner), best.who
