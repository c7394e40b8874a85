"""Turn a row of text into the label that names its speaker: a cue, a name before a colon, a chat's name and time.

Forms: the cue line of a screenplay (``MAUD (V.O.)``, Fountain's ``@McTavish``; see fountain.io/syntax), ``Maud: ...``
and ``MAUD (rising): ...`` of interviews and plays, ``MAUD. ...`` of printed plays, ``[10:01] maud: ...`` and
``<maud> ...`` of chats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiodrama.script.language import Language

# Behind each alternative stands an example, and in brackets a file of ``tests/cases`` that is read otherwise without
# it.

# A date before a time of day: "2026-11-23 ", "23/11/2026, " (chat-from-a-telephone.txt).
_DAY = r"(?: \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?[ T]{1,2} )?"
_CLOCK = rf"""
    {_DAY} \d{{1,2}}[:.]\d\d        # "10:01", "10.01"
    (?: [:.]\d\d )?                 # seconds: "10:01:07" (chat-with-every-form-of-time.txt)
    (?: [.,]\d{{1,3}} )?            # parts of a second: "10:01:07.250" (chat-with-every-form-of-time.txt)
    (?: [ ]?[AaPp]\.?[Mm]\b\.? )?   # "10:01 PM", "10:04 a.m." (chat-with-every-form-of-time.txt)
"""
_STAMP = rf"""
    (?: [\[(][ ]?{_CLOCK}[ ]?[\])]  # "[10:01]" (chat-with-time-stamps.txt)
      | {_CLOCK}                    # "10:01" (chat-with-names-in-angles.txt)
    )
    (?: [ ]?[-–—](?=[ ]) )?         # "23/11/2026, 10:01 - " (chat-from-a-telephone.txt)
"""
# A name as a label may have it: no mark of a sentence and no bracket, 40 characters at most.
_NAME = r"[^\W_][^\n:!?;,\"“”«»()\[\]<>@*]{0,39}?"
# The direction in brackets behind a name: "MAUD (rising): No." (play-without-blank-lines.txt).
_DIRECTION = r"(?: [ ]?[(\[](?P<how>[^()\[\]]{1,120})[)\]] )?"
_CHAT = re.compile(
    rf"""
    (?P<stamp>{_STAMP})? [ ]?
    (?: <[@+%~&]?(?P<nick>[^<>\s][^<>]{{0,39}})>      # "<maud> no", "<@maud> no" (chat-with-names-in-angles.txt)
      | (?P<named>[^\s:<>\[\]][^:<>\[\]]{{0,39}}):    # "[10:01] maud: no" (chat-with-time-stamps.txt)
    )
    (?=[ ]|$)
    """,
    re.VERBOSE,
)
# "Maud [10:01]: no" (chat-with-every-form-of-time.txt).
_AFTER = re.compile(rf"(?P<name>{_NAME})[ ]?(?P<stamp>[\[(]{_CLOCK}[\])])[ ]?:(?=[ ]|$)", re.VERBOSE)
# "Maud: No.", "MAUD (rising): No." (interview.txt).
_COLON = re.compile(rf"(?P<name>{_NAME}) {_DIRECTION} [ ]?:(?=[ ]|$)", re.VERBOSE)
# The stop behind a name: "MAUD. No.", "MAUD.—No.", "MAUD.--No." (play-in-printed-form.txt).
_STOP = r"\.(?:[ ]|[—–]|--?)"
_DOT = re.compile(rf"(?P<name>{_NAME}) {_DIRECTION} {_STOP}", re.VERBOSE)
_CUE = re.compile(
    rf"""
    (?P<forced>@?)                                   # Fountain's "@McTavish" (screenplay.txt)
    (?P<name>{_NAME})
    (?P<extras>(?:[ ]?\([^()]{{1,40}}\)){{0,3}})     # "MAUD (V.O.) (angrily)" (screenplay.txt)
    [.:]? [ ]?\^?                                    # "MAUD ^": two at once (screenplay-as-fountain-writes-it.txt)
    """,
    re.VERBOSE,
)
# The examples are from chat-with-every-form-of-time.txt.
_TIME_ONLY = re.compile(
    rf"""
    {_STAMP}                     # "10:04 a.m."
  | -{{2,}}[^-]{{1,40}}-{{2,}}    # "--- 23 November ---"
    """,
    re.VERBOSE,
)
_STAMPED = re.compile(rf"{_STAMP}[ ]", re.VERBOSE)
_LONGEST = 60
"""Characters of a row that is a transition or a time; a scene heading or a cue may have twice as many."""
_MOST_WORDS = 5
"""Words of a speaker's name at most."""
_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """Who speaks a row, as the row itself says."""

    name: str
    """The name as the row writes it, without what is around it."""
    end: int
    """Offset in the row where the words of the speech begin."""
    stamp: int = 0
    """Offset in the row where the time stamp before the name ends; 0 if there is none."""
    delivery: str = ""
    """The direction in brackets behind the name."""
    chat: bool = False
    """Whether the label has a form that only chats have."""
    caps: bool = False
    """Whether the name is in capitals."""
    alone: bool = False
    """Whether nothing follows the label: the speech is in the rows below."""

    @property
    def key(self) -> str:
        """The name in small letters, the same for all the ways to write it."""
        return " ".join(self.name.casefold().split()).strip(" .")


def is_slug(text: str, language: Language) -> bool:
    """Whether a row is a screenplay's scene heading: ``INT. KITCHEN - NIGHT``."""
    return len(text) <= 2 * _LONGEST and bool(language.labels.scene_heading.match(text))


def is_transition(text: str, language: Language) -> bool:
    """Whether a row tells the film's editor how to go on: ``CUT TO:``."""
    return len(text) <= _LONGEST and bool(language.labels.transition.fullmatch(text))


def is_stamp(text: str) -> bool:
    """Whether a row is the time of what follows and nothing else."""
    return len(text) <= _LONGEST and bool(_TIME_ONLY.fullmatch(text))


def stamp_end(text: str) -> int:
    """Where the time stamp that a row begins with ends; 0 if there is none."""
    match = _STAMPED.match(text)
    return match.end() if match else 0


def is_direction(text: str) -> bool:
    """Whether a row is wholly in brackets."""
    return len(text) > 2 and text[0] + text[-1] in ("()", "[]") and not set("()[]") & set(text[1:-1])


def read(text: str, language: Language) -> SpeakerLabel | None:
    """The label that a row begins with, or is."""
    return (
        _chat(text, language)
        or _before_colon(text, language)
        or _before_stop(text, language)
        or character_cue(text, language)
    )


def character_cue(text: str, language: Language) -> SpeakerLabel | None:
    """A row that is nothing but a name in capitals, or forced to be one by ``@``."""
    match = _CUE.fullmatch(text) if len(text) <= 2 * _LONGEST else None
    if not match or not (match["forced"] or (match["name"].isupper() and is_name(match["name"], language))):
        return None
    if is_slug(text, language) or is_transition(text, language) or _ROMAN.fullmatch(match["name"]):
        return None
    return SpeakerLabel(
        match["name"], len(text), delivery=delivery_of(match["extras"], language), caps=True, alone=True
    )


def delivery_of(brackets: str, language: Language) -> str:
    """What directions in brackets say of the delivery; "V.O." and "CONT'D" say nothing."""
    asides = (part.strip(" ()[].") for part in re.split(r"\)\s*\(", brackets))
    return ", ".join(_small(aside) for aside in asides if aside and not language.labels.no_delivery.match(aside))


def _small(aside: str) -> str:
    """The direction with a small first letter; all of it small if it is in capitals."""
    return aside.lower() if aside.isupper() else aside[0].lower() + aside[1:]


def is_name(name: str, language: Language) -> bool:
    """Whether a label may be a speaker's name: few words, with capitals if several."""
    words, labels = name.split(), language.labels
    if not 1 <= len(words) <= _MOST_WORDS:
        return False
    if len(words) > 1 and words[0].casefold().strip(".") in labels.no_names - {labels.article}:
        return False
    is_title = language.lists.is_title
    if any("." in word[:-1] or (word[-1] == "." and len(word) > 2 and not is_title(word)) for word in words):
        return False
    if len(words) == 1:
        if len(name) == 1:
            return name.isupper()  # Q and A.
        return name.casefold() not in labels.no_names
    return all(word[0].isupper() or word[0].isdigit() or word in labels.links for word in words)


def _chat(text: str, language: Language) -> SpeakerLabel | None:
    """The label of a chat's row: a time stamp or a name in <>, or a time stamp behind the name."""
    match = _CHAT.match(text)
    if match and (match["stamp"] or match["nick"]):
        name = (match["nick"] or match["named"]).strip()
        return _label(text, match, name, len(match["stamp"] or ""), chat=True)
    match = _AFTER.match(text)
    if not match or not is_name(match["name"], language):
        return None
    return _label(text, match, match["name"].strip(), 0, chat=True)


def _before_colon(text: str, language: Language) -> SpeakerLabel | None:
    """The label of a play or an interview: a name before a colon."""
    match = _COLON.match(text)
    if not match or not is_name(match["name"], language) or is_transition(text, language):
        return None
    return _label(text, match, match["name"].strip(), delivery=delivery_of(match["how"] or "", language))


def _before_stop(text: str, language: Language) -> SpeakerLabel | None:
    """The label of a printed play: a name in capitals before a stop."""
    match = _DOT.match(text)
    while match and language.lists.is_title(match["name"]):
        # The stop of "MRS." is not the label's.
        longer = re.compile(
            rf"(?P<name>{re.escape(match['name'])}\.[ ]{_NAME}) {_DIRECTION} {_STOP}", re.VERBOSE
        ).match(text)
        match = longer if longer and longer.end() > match.end() else None
    if not match or not match["name"].isupper() or len(match["name"]) < 2 or not is_name(match["name"], language):
        return None
    if _ROMAN.fullmatch(match["name"]) or is_slug(text, language):
        return None
    groups = match.groupdict()
    return _label(text, match, match["name"].strip(), delivery=delivery_of(groups.get("how") or "", language))


def _label(
    text: str, match: re.Match[str], name: str, stamp: int = 0, *, delivery: str = "", chat: bool = False
) -> SpeakerLabel | None:
    """The label that a pattern matches; None if its name has no letter or digit.

    Args:
        text: the row.
        match: the match of the pattern, from the row's beginning.
        name: the speaker's name.
        stamp: offset where the time stamp before the name ends.
        delivery: what a direction in brackets says.
        chat: whether only chats have this form.
    """
    if not any(map(str.isalnum, name)):
        return None
    end = match.end()
    while end < len(text) and text[end] == " ":
        end += 1
    return SpeakerLabel(name, end, stamp, delivery, chat, name.isupper() and len(name) > 1, end == len(text))
