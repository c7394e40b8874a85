"""Turn the candidates of a scene's turns into the likelihood of each: the scene is decided as a sequence.

A second-order chain: who speaks depends on the two speakers before. Forward-backward over the best candidates of
each turn gives the probability of each (L. Rabiner, "A tutorial on hidden Markov models", 1989, III.A, in logarithms).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from audiodrama.script.attribution.candidates import Candidate
from audiodrama.script.attribution.turns import Turn


@dataclass(frozen=True, slots=True)
class Turning:
    """Log-odds of taking turns."""

    again: float = -3.0
    """The same speaker in the next paragraph, with nothing between."""
    again_later: float = -0.1
    """The same speaker after a paragraph of narration."""
    back: float = 1.3
    """The speaker before the last speaks again, with nothing between, and the narration tells something of it."""
    back_bare: float = 2.3
    """The same where nothing is told of the turn: an author who lets two people talk trusts the reader to count."""
    back_later: float = 0.5
    after_reaction: float = 1.0
    """The same speaker after the other one only looked."""
    goes_on: float = 9.0
    """The speech of the paragraph before was not closed."""
    within: float = -5.0
    """The same speaker in two turns of one paragraph."""


TURNING = Turning()
_TOLD = 120
"""Characters of narration before a speech in its own paragraph that count like a paragraph between."""
_KEPT = 6
_NOBODY = -1
_HARDLY = -2.0
"""Where everybody scores less, it may as well be somebody whom the text never names."""
_FAR = 14.0
"""Candidates so much below the best are dropped."""


def prune(candidates: list[Candidate]) -> list[Candidate]:
    """The best few, best first; never empty."""
    if not candidates:
        return [Candidate(_NOBODY)]
    top = candidates[0].score
    if top < _HARDLY:
        return [Candidate(_NOBODY, _HARDLY), *candidates[: _KEPT - 1]]
    return [c for c in candidates[:_KEPT] if c.score > top - _FAR]


def _step(turn: Turn, earlier: int, last: int, now: int, back_gap: int) -> float:
    if turn.gap > 4:
        return 0.0
    if turn.continues and turn.gap == 1:
        return TURNING.goes_on if now == last else 0.0
    told = turn.gap == 1 and turn.speeches[0].start - turn.start > _TOLD
    if now == last:
        if turn.gap < 2 and not told:
            return TURNING.again if turn.gap else TURNING.within
        return TURNING.again_later if turn.reacted in (now, -1) else TURNING.after_reaction
    if now == earlier and now >= 0 and back_gap <= 4:
        if turn.gap + back_gap > 2 or told:
            return TURNING.back_later
        return TURNING.back if turn.tags or turn.narrated else TURNING.back_bare
    return 0.0


def _runs(turns: list[Turn]) -> list[tuple[int, int]]:
    """Stretches of turns that hang together; between them nothing is carried over."""
    cuts = [t.index for t in turns if t.gap > 12] or [0]
    if cuts[0] != 0:
        cuts.insert(0, 0)
    return list(zip(cuts, [*cuts[1:], len(turns)], strict=True))


def likelihoods(turns: list[Turn], candidates: list[list[Candidate]]) -> list[dict[int, float]]:
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
    who = [[c.figure for c in cs] for cs in candidates]
    own = [[c.score for c in cs] for cs in candidates]
    # forward[t][i][j]: speaker i of turn t-1, speaker j of turn t
    forward: list[list[list[float]]] = [[list(own[0])]]
    steps: list[list[list[list[float]]]] = [[]]
    for at in range(1, size):
        before = who[at - 2] if at > 1 else [_NOBODY]
        back_gap = turns[at - 1].gap if at > 1 else 99
        moves = [[[_step(turns[at], h, i, j, back_gap) for j in who[at]] for i in who[at - 1]] for h in before]
        steps.append(moves)
        last = forward[at - 1]
        forward.append(
            [
                [
                    own[at][j] + _log_sum([last[h][i] + moves[h][i][j] for h in range(len(before))])
                    for j in range(len(who[at]))
                ]
                for i in range(len(who[at - 1]))
            ]
        )
    return _marginals(who, own, forward, steps)


def _marginals(
    who: list[list[int]],
    own: list[list[float]],
    forward: list[list[list[float]]],
    steps: list[list[list[list[float]]]],
) -> list[dict[int, float]]:
    size = len(who)
    backward = [[0.0] * len(row) for row in forward[-1]]
    result: list[dict[int, float]] = [{}] * size
    for at in range(size - 1, -1, -1):
        joint = [[f + b for f, b in zip(fs, bs, strict=True)] for fs, bs in zip(forward[at], backward, strict=True)]
        columns = [_log_sum([row[j] for row in joint]) for j in range(len(who[at]))]
        total = _log_sum(columns)
        result[at] = {w: math.exp(c - total) for w, c in zip(who[at], columns, strict=True)}
        if at:
            moves = steps[at]
            backward = [
                [
                    _log_sum([moves[h][i][j] + own[at][j] + backward[i][j] for j in range(len(who[at]))])
                    for i in range(len(who[at - 1]))
                ]
                for h in range(len(moves))
            ]
    return result
