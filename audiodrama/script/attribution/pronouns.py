"""Turn the "he" and "she" of the narration into the figures they most likely mean.

Every sentence leaves its people in mind, the one who acts most of all, and they fade sentence by sentence; a pronoun
means the one of its gender who is most in mind, and brings them to mind again (centering: B. Grosz, A. Joshi, S.
Weinstein, 1995; salience that fades: S. Lappin, H. Leass, 1994).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.quotes.manuscript import Paragraph

SUBJECT_SALIENCE = 2.0
"""How much somebody is in mind who acts in the sentence at hand."""
MENTION_SALIENCE = 1.3
"""How much somebody who is only named in it."""
DECAY = 0.6
"""How much less for every doubling of the sentences since."""
NOMINAL_SALIENCE = 1.0
"""How much somebody is in mind who acts and is only described: "the old man"."""
FREQUENCY = 0.2
"""How much more for every doubling or so of somebody's mentions."""
UNKNOWN_GENDER = 1.5
"""How much less if the gender is not known."""
BREAK_LENGTH = 6
"""Sentences that a heading or a scene break counts for."""
_REACH = 40
"""Sentences after which nobody is in mind."""
_NOBODY = -1


class _SalienceModel:
    """Who is in the reader's mind: figure -> when it last acted, when it was last named, in sentences."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures
        self._acted: dict[int, int] = {}
        self._named: dict[int, int] = {}
        self._others: dict[int, int] = {}

    def add_mention(self, who: int, now: int, acts: bool) -> None:
        self._named[who] = now
        if acts:
            self._acted[who] = now

    def add_nominal(self, sign: int, now: int) -> None:
        """Somebody whom only a description names acts."""
        self._others[sign] = now

    def most_salient(self, sign: int, now: int) -> int:
        """The figure of a gender that is most in mind, -1 if nobody is."""
        best, most = _NOBODY, 0.0
        for who, named in list(self._named.items()):
            if now - named > _REACH:
                del self._named[who]
                continue
            figure = self._figures[who]
            lean = figure.gender_lean * sign
            if figure.narrates or lean < -0.1:
                continue
            salience = MENTION_SALIENCE - DECAY * math.log2(1 + now - named)
            if who in self._acted:
                salience = max(salience, SUBJECT_SALIENCE - DECAY * math.log2(1 + now - self._acted[who]))
            salience -= UNKNOWN_GENDER if lean < 0.1 else 0.0
            salience += FREQUENCY * math.log1p(figure.mentions)
            if best == _NOBODY or salience > most or (salience == most and named >= self._named[best]):
                best, most = who, salience
        other = self._others.get(sign)
        if other is not None and NOMINAL_SALIENCE - DECAY * math.log2(1 + now - other) > most:
            return _NOBODY
        return best


def sentence_ends(paragraphs: Sequence[Paragraph], mentions: Mentions) -> list[list[int]]:
    """For each paragraph the offsets where a sentence ends."""
    end, text = mentions.language.sentences.end, mentions.text
    return [[stop.end() for stop in end.finditer(text, p.start, p.end)] for p in paragraphs]


def find_antecedents(
    paragraphs: Sequence[Paragraph],
    ends: Sequence[Sequence[int]],
    mentions: Mentions,
    figures: list[Figure],
    turns: Sequence[Turn],
    speakers: Mapping[int, int],
) -> None:
    """Set ``Mention.antecedent`` of every narrated pronoun that has a gender.

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
    mind, now = _SalienceModel(figures), 0
    for paragraph, cuts in zip(paragraphs, ends, strict=True):
        if paragraph.kind in ("heading", "break"):
            now += BREAK_LENGTH
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
                mind.add_mention(event, sentence, True)
            else:
                _read(event, mind, sentence, id(event) in tagging)
        now += len(cuts) + 1


def _read(mention: Mention, mind: _SalienceModel, now: int, tagging: bool) -> None:
    acts = mention.subject or mention.acts_by_part or tagging
    if mention.figure >= 0:
        mind.add_mention(mention.figure, now, acts)
    elif mention.kind == "noun":
        if acts and mention.gender_sign:
            mind.add_nominal(mention.gender_sign, now)
    elif mention.gender_sign:
        mention.antecedent = mind.most_salient(mention.gender_sign, now)
        if mention.antecedent >= 0:
            mind.add_mention(mention.antecedent, now, True)
