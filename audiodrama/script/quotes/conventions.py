"""Turn a story's text into the name of its quote convention: which marks open and close what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiodrama.script.language import Language

DOUBLE_MARKS = "“”„‟«»＂「」『』"
"""Every mark that is written as a straight double one in a Manuscript, beside that one."""
SINGLE_MARKS = "‘’‚‛‹›`"
"""Every mark that is written as a straight single one, beside that one."""
DASHES = "—–―‒"
"""Characters that lead a paragraph of speech where the convention is the dash."""


@dataclass(frozen=True, slots=True)
class Convention:
    """The marks that a text sets around speech."""

    name: str
    """"double", "single", "guillemets", "reversed guillemets", "low-high", "corners", "backticks", "dash" or "none"."""
    opens: str = ""
    """Marks that open speech by their form."""
    closes: str = ""
    """Marks that close it by their form."""
    either: str = ""
    """Marks that do both; which one, only the surroundings tell."""
    dashes: bool = False
    """Whether a dash at the start of a paragraph opens speech, too."""

    @property
    def marks(self) -> str:
        """Every mark of the convention."""
        return self.opens + self.closes + self.either

    @property
    def single(self) -> bool:
        """Whether apostrophes look like its marks."""
        return self.name == "single"


DOUBLE = Convention("double", "“‟", "”", '"＂')
SINGLE = Convention("single", "‘‛", "", "'’")
LOW_HIGH = Convention("low-high", "„", "“”", '"')
LOW_SINGLE = Convention("low-high", "‚", "‘")
GUILLEMETS = Convention("guillemets", "«", "»")
REVERSED = Convention("reversed guillemets", "»", "«")
CORNERS = Convention("corners", "「『", "」』")
BACKTICKS = Convention("backticks", "", "", "")

_SINGLE_CLOSES = re.compile(r"[.,!?…—;:-]['’](?!\w)")
_TIE = 0.5
"""What low single marks count more where they outnumber the single ones, for ‘ is a mark of both conventions."""
_LED_SHARE = 4
"""The dash is a mark of speech too if there is a paragraph that it leads for each four that guillemets begin."""
_LOW_SHARE = 4
"""The convention is „low-high“ if there is one low mark for each four high ones."""
_DASH_LED = re.compile(rf"(?:[{DASHES}]|--?(?=\s))\s*\S")


def detect(paragraphs: Sequence[str], language: Language) -> Convention:
    """Find the convention of a text by counting its marks where speech would have them.

    Args:
        paragraphs: the texts of the story's paragraphs.
        language: tells single marks from apostrophes.
    """
    text = "\n".join(paragraphs)
    singles = min(len(language.quotes.single_opens.findall(text)), len(_SINGLE_CLOSES.findall(text)))
    # A paragraph that begins with a mark tells the outer marks of speech from those of a quotation within.
    counts = (
        (_count(text, '"“”„‟＂') / 2 + _begun(paragraphs, '"“”„'), _double(text)),
        (singles + (_begun(paragraphs, "'‘") if singles else 0), SINGLE),
        (min(text.count("‚"), text.count("‘")) + _TIE * (text.count("‚") > singles), LOW_SINGLE),
        (min(text.count("«"), text.count("»")) or max(text.count("«"), text.count("»")) / 2, _guillemets(paragraphs)),
        (_count(text, "「」『』") / 2, CORNERS),
        (min(text.count("``"), text.count("''")), BACKTICKS),
    )
    count, convention = max(counts, key=lambda pair: pair[0])
    led = sum(1 for paragraph in paragraphs if _DASH_LED.match(paragraph))
    if led >= 2 and led > 2 * count:
        return Convention("dash", convention.opens, convention.closes, convention.either, dashes=True)
    if not count:
        return Convention("none", DOUBLE.opens, DOUBLE.closes, DOUBLE.either)
    if "guillemets" in convention.name and led >= 2 and led * _LED_SHARE > _begun(paragraphs, convention.marks):
        return Convention(convention.name, convention.opens, convention.closes, convention.either, dashes=True)
    return convention


def _count(text: str, marks: str) -> int:
    """How often these marks stand in the text."""
    return sum(map(text.count, marks))


def _begun(paragraphs: Sequence[str], marks: str) -> int:
    """How many paragraphs begin with one of these marks."""
    return sum(1 for paragraph in paragraphs if paragraph[:1] and paragraph[0] in marks)


def _double(text: str) -> Convention:
    """Doubles of the form that the text has: “…”, „…“, „…”, ”…” and straight ones."""
    low, left, right = text.count("„"), text.count("“"), text.count("”")
    if low * _LOW_SHARE > left + right:
        return LOW_HIGH
    if right > 2 and not left:
        return Convention("double", "", "", '"＂”')
    return DOUBLE


def _guillemets(paragraphs: Sequence[str]) -> Convention:
    """«…» or »…«, by the one that comes first in more paragraphs; »…» where there are no others."""
    forward = backward = 0
    for paragraph in paragraphs:
        left, right = paragraph.find("«"), paragraph.find("»")
        if left >= 0 and (right < 0 or left < right):
            forward += 1
        elif right >= 0:
            backward += 1
    if not forward and not any("«" in paragraph for paragraph in paragraphs):
        return Convention("guillemets", "", "", "»")
    return GUILLEMETS if forward >= backward else REVERSED
