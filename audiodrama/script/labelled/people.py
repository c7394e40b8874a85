"""Turn the labels of a play into the people who speak in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Age, Gender, Person, Role
from audiodrama.script.labelled.speaker_labels import SpeakerLabel
from audiodrama.script.language import lexicon
from audiodrama.script.language.lexicon import FEMALE, MALE

_MIXED = re.compile(r"[^\W\d_]*[a-zß-öø-ÿ][^\W\d_]*")
_PART = re.compile(r"(?<!['’])[^\W\d_]+(?:['’]S\b)?|(?<=['’])[^\W\d_]{2,}")
_TOGETHER = frozenset(
    ("all", "both", "crowd", "chorus", "everybody", "everyone", "omnes", "together", "others", "the others", "voices")
)
_TELLERS = frozenset(("narrator", "the narrator", "narration", "announcer"))
_NOBODY = frozenset(("unknown", "?", "???"))
_SMALL_WORDS = "of the and de la le du von van der den da del di"
_SMALL = frozenset(_SMALL_WORDS.split())


class Dramatis:
    """Who is meant by the labels of one text."""

    def __init__(self, labels: Sequence[SpeakerLabel], source: str, roster: tuple[Role, ...]) -> None:
        """``source`` shows how a name is written that its labels have in capitals: "McTavish"."""
        self._roles = {name.casefold(): role for role in reversed(roster) for name in (role.name, *role.aliases)}
        self._known = {label.key for label in labels}
        self._mixed: dict[str, str] = {}
        if any(label.caps for label in labels):
            wanted = {word.casefold() for label in labels for word in _PART.findall(label.name)}
            for found in _MIXED.finditer(source):
                if found.group()[0].isupper() and found.group().casefold() in wanted:
                    self._mixed.setdefault(found.group().casefold(), found.group())
        self._names: dict[str, str] = {}
        self._written: dict[str, set[str]] = {}
        for label in labels:
            name = self.speaker(label)
            self._written.setdefault(name, set()).add(label.name)

    def speaker(self, label: SpeakerLabel) -> str:
        """The name of the person, or NARRATOR, CROWD, UNKNOWN."""
        if label.key not in self._names:
            self._names[label.key] = self._settled(label)
        return self._names[label.key]

    def known(self, name: str) -> str:
        """Whom somebody means who decides on a name: a person of the casting, or that name."""
        role = self._roles.get(name.casefold())
        return role.name if role else name

    def person(self, name: str) -> Person:
        """The person of a name that ``speaker`` gave, or that somebody decided on."""
        role = self._roles.get(name.casefold())
        others = {other for other in self._written.get(name, ()) if other.casefold() != name.casefold()}
        if role and role.name == name:
            others.update(role.aliases)
        gender, age = _by_name(name)
        if role and role.gender != "unknown":
            gender = role.gender
        return Person(name, tuple(sorted(others - {name})), gender, (role.age if role else None) or age)

    def _settled(self, label: SpeakerLabel) -> str:
        key = label.key
        if role := self._roles.get(key) or self._roles.get(f"the {key}"):
            return role.name
        for kind, words in ((CROWD, _TOGETHER), (NARRATOR, _TELLERS), (UNKNOWN, _NOBODY)):
            if key in words:
                return kind
        several = re.split(r" and | & | / |/| \+ ", key)
        if len(several) > 1 and any(part in self._known for part in several):
            return CROWD
        return " ".join(self._word(word, at) for at, word in enumerate(label.name.strip(" .").split()))

    def _word(self, word: str, at: int) -> str:
        if at and word.casefold() in _SMALL:
            return word.casefold()
        if word.isupper() and len(word.rstrip(".")) > 1:
            if at == 0 and word == "THE":
                return "the"
            return _PART.sub(lambda part: self._mixed.get(part.group().casefold(), part.group().capitalize()), word)
        return word.capitalize() if word.isalpha() and word.islower() else word


def _by_name(name: str) -> tuple[Gender, Age]:
    """What titles, first names and callings tell."""
    words = [word.strip(".,").casefold() for word in name.split()]
    sign, age = 0, "adult"
    for word in words:
        role = lexicon.roles().get(word)
        sign = sign or lexicon.titles().get(word, 0)
        if role:
            sign, age = sign or role.gender, role.age if age == "adult" else age
        sign = sign or (lexicon.first_name_gender(word) if word == words[0] or lexicon.is_title(words[0]) else 0)
        if word in ("old", "aged"):
            age = "old"
    gender: Gender = "male" if sign == MALE else "female" if sign == FEMALE else "unknown"
    return gender, age  # type: ignore[return-value]
