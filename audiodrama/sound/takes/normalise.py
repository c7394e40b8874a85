"""Turn a line's text into what an engine is to speak: respelled words, and nothing that engines read badly."""

from __future__ import annotations

import re

_APOSTROPHES = "'’ʼ"
_LINK = re.compile(r"\b(?:https?://|www\.)(?:www\.)?([\w.-]+)(?:[/?#][^\s]*)?", re.IGNORECASE)
_MAIL = re.compile(r"\b([\w.+-]{1,64})@([\w-]{1,64}(?:\.[\w-]{1,64}){1,8})\b")
_PAUSE_DASH = re.compile(r" ?(?:[—―⸺⸻]|--+|(?<= )[–-](?= ))+ ?")
_RANGE_DASH = re.compile(r"(?<=\d)[–—](?=\d)")
_ELLIPSIS = re.compile(r" ?(?:…|\.(?: ?\.){2,})[.… ]*")
_SYMBOLS = re.compile(r"[*_#~^|\\<>{}\[\]•·§¶†‡©®™\u200b-\u200f\u2028-\u202f\u2060\ufeff\ufe0e\ufe0f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_SHOUTED = re.compile(r"\b[A-Z][A-Z'’]*[A-Z]\b|\bI\b|\bA\b")
_VOWEL = re.compile(r"[AEIOUY]")
_SPACES = re.compile(r"\s+")
_STRAY_COMMA = re.compile(r" ?,[ ,]*(?=[,.;:!?])|^[ ,]+")
_LOUD_POSSESSIVE = re.compile(r"(?<=[\w\U000f0000-\U000fffff])(['’])S\b")
_STAMMER = re.compile(r"\b([b-df-hj-np-tv-xz]|[cpstw]h)-(?=\1)", re.IGNORECASE)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_ROMAN = re.compile(r"(?:X{1,3}|XL|L)?(?:IX|IV|V?I{0,3})")
_NOISES = tuple(
    (re.compile(rf"\b{pattern}\b", re.IGNORECASE), spelled)
    for pattern, spelled in (
        ("hm+", "hmm"),
        ("mm+(?:-hm+)?", "hmm"),
        ("sh+", "shush"),
        ("br{2,}", "burr"),
        ("gr{2,}", "gurr"),
        ("pf+t*", "puft"),
        ("p+s+t+", "psst"),
        ("z{2,}", "zuzz"),
    )
)
"""Sounds without a vowel, which engines would spell out."""
_SLOTS = 0xF0000
_SLOT = re.compile(r"[\U000f0000-\U000fffff]")
"""Private characters that stand for a casting's respellings until everything else is done."""

_ACRONYMS = (
    "AI AKA ATM BBC CEO CIA CNN DIY DJ DNA DOA DVD EU FAQ FBI GPS HIV HR HQ ICU ID IOU IQ IRS KGB LED MRI MTV NBA NHS "
    "NSA NYC NYPD OCD OK PC PE PHD PM POW PR PTSD RIP RSVP SOS SUV TNT TV UFO UK UN USA USB VCR VHS VIP WC WWI "
    "WWII XL"
)
ACRONYMS = frozenset(_ACRONYMS.split())
"""Words in capitals that are spelled out or kept even where everything is shouted."""


class TextNormaliser:
    """Respells words as a casting says, and removes what no engine should read aloud."""

    def __init__(self, pronunciations: tuple[tuple[str, str], ...]) -> None:
        """Take (word, respelling) pairs.

        A word with a capital is a name and matches only as written (or all in capitals); one in small letters
        matches however it is written. Both match with a possessive "'s" behind.
        """
        self._exact = {word: spelled for word, spelled in pronunciations if word}
        self._folded = {word: spelled for word, spelled in self._exact.items() if word == word.lower()}
        self._capitals = {word.upper(): spelled for word, spelled in self._exact.items()}
        forms = {*self._exact, *self._capitals, *self._folded}
        # The longest first, so that "Mary Ann" wins over "Mary".
        listed = "|".join(_any_apostrophe(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
        self._spelled = list(dict.fromkeys(self._exact.values()))
        self._slots = {spelled: chr(_SLOTS + number) for number, spelled in enumerate(self._spelled)}
        self._words = re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE) if forms else None

    def speakable(self, text: str) -> str | None:
        """``text`` as an engine is to speak it; None if nothing in it can be spoken."""
        text = _SPACES.sub(" ", _CONTROL.sub(" ", text))
        text = _LINK.sub(lambda link: link[1].rstrip(".").replace(".", " dot "), text)
        text = _MAIL.sub(lambda mail: f"{mail[1]} at {mail[2].replace('.', ' dot ')}", text)
        if self._words:
            text = self._words.sub(self._respelled, text)
        text = _SYMBOLS.sub(" ", text.replace("&", " and "))
        text = _RANGE_DASH.sub(" to ", text)
        text = _ELLIPSIS.sub(_breath, text)
        text = _PAUSE_DASH.sub(", ", text)
        text = _unshouted(text)
        for noise, spelled in _NOISES:
            text = noise.sub(spelled, text)
        text = _STAMMER.sub(r"\1uh-", _STRETCHED.sub(_shortened, text))
        text = _STRAY_COMMA.sub("", _SPACES.sub(" ", text)).strip()
        text = text.rstrip(", ") if text.endswith(",") else text
        text = _SLOT.sub(lambda slot: self._spelled[ord(slot[0]) - _SLOTS], text)
        return text if any(map(str.isalnum, text)) else None

    def _respelled(self, word_match: re.Match[str]) -> str:
        word = word_match[0]
        for apostrophe in _APOSTROPHES[1:]:
            word = word.replace(apostrophe, "'")
        spelled = self._exact.get(word) or self._capitals.get(word) or self._folded.get(word.lower())
        return word_match[0] if spelled is None else self._slots[spelled]


def _any_apostrophe(word: str) -> str:
    return re.escape(word).replace("'", f"[{_APOSTROPHES}]")


def _breath(match: re.Match[str]) -> str:
    """A trailing-off inside a sentence is a pause; at its end it is a full stop."""
    following = match.string[match.end() : match.end() + 2]
    if not following or following[0] in "?!\"”’')":
        return "" if following[:1] in ("?", "!") else "."
    return ". " if following[0].isupper() and following not in ("I ", "I'", "I’") else ", "


def _shortened(match: re.Match[str]) -> str:
    """A stretched letter as the word has it: nooo - no, sooon - soon, freee - free, yesss - yes."""
    letter, text = match[1], match.string
    if match[0].isupper():
        return match[0]  # a Roman numeral
    inside = text[match.end() : match.end() + 1].isalpha()
    twice = letter in "oO" if inside else letter in "eE"
    return match[0][:2] if twice else match[0][:1]


def _unshouted(text: str) -> str:
    """Words in capitals as words: engines spell some of them out. "US" is us only among other such words."""
    shouting = any(len(word) > 1 and word != "US" and word not in ACRONYMS for word in _SHOUTED.findall(text))

    def lower(match: re.Match[str]) -> str:
        word = match[0]
        stays_in_capitals = (
            len(word) == 1
            or word in ACRONYMS
            or _ROMAN.fullmatch(word)
            or not _VOWEL.search(word)
            or (word == "US" and not shouting)
        )
        return word if stays_in_capitals else word.capitalize()

    return _SHOUTED.sub(lower, _LOUD_POSSESSIVE.sub(r"\1s", text))
