"""Turn prose without annotations into Samples: a speech tag with a name is masked, and the name is the label.

In one copy "growled Spike" is cut away with what follows it, in another it becomes "growled he"; the name in the tag is
right about ninety-nine times of a hundred. Only every third tag of a copy is masked, so that the other tags of a talk
still show whose turn it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audiodrama import prose
from audiodrama.bench.training.samples import Sample, Spoken
from audiodrama.errors import InputError
from audiodrama.script.attribution.candidates import StoryContext
from audiodrama.script.attribution.speakers import read_story
from audiodrama.script.attribution.tags.speech_tags import Tag
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.quotes.manuscript import Manuscript, transcribe

_COPIES = 3
"""Copies of a text; in each another third of the tags is masked."""
PROSE_WEIGHT = 0.3
"""Weight of a label from a masked tag in prose, chosen by hand: much prose is not to outvote LitBank.
Not above ``train.HIDDEN``, or it would be in the test folds."""
_MAX_CUT = 160
"""Characters of narration behind a speech that are cut away with its tag at most."""
_ARTICLE = "the "
_PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the manuscript that is replaced, and the label of its paragraph."""

    start: int
    """Its first character in the manuscript."""
    end: int
    """The character behind it."""
    words: str
    """What stands there instead."""
    paragraph: int
    """Index of the paragraph."""
    speaker: str
    """The name that was masked."""


def read_prose(folder: Path) -> list[Sample]:
    """Samples of every text file in a folder.

    Raises:
        InputError: there is no text file.
    """
    files = sorted(folder.rglob("*.txt"))
    if not files:
        raise InputError(f"{folder} holds no prose: text files (*.txt) are needed.")
    return [sample for path in files for sample in mask(path.stem, path.read_text(encoding="utf-8"), PROSE_WEIGHT)]


def mask(name: str, text: str, weight: float) -> list[Sample]:
    """Copies of a text with masked tags.

    Args:
        name: the text's name.
        text: the story.
        weight: how much one of the labels counts.
    """
    manuscript = transcribe(prose.parse(text))
    scene = read_story(manuscript)
    tagged = [(turn, tag, figure) for turn in scene.turns if (tag := turn.tag) and (figure := _named(scene, turn, tag))]
    samples = []
    for copy in range(_COPIES):
        masked = tagged[copy::_COPIES]
        for way in ("cut", "pronoun"):
            attempts = [_edit(manuscript, turn, tag, figure, way) for turn, tag, figure in masked]
            edits = [edit for edit in attempts if edit]
            if edits:
                samples.append(_rewrite(manuscript, name, edits, weight))
    return samples


def _named(context: StoryContext, turn: Turn, tag: Tag) -> Figure | None:
    """The figure that a tag behind its speech names beyond doubt; None if it does not."""
    mention = tag.mention
    if mention is None or mention.kind != "name" or mention.figure < 0 or len(turn.tags) > 1:
        return None
    figure = context.figures[mention.figure]
    return figure if tag.strong and tag.place == "after" and not figure.narrates else None


def _edit(manuscript: Manuscript, turn: Turn, tag: Tag, figure: Figure, way: str) -> _Edit | None:
    """Mask one tag; None where that cannot be done.

    Args:
        manuscript: the text.
        turn: the turn that the tag belongs to.
        tag: a tag with a name.
        figure: who the name is.
        way: "cut" to cut the tag away, "pronoun" to put a pronoun into it, which needs a gender.
    """
    mention, paragraph = tag.mention, manuscript.paragraphs[turn.paragraph]
    assert mention is not None
    if way == "pronoun":
        if figure.gender == "unknown":
            return None
        before_name = mention.start - len(_ARTICLE)
        has_article = manuscript.text[before_name : mention.start].lower() == _ARTICLE
        start = before_name if has_article else mention.start
        return _Edit(start, mention.end, "he" if figure.gender == "male" else "she", turn.paragraph, figure.name)
    last = paragraph.segments[-1]
    if not last.start <= mention.start < last.end or last.end - last.start > _MAX_CUT:
        return None
    return _Edit(last.start, last.end, "", turn.paragraph, figure.name)


def _rewrite(manuscript: Manuscript, name: str, edits: list[_Edit], weight: float) -> Sample:
    """The text with its edits, whose paragraphs are labelled whole."""
    by_paragraph = {edit.paragraph: edit for edit in edits}
    pieces, spoken, at = [], [], 0
    for paragraph in manuscript.paragraphs:
        words = manuscript.text[paragraph.start : paragraph.end]
        edit = by_paragraph.get(paragraph.index)
        if edit:
            words = (
                manuscript.text[paragraph.start : edit.start] + edit.words + manuscript.text[edit.end : paragraph.end]
            )
            words = words.rstrip()
            # A speech whose tag is cut away ends a sentence.
            words = words[:-2] + '."' if words.endswith(',"') else words
            spoken.append(Spoken(at, at + len(words), edit.speaker))
        pieces.append(words)
        at += len(words) + len(_PARAGRAPH_BREAK)
    return Sample(name, _PARAGRAPH_BREAK.join(pieces), tuple(spoken), weight)
