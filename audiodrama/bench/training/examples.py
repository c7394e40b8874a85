"""Turn Samples into Examples: for each labelled turn its candidates' rows, and which of them speak."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audiodrama import prose
from audiodrama.bench.training.samples import Sample
from audiodrama.model import Document
from audiodrama.script.attribution.candidates import StoryContext
from audiodrama.script.attribution.features import Describer, TagKind, tag_kind
from audiodrama.script.attribution.ranker import LEAST_PROBABILITY
from audiodrama.script.attribution.speakers import decide_by_rules, read_story
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.quotes.manuscript import Manuscript, transcribe

_WORD = re.compile(r"[^\W\d_]+")
# Words of a name that do not decide which figure it means.
_IGNORED_WORDS = frozenset(["mr", "mrs", "miss", "ms", "sir", "lady", "lord", "dr", "captain", "the", "a", "an", "of"])
_DECIDING_TITLES = frozenset(["mrs", "miss", "lady"])
"""Titles that make two characters of one family name: "Mrs. Bennet" is not "Mr. Bennet"."""


@dataclass(frozen=True, slots=True)
class Example:
    """A turn with several candidates, one of which speaks: what a ranker learns from."""

    text: str
    """Name of the sample; all examples of one text are in one fold."""
    rows: tuple[tuple[float, ...], ...]
    """For each candidate its features, in the order of ``features.NAMES``."""
    logs: tuple[float, ...]
    """Natural logarithm of each candidate's likelihood by the rules."""
    right: tuple[bool, ...]
    """For each candidate whether it is the speaker; two are where the text has one character under two names."""
    weight: float
    """How much the example counts, 1 for a label of LitBank."""
    how: TagKind
    """How the text tells who speaks; where a tag names the speaker, it only helps to calibrate."""


def make_examples(samples: Iterable[Sample]) -> Iterator[Example]:
    """The examples of samples, in order; a turn whose speaker is no candidate teaches nothing and is left out."""
    for sample in samples:
        document = prose.parse(sample.text)
        manuscript = transcribe(document)
        scene = read_story(manuscript, sample.roster)
        candidates, speaker_probs = decide_by_rules(scene)
        describer = Describer(scene, speaker_probs)
        for turn, right in zip(scene.turns, _right(sample, document, manuscript, scene), strict=True):
            people = [candidate for candidate in candidates[turn.index] if candidate.figure >= 0]
            marks = tuple(candidate.figure in right for candidate in people)
            if len(people) > 1 and any(marks):
                probs = (speaker_probs[turn.index].get(candidate.figure, 0.0) for candidate in people)
                logs = tuple(math.log(max(prob, LEAST_PROBABILITY)) for prob in probs)
                yield Example(
                    sample.name, tuple(describer.rows(turn, people)), logs, marks, sample.weight, tag_kind(turn)
                )


def _right(sample: Sample, document: Document, manuscript: Manuscript, context: StoryContext) -> list[frozenset[int]]:
    """For each turn the figures that are its labelled speaker; none where there is no label or no such figure."""
    labels = [_label(sample, document, manuscript, turn) for turn in context.turns]
    figures: dict[str, set[int]] = defaultdict(set)
    for name in dict.fromkeys(spoken.speaker for spoken in sample.spoken):
        figures[name] = {
            figure.index
            for figure in context.figures
            if _is_called(name, figure.aliases | {figure.name}, figure.narrates)
        }
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for turn, label in zip(context.turns, labels, strict=True):
        mention = turn.tag.mention if turn.tag and turn.tag.strong else None
        if label and mention and mention.kind == "name" and mention.figure >= 0:
            votes[mention.figure][label] += 1
    for index, counts in votes.items():
        label, count = counts.most_common(1)[0]
        if 2 * count > sum(counts.values()):
            figures[label].add(index)
    return [frozenset(figures[label]) if label else frozenset() for label in labels]


def _label(sample: Sample, document: Document, manuscript: Manuscript, turn: Turn) -> str:
    """The label that most characters of a turn have; empty if none has one."""
    paragraph = manuscript.paragraphs[turn.paragraph]
    block = document.blocks[paragraph.block]
    starts = [spoken.start for spoken in sample.spoken]
    votes: Counter[str] = Counter()
    for speech in turn.speeches:
        low, high = block.to_source(speech.start - paragraph.start), block.to_source(speech.end - paragraph.start)
        for spoken in sample.spoken[max(0, bisect_right(starts, low) - 1) :]:
            if spoken.start >= high:
                break
            votes[spoken.speaker] += max(0, min(high, spoken.end) - max(low, spoken.start))
    label, count = votes.most_common(1)[0] if votes else ("", 0)
    return label if count else ""


def _is_called(name: str, aliases: Iterable[str], narrates: bool) -> bool:
    """Whether a label means a figure: its words are those of an alias, titles aside that do not decide."""
    words = {word.lower() for word in _WORD.findall(name)}
    if narrates and words & {"i", "narrator"}:
        return True
    proper = words - _IGNORED_WORDS
    for alias in aliases:
        other = {word.lower() for word in _WORD.findall(alias)}
        if words == other:
            return True
        if proper and proper == other - _IGNORED_WORDS and not _DECIDING_TITLES & (words ^ other):
            return True
    return False
