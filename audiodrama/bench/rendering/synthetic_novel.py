"""Turn a number of words into a made-up novel of that length: the same text every time, and nobody's but ours.

Sentences are put together from parts, so that few are alike, as in a real book; about half of the lines are speech,
and one person, THE_QUIET_ONE, has about one line in twenty.
"""

from __future__ import annotations

from random import Random

THE_QUIET_ONE = "Tobias"
"""Who speaks about 5 % of all lines; the one to recast."""
SPEAKERS = ("Henrietta", "Corwin", "Philippa", "Magnus", "Rosalind")
"""Who speaks the others."""
QUIET_SHARE = 0.1
"""Share of the speeches, which are half of the lines."""

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
_WHEN = (
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
    """A novel of about ``words`` words, with a chapter for each 3,000.

    Args:
        words: how long.
        seed: another one gives another novel.
    """
    dice = Random(seed)
    parts: list[str] = []
    count = chapter = 0
    while count < words:
        if count >= chapter * 3000:
            chapter += 1
            parts.append(f"Chapter {chapter}")
        paragraph = _speech(dice) if dice.random() < 0.6 else _narration(dice)
        parts.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(parts) + "\n"


def _narration(dice: Random) -> str:
    return " ".join(_sentence(dice) for _ in range(dice.randint(1, 5)))


def _sentence(dice: Random) -> str:
    who, thing, place = dice.choice(SPEAKERS), dice.choice(_THINGS), dice.choice(_PLACES)
    number = dice.randint(2, 99)
    return dice.choice(
        (
            f"{dice.choice(_SKIES)}, and {number} steps away {who} {dice.choice(_DEEDS)} {thing} {dice.choice(_WHEN)}.",
            f"{who} {dice.choice(_DEEDS)} {thing} near {place}, as on page {number} of the diary.",
            f"There were {number} gulls on {place} {dice.choice(_WHEN)}.",
            f"In {place}, {dice.choice(_WHEN)}, {who} {dice.choice(_DEEDS)} {thing} for {number} minutes.",
        )
    )


def _speech(dice: Random) -> str:
    who = THE_QUIET_ONE if dice.random() < QUIET_SHARE else dice.choice(SPEAKERS)
    opening, reason = dice.choice(_OPENINGS), dice.choice(_REASONS)
    thing, place, number = dice.choice(_THINGS), dice.choice(_PLACES), dice.randint(2, 99)
    more = f"We left {thing} with {number} others, and {reason}."
    return f'"{opening} at {place}," {dice.choice(_TAGS)} {who}. "{more}"'
