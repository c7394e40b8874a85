"""Turn the labels of a play into the people who speak in it."""

from __future__ import annotations

import re

from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Age, Gender, Person, Role, name_key
from audiodrama.script.labelled.detect import Labelled
from audiodrama.script.labelled.speaker_labels import SpeakerLabel
from audiodrama.script.language import Language
from audiodrama.script.language.lists import FEMALE, MALE

_MIXED = re.compile(r"[^\W\d_]*[a-zß-öø-ÿ][^\W\d_]*")


class Dramatis:
    """Who is meant by the labels of one text."""

    def __init__(self, play: Labelled, roster: tuple[Role, ...]) -> None:
        """Read all labels. The source shows how a name is written that they have in capitals: "McTavish"."""
        labels = [row.label for row in play.rows if row.label]
        self._language = play.language
        self._roles = {name_key(name): role for role in reversed(roster) for name in (role.name, *role.aliases)}
        self._known = {label.key for label in labels}
        self._mixed: dict[str, str] = {}
        if any(label.caps for label in labels):
            wanted = {
                word.casefold() for label in labels for word in play.language.labels.name_part.findall(label.name)
            }
            for word in map(re.Match.group, _MIXED.finditer(play.document.source)):
                if word[0].isupper() and word.casefold() in wanted:
                    self._mixed.setdefault(word.casefold(), word)
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
        """The speaker that the user means by a name: a person of the casting, or one of that name."""
        role = self._roles.get(name_key(name))
        same = (label_name for label_name in self._names.values() if name_key(label_name) == name_key(name))
        return role.name if role else name if name in self._written else next(same, name)

    def person(self, name: str) -> Person:
        """The person of a name that ``speaker`` gave, or that the user decided on."""
        role = self._roles.get(name_key(name))
        aliases = {alias for alias in self._written.get(name, ()) if alias.casefold() != name.casefold()}
        if role and role.name == name:
            aliases.update(role.aliases)
        gender, age = _by_name(name, self._language)
        if role and role.gender != "unknown":
            gender = role.gender
        return Person(name, tuple(sorted(aliases - {name})), gender, (role.age if role else None) or age)

    def _settled(self, label: SpeakerLabel) -> str:
        """The speaker of a label: a role of the casting, CROWD, NARRATOR, UNKNOWN, or the name that the label has."""
        key, words = label.key, self._language.labels
        if role := self._roles.get(name_key(key)) or self._roles.get(name_key(f"{words.article} {key}")):
            return role.name
        for kind, labels in ((CROWD, words.crowd), (NARRATOR, words.narrators), (UNKNOWN, words.unknown)):
            if key in labels:
                return kind
        several = words.speakers_joined.split(key)
        if len(several) > 1 and any(part in self._known for part in several):
            return CROWD
        return " ".join(self._word(word, at) for at, word in enumerate(label.name.strip(" .").split()))

    def _word(self, word: str, at: int) -> str:
        """A word of a name as it is shown; words of labels in capitals are written as elsewhere in the text."""
        words = self._language.labels
        if at and word.casefold() in words.small:
            return word.casefold()
        if word.isupper() and len(word.rstrip(".")) > 1:
            if at == 0 and word == words.article.upper():
                return words.article
            return words.name_part.sub(self._as_in_the_text, word)
        return word.capitalize() if word.isalpha() and word.islower() else word

    def _as_in_the_text(self, part: re.Match[str]) -> str:
        """A part of a name in capitals as the text writes it elsewhere."""
        return self._mixed.get(part.group().casefold(), part.group().capitalize())


def _by_name(name: str, language: Language) -> tuple[Gender, Age]:
    """(gender, age) that titles, first names and occupations show."""
    lists, words = language.lists, [word.strip(".,").casefold() for word in name.split()]
    sign, age = 0, "adult"
    for word in words:
        role = lists.roles.get(word)
        sign = sign or lists.titles.get(word, 0)
        if role:
            sign, age = sign or role.gender, role.age if age == "adult" else age
        sign = sign or (lists.first_name_gender(word) if word == words[0] or lists.is_title(words[0]) else 0)
        if word in language.labels.old:
            age = "old"
    gender: Gender = "male" if sign == MALE else "female" if sign == FEMALE else "unknown"
    return gender, age  # type: ignore[return-value]
