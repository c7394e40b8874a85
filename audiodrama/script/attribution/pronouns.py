"""Turn the "he" and "she" of the narration into the figures they most likely mean.

Every sentence leaves its people in mind, the one who acts most of all, and they fade sentence by sentence; a pronoun
means the one of its gender who is most in mind, and brings them to mind again (centering: B. Grosz, A. Joshi, S.
Weinstein, 1995; salience that fades: S. Lappin, H. Leass, 1994).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from audiodrama.script.attribution.speech_tags import SENTENCE_END
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.quotes.manuscript import Paragraph

ACTING = 2.0
"""How much somebody is in mind who acts in the sentence at hand."""
NAMED = 1.3
"""How much somebody who is only named in it."""
FADING = 0.6
"""How much less for every doubling of the sentences since."""
DESCRIBED = 1.0
"""How much somebody is in mind who acts and is only described: "the old man"."""
FAME = 0.2
"""How much more for every doubling or so of somebody's mentions."""
UNSURE = 1.5
"""How much less if the gender is not known."""
BREAK = 6
"""Sentences that a heading or a scene break counts for."""
_KEPT = 40
"""Sentences after which nobody is in mind."""
_NOBODY = -1


class _Mind:
    """Who is in the reader's mind: figure -> when it last acted, when it was last named, in sentences."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures
        self._acted: dict[int, int] = {}
        self._named: dict[int, int] = {}
        self._others: dict[int, int] = {}

    def call(self, who: int, now: int, acts: bool) -> None:
        self._named[who] = now
        if acts:
            self._acted[who] = now

    def describe(self, sign: int, now: int) -> None:
        """Somebody whom only a description names acts."""
        self._others[sign] = now

    def likeliest(self, sign: int, now: int) -> int:
        """The figure of a gender that is most in mind, -1 if nobody is."""
        best, most = _NOBODY, 0.0
        for who, named in list(self._named.items()):
            if now - named > _KEPT:
                del self._named[who]
                continue
            figure = self._figures[who]
            lean = figure.lean * sign
            if figure.narrates or lean < -0.1:
                continue
            salience = NAMED - FADING * math.log2(1 + now - named)
            if who in self._acted:
                salience = max(salience, ACTING - FADING * math.log2(1 + now - self._acted[who]))
            salience -= UNSURE if lean < 0.1 else 0.0
            salience += FAME * math.log1p(figure.mentions)
            if best == _NOBODY or salience > most or (salience == most and named >= self._named[best]):
                best, most = who, salience
        other = self._others.get(sign)
        if other is not None and DESCRIBED - FADING * math.log2(1 + now - other) > most:
            return _NOBODY
        return best


def sentence_ends(paragraphs: Sequence[Paragraph], text: str) -> list[list[int]]:
    """For each paragraph the offsets where a sentence ends."""
    return [[cut.end() for cut in SENTENCE_END.finditer(text, one.start, one.end)] for one in paragraphs]


def find_antecedents(
    paragraphs: Sequence[Paragraph],
    ends: Sequence[Sequence[int]],
    mentions: Mentions,
    figures: list[Figure],
    turns: Sequence[Turn],
    speakers: Mapping[int, int],
) -> None:
    """Set ``Mention.meant`` of every narrated pronoun that has a gender.

    Args:
        paragraphs: of the whole text.
        ends: where their sentences end, as ``sentence_ends`` tells.
        mentions: of the whole text.
        figures: all of them.
        turns: all of them.
        speakers: ``Turn.index`` -> figure, where it is known well enough.
    """
    tagging = {id(tag.mention) for turn in turns for tag in turn.tags if tag.mention}
    spoken: dict[int, list[Turn]] = {}
    for turn in turns:
        spoken.setdefault(turn.paragraph, []).append(turn)
    mind, now = _Mind(figures), 0
    for paragraph, cuts in zip(paragraphs, ends, strict=True):
        if paragraph.kind in ("heading", "break"):
            now += BREAK
            continue
        events: list[tuple[int, Mention | int]] = [
            (mention.start, mention) for mention in mentions.of_paragraph[paragraph.index] if not mention.spoken
        ]
        for turn in spoken.get(paragraph.index, ()):
            who = speakers.get(turn.index, _NOBODY)
            if who >= 0:
                # What a tag's own pronoun means must not hang on who is thought to speak.
                told = max((tag.mention.end for tag in turn.tags if tag.mention), default=0)
                events += [(max(speech.start, told), who) for speech in turn.speeches]
        events.sort(key=lambda event: event[0])
        for at, event in events:
            sentence = now + bisect_right(cuts, at)
            if isinstance(event, int):
                mind.call(event, sentence, True)
            else:
                _read(event, mind, sentence, id(event) in tagging)
        now += len(cuts) + 1


def _read(mention: Mention, mind: _Mind, now: int, tagging: bool) -> None:
    acts = mention.subject or mention.part or tagging
    if mention.figure >= 0:
        mind.call(mention.figure, now, acts)
    elif mention.kind == "noun":
        if acts and mention.gender_sign:
            mind.describe(mention.gender_sign, now)
    elif mention.gender_sign:
        mention.meant = mind.likeliest(mention.gender_sign, now)
        if mention.meant >= 0:
            mind.call(mention.meant, now, True)
