"""Turn a Manuscript into decisions: who speaks each speech, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping

from audiodrama.model import CROWD, UNKNOWN, Person, Role
from audiodrama.script.attribution.candidates import SURE_ENOUGH, Candidate, StoryContext
from audiodrama.script.attribution.decision import Decision
from audiodrama.script.attribution.decoding import likelihoods, prune
from audiodrama.script.attribution.evidence import gather
from audiodrama.script.attribution.overrides import Overrides, strangers
from audiodrama.script.attribution.ranker import rank, shipped
from audiodrama.script.attribution.speech_tags import bare_tags
from audiodrama.script.attribution.turns import Turn, cut_turns
from audiodrama.script.characters.descriptions import describe_people, learn_age
from audiodrama.script.characters.figures import Figure, find_people, name_apart
from audiodrama.script.characters.indefinites import link_indefinites
from audiodrama.script.characters.mentions import Mentions
from audiodrama.script.characters.traits import infer_gender
from audiodrama.script.quotes.manuscript import Manuscript, in_portions

__all__ = ["Decision", "attribute", "bare_tags"]

_PASSES = 3
_TELLING = 1.5
"""Log-odds from which on a single piece of evidence is worth telling."""
_FLOOR = 0.12
"""Below this likelihood a guess is none."""


def attribute(
    manuscript: Manuscript, roster: tuple[Role, ...] = (), decided: Mapping[int, str] | None = None
) -> tuple[tuple[Person, ...], dict[int, Decision]]:
    """Decide who speaks.

    Args:
        manuscript: the text with its speeches.
        roster: what a casting file says of people; names, aliases, gender and who narrates are taken as facts.
        decided: ``Segment.start`` -> who speaks it, as a person decided; a fact for the lines around, too.

    Returns:
        The people who speak, in the order of their first line, and the decisions by ``Segment.start`` of every speech.
    """
    decided = decided or {}
    scene = read_scene(manuscript, roster)
    if new := strangers(scene.figures, decided):
        scene = read_scene(manuscript, (*roster, *new))
    pins = Overrides(scene.figures, decided)
    candidates, near = judge(scene, pins)
    near = rank(scene, candidates, near, shipped())
    decisions: dict[int, Decision] = {}
    speaking: dict[int, None] = {}
    last = earlier = UNKNOWN
    for turn, chosen, likely in zip(scene.turns, candidates, near, strict=True):
        _learn_age(scene, turn, likely)
        decision, who = _decide(scene, turn, chosen, likely, (earlier, last))
        earlier, last = last, decision.speaker
        for speech, said, by in pins.settle(turn, decision, who):
            if by >= 0:
                speaking.setdefault(by)
            decisions[speech.start] = said
    return tuple(scene.figures[who].to_person() for who in speaking), decisions


def read_scene(manuscript: Manuscript, roster: tuple[Role, ...] = ()) -> StoryContext:
    """Everything that decisions rest on: figures, mentions, turns."""
    manuscript = in_portions(manuscript)
    figures = find_people(manuscript, roster)
    describe_people(manuscript, figures)
    name_apart(figures)
    mentions = Mentions(manuscript, figures)
    link_indefinites(mentions, figures)
    infer_gender(mentions, figures)
    return StoryContext.of(manuscript.paragraphs, figures, mentions, cut_turns(manuscript, mentions, figures))


def judge(scene: StoryContext, pins: Overrides | None = None) -> tuple[list[list[Candidate]], list[dict[int, float]]]:
    """The rules' opinion: for each turn its candidates, best first, and how likely each speaks.

    Args:
        scene: the whole text.
        pins: what a person decided.
    """
    near: list[dict[int, float]] = []
    candidates: list[list[Candidate]] = []
    for _ in range(_PASSES):
        candidates = [prune(gather(scene, turn, near)) for turn in scene.turns]
        if pins:
            candidates = [pins.hold(turn, found) for turn, found in zip(scene.turns, candidates, strict=True)]
        near = likelihoods(scene.turns, candidates)
        scene.learn(near)
    return candidates, near


def _learn_age(scene: StoryContext, turn: Turn, likely: dict[int, float]) -> None:
    mention = turn.tag.mention if turn.tag else None
    who = max(likely, key=lambda w: (likely[w], -w))
    if mention and mention.kind == "noun" and who >= 0 and likely[who] > SURE_ENOUGH:
        learn_age(scene.figures[who], scene.mentions.text[mention.start : mention.end])


def _decide(
    scene: StoryContext, turn: Turn, candidates: list[Candidate], likely: dict[int, float], before: tuple[str, str]
) -> tuple[Decision, int]:
    manner = next((t.manner for t in turn.tags if t.manner), "")
    named = turn.tag is not None and turn.tag.mention is not None and turn.tag.mention.figure >= 0
    if turn.crowd and not (named and " and " not in turn.crowd):
        return Decision(CROWD, 0.8, f"tag: '{turn.crowd}'", manner), -1
    best = max(candidates, key=lambda c: (likely[c.figure], -c.figure))
    if best.figure < 0 or likely[best.figure] < _FLOOR:
        return Decision(UNKNOWN, 0.0, "nobody is named near it", manner), -1
    figure: Figure = scene.figures[best.figure]
    confidence = shipped().confidence(likely[best.figure])
    return Decision(figure.name, confidence, _reason(turn, best, figure.name, before), manner), best.figure


def _reason(turn: Turn, best: Candidate, name: str, before: tuple[str, str]) -> str:
    """What a user is told: the strongest words for the speaker, or whose turn it is where no words are strong."""
    if turn.continues and turn.gap == 1:
        return "goes on from the paragraph before"
    earlier, last = before
    weak = best.best < _TELLING or best.why.startswith("scene")
    if not weak or turn.gap > 2 or last in (UNKNOWN, CROWD, name):
        return best.why or "scene: named nearby"
    return f"turn: {name} and {last} take turns" if earlier == name else f"turn: answers {last}"
