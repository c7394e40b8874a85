"""Tell which language a Script is in, by its letters, and by the share of its words that are a language's commonest."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from audiodrama.model import Script
from audiodrama.script.language.en import ENGLISH

LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "sv": "Swedish",
    "da": "Danish",
    "nb": "Norwegian",
    "fi": "Finnish",
    "pl": "Polish",
    "cs": "Czech",
    "hu": "Hungarian",
    "ro": "Romanian",
    "tr": "Turkish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "el": "Greek",
    "ar": "Arabic",
    "fa": "Persian",
    "he": "Hebrew",
    "hi": "Hindi",
    "ja": "Japanese",
    "cmn": "Chinese",
    "ko": "Korean",
    "th": "Thai",
}
"""Code of a language, as espeak names its voice -> its name in English."""

_COMMONEST = {
    code: frozenset(words.split())
    for code, words in {
        "de": "der die das und nicht ist ich sie er ein eine mit war zu den dem sich auf es von hatte sagte aber noch",
        "fr": "le la les des et un une il elle je ne pas que qui dans est du au pour ce se sur avec était vous mais",
        "es": "el la los las y un una no que de en se lo con por su para del al era pero más como le dijo había yo",
        "it": "il la i gli le e un una non che di è si con per era ma lo come più del della disse nel mi aveva sono",
        "pt": "o a os as e um uma não que de em se com por do da no na era mas para ele ela disse mais ao eu seu",
        "nl": "de het een en niet van ik zij ze hij dat die op was met te er zijn naar maar zei haar aan voor had je",
        "sv": "och att det som en ett på är inte av för jag hon han med den till var de hade sa men sig om från",
        "da": "og at det som en et på er ikke af for jeg hun han med den til var de havde sagde men sig om fra",
        "nb": "og å det som en et på er ikke av for jeg hun han med den til var de hadde sa men seg om fra hva",
        "fi": "ja on ei että hän oli se ne minä sinä mutta kun niin kuin mitä ollut sanoi joka vain hänen jo nyt oli",
        "pl": "i w nie się na że z do to jest jak ale co po był była o tak za jej jego powiedział od już było dla niej",
        "cs": "a se v na že je to nebyl ale s do jako by jsem co po tak byl byla z už jeho řekl jen když i ne",
        "hu": "a az és nem hogy is egy volt de mint csak meg ez azt ki már van mondta még el fel ha amikor én",
        "ro": "și în de la cu nu o un să pe că a fost era din care mai dar ce se lui ei spuse pentru au este",
        "tr": "ve bir bu da de ne için çok ama gibi daha o ben sen dedi var yok değil mi ile sonra kadar her onu",
    }.items()
}
"""Code of a language in Latin letters -> some of its commonest words."""
_LETTERS_OF = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("cmn", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
"""Letters that show a language; one that shares most of its letters with another stands before it."""
_RARE = 0.015
"""Share of the letters that those of the four shared scripts are at least where they decide."""
_MOST = 0.5
"""Share of the letters that are not Latin in a text of another script."""
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 0.2
"""Share of the commonest words in a text that is English; English prose has twice as much, others a quarter of it."""
_DIALECT = 0.1
"""The same where no other language is recognised: dialects and invented spellings have fewer of them."""
_NAMED = 0.12
"""Share of a language's commonest words that it takes to name it."""
_FEWEST, _FEWEST_UNSPACED = 50, 20
"""Words, or letters of a script that is not Latin, that it takes to tell; a shorter text counts as English."""
_CLEAR, _FEWEST_CLEAR = 0.25, 15
"""A share that names a language, and the words that it takes, in a text shorter than that."""
_ENOUGH = 20_000
"""Words of a script that are looked at."""


def language_of(script: Script) -> str:
    """The code of the language that a script is in: "en" for English and short texts, "" for one that has no name here.

    It is a key of ``LANGUAGES`` otherwise.
    """
    texts = (line.text for line in script.lines() if line.kind != "cue")
    words = list(islice((word for text in texts for word in _WORD.findall(text)), _ENOUGH))
    return _by_letters("".join(words)) or _by_words(Counter(map(str.lower, words)))


def _by_letters(letters: str) -> str:
    """The language of a text whose letters are mostly not Latin; empty for one in Latin letters."""
    counts = {code: len(pattern.findall(letters)) for code, pattern in _LETTERS_OF}
    if len(letters) < _FEWEST_UNSPACED or sum(counts.values()) < _MOST * len(letters):
        return ""
    return next(code for code in counts if counts[code] > _RARE * len(letters))


def _by_words(counts: Counter[str]) -> str:
    """The language of a text in Latin letters, by its commonest words."""
    total = counts.total()
    if total < _FEWEST_CLEAR:
        return "en"
    common = ENGLISH.lists.common_words
    shares = {code: sum(counts[word] for word in words - common) / total for code, words in _COMMONEST.items()}
    english = sum(counts[word] for word in common) / total
    best = max(shares, key=lambda code: shares[code])
    if total < _FEWEST:
        return best if shares[best] > max(_CLEAR, 2 * english) else "en"
    if english < _LEAST and shares[best] > max(_NAMED, english):
        return best
    return "en" if english >= _DIALECT else ""
