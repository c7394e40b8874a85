"""Turn the opening of a passage into the reason for which it is no part of the story, or into none.

A label that no story uses ("A/N:", "Author's note:") is believed anywhere; the others ("Summary:", "PS:") only at the
edges: at the top or the end of the file, or of a chapter. A passage that is not certain stays in the story
(labels-inside-a-story-are-story.txt).

The case files named here are in ``tests/cases/prose``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NOTE = "author's note"
POSTSCRIPT = "postscript to the reader"
_OPENING_MARKS = r"[\[({<*_\s]{0,4}"
# What follows a label, its separator: "A/N:", "A/N - ", "**AN**:".
_SEPARATOR = r"[*_\s]{0,4}(?:[:=—–~]|--?\s|-)"
# Labels that no story uses. "Author's notes lay all over the desk" is refused by what follows, in ``is_note``
# (a-note-in-the-middle-of-a-chapter.txt).
_SURE_NOTE = re.compile(
    rf"""
    {_OPENING_MARKS}
    (?: (?:author|writer|translator|editor)['’`]?s?['’]?\s+
        (?:end\s?)?(?:note|comment|remark)s?\b            # "Author's Note" (a-note-under-its-own-label.txt)
      # "AN2: Sorry for the wait", "[AN]" (labels-in-short-and-notes-of-transcribers.txt)
      | A/?N\d?(?={_SEPARATOR}|[\])]|$)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "A/N", "a/n"; without the slash only in capitals and with a separator, for "an" begins sentences.
_AN_IN_CAPITALS = re.compile(rf"{_OPENING_MARKS}(?:A/[Nn]|a/n|AN{_SEPARATOR})")
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
_FIELD_NAMES = (
    "title|author|authors|rating|rated|pairing|pairings|fandom|fandoms|category|categories|genre|genres|"
    "summary|spoilers|spoiler|archive|archived|distribution|feedback|website|url|timeline|published|"
    "updated|completed|chapters|language|beta|betas|beta reader|keywords|dedication|archive warning|"
    "archive warnings|relationship|relationships|additional tags|tags|stats|collections|written for|"
    "classification|challenge|author's website|translator|release date|universe|continuity|sequel to|"
    "cover art|ships|words|word count"
)
_FIELDS = frozenset(_FIELD_NAMES.split("|"))
# Fields that a letter or a report in a story could begin with: believed beside one of the others.
_COMMON_FIELD_NAMES = (
    "date setting length type content characters character status email e-mail story by ship posted "
    "recipient series prompt notes note"
)
_COMMON_FIELDS = frozenset(_COMMON_FIELD_NAMES.split())
# Fields whose value may go on in the lines below.
_LONG_FIELDS = frozenset(("summary", "dedication", "feedback", "distribution", "archive", "spoilers", *_LABELS))
# "Rating: PG", "**Warning(s):** none" (a-writers-notes-around-a-story.txt).
_FIELD = re.compile(r"[\[(*_\s]{0,4}(?P<name>[A-Za-z][A-Za-z'’/ -]{1,24}?)(?:\(s\))?[*_\s]{0,4}:[*_\s]*(?P<value>.*)$")
# The examples are from every-label-of-a-header-and-a-footer.txt, which has every label of this module.
_SPOILERS = re.compile(
    r"""
    [*_\s]{0,3}spoilers?\b
    (?=\s*(?: -                               # "Spoilers - the boots are found."
      | for | through | of | include | up | to  # "Spoilers for the first part.", "Spoilers up to the second part."
      | warning | ahead | $ ))                  # "Spoilers ahead!"
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The examples are from requests-at-the-ends-of-chapters.txt.
_REVIEW = re.compile(
    r"""
    (?: (?:so[ ]|and[ ]|well,?[ ])?(?:please|pls|plz),?\s
        (?: (?:read[ ]and[ ]|do[ ])?review | r[ ]?&[ ]?r             # "So please read and review"
          | leave[ ](?:me[ ])?a[ ](?:review|comment|kudos)           # "Please leave a comment"
        )
      | r[ ]?&[ ]?r\b                                               # "R & R, everybody!"
      | read[ ](?:and|&)[ ]review                                   # "Read & review, as always"
      | reviews?[ ](?:are|is|make|=|please|would|welcome)            # "Reviews are love"
      | reviews?[,!]?[ ]please                                      # "Review, please!"
      | feedback[ ](?:is|welcome|please)                            # "Feedback is welcome"
      | (?:comments|kudos)(?:,?[ ](?:and|&)[ ](?:comments|kudos|reviews))?[ ]
        (?:are|is|make|please|welcome|feed)                          # "Kudos and comments feed the author"
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Near the beginning a word for a proofreader, and thanks to one (chapters-with-notes-between-them.txt) or a reading by
# one (requests-at-the-ends-of-chapters.txt).
_BETA = re.compile(
    r"""
    (?= .{0,120}\bbeta(?:-?read(?:ers?|ing)?|s|ed|'d|’d)?\b )
    (?= .{0,120}\b(?:thank|thanks|kudos|credit|unbeta)            # "Thanks to my beta, Wren"
      | beta(?:-?read|ed)\b.{0,9}\bby\b                            # "Beta-read by Wren"
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "P.S. ", "PS: ", "P.P.S. - ".
_POSTSCRIPT = re.compile(r"[\[(*_\s]{0,4}(?:P\.? ?){1,3}S\.?(?=[\s:.,—–-])[\s:.,—–-]")
# Words that a postscript to the readers of a story has, and one in a letter has not.
_TO_READER = re.compile(
    r"\b(?:reviews?|chapters?|story|stories|fics?|fanfic|readers?|updates?|hiatus|beta|episode|writing)\b", re.I
)
# The beginning or the end of a letter: "My dear Greta" (a-letter-to-the-end-keeps-its-postscript.txt), "Your loving
# brother" (a-letter-by-its-last-words-keeps-its-postscript.txt).
_LETTER = re.compile(
    r"""
    [\"“‘'«_*\s]*
    (?: (?:my[ ](?:own[ ])?)?(?:dear|dearest)\b
      | (?:yours|love|sincerely|affectionately|regards|your)\b.{0,40}$
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The first two are in footnotes-and-their-marks.txt, the last in labels-in-short-and-notes-of-transcribers.txt.
_BRACKETED = re.compile(
    r"""
    \[
    (?: (?P<picture>illustrations?|picture|image|frontispiece|sidenote)\b  # "[Illustration: The duke and a hive]"
      | (?P<foot>footnotes?)\b                                             # "[Footnote 3: ...]"
      | (?P<scribe>transcriber)                                            # "[Transcriber's note: ...]"
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TRANSCRIBER = re.compile(r"[*_\s]{0,3}transcriber['’]?s?['’]? (?:note|comment)", re.IGNORECASE)
# "[1] The third of that name.", "[^2]: ..." (footnotes-and-their-marks.txt).
_FOOTNOTE = re.compile(r"\[\^?(?P<mark>\d{1,3}|\*{1,3}|[†‡§A-Z])\]:?\s")
# A heading that begins a section of the writer's (markdown-marks-are-not-read.txt, sections-of-the-writers-own.txt).
_SECTION = re.compile(
    r"""
      (?P<note> (?:author|writer|translator)['’`]?s?['’]?[ ](?:end[ ]?)?notes?  # "Author's Note"
        | a/?n | notes? | disclaimers? | end[ ]notes )   # "Disclaimer", "End Notes"
    | (?P<thanks> acknowledge?ments? )                   # "Acknowledgements"
    | (?P<about> about[ ]the[ ](?:author|writer) )$      # "About the Author"
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Characters, chosen by hand: a label without its note, a section's heading, a passage that asks for reviews, and the
# last line of a letter are shorter than this.
_MAX_LABEL = 40
_MAX_SECTION = 60
_MAX_REQUEST = 240
_MAX_SIGNATURE = 40


class View(NamedTuple):
    """What the rules look at: the beginning of a passage, and where it stands."""

    text: str
    """The opening of the passage, on one line."""
    lines: tuple[str, ...]
    """The opening of each of the passage's first lines."""
    last: str
    """The passage's last character."""
    front: bool
    """Whether the story has not begun: no passage of it came before in the file."""
    edge: bool
    """Whether the chapter has not begun."""
    after_skip: bool
    """Whether the passage before is left out."""


class Verdict(NamedTuple):
    """Why a passage is left out."""

    reason: str
    """Why, in a user's words: `Skip.reason`."""
    note: bool
    """Whether it is a note, which the user may keep with an option."""


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
    if _TRANSCRIBER.match(text):
        return Verdict("transcriber's note", False)
    foot = _FOOTNOTE.match(text)
    if foot and foot["mark"] in referred:
        return Verdict("footnote", False)
    return _at_edge(view) if view.front or view.edge else None


def _at_edge(view: View) -> Verdict | None:
    """Judge a passage at the top of a chapter or of the file."""
    text = view.text
    name, value = field(view.lines[0])
    if name in _LABELS and not value.startswith(('"', "“")):
        return Verdict(_LABELS[name], True)
    if view.front:
        sure = [line for line in view.lines if field(line)[0] in _FIELDS]
        if name in _FIELDS or (name in _COMMON_FIELDS and (sure or view.after_skip)):
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
    return name in _FIELDS or name in _COMMON_FIELDS or name in _LABELS


def runs_on(name: str) -> bool:
    """Tell whether the value of this field may go on in the next lines."""
    return name in _LONG_FIELDS


def is_note(text: str) -> bool:
    """Tell whether a passage that opens so is labelled as the author's note."""
    if _AN_IN_CAPITALS.match(text):
        return True
    match = _SURE_NOTE.match(text)
    rest = text[match.end() :] if match else ""
    return bool(match) and bool(re.match(r"[\s*_)\]]*(?:[:=—–~.\-]|\(|$)|[\s*_]*<", rest))


def is_label(text: str) -> bool:
    """Tell whether a passage that is labelled as a note consists of the label, so that the note is below."""
    return len(text) < _MAX_LABEL and not re.search(r"[:=—–~-]\s*[\w\"“]", text) and text[-1:] not in ".!)"


def section(text: str) -> str:
    """Give the reason to leave out a section with this heading, or nothing."""
    match = _SECTION.match(text.strip("#*_:. \t")) if len(text) < _MAX_SECTION else None
    if not match or match.end() < len(text.strip("#*_:. \t")):
        return ""
    if match["thanks"]:
        return "thanks"
    return "about the author" if match["about"] else NOTE


def to_readers(text: str) -> Verdict | None:
    """Judge words at an edge: a request to the readers, or thanks to those who helped."""
    if text[0] in "\"“‘'«" or len(text) > _MAX_REQUEST:
        return None
    if _REVIEW.match(text):
        return Verdict("request for reviews", True)
    return Verdict("thanks", True) if _BETA.match(text) else None


def of_letter(text: str) -> bool:
    """Tell whether a passage that opens so begins or ends a letter: a salutation, a formula, or a name by itself."""
    return bool(_LETTER.match(text)) or (
        len(text) < _MAX_SIGNATURE and text[-1] not in '.!?"”’*_' and not text.isupper()
    )


def at_the_end(text: str, *, of_file: bool, in_letter: bool) -> Verdict | None:
    """Judge the last words of a chapter or of the file.

    A postscript at the end of the file is the writer's, unless a letter comes before it and it does not speak of
    stories.

    Args:
        text: the opening of the passage, on one line.
        of_file: whether the file ends here, and not only a chapter.
        in_letter: whether a letter begins or ends shortly before.
    """
    if of_file and _POSTSCRIPT.match(text) and (not in_letter or _TO_READER.search(text)):
        return Verdict(POSTSCRIPT, True)
    name, value = field(text)
    if name in _LABELS and text[0].isupper() and not value.startswith(('"', "“")):
        return Verdict(_LABELS[name], True)
    return to_readers(text)
