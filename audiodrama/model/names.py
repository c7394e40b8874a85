"""Turn a character's name, however it is written, into a key that tells it from other names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from audiodrama.model.script import CROWD, NARRATOR, UNKNOWN

_RESERVED = {NARRATOR: NARRATOR, UNKNOWN: UNKNOWN, CROWD: CROWD, f"the {NARRATOR}": NARRATOR, f"the {CROWD}": CROWD}
"""Key of a name -> what it stands for, which is no character."""
_STRAIGHT = str.maketrans("‘’`", "'''")


def name_key(name: str) -> str:
    """What two ways to write one name have in common: letter case, Unicode form, apostrophes, spaces do not count.

    The case folding is Unicode's canonical caseless matching (The Unicode Standard, 3.13, definition D145).
    """
    if name.isascii():
        return " ".join(name.casefold().split()).translate(_STRAIGHT)
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return " ".join(unicodedata.normalize("NFC", folded).split()).translate(_STRAIGHT)


def names_meant(name: str, known_names: Iterable[str]) -> tuple[str, ...]:
    """Which of the known names a name means: that very name, else all that are written otherwise and are the same.

    None: it is new. Several: it is ambiguous.
    """
    known_names = tuple(dict.fromkeys(known_names))
    if name in known_names:
        return (name,)
    key = name_key(name)
    return tuple(known for known in known_names if name_key(known) == key)


def reserved(name: str) -> str:
    """NARRATOR, UNKNOWN or CROWD where a name is one of these words in any letters; else empty."""
    word = _RESERVED.get(name_key(name), "")
    return word if word and not name_key(name).startswith("the ") else ""


def reserved_alias(name: str) -> str:
    """The same for an alias of a character, which may not be "the narrator" either."""
    return _RESERVED.get(name_key(name), "")


class SpellingIndex:
    """The names of a script's speakers, each with one spelling."""

    def __init__(self, people_names: Iterable[str]) -> None:
        """``people_names``: of the script's people, aliases included; speakers who are not among them may come."""
        self._resolved: dict[str, tuple[str, ...]] = {name: (name,) for name in people_names}
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._resolved:
            self._by_key[name_key(name)].append(name)

    def meant(self, name: str) -> tuple[str, ...]:
        """The name that is meant by one as it is written; several if it is ambiguous. A new one means itself."""
        if name not in self._resolved:
            known = self._by_key[name_key(name)]
            word = reserved(name)
            self._resolved[name] = (word,) if word else tuple(sorted(known)) or (name,)
            if not known and not word:
                known.append(name)
        return self._resolved[name]
