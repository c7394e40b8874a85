"""Turn the candidates of a scene's turns into the likelihood of each: the scene is decided as a sequence.

A second-order chain: who speaks depends on the two speakers before. Forward-backward over the best candidates of
each turn gives the probability of each (L. Rabiner, "A tutorial on hidden Markov models", 1989, III.A, in logarithms).
"""

from __future__ import annotations

import math

from audiodrama.script.attribution.candidates import Candidate
from audiodrama.script.attribution.turns import SCENE_GAP, Turn
from audiodrama.script.attribution.weights import TURN_TAKING

_LONG_NARRATION = 120
"""Characters of narration before a speech in its own paragraph that count like a paragraph between."""
_MOST_CANDIDATES = 6
"""Of one turn: the chain's time grows with the third power of them."""
_NOBODY = -1
_UNNAMED = -2.0
"""Score of a speaker that the text never names; a candidate where all others score less."""
_FAR_BELOW = 14.0
"""Candidates whose score is so much below that of the best one are dropped."""
_ONE_TALK = 4
"""Paragraphs between two turns up to which the first has a bearing on who speaks the second."""
_NEW_RUN = 12
"""Paragraphs between two turns from which on they are decided apart, which saves time and changes nothing."""


def prune(candidates: list[Candidate]) -> list[Candidate]:
    """The best few, best first; never empty."""
    if not candidates:
        return [Candidate(_NOBODY)]
    top = candidates[0].score
    if top < _UNNAMED:
        return [Candidate(_NOBODY, _UNNAMED), *candidates[: _MOST_CANDIDATES - 1]]
    return [c for c in candidates[:_MOST_CANDIDATES] if c.score > top - _FAR_BELOW]


def _step(turn: Turn, earlier: int, last: int, speaker: int, back_gap: int) -> float:
    """Log-odds of a speaker, a figure, after two others.

    Args:
        turn: the one that is spoken.
        earlier: who spoke two turns before.
        last: who spoke the turn before.
        speaker: who speaks.
        back_gap: ``Turn.gap`` of the turn before.
    """
    if turn.gap > _ONE_TALK:
        return 0.0
    if turn.continues and turn.gap == 1:
        return TURN_TAKING.continues if speaker == last else 0.0
    long_before = turn.gap == 1 and turn.speeches[0].start - turn.start > _LONG_NARRATION
    if speaker == last:
        if turn.gap < 2 and not long_before:
            return TURN_TAKING.same_speaker if turn.gap else TURN_TAKING.same_paragraph
        return TURN_TAKING.same_speaker_later if turn.reacting in (speaker, -1) else TURN_TAKING.after_reaction
    if speaker == earlier and speaker >= 0 and back_gap <= _ONE_TALK:
        if turn.gap + back_gap > 2 or long_before:
            return TURN_TAKING.alternates_later
        return TURN_TAKING.alternates if turn.tags or turn.narrated else TURN_TAKING.alternates_bare
    return 0.0


def _runs(turns: list[Turn]) -> list[tuple[int, int]]:
    """Stretches of turns that hang together; between them nothing is carried over."""
    cuts = [t.index for t in turns if t.gap > _NEW_RUN] or [0]
    if cuts[0] != 0:
        cuts.insert(0, 0)
    return list(zip(cuts, [*cuts[1:], len(turns)], strict=True))


def speaker_probabilities(turns: list[Turn], candidates: list[list[Candidate]]) -> list[dict[int, float]]:
    """For each turn: figure -> probability that it speaks.

    Args:
        turns: all turns of the text.
        candidates: for each turn its candidates, best first, as ``prune`` leaves them.
    """
    result: list[dict[int, float]] = []
    if not turns:
        return result
    for low, high in _runs(turns):
        result += _run(turns[low:high], candidates[low:high])
    return result


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def _run(turns: list[Turn], candidates: list[list[Candidate]]) -> list[dict[int, float]]:
    size = len(turns)
    speakers = [[c.figure for c in cs] for cs in candidates]
    scores = [[c.score for c in cs] for cs in candidates]
    # forward[t][i][j]: speaker i of turn t-1, speaker j of turn t
    forward: list[list[list[float]]] = [[list(scores[0])]]
    steps: list[list[list[list[float]]]] = [[]]
    for index in range(1, size):
        speakers_before = speakers[index - 2] if index > 1 else [_NOBODY]
        back_gap = turns[index - 1].gap if index > 1 else SCENE_GAP
        moves = [
            [[_step(turns[index], h, i, j, back_gap) for j in speakers[index]] for i in speakers[index - 1]]
            for h in speakers_before
        ]
        steps.append(moves)
        last = forward[index - 1]
        forward.append(
            [
                [
                    scores[index][j] + _log_sum([last[h][i] + moves[h][i][j] for h in range(len(speakers_before))])
                    for j in range(len(speakers[index]))
                ]
                for i in range(len(speakers[index - 1]))
            ]
        )
    return _marginals(speakers, scores, forward, steps)


def _marginals(
    speakers: list[list[int]],
    scores: list[list[float]],
    forward: list[list[list[float]]],
    steps: list[list[list[list[float]]]],
) -> list[dict[int, float]]:
    size = len(speakers)
    backward = [[0.0] * len(row) for row in forward[-1]]
    result: list[dict[int, float]] = [{}] * size
    for index in range(size - 1, -1, -1):
        joint = [[f + b for f, b in zip(fs, bs, strict=True)] for fs, bs in zip(forward[index], backward, strict=True)]
        columns = [_log_sum([row[j] for row in joint]) for j in range(len(speakers[index]))]
        total = _log_sum(columns)
        result[index] = {w: math.exp(c - total) for w, c in zip(speakers[index], columns, strict=True)}
        if index:
            moves = steps[index]
            backward = [
                [
                    _log_sum([moves[h][i][j] + scores[index][j] + backward[i][j] for j in range(len(speakers[index]))])
                    for i in range(len(speakers[index - 1]))
                ]
                for h in range(len(moves))
            ]
    return result
