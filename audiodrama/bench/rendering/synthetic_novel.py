"""Turn a number of words into a synthetic novel of that length: the same text every time, and free of rights.

Sentences are put together from parts, so that few are alike, as in a real book; about half of the lines are speech,
and QUIET_SPEAKER has about one line in twenty.
"""

from __future__ import annotations

from random import Random

QUIET_SPEAKER = "Tobias"
"""The speaker of about 5 percent of all lines, who is recast."""
SPEAKERS = ("Henrietta", "Corwin", "Philippa", "Magnus", "Rosalind")
"""The speakers of the other lines."""
QUIET_SHARE = 0.1
"""Share of the speeches that are the quiet speaker's; speeches are half of the lines."""
CHAPTER = 3000
"""Words of a chapter at least."""
_SPEECHES = 0.6
"""Share of the paragraphs that are speech. Each holds a tag too, so that half of all lines are spoken by characters."""
_MOST_SENTENCES = 5
"""Sentences of a paragraph of narration at most."""
_LARGEST = 99
"""A number in each sentence, 2 to this, makes most of them different."""

_PLACES = (
    "the boathouse",
    "the upper gallery",
    "the old weir",
    "the signal hut",
    "the orchard wall",
    "the ferry stage",
)
_THINGS = (
    "a brass key",
    "the torn chart",
    "two cold lanterns",
    "a ledger",
    "the missing oar",
    "a jar of nails",
    "the blue coat",
)
_DEEDS = (
    "turned over",
    "carried away",
    "counted twice",
    "forgot about",
    "held up to the light",
    "pushed aside",
    "described",
)
_SKIES = (
    "Rain came in from the estuary",
    "The fog would not lift",
    "A thin sun stood over the roofs",
    "The wind had dropped",
    "Frost lay on every rail",
)
_TIMES = (
    "before breakfast",
    "towards evening",
    "on the third day",
    "while the bell was still ringing",
    "without a word",
    "after the tide had turned",
)
_OPENINGS = (
    "I never said that",
    "You might have asked me",
    "Nobody has seen it since",
    "That is not what I remember",
    "Then we had better hurry",
    "It was there last night",
)
_REASONS = (
    "the water is rising",
    "somebody has moved it",
    "the last boat goes at nine",
    "the door was never locked",
    "my sister would know",
    "there is nothing left to hide",
)
_TAGS = (
    "said",
    "asked",
    "answered",
    "whispered",
    "said",
    "murmured",
    "said",
    "muttered",
)


def novel(words: int, seed: int = 1) -> str:
    """A novel of about ``words`` words, in chapters of CHAPTER words.

    Args:
        words: the novel's length; the last paragraph goes beyond it.
        seed: another seed gives another novel.
    """
    dice = Random(seed)
    parts: list[str] = []
    count = chapter = 0
    while count < words:
        if count >= chapter * CHAPTER:
            chapter += 1
            parts.append(f"Chapter {chapter}")
        paragraph = _speech(dice) if dice.random() < _SPEECHES else _narration(dice)
        parts.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(parts) + "\n"


def _narration(dice: Random) -> str:
    """A paragraph of narration."""
    return " ".join(_sentence(dice) for _ in range(dice.randint(1, _MOST_SENTENCES)))


def _sentence(dice: Random) -> str:
    """A sentence of narration."""
    actor, thing, place = dice.choice(SPEAKERS), dice.choice(_THINGS), dice.choice(_PLACES)
    number = dice.randint(2, _LARGEST)
    # The order of these choices is the order of the random numbers: the text depends on it.
    return dice.choice(
        (
            f"{dice.choice(_SKIES)}, and {number} steps away {actor} "
            f"{dice.choice(_DEEDS)} {thing} {dice.choice(_TIMES)}.",
            f"{actor} {dice.choice(_DEEDS)} {thing} near {place}, as on page {number} of the diary.",
            f"There were {number} gulls on {place} {dice.choice(_TIMES)}.",
            f"In {place}, {dice.choice(_TIMES)}, {actor} {dice.choice(_DEEDS)} {thing} for {number} minutes.",
        )
    )


def _speech(dice: Random) -> str:
    """A paragraph of two speeches with a tag between them."""
    speaker = QUIET_SPEAKER if dice.random() < QUIET_SHARE else dice.choice(SPEAKERS)
    opening, reason = dice.choice(_OPENINGS), dice.choice(_REASONS)
    thing, place, number = dice.choice(_THINGS), dice.choice(_PLACES), dice.randint(2, _LARGEST)
    more = f"We left {thing} with {number} others, and {reason}."
    return f'"{opening} at {place}," {dice.choice(_TAGS)} {speaker}. "{more}"'
