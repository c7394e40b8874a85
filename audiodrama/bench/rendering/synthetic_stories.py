"""Turn a number into a short story of about 150 words, the same one every time: something to fill a batch with.

Sentences are put together from parts, so that hardly any stands in two stories: no take is saved by luck.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

_NAMES = ("Ida", "Walter", "Maud", "Jonas", "Petra", "Conrad", "Selma", "Oskar", "Greta", "Felix", "Agnes", "Leopold")
_WHO = (
    "a gull",
    "the postman's dog",
    "somebody in a green hat",
    "the last tram",
    "a boy with a kite",
    "the night watchman",
)
_DOES = (
    "went along the railing",
    "stopped by the pump",
    "came out of the fog",
    "looked in at the door",
    "passed below",
)
_AND = (
    "looked at them sideways",
    "was gone again",
    "did not come back",
    "thought better of it",
    "made no sound at all",
)
_WHEN = (
    "On Tuesday",
    "Before the rain",
    "After the second bell",
    "Every other night",
    "In my aunt's time",
    "Once already",
)
_WHAT = (
    "the piano",
    "that map",
    "the ice",
    "the boat house key",
    "your letter",
    "the wrong lamp",
    "our last lemon",
)
_DID = (
    "was still here",
    "belonged to the baker",
    "cost more than the house",
    "kept us all awake",
    "fell into the well",
)
_WHY = (
    "I would swear to that",
    "and nobody said so",
    "if you remember",
    "which proves my point",
    "more or less",
)
_TAGS = ("said {}", "{} asked", "{} answered", "whispered {}", "{} muttered", "replied {}")
EXCHANGES = 4
"""Pairs of speeches in a story."""


def anecdote(number: int) -> str:
    """The text of story ``number``: two people, who are met in many other stories too."""
    dice = Random(number)
    people = dice.sample(_NAMES, 2)
    paragraphs = [f"Number {number}", _beat(dice)]
    for _ in range(EXCHANGES):
        paragraphs.append(_beat(dice))
        paragraphs += [f'"{_speech(dice)}," {dice.choice(_TAGS).format(name)}.' for name in people]
    return "\n\n".join((*paragraphs, _beat(dice))) + "\n"


def _beat(dice: Random) -> str:
    who = dice.choice(_WHO)
    return f"{who[0].upper()}{who[1:]} {dice.choice(_DOES)}, {dice.randint(2, 99)} steps away, and {dice.choice(_AND)}."


def _speech(dice: Random) -> str:
    return f"{dice.choice(_WHEN)} {dice.choice(_WHAT)} {dice.choice(_DID)}, {dice.choice(_WHY)}"


def write_anecdotes(folder: Path, count: int) -> list[Path]:
    """Stories 1 to ``count`` as files of ``folder``, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(1, count + 1):
        written.append(folder / f"story-{number:04d}.txt")
        written[-1].write_text(anecdote(number), encoding="utf-8")
    return written
