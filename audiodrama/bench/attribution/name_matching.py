"""Turn a predicted name into the person of a novel's cast that it means.

The first answer counts: the full name; its words without articles; without titles, if these do not contradict in
gender; all words of one name inside the other. Of several the one who speaks most is taken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from audiodrama.bench.attribution.novels import Novel

_MEN = frozenset(
    [
        "mr",
        "master",
        "sir",
        "lord",
        "monsieur",
        "m",
        "herr",
        "signor",
        "senor",
        "uncle",
        "father",
        "brother",
        "king",
        "prince",
        "duke",
        "count",
        "baron",
        "earl",
        "squire",
    ]
)
_WOMEN = frozenset(
    [
        "mrs",
        "miss",
        "ms",
        "lady",
        "madame",
        "mme",
        "mlle",
        "mademoiselle",
        "frau",
        "fraulein",
        "signora",
        "signorina",
        "senora",
        "madam",
        "aunt",
        "mother",
        "sister",
        "queen",
        "princess",
        "duchess",
        "countess",
        "baroness",
        "dame",
        "mistress",
    ]
)
_EITHER = frozenset(
    [
        "dr",
        "doctor",
        "prof",
        "professor",
        "rev",
        "reverend",
        "captain",
        "capt",
        "colonel",
        "col",
        "major",
        "maj",
        "general",
        "gen",
        "lieutenant",
        "lieut",
        "lt",
        "sergeant",
        "sgt",
        "inspector",
        "constable",
        "judge",
        "bishop",
        "admiral",
        "dean",
        "comrade",
        "president",
        "saint",
        "st",
        "hon",
        "honourable",
        "right",
    ]
)
_TITLES = _MEN | _WOMEN | _EITHER
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "that",
        "this",
        "my",
        "our",
        "your",
        "his",
        "her",
        "dear",
        "dearest",
        "old",
        "young",
        "poor",
        "little",
        "late",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _words(name: str) -> tuple[str, ...]:
    low = re.sub(r"['’]s\b", "", name.lower().replace("_", " "))
    return tuple(_WORD.findall(low)) or (name.strip().lower(),)


def _full(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _ARTICLES) or words


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _TITLES | _ARTICLES)


def _sex(words: tuple[str, ...]) -> str:
    return next(("male" if w in _MEN else "female" for w in words if w in _MEN | _WOMEN), "")


class Matcher:
    """Finds people of one novel by name."""

    def __init__(self, novel: Novel) -> None:
        self._speeches = Counter(q.speaker for q in novel.quotations)
        self._exact: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._known: list[tuple[str, tuple[str, ...], tuple[str, ...], str]] = []
        for name, aliases in novel.cast.items():
            gender = novel.genders.get(name, "unknown")
            for alias in sorted(aliases):
                words = _words(alias)
                self._exact[words].add(name)
                sex = _sex(words) or (gender if gender != "unknown" else "")
                self._known.append((name, _full(words), _bare(words), sex))
        self._answers: dict[str, str] = {}

    def match(self, name: str) -> str:
        """The main name of the person meant; empty if nobody is."""
        if name not in self._answers:
            self._answers[name] = self._match(_words(name)) if name.strip() else ""
        return self._answers[name]

    def _most(self, names: Iterable[str]) -> str:
        return max(sorted(names), key=lambda name: self._speeches[name], default="")

    def _match(self, words: tuple[str, ...]) -> str:
        found = self._most(self._exact.get(words, ()))
        if found and not self._speeches[found]:
            # Somebody who never speaks hides one with a longer name who does.
            longer = {n for n, full, _, _ in self._known if set(words) < set(full) and self._speeches[n]}
            return longer.pop() if len(longer) == 1 else found
        found = found or self._most(n for n, full, _, _ in self._known if full == _full(words))
        bare, sex = _bare(words), _sex(words)
        if found or not bare:
            return found
        agreeing = [
            (n, other) for n, _, other, theirs in self._known if other and not (sex and theirs and sex != theirs)
        ]
        found = self._most(n for n, other in agreeing if other == bare)
        mine = set(bare)
        return found or self._most(n for n, other in agreeing if mine <= set(other) or set(other) <= mine)
