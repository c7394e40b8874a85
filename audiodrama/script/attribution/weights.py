"""Turn kinds of evidence into log-odds: the weights of everything that the words around a turn tell.

The table is ordered as a reader would look: a tag first, then what the characters do beside the speech, what the
speech itself says, the narration above it, and last who talks here at all. Each line has an example, the figure
that the weight is for (Ada, where nothing else is said).

All are set by hand, by reading what ``python -m audiodrama.bench attribution`` says of 19 novels of the Project
Dialogism Novel Corpus (text only, 83.5 percent overall). Learning all of them from LitBank, with these as a prior, lost
1.1 to 2.4 points on those novels.
"""

from __future__ import annotations

from dataclasses import dataclass

from audiodrama.script.characters.figures import NEUTRAL_GENDER, Figure


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of every kind of evidence that one turn has."""

    # A tag that names the speaker.
    tag: float = 9.0
    """'"Go," said Ada.'"""
    weak_tag: float = 5.0
    """'"Go." Ada laughed.': the verb, or its place, may mean no more than what she does."""
    namesake: float = 1.0
    """'"Go," said Miss Finch.', and there are two of them: taken off for the one not named last."""
    hearer: float = -4.5
    """'"Go," he said to Ada.'"""

    # A tag that describes the speaker.
    indefinite: float = 9.0
    """'"Go," said a young woman.': for the figure that these words bring in."""
    calling: float = 4.0
    """'"Go," said the nurse.', and Ada is the nurse; against a figure that is another thing."""
    distinct_calling: float = 1.0
    """The same, more, for the figure known only as the nurse, where it is a post or a creature."""
    generic: float = 1.0
    """'"Go," said the old woman.': for the figure that stands for these words only."""
    same_words: float = 1.0
    """The same, more, where it was found by the very same words: "the old woman" again."""
    other_description: float = -0.7
    """'"Go," said the woman.': for a figure known by another description."""
    referent: float = 1.0
    """'"Go," said the old woman.': factor of the log share that Ada has in such tags elsewhere."""

    # A tag with a pronoun.
    wrong_gender: float = 6.0
    """'"Go," he said.': taken off; by that much times how female she is."""
    gender: float = 1.2
    """'"Go," she said.': by that much times how female she is."""
    antecedent: float = 1.8
    """'Ada rose. "Go," she said.': named last; half of it for the one before, and so on."""
    acting: float = 0.7
    """The same, more, for the last one who acts: 'Ada looked at Ben\'s sister. "Go," she said.'"""
    local: float = 1.5
    """The same, more, where the name stands in the paragraph of the speech."""
    salient: float = 1.0
    """The same, more, if she is most in mind as ``pronouns`` tells and a paragraph stands between."""
    chain: float = 1.2
    """The same, more, if she acts in the paragraph, before the speech."""

    # A beat: what a character does in the paragraph of the speech.
    beat: float = 4.8
    """'Ada rose. "Go."'"""
    late_beat: float = 2.5
    """'"Go." Then Ada rose.'"""
    part_beat: float = 4.0
    """'Ada\'s voice shook. "Go."'"""
    owner_beat: float = 1.6
    """'Ada\'s dog barked. "Go."'"""
    noun_beat: float = 2.5
    """'The nurse rose. "Go."', and Ada is the nurse."""
    pronoun_beat: float = 0.7
    """'She rose. "Go."', and "she" means Ada."""
    pronoun_beat_gender: float = 0.6
    """The same: factor of ``gender`` and ``wrong_gender``."""
    named_beside: float = 1.2
    """'Ben rose before Ada did. "Go."': named, and not what a preposition governs."""

    # The words of the speech, and of the speeches beside it.
    self_introduced: float = 6.0
    """'"I am Ada."'"""
    vocative_here: float = -4.0
    """'"Go, Ada."'"""
    named_here: float = -2.0
    """'"I saw Ada go."'"""
    vocative_before: float = 3.0
    """'"Come, Ada." "No."': she answers."""
    vocative_asked: float = 1.2
    """The same, more, if her name ends a question: '"Where to, Ada?"'"""
    vocative_after: float = 0.8
    """'"Go." "Yes, Ada."': she was answered."""
    address_gender: float = 0.3
    """'"No, madam." "Go."': factor of ``gender`` and ``wrong_gender`` for the turns beside it."""
    addressee: float = 0.6
    """'"Come," he said to Ada. "No."': she answers."""

    # The paragraph of narration right above, for its last subject.
    above_speaking: float = 2.5
    """'Ada turned and began.': she begins to speak."""
    above_short: float = 2.2
    """'Ada rose.': less than ``BEAT_LENGTH`` characters, and the speech has no narration beside it."""
    above_silent: float = 1.4
    """'Ada rose and went to the window ...': longer, and no narration beside the speech."""
    above: float = 0.8
    """The same, where the speech has narration of its own."""
    above_reacting: float = -0.6
    """'Ada only looked at him.': she leaves the word to the other."""

    # Who talks here at all.
    speaks_nearby: float = 0.9
    """Factor of the logarithm of how much she speaks in the turns around."""
    recency: float = 0.22
    """Taken off for every figure named since her, up to ``FARTHEST``."""
    frequency: float = 0.12
    """Factor of the logarithm of her mentions in the whole text."""
    untagged: float = -0.5
    """No tag in the whole text names her, and she does not narrate."""
    listed: float = 0.6
    """A casting file lists her."""


@dataclass(frozen=True, slots=True)
class TurnTaking:
    """Log-odds of one speaker after others, where the turns are near each other."""

    continues: float = 9.0
    """The speech of the paragraph before was not closed, so the same speaker goes on."""
    same_paragraph: float = -5.0
    """The same speaker in two turns of one paragraph, which were cut since their tags differ."""
    same_speaker: float = -3.0
    """The same speaker in the next paragraph: '"Go." "Now."'"""
    same_speaker_later: float = -0.1
    """The same speaker after narration: '"Go." The clock struck. "Now."'"""
    after_reaction: float = 1.0
    """The same speaker after the other one only looked: '"Go." Ben looked at her. "Now."'"""
    alternates_bare: float = 2.3
    """The speaker before the last again, and no narration is beside the speech: an author who lets two people talk
    trusts the reader to count."""
    alternates: float = 1.3
    """The same, where narration beside the speech tells of it."""
    alternates_later: float = 0.5
    """The same, with narration between."""


WEIGHTS = Weights()
TURN_TAKING = TurnTaking()
PRESENCE_SCALE = 3
"""Factor of what ``nearby_presence`` tells, under the logarithm: a whole turn right before counts as log 4."""
FARTHEST = 8
"""Figures named since a candidate, of which more do not count."""


def gender_evidence(figure: Figure, sign: int) -> float:
    """Evidence of a gender for a figure: a little for, much against.

    Args:
        figure: a candidate; a narrator is "I", and neither "he" nor "she".
        sign: MALE or FEMALE, as a pronoun or a noun tells.
    """
    if figure.narrates:
        return -WEIGHTS.wrong_gender
    lean = figure.gender_lean * sign
    return WEIGHTS.gender * lean if lean >= -NEUTRAL_GENDER else WEIGHTS.wrong_gender * max(lean, -1.0)
