"""Turn the opening of a passage into the reason for which it is no part of the story, or into none.

A label that no story uses ("A/N:", "Author's note:") is believed anywhere; the others ("Summary:", "PS:") only at the
edges: at the top or the end of the file, or of a chapter. Whatever is not certain stays in the story.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NOTE = "author's note"
POSTSCRIPT = "postscript to the reader"
_A = r"[\[({<*_\s]{0,4}"
_S = r"[*_\s]{0,4}(?:[:=—–~]|--?\s|-)"
_CERTAIN = re.compile(
    rf"{_A}(?:(?:author|writer|translator|editor)['’`]?s?['’]?\s+(?:end\s?)?(?:note|comment|remark)s?\b"
    rf"|A/?N\d?(?={_S}|[\])]|$))",
    re.IGNORECASE,
)
_AN_CAPS = re.compile(rf"{_A}(?:A/[Nn]|a/n|AN{_S})")
_LABELS = {
    "disclaimer": "disclaimer",
    "disclaimers": "disclaimer",
    "legal disclaimer": "disclaimer",
    "note": NOTE,
    "notes": NOTE,
    "end note": NOTE,
    "end notes": NOTE,
    "chapter notes": NOTE,
    "beginning notes": NOTE,
    "warning": "content warning",
    "warnings": "content warning",
    "content warning": "content warning",
    "content warnings": "content warning",
    "trigger warning": "content warning",
    "trigger warnings": "content warning",
    "cw": "content warning",
    "tw": "content warning",
}
_FIELDS_WORDS = (
    "title|author|authors|rating|rated|pairing|pairings|fandom|fandoms|category|categories|genre|genres|"
    "summary|spoilers|spoiler|archive|archived|distribution|feedback|website|url|timeline|published|"
    "updated|completed|chapters|language|beta|betas|beta reader|keywords|dedication|archive warning|"
    "archive warnings|relationship|relationships|additional tags|tags|stats|collections|written for|"
    "classification|challenge|author's website|translator|release date|universe|continuity|sequel to|"
    "cover art|ships|words|word count"
)
_FIELDS = frozenset(_FIELDS_WORDS.split("|"))
# Fields that a letter or a report in a story could begin with: believed beside one of the others.
_WEAK_WORDS = (
    "date setting length type content characters character status email e-mail story by ship posted "
    "recipient series prompt notes note"
)
_WEAK = frozenset(_WEAK_WORDS.split())
_LONG = frozenset(("summary", "dedication", "feedback", "distribution", "archive", "spoilers", *_LABELS))
_FIELD = re.compile(r"[\[(*_\s]{0,4}(?P<name>[A-Za-z][A-Za-z'’/ -]{1,24}?)(?:\(s\))?[*_\s]{0,4}:[*_\s]*(?P<value>.*)$")
_SPOILERS = re.compile(
    r"[*_\s]{0,3}spoilers?\b(?=\s*(?:[:-]|for|through|up|warning|ahead|to|of|include|$))", re.IGNORECASE
)
_REVIEW = re.compile(
    r"(?:(?:so |and |well,? )?(?:please|pls|plz),?\s(?:(?:read and |do )?review|r ?& ?r"
    r"|leave (?:me )?a (?:review|comment|kudos))"
    r"|r ?& ?r\b|read (?:and|&) review|reviews? (?:are|is|make|=|please|would|welcome)"
    r"|review(?:s)?[,!]? please|feedback (?:is|welcome|please)"
    r"|(?:comments|kudos)(?:,? (?:and|&) (?:comments|kudos|reviews))? (?:are|is|make|please|welcome|feed))",
    re.IGNORECASE,
)
_BETA = re.compile(
    r"(?=.{0,120}\bbeta(?:-?read(?:ers?|ing)?|s|ed|'d|’d)?\b)"
    r"(?=.{0,120}\b(?:thank|thanks|kudos|credit|unbeta)|beta(?:-?read|ed)\b.{0,9}\bby\b)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"[\[(*_\s]{0,4}(?:P\.? ?){1,3}S\.?(?=[\s:.,—–-])[\s:.,—–-]")
_TO_READER = re.compile(
    r"\b(?:review|reviews|chapter|chapters|story|stories|fic|fics|fanfic"
    r"|readers?|updates?|hiatus|beta|episode|writing)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"[\"“‘'«_*\s]*(?:(?:my (?:own )?)?(?:dear|dearest)\b"
    r"|(?:yours|love|sincerely|affectionately|regards|your)\b.{0,40}$)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\[(?:(?P<picture>illustrations?|picture|image|frontispiece|sidenote)\b"
    r"|(?P<foot>footnotes?)\b|(?P<scribe>transcriber))",
    re.IGNORECASE,
)
_SCRIBE = re.compile(r"[*_\s]{0,3}transcriber['’]?s?['’]? (?:note|comment)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^?(?P<mark>\d{1,3}|\*{1,3}|[†‡§A-Z])\]:?\s")


_SECTION = re.compile(
    r"(?P<note>(?:author|writer|translator)['’`]?s?['’]? (?:end ?)?notes?|a/?n|notes?|disclaimers?|end notes)"
    r"|(?P<thanks>acknowledge?ments?)|(?P<about>about the (?:author|writer))$",
    re.IGNORECASE,
)


class View(NamedTuple):
    """What the rules look at."""

    text: str
    """The opening of the passage, on one line."""
    lines: tuple[str, ...]
    """The opening of each of its first lines."""
    last: str
    """Its last character."""
    front: bool
    """Whether nothing of the story came before it in the file."""
    edge: bool
    """Whether nothing of the chapter came before it."""
    after_skip: bool
    """Whether the passage before it is left out."""


class Verdict(NamedTuple):
    """Why a passage is left out."""

    reason: str
    """As `Skip.reason`."""
    note: bool
    """Whether it is a note, which can be asked back."""


def judge(view: View, referred: frozenset[str]) -> Verdict | None:
    """Say why a passage is no part of the story; None if it may be.

    Args:
        view: the passage.
        referred: the footnote marks that stand in the text.
    """
    text = view.text
    if is_note(text):
        return Verdict(NOTE, True)
    bracketed = _BRACKETED.match(text)
    if bracketed and view.last == "]":
        picture = "illustration" if bracketed["picture"] else "transcriber's note"
        return Verdict("footnote" if bracketed["foot"] else picture, False)
    if _SCRIBE.match(text):
        return Verdict("transcriber's note", False)
    foot = _FOOTNOTE.match(text)
    if foot and foot["mark"] in referred:
        return Verdict("footnote", False)
    return _at_edge(view) if view.front or view.edge else None


def _at_edge(view: View) -> Verdict | None:
    """Judge a passage that nothing of its chapter came before."""
    text = view.text
    name, value = field(view.lines[0])
    if name in _LABELS and not value.startswith(('"', "“")):
        return Verdict(_LABELS[name], True)
    if view.front:
        strong = [line for line in view.lines if field(line)[0] in _FIELDS]
        if name in _FIELDS or (name in _WEAK and (strong or view.after_skip)):
            return Verdict("story header", False)
        if _SPOILERS.match(text):
            return Verdict("spoiler warning", True)
        if _POSTSCRIPT.match(text):
            return Verdict(POSTSCRIPT, True)
    return to_readers(text)


def field(line: str) -> tuple[str, str]:
    """Give the name of a header field ("Rating: G") in small letters, and its value; both empty if it is none."""
    match = _FIELD.match(line)
    if not match:
        return "", ""
    return " ".join(match["name"].lower().replace("’", "'").split()), match["value"]


def is_header(name: str) -> bool:
    """Tell whether a field of this name belongs to the header of a story."""
    return name in _FIELDS or name in _WEAK or name in _LABELS


def runs_on(name: str) -> bool:
    """Tell whether the value of this field may go on in the next lines."""
    return name in _LONG


def is_note(text: str) -> bool:
    """Tell whether a passage that opens so is labelled as the author's note."""
    if _AN_CAPS.match(text):
        return True
    match = _CERTAIN.match(text)
    rest = text[match.end() :] if match else ""
    return bool(match) and bool(re.match(r"[\s*_)\]]*(?:[:=—–~.\-]|\(|$)|[\s*_]*<", rest))


def is_label(text: str) -> bool:
    """Tell whether such a label is all there is."""
    return len(text) < 40 and not re.search(r"[:=—–~-]\s*[\w\"“]", text) and text[-1:] not in ".!)"


def section(text: str) -> str:
    """Give the reason to leave out a section with this heading, or nothing."""
    match = _SECTION.match(text.strip("#*_:. \t")) if len(text) < 60 else None
    if not match or match.end() < len(text.strip("#*_:. \t")):
        return ""
    if match["thanks"]:
        return "thanks"
    return "about the author" if match["about"] else NOTE


def to_readers(text: str) -> Verdict | None:
    """Judge words at an edge to the readers or the helpers."""
    if text[0] in "\"“‘'«" or len(text) > 240:
        return None
    if _REVIEW.match(text):
        return Verdict("request for reviews", True)
    return Verdict("thanks", True) if _BETA.match(text) else None


def of_letter(text: str) -> bool:
    """Tell whether a passage that opens so begins or ends a letter."""
    return bool(_LETTER.match(text)) or (len(text) < 40 and text[-1] not in '.!?"”’*_' and not text.isupper())


def at_the_end(text: str, *, of_file: bool, in_letter: bool) -> Verdict | None:
    """Judge the last words of a chapter or of the file.

    A postscript at the end of the file is the writer's, unless a letter comes before it and it does not speak of
    stories.
    """
    if of_file and _POSTSCRIPT.match(text) and (not in_letter or _TO_READER.search(text)):
        return Verdict(POSTSCRIPT, True)
    name, value = field(text)
    if name in _LABELS and text[0].isupper() and not value.startswith(('"', "“")):
        return Verdict(_LABELS[name], True)
    return to_readers(text)
