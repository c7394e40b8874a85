"""Turn a Manuscript into decisions: who speaks each speech, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping

from audiodrama.model import CROWD, UNKNOWN, Person, Role
from audiodrama.script.attribution.candidates import RELIABLE, Candidate, StoryContext
from audiodrama.script.attribution.decision import Decision
from audiodrama.script.attribution.decoding import prune, speaker_probabilities
from audiodrama.script.attribution.evidence import score_candidates
from audiodrama.script.attribution.overrides import Overrides, roles_named_by_user
from audiodrama.script.attribution.ranker import rank, shipped
from audiodrama.script.attribution.turns import Turn, cut_turns
from audiodrama.script.characters.descriptions import add_described_figures, learn_age
from audiodrama.script.characters.figures import Figure, find_figures, make_names_distinct
from audiodrama.script.characters.indefinites import link_indefinites
from audiodrama.script.characters.mentions import Mentions
from audiodrama.script.characters.traits import infer_gender
from audiodrama.script.quotes.manuscript import Manuscript, in_portions

_PASSES = 3
"""Each pass knows from the one before who speaks nearby and what descriptions mean."""
_CROWD_CONFIDENCE = 0.8
"""Of a line that several speak together."""
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
        decided: ``Segment.start`` -> who speaks it, as the user decided; a fact for the lines around, too.

    Returns:
        The people who speak, in the order of their first line, and the decisions by ``Segment.start`` of every speech.
    """
    decided = decided or {}
    context = read_story(manuscript, roster)
    if new := roles_named_by_user(context.figures, decided):
        context = read_story(manuscript, (*roster, *new))
    overrides = Overrides(context.figures, decided)
    candidates, speaker_probs = decide_by_rules(context, overrides)
    speaker_probs = rank(context, candidates, speaker_probs, shipped())
    decisions: dict[int, Decision] = {}
    speaking: dict[int, None] = {}
    last = earlier = UNKNOWN
    for turn, chosen, probs in zip(context.turns, candidates, speaker_probs, strict=True):
        _learn_age(context, turn, probs)
        decision, figure = _decide(context, turn, chosen, probs, (earlier, last))
        earlier, last = last, decision.speaker
        for speech, settled, speaker in overrides.apply(turn, decision, figure):
            if speaker >= 0:
                speaking.setdefault(speaker)
            decisions[speech.start] = settled
    return tuple(context.figures[figure].to_person() for figure in speaking), decisions


def read_story(manuscript: Manuscript, roster: tuple[Role, ...] = ()) -> StoryContext:
    """Everything that decisions rest on: figures, mentions, turns."""
    manuscript = in_portions(manuscript)
    figures = find_figures(manuscript, roster)
    add_described_figures(manuscript, figures)
    make_names_distinct(figures)
    mentions = Mentions(manuscript, figures)
    link_indefinites(mentions, figures)
    infer_gender(mentions, figures)
    return StoryContext.of(manuscript.paragraphs, figures, mentions, cut_turns(manuscript, mentions, figures))


def decide_by_rules(
    context: StoryContext, overrides: Overrides | None = None
) -> tuple[list[list[Candidate]], list[dict[int, float]]]:
    """The rules' opinion: for each turn its candidates, best first, and how likely each speaks.

    Args:
        context: the whole text with its figures, mentions and turns.
        overrides: what the user decided.
    """
    speaker_probs: list[dict[int, float]] = []
    candidates: list[list[Candidate]] = []
    for _ in range(_PASSES):
        candidates = [prune(score_candidates(context, turn, speaker_probs)) for turn in context.turns]
        if overrides:
            candidates = [
                overrides.restrict(turn, proposed) for turn, proposed in zip(context.turns, candidates, strict=True)
            ]
        speaker_probs = speaker_probabilities(context.turns, candidates)
        context.resolve_references(speaker_probs)
    return candidates, speaker_probs


def _learn_age(context: StoryContext, turn: Turn, probs: dict[int, float]) -> None:
    mention = turn.tag.mention if turn.tag else None
    figure = max(probs, key=lambda w: (probs[w], -w))
    if mention and mention.kind == "noun" and figure >= 0 and probs[figure] > RELIABLE:
        learn_age(
            context.figures[figure], context.mentions.text[mention.start : mention.end], context.mentions.language
        )


def _decide(
    context: StoryContext,
    turn: Turn,
    candidates: list[Candidate],
    probs: dict[int, float],
    speakers_before: tuple[str, str],
) -> tuple[Decision, int]:
    manner = next((t.delivery for t in turn.tags if t.delivery), "")
    named = turn.tag is not None and turn.tag.mention is not None and turn.tag.mention.figure >= 0
    if turn.crowd and not (named and context.mentions.language.turns.together not in turn.crowd):
        return Decision(CROWD, _CROWD_CONFIDENCE, f"tag: '{turn.crowd}'", manner), -1
    best = max(candidates, key=lambda c: (probs[c.figure], -c.figure))
    if best.figure < 0 or probs[best.figure] < _FLOOR:
        return Decision(UNKNOWN, 0.0, "nobody is named near it", manner), -1
    figure: Figure = context.figures[best.figure]
    confidence = shipped().confidence(probs[best.figure])
    return Decision(figure.name, confidence, _reason(turn, best, figure.name, speakers_before), manner), best.figure


def _reason(turn: Turn, best: Candidate, name: str, speakers_before: tuple[str, str]) -> str:
    """What the user reads: the strongest words for the speaker, or whose turn it is where no words are strong."""
    if turn.continues and turn.gap == 1:
        return "goes on from the paragraph before"
    earlier, last = speakers_before
    weak = best.strongest < _TELLING or best.why.startswith("scene")
    if not weak or turn.gap > 2 or last in (UNKNOWN, CROWD, name):
        return best.why or "scene: named nearby"
    return f"turn: {name} and {last} take turns" if earlier == name else f"turn: answers {last}"
