"""Turn narration into the tense that it is told in, and words into verbs: in the present many more may be one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audiodrama.script.language import lexicon
from audiodrama.script.quotes.segments import Segment

_TOLD = re.compile(r"\b(?:(says|asks|replies|answers|is|has|does)|(?:said|asked|replied|answered|was|had|did))\b")
_NO_VERBS = lexicon.group("no_verbs")


def is_in_present(text: str, segments: Iterable[Segment]) -> bool:
    """Whether the narration says "says" and "is" rather than "said" and "was"."""
    present = past = 0
    for segment in segments:
        if segment.kind == "narration":
            for found in _TOLD.finditer(text, segment.start, segment.end):
                present, past = present + bool(found.group(1)), past + (not found.group(1))
    return present > past


def is_finite(word: str, present: bool) -> bool:
    """Whether a word, lower case, may be the verb of a subject. ``present``: in a text told in the present tense."""
    if (word.endswith("ed") and len(word) > 3) or word in lexicon.finite_verbs():
        return True
    ending = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > 3
    return present and ending and word not in _NO_VERBS
