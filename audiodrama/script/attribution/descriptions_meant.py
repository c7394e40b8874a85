"""Turn who is thought to speak into what descriptions are thought to mean: "the young lady" here is Daisy there.

A text uses a description for the same person for a while. So once the turns are decided, each description that tags
a speech is known by the company it keeps, and the turns can be decided again with that in mind.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.mentions import Mention

WINDOW = 80
"""Turns on either side in which a description is taken to mean the same person."""
UNLIKELY = 0.05
"""Likelihood up to which it does not count that a figure may speak."""
_SAME, _BARE, _OTHER = 1.0, 0.5, 0.1
"""What a description tells of one in the same words; of one that lacks or adds an adjective; of another."""


class DescriptionReferents:
    """The figures that the descriptions of a text mean."""

    def __init__(self, text: str, turns: Sequence[Turn], speaker_probs: Sequence[dict[int, float]]) -> None:
        """``speaker_probs``: for each turn how likely each figure speaks it."""
        self._text = text
        self._uses: defaultdict[str, list[tuple[int, str, dict[int, float]]]] = defaultdict(list)
        for turn, likely in zip(turns, speaker_probs, strict=False):
            mention = turn.tag.mention if turn.tag else None
            if mention and mention.kind == "noun" and mention.figure < 0:
                self._uses[mention.head].append((turn.index, self._words(mention), likely))

    def shares(self, turn: Turn, mention: Mention) -> tuple[dict[int, float], float]:
        """Figure -> how often it is meant by a description like this one in other turns nearby; and the sum of all."""
        uses = self._uses.get(mention.head, ())
        words, shares = self._words(mention), dict[int, float]()
        for index, other_words, probs in uses[bisect_left(uses, (turn.index - WINDOW,)) :] if uses else ():
            if index > turn.index + WINDOW:
                break
            if index == turn.index:
                continue
            weight = _SAME if other_words == words else _BARE if mention.head in (other_words, words) else _OTHER
            for figure, probability in probs.items():
                if figure >= 0 and probability > UNLIKELY:
                    shares[figure] = shares.get(figure, 0.0) + weight * probability
        return shares, sum(shares.values())

    def _words(self, mention: Mention) -> str:
        """The description without its article."""
        return self._text[mention.start : mention.end].lower().partition(" ")[2]
