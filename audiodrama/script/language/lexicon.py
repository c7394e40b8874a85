"""The word lists of English by their old names, until each module takes them from the Language of its document."""

from __future__ import annotations

from functools import cache

from audiodrama.script.language.en import ENGLISH
from audiodrama.script.language.lists import ANY, FEMALE, MALE, RoleWord

__all__ = ["ANY", "FEMALE", "MALE", "RoleWord"]


@cache
def words(name: str) -> frozenset[str]:
    """As ``Lists`` has it."""
    return frozenset(getattr(ENGLISH.lists, name))


@cache
def group(name: str) -> frozenset[str]:
    """As ``Lists`` has it."""
    return frozenset(ENGLISH.lists.groups[name])


def speech_verbs() -> frozenset[str]:
    """As ``Lists`` has it."""
    return ENGLISH.lists.speech_verbs


def voice_verbs() -> frozenset[str]:
    """As ``Lists`` has it."""
    return ENGLISH.lists.voice_verbs


def plain_forms() -> frozenset[str]:
    """As ``Lists`` has it."""
    return ENGLISH.lists.plain_verbs


def finite_verbs() -> frozenset[str]:
    """As ``Lists`` has it."""
    return ENGLISH.lists.finite_verbs


@cache
def titles() -> dict[str, int]:
    """As ``Lists`` has it."""
    return dict(ENGLISH.lists.titles)


@cache
def roles() -> dict[str, RoleWord]:
    """As ``Lists`` has it."""
    return dict(ENGLISH.lists.roles)


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """As ``Lists`` has it."""
    return dict(ENGLISH.lists.nicknames)


def first_name_gender(name: str) -> int:
    """As ``Lists`` has it."""
    return ENGLISH.lists.first_name_gender(name)


def is_title(word: str) -> bool:
    """As ``Lists`` has it."""
    return ENGLISH.lists.is_title(word)
