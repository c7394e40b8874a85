"""Turn descriptions that carry speech tags ("said the waiter") into figures where no name can be behind them.

A calling ("the waiter") is a person like one with a name. A generic description ("the old man", "her mother") may stand
for a figure that has a name: its own figure speaks only where none with a name fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from audiodrama.model import Age
from audiodrama.script.characters.figures import CERTAIN_GENDER, Figure
from audiodrama.script.language import Language
from audiodrama.script.language.lists import ANY, RoleWord
from audiodrama.script.quotes.manuscript import Manuscript

_SHORT = 90
"""Characters in which a description and its verb stand."""
_LEAST_NAMED = 10
"""One in so many uses of "the Colonel" must be by name, for it to be the Colonel Brandon of the text."""
_SHORTEST = 3
"""Letters of a head."""
_NOUN_GENDER = CERTAIN_GENDER / 15
"""Weight of the gender of a noun: "the waiter" is a man unless pronouns often say otherwise."""
_ADJECTIVES = 3
"""How many of them a description has at most."""
_LATELY = 1500
"""Characters before a self-introduction in which the one who names himself has been described."""


@dataclass(slots=True)
class _Described:
    """A description by its head."""

    phrase: str
    """The first one with this head that tags a speech, without its article."""
    places: list[int] = field(default_factory=list)
    """Where it does, in the text."""


def _speaking(manuscript: Manuscript) -> dict[str, _Described]:
    """Head -> the description that tags speeches, or acts beside them."""
    heads: dict[str, _Described] = {}
    language, present = manuscript.language, manuscript.present
    for paragraph in manuscript.paragraphs:
        segments = paragraph.segments
        if not paragraph.speech:
            continue
        for at, segment in enumerate(segments):
            if segment.kind != "narration":
                continue
            words = manuscript.text[segment.start : segment.end]
            beside = at and segments[at - 1].kind == "speech"
            description = _tagging(words[:_SHORT], language) if beside else None
            description = description or _acting(words[:_SHORT], present, language)
            description = description or (None if at else _at_work(words, present, language))
            if description:
                more, head = description
                heads.setdefault(head, _Described(more + head)).places.append(segment.start)
    return heads


def _tagging(words: str, language: Language) -> tuple[str, str] | None:
    """(adjectives, head) of the description that is the subject of a speech tag."""
    verbs, patterns = language.lists.speech_verbs, language.descriptions
    inverted, reply = patterns.inverted_tag.match(words), patterns.reply.match(words)
    if inverted and inverted.group(1).lower() in verbs:
        return inverted.group(2), inverted.group(3)
    return _subject(words, verbs.__contains__, language) or ((reply.group(1), reply.group(2)) if reply else None)


def _acting(words: str, present: bool, language: Language) -> tuple[str, str] | None:
    """(adjectives, head) of the description of one who acts beside a speech: "The old woman held them out."."""
    if not words.lstrip()[:1].isupper():
        return None
    description = _subject(words, lambda word: language.is_finite(word, present), language)
    return description if description and description[1].lower() in language.lists.roles else None


def _at_work(words: str, present: bool, language: Language) -> tuple[str, str] | None:
    """(adjectives, head) of the first description by a calling that is the subject of a later sentence."""
    for stop in language.descriptions.next_sentence.finditer(words):
        description = _acting(words[stop.end() : stop.end() + _SHORT], present, language)
        if description and language.lists.roles[description[1].lower()].kind == "post":
            return description
    return None


def _subject(words: str, is_verb: Callable[[str], bool], language: Language) -> tuple[str, str] | None:
    """(adjectives, head) of the description that words begin with, if a verb follows it, perhaps behind an adverb."""
    described = language.descriptions.opening.match(words)
    parts = described.group(1).split(" ") if described else []
    for at in range(1, min(len(parts), _ADJECTIVES + 2)):
        verb = at + (parts[at].endswith(language.endings.adverb) and at + 1 < len(parts))
        if is_verb(parts[verb]):
            return "".join(f"{part} " for part in parts[: at - 1]), parts[at - 1]
    return None


def _is_a_figures(head: str, figures: list[Figure], text: str, language: Language) -> bool:
    """Whether "the Colonel" is the Colonel Brandon of this text, and not another one."""
    holders = [f for f in figures if head.lower() in f.roles]
    if not holders:
        return False
    named = sum(text.count(alias) for f in holders for alias in f.aliases)
    return named * _LEAST_NAMED >= text.count(f"{language.descriptions.definite} {head}")


def _introduce(head: str, figures: list[Figure], text: str, language: Language) -> bool:
    """Learn from "Phoebe was the youngest reporter" or "the inspector, Mr. Crane" whose calling it is."""
    for introduction in language.descriptions.calling_of(head).finditer(text):
        last = next(name for name in introduction.groups() if name)
        holders = [f for f in figures if any(alias.split()[-1] == last for alias in f.aliases)]
        if len(holders) == 1:
            holders[0].roles.add(head.lower())
            return True
    return False


def _introductions(manuscript: Manuscript, figures: list[Figure]) -> list[tuple[int, Figure]]:
    """(place, figure) for each speech whose speaker tells a name that was not heard before: "Name's Ray."."""
    text, introductions = manuscript.text, list[tuple[int, Figure]]()
    own_name = manuscript.language.names.own_name
    for paragraph in manuscript.paragraphs:
        for segment in paragraph.speech:
            for name in own_name.finditer(text, segment.start, segment.end):
                holders = [f for f in figures if name.group(1) in f.aliases]
                if len(holders) == 1 and all(text.find(a, 0, name.start(1)) < 0 for a in holders[0].aliases):
                    introductions.append((paragraph.end, holders[0]))
    return introductions


def _known_as(described: _Described, introductions: list[tuple[int, Figure]]) -> Figure | None:
    """The figure that turns out to be meant: "Name's Ray," says the trucker, and the narrator calls him Ray."""
    return next(
        (figure for at, figure in introductions if any(at - _LATELY < place < at for place in described.places)), None
    )


def _is_generic(head: str, role: RoleWord | None, count: int) -> bool:
    """Whether a description may stand for many, so that it makes no figure with that name."""
    if role:
        return role.kind in ("kin", "loose") and head.islower()
    return head.islower() and count < 2


def _age(phrase: str, role: RoleWord | None, language: Language) -> Age:
    """By the noun, else by an adjective: a "little girl" is a child, an "old man" is old."""
    traits = language.traits
    words = phrase.lower().split()
    if traits.diminutive in words and role and role.age == "young":
        return "child"
    if role and role.age != "adult":
        return role.age
    return next((age for word, age in traits.adjective_ages.items() if word in words), "adult")


def learn_age(figure: Figure, description: str, language: Language) -> None:
    """Take the age that a description tells, where it stands for a figure with a name: "said the old man"."""
    age = _age(description, language.lists.roles.get(description.split()[-1].lower()), language)
    if figure.age == "adult" and not figure.listed and age in ("old", "child"):
        figure.age = age


def _tell_ages(text: str, figures: list[Figure], language: Language) -> None:
    """Learn from "Wren Tully, who was eight" and "Hatch, ninety," how old a figure is."""
    for statement in language.traits.years.finditer(text):
        holders = [f for f in figures if any(alias.split()[-1] == statement.group(1) for alias in f.aliases)]
        if len(holders) == 1 and holders[0].age == "adult" and not holders[0].listed:
            holders[0].age = "old" if statement.group(2) in language.traits.old_years else "child"


def add_described_figures(manuscript: Manuscript, figures: list[Figure]) -> None:
    """Add a figure for each description that speaks and is not the name of another; learn ages."""
    language = manuscript.language
    definite, lists = language.descriptions.definite, language.lists
    _tell_ages(manuscript.text, figures, language)
    known_names = {a.lower() for f in figures for a in f.aliases}
    known_names |= {a.lower().removeprefix(f"{definite} ") for a in known_names}
    introductions = _introductions(manuscript, figures)
    for head, described in _speaking(manuscript).items():
        low = head.lower()
        if low in known_names or low in lists.no_heads or low in lists.not_names or len(low) < _SHORTEST:
            continue
        figure = None if any(low in f.roles for f in figures) else _known_as(described, introductions)
        if figure:
            figure.aliases.add(f"{definite} {described.phrase}")
            figure.roles.add(low)
        else:
            _describe(head, described, figures, manuscript)


def _describe(head: str, described: _Described, figures: list[Figure], manuscript: Manuscript) -> None:
    """Add a figure for a description, unless it is the calling of another."""
    low, text, language = head.lower(), manuscript.text, manuscript.language
    role = language.lists.roles.get(low)
    loose = _is_generic(head, role, len(described.places))
    if not loose and _is_a_figures(head, figures, text, language):
        return
    if not loose and head.islower() and _introduce(head, figures, text, language):
        return
    name = f"{language.descriptions.definite} {described.phrase if loose else head}"
    figure = Figure(len(figures), name, set() if loose else {name}, role=low, roles={low}, generic=loose)
    figure.add_gender_evidence(role.gender if role else ANY, _NOUN_GENDER)
    figure.age = _age(described.phrase, role, language)
    figures.append(figure)
