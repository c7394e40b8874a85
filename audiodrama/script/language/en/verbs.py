"""How English inflects its verbs, and which words may be one."""

from __future__ import annotations

from audiodrama.script.language.lists import Lists

_SHORTEST = 3
"""Letters of a word that is too short to have an ending: "red", "his"."""


def inflect(entry: str) -> tuple[str, ...]:
    """The forms that an entry of a list of verbs stands for: "laugh" or, irregular, "spit spat spits"."""
    verb, *irregular = entry.split()
    if irregular:
        present = [verb] if verb != "quoth" else []
        return (*irregular, *present)
    if verb.endswith("e"):
        return verb, verb + "d", verb + "s", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb, verb + "ed", verb + "es", verb + "ing"
    return verb, verb + "ed", verb + "s", verb + "ing"


def is_finite(word: str, present: bool, lists: Lists) -> bool:
    """Whether a word, lower case, may be the verb of a subject.

    Args:
        word: the word.
        present: whether the narration is in the present tense, where many more words may be one.
        lists: the word lists of English.
    """
    if (word.endswith("ed") and len(word) > _SHORTEST) or word in lists.finite_verbs:
        return True
    ending = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > _SHORTEST
    return present and ending and word not in lists.no_verbs
