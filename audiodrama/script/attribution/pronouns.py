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
from audiodrama.script.characters.figures import NEUTRAL_GENDER, Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.quotes.manuscript import Paragraph

SUBJECT_SALIENCE = 2.0
"""How much a figure is in mind that acts in the sentence at hand: "Ada rose."."""
MENTION_SALIENCE = 1.3
"""How much one that is only named in it: "He looked at Ada."."""
DECAY = 0.6
"""How much less for every doubling of the sentences since: a figure that acted three sentences ago has lost 1.2."""
NOMINAL_SALIENCE = 1.0
"""How much a person is in mind that acts and is only described: "The old man rose."."""
FREQUENCY = 0.2
"""Factor of the natural logarithm of a figure's mentions: the heroine is always somewhat in mind."""
UNKNOWN_GENDER = 1.5
"""How much less if the gender of the figure is not known."""
BREAK_LENGTH = 6
"""Sentences that a heading or a scene break counts for."""
_REACH = 40
"""Sentences after which a figure is out of mind."""
_NOBODY = -1


class _SalienceModel:
    """Who is in the reader's mind: figure -> when it last acted, when it was last named, in sentences."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures
        self._acted: dict[int, int] = {}
        self._named: dict[int, int] = {}
        self._described: dict[int, int] = {}

    def add_mention(self, figure: int, sentence: int, acts: bool) -> None:
        """A figure is named, or acts, in the sentence of that number."""
        self._named[figure] = sentence
        if acts:
            self._acted[figure] = sentence

    def add_nominal(self, sign: int, sentence: int) -> None:
        """A person that only a description names acts: "the old man rose"."""
        self._described[sign] = sentence

    def most_salient(self, sign: int, sentence: int) -> int:
        """The figure of a gender that is most in mind, -1 if none is."""
        best, most = _NOBODY, 0.0
        for index, named in list(self._named.items()):
            if sentence - named > _REACH:
                del self._named[index]
                continue
            figure = self._figures[index]
            lean = figure.gender_lean * sign
            if figure.narrates or lean < -NEUTRAL_GENDER:
                continue
            salience = MENTION_SALIENCE - DECAY * math.log2(1 + sentence - named)
            if index in self._acted:
                salience = max(salience, SUBJECT_SALIENCE - DECAY * math.log2(1 + sentence - self._acted[index]))
            salience -= UNKNOWN_GENDER if lean < NEUTRAL_GENDER else 0.0
            salience += FREQUENCY * math.log1p(figure.mentions)
            if best == _NOBODY or salience > most or (salience == most and named >= self._named[best]):
                best, most = index, salience
        described = self._described.get(sign)
        if described is not None and NOMINAL_SALIENCE - DECAY * math.log2(1 + sentence - described) > most:
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
    salience, sentences = _SalienceModel(figures), 0
    for paragraph, cuts in zip(paragraphs, ends, strict=True):
        if paragraph.kind in ("heading", "break"):
            sentences += BREAK_LENGTH
            continue
        here = mentions.of_paragraph[paragraph.index]
        for at, event in _events(here, spoken.get(paragraph.index, ()), speakers):
            sentence = sentences + bisect_right(cuts, at)
            if isinstance(event, int):
                salience.add_mention(event, sentence, True)
            else:
                _read(event, salience, sentence, id(event) in tagging)
        sentences += len(cuts) + 1


def _events(
    mentions: Sequence[Mention], turns: Sequence[Turn], speakers: Mapping[int, int]
) -> list[tuple[int, Mention | int]]:
    """What brings a figure to mind in one paragraph, in order: a mention, or a speech of a figure (its index).

    Args:
        mentions: those of the paragraph.
        turns: those of the paragraph.
        speakers: ``Turn.index`` -> figure.
    """
    events: list[tuple[int, Mention | int]] = [(mention.start, mention) for mention in mentions if not mention.spoken]
    for turn in turns:
        speaker = speakers.get(turn.index, _NOBODY)
        if speaker >= 0:
            # What a tag's own pronoun means must not hang on who is thought to speak.
            behind_tags = max((tag.mention.end for tag in turn.tags if tag.mention), default=0)
            events += [(max(speech.start, behind_tags), speaker) for speech in turn.speeches]
    return sorted(events, key=lambda event: event[0])


def _read(mention: Mention, salience: _SalienceModel, sentence: int, tagging: bool) -> None:
    """Bring to mind what a mention of the narration means; of a pronoun, find that first."""
    acts = mention.subject or mention.acts_by_part or tagging
    if mention.figure >= 0:
        salience.add_mention(mention.figure, sentence, acts)
    elif mention.kind == "noun":
        if acts and mention.gender_sign:
            salience.add_nominal(mention.gender_sign, sentence)
    elif mention.gender_sign:
        mention.antecedent = salience.most_salient(mention.gender_sign, sentence)
        if mention.antecedent >= 0:
            salience.add_mention(mention.antecedent, sentence, True)
