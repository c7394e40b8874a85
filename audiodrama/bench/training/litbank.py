"""Turn LitBank's quotation files into Samples: the openings of novels with the speaker of every quotation.

LitBank (Bamman et al., CC BY 4.0) keeps its texts as tokens, a sentence a line, without paragraphs. Paragraphs are set
as authors set them: another speaker begins one, the same speaker stays in it, narration of more than one sentence
stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from audiodrama.bench.training.samples import Sample, Spoken
from audiodrama.errors import InputError
from audiodrama.model import Role

_OPENING, _CLOSING = frozenset("“‘([``"), frozenset("”’)].,;:!?''%")
_LEADS_IN = (":", ",", "--", "—")
_SHORT = 12
"""Tokens of a sentence that is no more than a beat, "She shut the door.", at most. Chosen by hand."""
_CONTRACTION = (2, 3)
"""Characters of what is joined to a word: "'s", "'ll"."""
_MAX_NAME = 4
"""Words of a label that is a name, and no description, at most."""
_QUOTE_PLACES = slice(2, 6)
"""Cells of a QUOTE line that hold first sentence, first token, last sentence and last token."""
_NUMBER = re.compile(r"-\d+$")

MEASURED = (
    "a_room_with_a_view", "alices_adventures", "anne_of_green_gables", "daisy_miller", "emma", "hard_times",
    "howards_end", "mansfield_park", "night_and_day", "northanger_abbey", "oliver_twist", "passage_to_india",
    "persuasion", "pride_and_prejudice", "sense_and_sensibility", "the_age_of_innocence", "the_awakening",
    "the_gambler", "the_invisible_man", "the_man_who_was_thursday", "the_mysterious_affair", "the_picture_of_dorian",
    "the_sign_of", "the_sport_of_the_gods", "the_sun_also", "where_angels", "winnie", "handful_of_dust",
)  # fmt: skip
"""Words of the file names of works that the Project Dialogism Novel Corpus has."""


@dataclass(slots=True)
class _Sentence:
    """One line of a text file."""

    words: list[str]
    """Its tokens; "" for one that is not printed."""
    starts: list[int] = field(default_factory=list)
    """Index of the first token of each quotation that begins in the sentence."""
    speaker: str = ""
    """Label of the sentence's first quotation."""
    inside: bool = False
    """Whether the sentence begins inside a quotation."""
    ends_inside: bool = False
    """Whether the sentence ends inside a quotation."""


@dataclass(slots=True)
class _Quote:
    """A quotation by its tokens."""

    first: tuple[int, int]
    """(sentence, token), both indexes."""
    last: tuple[int, int]
    """The same of the last token."""
    speaker: str = ""
    """The label; empty if it has none."""


def read_litbank(folder: Path) -> list[Sample]:
    """Every text with at least one labelled quotation, by name.

    Works that the benchmark's corpus has too are left out, so that what is learnt here can be measured there.

    Args:
        folder: LitBank's root, or any folder above its ``quotations/tsv``.

    Raises:
        InputError: the folder has no such files.
    """
    files = sorted(folder.rglob("quotations/tsv/*_brat.ann")) or sorted(folder.glob("*_brat.ann"))
    if not files:
        raise InputError(f"{folder} holds no LitBank: a folder quotations/tsv with *_brat.ann files is needed.")
    samples = [_sample(path) for path in files if not any(work in path.name for work in MEASURED)]
    return [sample for sample in samples if sample.spoken]


def _sample(path: Path) -> Sample:
    """Read one text and its labels."""
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    sentences = [_Sentence(["" if word == "_" else word for word in line.split(" ")]) for line in lines]
    quotes = _quotes(path)
    _mark(sentences, quotes)
    text, places = _lay(sentences)
    spoken = []
    for quote in quotes:
        start, end = places[quote.first], places[quote.last]
        if quote.speaker:
            spoken.append(Spoken(start[0], end[1], bare_name(quote.speaker)))
    return Sample(path.name.removesuffix("_brat.ann"), text, tuple(spoken))


def _quotes(path: Path) -> list[_Quote]:
    """Read the quotations of one file, in the order of the text."""
    quotes: dict[str, _Quote] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == "QUOTE":
            sentence, token, last_sentence, last_token = map(int, cells[_QUOTE_PLACES])
            quotes[cells[1]] = _Quote((sentence, token), (last_sentence, last_token))
        elif cells[0] == "ATTRIB" and cells[1] in quotes:
            quotes[cells[1]].speaker = cells[2]
    return sorted(quotes.values(), key=lambda quote: quote.first)


def _mark(sentences: list[_Sentence], quotes: list[_Quote]) -> None:
    """Note in the sentences where quotations begin and end."""
    for quote in quotes:
        first, last = quote.first[0], quote.last[0]
        sentences[first].starts.append(quote.first[1])
        sentences[first].speaker = sentences[first].speaker or quote.speaker
        for index in range(first, last):
            sentences[index].ends_inside = True
            sentences[index + 1].inside = True


def _lay(sentences: list[_Sentence]) -> tuple[str, dict[tuple[int, int], tuple[int, int]]]:
    """The text, and for every (sentence, token) its first character in it and the one behind it."""
    text: list[str] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}
    at = 0
    breaks = _breaks(sentences)
    for number, sentence in enumerate(sentences):
        glue = "" if not number else "\n\n" if breaks[number] else " "
        for index, word in enumerate(sentence.words):
            if index:
                glue = "" if not word or _joins(sentence.words[index - 1], word, sentence.words[:index]) else " "
            text += [glue, word]
            places[number, index] = at + len(glue), at + len(glue) + len(word)
            at += len(glue) + len(word)
    return "".join(text), places


def _joins(previous: str, word: str, earlier: list[str]) -> bool:
    """Whether no blank stands between two tokens.

    Args:
        previous: the first token.
        word: the second token.
        earlier: all tokens of the sentence before ``word``; they say whether a straight mark opens or closes.
    """
    if word in ('"', "'"):
        return earlier.count(word) % 2 == 1
    if previous in ('"', "'"):
        return earlier.count(previous) % 2 == 1
    if word in ("n't", "n’t") or (word[:1] in "'’" and len(word) in _CONTRACTION and word[1:].isalpha()):
        return True
    return word in _CLOSING or previous in _OPENING or word.startswith("”")


def _breaks(sentences: list[_Sentence]) -> list[bool]:
    """For each sentence whether a paragraph begins with it."""
    breaks = [False] * len(sentences)
    speaker, narrated = "", 0
    for index, sentence in enumerate(sentences):
        previous = sentences[index - 1] if index else None
        if previous is None or sentence.inside:
            narrated = 0 if sentence.inside else narrated
        elif sentence.starts:
            same = sentence.speaker == speaker and narrated <= 1
            led_in = narrated == 1 and previous.words[-1] in _LEADS_IN
            breaks[index] = not same and not led_in
            if not same and narrated == 1 and not led_in and len(previous.words) <= _SHORT:
                # A short sentence between two speakers is the action of the one who speaks next as often as not.
                breaks[index], breaks[index - 1] = False, True
            narrated = 0
        elif not sentence.words[0][:1].islower():
            # What begins small is the tag of the speech before it.
            narrated += 1
            if narrated == 2 and speaker:
                breaks[index - 1] = True
                speaker = ""
        if sentence.starts:
            speaker = sentence.speaker
    return breaks


def with_roster(sample: Sample) -> Sample:
    """The same text with its speakers' names as a cast list, as a casting file gives it."""
    names = dict.fromkeys(spoken.speaker for spoken in sample.spoken)
    proper = [name for name in names if name.lower() not in ("i", "narrator") and len(name.split()) <= _MAX_NAME]
    roster = tuple(Role(name, narrates="narrator" in name.lower()) for name in proper)
    return replace(sample, roster=roster)


def bare_name(label: str) -> str:
    """A label as a name: "Mr__Sherlock_Holmes-0" -> "Mr. Sherlock Holmes"."""
    words = _NUMBER.sub("", label).replace("__", "._").replace("_", " ")
    return " ".join(words.split())
