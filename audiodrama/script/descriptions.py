"""Turn descriptions that carry speech tags ("said the waiter") into figures where no name can be behind them."""

from __future__ import annotations

import re
from collections import Counter

from audiodrama.script import lexicon
from audiodrama.script.lexicon import ANY
from audiodrama.script.manuscript import Manuscript
from audiodrama.script.people import SURE, Figure

_DESCRIBED = r"(?:[Tt]he|[Aa]n?) ((?:[^\W\d_]+(?:-[^\W\d_]+)* ){0,3}?)([^\W\d_]+(?:-[^\W\d_]+)*)"
_SAID_THE = re.compile(rf"^[ ,]*([a-zA-Z]+) {_DESCRIBED}(?=[,.;:!?]|$| (?:to|with|in|as|who|of|at|from|and|when|while|again|for|on|[a-z]+ly|[a-z]+ing)\b)")
_THE_SAID = re.compile(rf"^[ ,]*{_DESCRIBED} (?:[a-z]+ly )?([a-z]+)\b")
_NO_HEADS = frozenset("voice voices other others latter former first second same last one two moment time next rest".split())


def _tagged_heads(manuscript: Manuscript) -> Counter[str]:
    """Head of a description -> how many speeches it tags."""
    heads: Counter[str] = Counter()
    verbs = lexicon.speech_verbs()
    for paragraph in manuscript.paragraphs:
        segments = paragraph.segments
        for at, segment in enumerate(segments):
            if not at or segment.kind != "narration" or segments[at - 1].kind != "speech":
                continue
            words = manuscript.text[segment.start : min(segment.end, segment.start + 90)]
            found = _SAID_THE.match(words)
            if found and found.group(1).lower() in verbs:
                heads[found.group(3)] += 1
                continue
            found = _THE_SAID.match(words)
            if found and found.group(3) in verbs:
                heads[found.group(2)] += 1
    return heads


def describe_people(manuscript: Manuscript, figures: list[Figure]) -> None:
    """Add a figure for each calling that speaks and is nobody's known name."""
    known = {a.lower() for f in figures for a in f.aliases}
    known |= {a.lower().removeprefix("the ") for a in known}
    for head, count in _tagged_heads(manuscript).items():
        low = head.lower()
        role = lexicon.roles().get(low)
        if low in known or low in _NO_HEADS or low in lexicon.words("not_names") or len(low) < 3:
            continue
        if role is None and (head.islower() and count < 2):
            continue
        if role and role.kind in ("kin", "loose") and head.islower():
            continue
        figure = Figure(len(figures), f"the {head}", {f"the {head}"}, role=low, roles={low})
        if role:
            figure.tell_gender(role.gender, SURE / 15 if role.gender != ANY else 0.0)
            figure.age = role.age
        figures.append(figure)
