"""Turn a casting's roles into those that belong to this text: one casting file may cast many stories.

A role none of whose names is in the text changes nothing, nor does "the old man" of a list that is about others.
The narrator of another story in the first person narrates this one only if it is in the first person, too, and has no
"said Nora" of that narrator.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher

from audiodrama.model import Role, name_key
from audiodrama.script.characters.figures import NARRATOR_TAGS, narrator_tags
from audiodrama.script.language import Language
from audiodrama.script.quotes.manuscript import Manuscript

FIRST_PERSON = "I"
"""The name of a narrator that no one calls by name; a role can have it among its aliases."""
_STRAIGHT = str.maketrans("‘’`", "'''")
_RATE = 200
"""One "I" in so many words of narration: a story in the first person has five times as many."""
_LONG_ENOUGH = 6
"""Letters of a word that may be misspelt."""
_NEARLY = 0.85
"""How much of such a word must be as it is in the text."""
_SAID_OF = 2
"""Tags that name the narrator in the third person; one may be a slip."""


def roles_of_story(manuscript: Manuscript, roster: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles that the text names, in the same order; ``narrates`` only where the text bears it out."""
    if not roster:
        return ()
    text, language = manuscript.text, manuscript.language
    folded = text.casefold()
    first_person = (
        is_first_person(manuscript) if any(r.narrates or FIRST_PERSON in _names(r) for r in roster) else False
    )
    roles = []
    roster = _expected(roster, text, folded, language)
    for role in roster:
        nameless = first_person and FIRST_PERSON in _names(role)
        role = _as_spelt(role, text, folded, language)
        if not nameless and not any(_occurs(name, text, folded, language) for name in _names(role)):
            continue
        narrates = nameless or (role.narrates and first_person and not _is_told_of(role, text, language))
        roles.append(role if narrates == role.narrates else replace(role, narrates=narrates))
    return _without_doubles(roles, language)


def _expected(roster: tuple[Role, ...], text: str, folded: str, language: Language) -> tuple[Role, ...]:
    """The roster without those named people of which the text has only "the old man", if it is about others.

    Where most of the named people of a list are in the text, the list was made for it, and one in it may have got a
    name that the text does not tell.
    """
    article = language.descriptions.article
    named = {
        role.name: [name for name in _names(role) if name != FIRST_PERSON and not article.match(name)]
        for role in roster
    }
    here = {name for name, own in named.items() if any(_occurs(n, text, folded, language) for n in own)}
    if 2 * len(here) >= sum(map(bool, named.values())):
        return roster
    return tuple(r for r in roster if not named[r.name] or r.name in here or r.narrates or FIRST_PERSON in r.aliases)


def _without_doubles(roles: list[Role], language: Language) -> tuple[Role, ...]:
    """The roles, without those that are no more than the surname of another: "Penrose" beside "Ann Penrose".

    Such a role, of which nothing else is said, is the one other person of that surname that the list calls by a title
    and the surname; and a "Mr. Penrose" is the one man that the list also calls by the bare surname. What it is called
    becomes another of that one's aliases.
    """
    surnames_of: dict[int, list[str]] = {}
    for role in roles:
        surname = role.name.split()[-1]
        if role.aliases or role.voice.name or role.narrates or role.age:
            continue
        if role.name == surname and role.gender == "unknown":
            holders = [
                i
                for i, other in enumerate(roles)
                if _has_surname(other, surname) and _is_formal(other, surname, language)
            ]
        elif _is_formal(role, surname, language):
            namesakes = [i for i, other in enumerate(roles) if other is not role and _has_surname(other, surname)]
            holders = [i for i in namesakes if surname in roles[i].aliases and roles[i].gender == "male"]
        else:
            continue
        if len(holders) == 1:
            surnames_of.setdefault(holders[0], []).append(role.name)
    gone = {name for names in surnames_of.values() for name in names}
    merged = [replace(r, aliases=(*r.aliases, *surnames_of[i])) if i in surnames_of else r for i, r in enumerate(roles)]
    return tuple(role for role in merged if role.name not in gone)


def _has_surname(role: Role, surname: str) -> bool:
    return len(role.name.split()) > 1 and role.name.split()[-1] == surname


def _is_formal(role: Role, surname: str, language: Language) -> bool:
    """Whether the list calls a role "Mr. Penrose", as narrators call a man that they also call "Penrose"."""
    titles = language.names.bare_surname
    titled = (alias.split() for alias in _names(role))
    return any(len(words) == 2 and words[1] == surname and words[0].rstrip(".").lower() in titles for words in titled)


def is_first_person(manuscript: Manuscript) -> bool:
    """Whether the narration says "I" as only narrators of their own story do."""
    if narrator_tags(manuscript) >= NARRATOR_TAGS:
        return True
    first_person = manuscript.language.traits.first_person_word
    uses = words = 0
    for paragraph in manuscript.paragraphs:
        if paragraph.kind in ("paragraph", "note"):
            for segment in paragraph.segments:
                if segment.kind == "narration":
                    uses += sum(1 for _ in first_person.finditer(manuscript.text, segment.start, segment.end))
                    words += manuscript.text.count(" ", segment.start, segment.end) + 1
    return uses >= 2 and uses * _RATE >= words


def _names(role: Role) -> tuple[str, ...]:
    return (role.name, *role.aliases)


def _occurs(name: str, text: str, folded: str, language: Language) -> bool:
    """Whether a name is in the text, as a whole or by one of its own words: "Davy" of "Davy Pruett"."""
    name, lists = name.translate(_STRAIGHT), language.lists
    if name == FIRST_PERSON:
        return False
    article = language.descriptions.article.match(name)
    if article:
        return _is_in(name[article.end() :].casefold(), folded)
    described = " " in name or name.casefold() in lists.roles
    if _is_in(name, text) or _is_in(name.upper(), text) or (described and _is_in(name.casefold(), folded)):
        return True
    words = [word for word in name.split() if word[:1].isupper() and not lists.is_title(word)]
    return any(_is_in(word, text) for word in words if word.lower() not in lists.not_names)


def _as_spelt(role: Role, text: str, folded: str, language: Language) -> Role:
    """The role, with the spelling of the text for a name of several words of which the list misspells one."""
    lacking = [name for name in _names(role) if not _occurs_whole(name, text, folded, language)]
    spellings = [_in_other_letters(name, text, folded, language) or _spelling(name, text, language) for name in lacking]
    spellings = [spelling for spelling in spellings if spelling and spelling not in _names(role)]
    return replace(role, aliases=(*role.aliases, *spellings)) if spellings else role


def _occurs_whole(name: str, text: str, folded: str, language: Language) -> bool:
    name = name.translate(_STRAIGHT)
    return _is_in(name, text) or _is_in(language.descriptions.article.sub("", name, count=1).casefold(), folded)


def _in_other_letters(name: str, text: str, folded: str, language: Language) -> str:
    """How the text writes "zoë" or "JOSÉ", whose letter case is the list's own; empty where it has no such name."""
    words = name.translate(_STRAIGHT)
    if language.descriptions.article.match(words) or words.casefold() in language.lists.roles or words == FIRST_PERSON:
        return ""
    if words.casefold() not in folded:
        return ""
    spellings = Counter(
        match.group()
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
        if match.group()[:1].isupper() and name_key(match.group()) == name_key(name)
    )
    return spellings.most_common(1)[0][0] if spellings else ""


def _spelling(name: str, text: str, language: Language) -> str:
    """How the text spells "Josiah Bounderbey": the one name that has all its words but one, and that one nearly."""
    words = language.descriptions.article.sub("", name.translate(_STRAIGHT), count=1).split()
    for at, word in enumerate(words):
        if (
            len(words) < 2
            or len(word) < _LONG_ENOUGH
            or not word[0].isupper()
            or not all(w[0].isupper() for w in words)
        ):
            continue
        pattern = " ".join(rf"({word[0]}[^\W\d_]{{5,}})" if i == at else re.escape(w) for i, w in enumerate(words))
        spellings = {match.group(1) for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)}
        similar = {other for other in spellings if _is_near(word, other)}
        if len(similar) == 1:
            return " ".join([*words[:at], *similar, *words[at + 1 :]])
    return ""


def _is_near(word: str, other: str) -> bool:
    """Whether two words are the same but for a letter, or but for the order of letters."""
    return sorted(word) == sorted(other) or SequenceMatcher(None, word, other).ratio() >= _NEARLY


def _is_in(word: str, text: str) -> bool:
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, at + 1)
    return False


def _is_told_of(role: Role, text: str, language: Language) -> bool:
    """Whether the narration has tags like "said Nora": another one narrates."""
    verbs = "|".join(sorted(language.lists.speech_verbs))
    names = "|".join(re.escape(name.translate(_STRAIGHT)) for name in _names(role) if name != FIRST_PERSON)
    if not names:
        return False
    tag = re.compile(rf"[\"”’'] (?:(?:{names}) (?:{verbs})|(?:{verbs}) (?:{names}))\b")
    return sum(1 for _ in zip(tag.finditer(text), range(_SAID_OF), strict=False)) == _SAID_OF
