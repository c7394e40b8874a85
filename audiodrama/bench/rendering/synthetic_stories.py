"""Turn a number into a synthetic short story of about 150 words, the same one every time, for benchmarks of batches.

Sentences are put together from parts, so that hardly any stands in two stories and hardly any take is shared.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

_NAMES = ("Ida", "Walter", "Maud", "Jonas", "Petra", "Conrad", "Selma", "Oskar", "Greta", "Felix", "Agnes", "Leopold")
_SUBJECTS = (
    "a gull",
    "the postman's dog",
    "somebody in a green hat",
    "the last tram",
    "a boy with a kite",
    "the night watchman",
)
_DEEDS = (
    "went along the railing",
    "stopped by the pump",
    "came out of the fog",
    "looked in at the door",
    "passed below",
)
_ENDINGS = (
    "looked at them sideways",
    "was gone again",
    "did not come back",
    "thought better of it",
    "made no sound at all",
)
_TIMES = (
    "On Tuesday",
    "Before the rain",
    "After the second bell",
    "Every other night",
    "In my aunt's time",
    "Once already",
)
_THINGS = (
    "the piano",
    "that map",
    "the ice",
    "the boat house key",
    "your letter",
    "the wrong lamp",
    "our last lemon",
)
_FATES = (
    "was still here",
    "belonged to the baker",
    "cost more than the house",
    "kept us all awake",
    "fell into the well",
)
_REMARKS = (
    "I would swear to that",
    "and nobody said so",
    "if you remember",
    "which proves my point",
    "more or less",
)
_TAGS = ("said {}", "{} asked", "{} answered", "whispered {}", "{} muttered", "replied {}")
EXCHANGES = 4
"""Pairs of speeches in a story."""
_MOST_STEPS = 99
"""A number in each sentence of narration, 2 to this, makes most of them different."""


def short_story(number: int) -> str:
    """The text of story ``number``: a talk of two characters of a dozen who come back in the stories."""
    dice = Random(number)
    people = dice.sample(_NAMES, 2)
    paragraphs = [f"Number {number}", _beat(dice)]
    for _ in range(EXCHANGES):
        paragraphs.append(_beat(dice))
        paragraphs += [f'"{_speech(dice)}," {dice.choice(_TAGS).format(name)}.' for name in people]
    return "\n\n".join((*paragraphs, _beat(dice))) + "\n"


def _beat(dice: Random) -> str:
    """A sentence of narration."""
    subject = dice.choice(_SUBJECTS)
    deed, steps, ending = dice.choice(_DEEDS), dice.randint(2, _MOST_STEPS), dice.choice(_ENDINGS)
    return f"{subject[0].upper()}{subject[1:]} {deed}, {steps} steps away, and {ending}."


def _speech(dice: Random) -> str:
    """The words of one speech, without marks."""
    return f"{dice.choice(_TIMES)} {dice.choice(_THINGS)} {dice.choice(_FATES)}, {dice.choice(_REMARKS)}"


def write_stories(folder: Path, count: int) -> list[Path]:
    """Write the stories 1 to ``count`` into ``folder``, which is made if need be, and give their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, count + 1):
        paths.append(folder / f"story-{number:04d}.txt")
        paths[-1].write_text(short_story(number), encoding="utf-8")
    return paths
