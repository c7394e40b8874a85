"""Turn LitBank's quotation files into Samples: the openings of novels with the speaker of every quotation.

LitBank (Bamman et al., CC BY 4.0) keeps its texts as tokens, a sentence a line, without paragraphs. These are laid
anew as authors lay them: another speaker begins a paragraph, the same speaker stays in it, narration of more than
one sentence stands alone.
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
    starts: list[int] = field(default_factory=list)
    """Quotations that begin in it: their first token's index."""
    speaker: str = ""
    """Of its first quotation."""
    inside: bool = False
    """Whether it begins inside a quotation."""
    ends_inside: bool = False
    """Whether it ends inside one."""


@dataclass(slots=True)
class _Quote:
    first: tuple[int, int]
    """Sentence and token."""
    last: tuple[int, int]
    speaker: str = ""


def read_litbank(folder: Path) -> list[Sample]:
    """Every text with at least one quotation, by name.

    Works that the benchmark's corpus has, too, are left out, so that what is learnt here can be measured there.

    Args:
        folder: LitBank's root, or any folder above its ``quotations/tsv``.

    Raises:
        InputError: there are no such files.
    """
    files = sorted(folder.rglob("quotations/tsv/*_brat.ann")) or sorted(folder.glob("*_brat.ann"))
    if not files:
        raise InputError(f"{folder} holds no LitBank: a folder quotations/tsv with *_brat.ann files is needed.")
    samples = [_sample(path) for path in files if not any(work in path.name for work in MEASURED)]
    return [sample for sample in samples if sample.spoken]


def _sample(path: Path) -> Sample:
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
    quotes: dict[str, _Quote] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == "QUOTE":
            a, b, c, d = map(int, cells[2:6])
            quotes[cells[1]] = _Quote((a, b), (c, d))
        elif cells[0] == "ATTRIB" and cells[1] in quotes:
            quotes[cells[1]].speaker = cells[2]
    return sorted(quotes.values(), key=lambda q: q.first)


def _mark(sentences: list[_Sentence], quotes: list[_Quote]) -> None:
    for quote in quotes:
        first, last = quote.first[0], quote.last[0]
        sentences[first].starts.append(quote.first[1])
        sentences[first].speaker = sentences[first].speaker or quote.speaker
        for index in range(first, last):
            sentences[index].ends_inside = True
            sentences[index + 1].inside = True


def _lay(sentences: list[_Sentence]) -> tuple[str, dict[tuple[int, int], tuple[int, int]]]:
    """The text, and for every token its place in it."""
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


def _joins(before: str, word: str, earlier: list[str]) -> bool:
    """Whether no blank stands between two tokens."""
    if word in ('"', "'"):
        return earlier.count(word) % 2 == 1
    if before in ('"', "'"):
        return earlier.count(before) % 2 == 1
    if word in ("n't", "n’t") or (word[:1] in "'’" and len(word) in (2, 3) and word[1:].isalpha()):
        return True
    return word in _CLOSING or before in _OPENING or word.startswith("”")


def _breaks(sentences: list[_Sentence]) -> list[bool]:
    """Before which sentences a paragraph begins."""
    breaks = [False] * len(sentences)
    speaker, narrated = "", 0
    for index, sentence in enumerate(sentences):
        before = sentences[index - 1] if index else None
        if before is None or sentence.inside:
            narrated = 0 if sentence.inside else narrated
        elif sentence.starts:
            same = sentence.speaker == speaker and narrated <= 1
            led_in = narrated == 1 and before.words[-1] in _LEADS_IN
            breaks[index] = not same and not led_in
            if not same and narrated == 1 and not led_in and len(before.words) <= _SHORT:
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


_SHORT = 12
"""Words of a sentence that is no more than a beat."""


def told_of(sample: Sample) -> Sample:
    """The same text, but with its speakers' names given as a casting file gives them."""
    names = dict.fromkeys(spoken.speaker for spoken in sample.spoken)
    kept = [name for name in names if name.lower() not in ("i", "narrator") and len(name.split()) <= 4]
    roster = tuple(Role(name, narrates="narrator" in name.lower()) for name in kept)
    return replace(sample, roster=roster)


def bare_name(label: str) -> str:
    """A label as a name: "Mr__Sherlock_Holmes-0" -> "Mr. Sherlock Holmes"."""
    words = _NUMBER.sub("", label).replace("__", "._").replace("_", " ")
    return " ".join(words.split())
