"""Turn a predicted name into the character of a novel's cast that it means.

The first answer counts: the full name; its words without articles; without titles, if these do not contradict in
gender; all words of one name inside the other. Of several characters the one who speaks most is taken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from audiodrama.bench.attribution.novels import Novel

_MALE_TITLES_TEXT = (
    "mr master sir lord monsieur m herr signor senor uncle father brother king prince duke count baron earl squire"
)
_MALE_TITLES = frozenset(_MALE_TITLES_TEXT.split())
_FEMALE_TITLES_TEXT = (
    "mrs miss ms lady madame mme mlle mademoiselle frau fraulein signora signorina senora madam aunt "
    "mother sister queen princess duchess countess baroness dame mistress"
)
_FEMALE_TITLES = frozenset(_FEMALE_TITLES_TEXT.split())
_OTHER_TITLES_TEXT = (
    "dr doctor prof professor rev reverend captain capt colonel col major maj general gen lieutenant "
    "lieut lt sergeant sgt inspector constable judge bishop admiral dean comrade president saint st hon "
    "honourable right"
)
_OTHER_TITLES = frozenset(_OTHER_TITLES_TEXT.split())
_TITLES = _MALE_TITLES | _FEMALE_TITLES | _OTHER_TITLES
_IGNORED_WORDS_TEXT = "the a an that this my our your his her dear dearest old young poor little late"
_IGNORED_WORDS = frozenset(_IGNORED_WORDS_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, small, without the possessive; the whole name if it has no letters."""
    low = re.sub(r"['’]s\b", "", name.lower().replace("_", " "))
    return tuple(_WORD.findall(low)) or (name.strip().lower(),)


def _full(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without articles and the like; all of them if there are no others."""
    return tuple(word for word in words if word not in _IGNORED_WORDS) or words


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without titles either, maybe none."""
    return tuple(word for word in words if word not in _TITLES | _IGNORED_WORDS)


def _title_gender(words: tuple[str, ...]) -> str:
    """The gender that the first title with one shows; empty if none does."""
    gendered = (word for word in words if word in _MALE_TITLES | _FEMALE_TITLES)
    return next(("male" if word in _MALE_TITLES else "female" for word in gendered), "")


class _CastName(NamedTuple):
    """A name of a character of the novel."""

    name: str
    """The character's main name."""
    full: tuple[str, ...]
    """The words of the name without articles, as ``_full`` gives them."""
    bare: tuple[str, ...]
    """The words without titles too, as ``_bare`` gives them."""
    gender: str
    """The gender of the name's title, else the character's; empty if neither is known."""

    def contradicts(self, gender: str) -> bool:
        """Whether both genders are known and differ."""
        return bool(gender and self.gender and gender != self.gender)


class NameMatcher:
    """Finds characters of one novel by name."""

    def __init__(self, novel: Novel) -> None:
        self._speeches = Counter(quotation.speaker for quotation in novel.quotations)
        self._exact: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._cast_names: list[_CastName] = []
        for name, aliases in novel.cast.items():
            gender = novel.genders.get(name, "unknown")
            for alias in sorted(aliases):
                words = _words(alias)
                self._exact[words].add(name)
                shown = _title_gender(words) or (gender if gender != "unknown" else "")
                self._cast_names.append(_CastName(name, _full(words), _bare(words), shown))
        self._answers: dict[str, str] = {}

    def match(self, name: str) -> str:
        """The main name of the character that ``name`` means; empty if it means none."""
        if name not in self._answers:
            self._answers[name] = self._match(_words(name)) if name.strip() else ""
        return self._answers[name]

    def _most(self, names: Iterable[str]) -> str:
        """Of several characters the one who speaks most; empty if there are none."""
        return max(sorted(names), key=lambda name: self._speeches[name], default="")

    def _match(self, words: tuple[str, ...]) -> str:
        """The first answer of the four that the module's docstring lists."""
        exact = self._most(self._exact.get(words, ()))
        if exact and not self._speeches[exact]:
            # A character who never speaks hides one with a longer name who does.
            longer = {
                entry.name for entry in self._cast_names if set(words) < set(entry.full) and self._speeches[entry.name]
            }
            return longer.pop() if len(longer) == 1 else exact
        full = _full(words)
        name = exact or self._most(entry.name for entry in self._cast_names if entry.full == full)
        bare, gender = _bare(words), _title_gender(words)
        if name or not bare:
            return name
        agreeing = [entry for entry in self._cast_names if entry.bare and not entry.contradicts(gender)]
        name = self._most(entry.name for entry in agreeing if entry.bare == bare)
        wanted = set(bare)
        inside = (entry for entry in agreeing if wanted <= set(entry.bare) or set(entry.bare) <= wanted)
        return name or self._most(entry.name for entry in inside)
