"""Turn a row of text into the label that names its speaker: a cue, a name before a colon, a chat's name and time.

Forms: the cue line of a screenplay (``MAUD (V.O.)``, Fountain's ``@McTavish``; see fountain.io/syntax), ``Maud: ...``
and ``MAUD (rising): ...`` of interviews and plays, ``MAUD. ...`` of printed plays, ``[10:01] maud: ...`` and
``<maud> ...`` of chats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiodrama.script.language import lexicon

_DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?[ T]{1,2})?"
_CLOCK = rf"{_DAY}\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d{{1,3}})?(?: ?[AaPp]\.?[Mm]\b\.?)?"
_STAMP = rf"(?:[\[(] ?{_CLOCK} ?[\])]|{_CLOCK})(?: ?[-–—](?= ))?"
_NAME = r"[^\W_][^\n:!?;,\"“”«»()\[\]<>@*]{0,39}?"
_HOW = r"(?: ?[(\[](?P<how>[^()\[\]]{1,120})[)\]])?"
_CHAT = re.compile(
    rf"(?P<stamp>{_STAMP})? ?"
    r"(?:<[@+%~&]?(?P<nick>[^<>\s][^<>]{0,39})>|(?P<named>[^\s:<>\[\]][^:<>\[\]]{0,39}):)(?= |$)"
)
_AFTER = re.compile(rf"(?P<name>{_NAME}) ?(?P<stamp>[\[(]{_CLOCK}[\])]) ?:(?= |$)")
_COLON = re.compile(rf"(?P<name>{_NAME}){_HOW} ?:(?= |$)")
_DOT = re.compile(rf"(?P<name>{_NAME}){_HOW}\.(?: |[—–]|--?)")
_CUE = re.compile(rf"(?P<forced>@?)(?P<name>{_NAME})(?P<extras>(?: ?\([^()]{{1,40}}\)){{0,3}})[.:]? ?\^?")
_SLUG = re.compile(r"(?:\d{1,4}[A-Z]?\.? )?(?:(?:INT|EXT|EST|I/E)\b[./ ]|(?:Int|Ext)\.[ /])[^a-z]|\.[A-Z0-9][^a-z]{2}")
_TRANSITION = re.compile(
    r"(?:[A-Z][A-Z ]{0,30} TO|FADE[ -](?:IN|OUT|UP|TO BLACK)|(?:CUT|SMASH CUT|DISSOLVE) TO BLACK|INTERCUT"
    r"|DISSOLVE|BLACKOUT)[:.]{0,3}|> ?[^<]{1,60}"
)
_TIME_ONLY = re.compile(rf"{_STAMP}|-{{2,}}[^-]{{1,40}}-{{2,}}")
_STAMPED = re.compile(rf"{_STAMP} ")
_LONGEST = 60
_LINK_WORDS = "of the de la le du von van der den da del di al and & y to in at with"
_LINKS = frozenset(_LINK_WORDS.split())
_OTHER_WORDS = (
    "note notes nb warning http https ftp ps subject re fw fwd date to from cc bcc sent chapter scene act part "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december ingredients method summary title author result total example that this "
    "there here he she it they we you i the a an and but so then thus yes no is was said asked cried follows"
)
_NO_NAMES = frozenset(_OTHER_WORDS.split())
_ROMAN = re.compile(r"[IVXLC]+")
_FALLS_AWAY = re.compile(r"(?:cont|v\.? ?o|o\.? ?[sc]|off|on|filter|pre-?lap|subtitle|into|over)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """Who speaks a row, as the row itself says."""

    name: str
    """As it is written, without what is around it."""
    end: int
    """Where the words of the speech begin in the row."""
    stamp: int = 0
    """Where the time stamp before the name ends; 0 if there is none."""
    how: str = ""
    """The direction in brackets behind the name."""
    chat: bool = False
    """Whether it has a form that only chats have."""
    caps: bool = False
    """Whether the name is in capitals."""
    alone: bool = False
    """Whether nothing follows it: the speech is in the rows below."""

    @property
    def key(self) -> str:
        """The same for all the ways to write the name."""
        return " ".join(self.name.casefold().split()).strip(" .")


def is_slug(text: str) -> bool:
    """Whether a row is a screenplay's scene heading: ``INT. KITCHEN - NIGHT``."""
    return len(text) <= 2 * _LONGEST and bool(_SLUG.match(text))


def is_transition(text: str) -> bool:
    """Whether a row tells the film's editor how to go on: ``CUT TO:``."""
    return len(text) <= _LONGEST and bool(_TRANSITION.fullmatch(text))


def is_stamp(text: str) -> bool:
    """Whether a row is the time of what follows and nothing else."""
    return len(text) <= _LONGEST and bool(_TIME_ONLY.fullmatch(text))


def stamp_end(text: str) -> int:
    """Where the time stamp that a row begins with ends; 0 if there is none."""
    found = _STAMPED.match(text)
    return found.end() if found else 0


def is_direction(text: str) -> bool:
    """Whether a row is wholly in brackets."""
    return len(text) > 2 and text[0] + text[-1] in ("()", "[]") and not set("()[]") & set(text[1:-1])


def read(text: str) -> SpeakerLabel | None:
    """The label that a row begins with, or is."""
    return _chat(text) or _before_colon(text) or _before_stop(text) or character_cue(text)


def character_cue(text: str) -> SpeakerLabel | None:
    """A row that is nothing but a name in capitals, or forced to be one by ``@``."""
    found = _CUE.fullmatch(text) if len(text) <= 2 * _LONGEST else None
    if not found or not (found["forced"] or (found["name"].isupper() and is_name(found["name"]))):
        return None
    if is_slug(text) or is_transition(text) or _ROMAN.fullmatch(found["name"]):
        return None
    return SpeakerLabel(found["name"], len(text), how=manner(found["extras"]), caps=True, alone=True)


def manner(brackets: str) -> str:
    """What directions in brackets say of the manner; "V.O." and "CONT'D" say nothing."""
    asides = (part.strip(" ()[].") for part in re.split(r"\)\s*\(", brackets))
    return ", ".join(_small(aside) for aside in asides if aside and not _FALLS_AWAY.match(aside))


def _small(aside: str) -> str:
    return aside.lower() if aside.isupper() else aside[0].lower() + aside[1:]


def is_name(name: str) -> bool:
    """Whether a label may be somebody's name: few words, with capitals if several."""
    words = name.split()
    if not 1 <= len(words) <= 5 or (len(words) > 1 and words[0].casefold().strip(".") in _NO_NAMES - {"the"}):
        return False
    if any("." in word[:-1] or (word[-1] == "." and len(word) > 2 and not lexicon.is_title(word)) for word in words):
        return False
    if len(words) == 1:
        if len(name) == 1:
            return name.isupper()  # Q and A.
        return name.casefold() not in _NO_NAMES
    return all(word[0].isupper() or word[0].isdigit() or word in _LINKS for word in words)


def _chat(text: str) -> SpeakerLabel | None:
    found = _CHAT.match(text)
    if found and (found["stamp"] or found["nick"]):
        name = (found["nick"] or found["named"]).strip()
        return _label(text, found, name, len(found["stamp"] or ""), chat=True)
    found = _AFTER.match(text)
    return _label(text, found, found["name"].strip(), 0, chat=True) if found and is_name(found["name"]) else None


def _before_colon(text: str) -> SpeakerLabel | None:
    found = _COLON.match(text)
    if not found or not is_name(found["name"]) or is_transition(text):
        return None
    return _label(text, found, found["name"].strip(), how=manner(found["how"] or ""))


def _before_stop(text: str) -> SpeakerLabel | None:
    found = _DOT.match(text)
    while found and lexicon.is_title(found["name"]):
        # The stop of "MRS." is not the label's.
        longer = re.compile(rf"(?P<name>{re.escape(found['name'])}\. {_NAME}){_HOW}\.(?: |[—–]|--?)").match(text)
        found = longer if longer and longer.end() > found.end() else None
    if not found or not found["name"].isupper() or len(found["name"]) < 2 or not is_name(found["name"]):
        return None
    if _ROMAN.fullmatch(found["name"]) or is_slug(text):
        return None
    groups = found.groupdict()
    return _label(text, found, found["name"].strip(), how=manner(groups.get("how") or ""))


def _label(
    text: str, found: re.Match[str], name: str, stamp: int = 0, *, how: str = "", chat: bool = False
) -> SpeakerLabel | None:
    if not any(map(str.isalnum, name)):
        return None
    end = found.end()
    while end < len(text) and text[end] == " ":
        end += 1
    return SpeakerLabel(name, end, stamp, how, chat, name.isupper() and len(name) > 1, end == len(text))
