"""Take a name apart into titles and other words, and gather the names of one person."""

from __future__ import annotations

from dataclasses import dataclass, field

from audiodrama.script.language import Language
from audiodrama.script.language.lists import ANY


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart."""

    titles: tuple[str, ...]
    """Lower case, without full stops."""
    words: tuple[str, ...]
    """The rest, without links such as "de"."""
    title_gender: int
    """By the first title that tells one: MALE, FEMALE or ANY."""
    gender: int
    """By title, else by first name where the name has one: MALE, FEMALE or ANY."""


@dataclass(slots=True)
class NameCluster:
    """Names for one person."""

    names: dict[str, int] = field(default_factory=dict)
    """Name -> how often it is used."""
    forms: list[NameParts] = field(default_factory=list)
    """The same names taken apart."""
    gender: int = ANY
    """By the first of them that tells one: MALE, FEMALE or ANY."""
    listed: bool = False
    """Whether the user listed it: its gender and names are facts."""
    paragraphs: set[int] = field(default_factory=set)
    """Where one of its names is narrated."""

    @property
    def weight(self) -> int:
        """Uses of all its names."""
        return sum(self.names.values())

    @property
    def first_titles(self) -> set[str]:
        """The title that each name with one opens with."""
        return {parts.titles[0] for parts in self.forms if parts.titles}

    @property
    def first_names(self) -> list[str]:
        """The first words of its names of several words, in alphabetical order."""
        return sorted({parts.words[0] for parts in self.forms if len(parts.words) > 1})

    def add(self, name: str, parts: NameParts, count: int) -> None:
        """Take in another name, which the text uses so often."""
        self.names[name] = self.names.get(name, 0) + count
        self.forms.append(parts)
        self.gender = self.gender or parts.gender


def split_name(name: str, language: Language) -> NameParts:
    """Titles in front, then the other words; a lone title stays a word."""
    lists, article = language.lists, language.descriptions.definite
    words = [word for word in name.split() if word not in lists.link_words and word.lower() != article]
    at = 0
    while at < len(words) - 1 and lists.is_title(words[at]):
        at += 1
    titles, rest = tuple(word.rstrip(".").lower() for word in words[:at]), tuple(words[at:])
    by_title = next((gender for title in titles if (gender := lists.titles[title])), ANY)
    if by_title or not rest or (titles and len(rest) == 1):
        return NameParts(titles, rest, by_title, by_title)
    return NameParts(titles, rest, by_title, lists.first_name_gender(rest[0]))
