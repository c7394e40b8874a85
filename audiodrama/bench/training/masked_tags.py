"""Turn prose into Samples without anybody's annotations: a tag with a name is hidden, and the name is the label.

In one copy "growled Spike" is cut away with what follows it, in another it becomes "growled he"; what the tag said is
right about ninety-nine times of a hundred. Only every third tag of a copy is hidden, so that a talk keeps its anchors.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiodrama import prose
from audiodrama.bench.training.samples import Sample, Spoken
from audiodrama.errors import InputError
from audiodrama.script.attribution.candidates import StoryContext
from audiodrama.script.attribution.speakers import read_story
from audiodrama.script.attribution.tags.speech_tags import Tag
from audiodrama.script.attribution.turns import Turn
from audiodrama.script.characters.figures import Figure
from audiodrama.script.quotes.manuscript import Manuscript, transcribe

_SHARES = 3
_LONGEST = 160
"""Characters of narration behind a speech that are cut away with its tag."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the manuscript that is replaced."""

    start: int
    end: int
    words: str
    paragraph: int
    speaker: str


def read_prose(folder: Path) -> list[Sample]:
    """Samples of every text file in a folder.

    Raises:
        InputError: there is none.
    """
    files = sorted(folder.rglob("*.txt"))
    if not files:
        raise InputError(f"{folder} holds no prose: text files (*.txt) are needed.")
    return [sample for path in files for sample in hide(path.stem, path.read_text(encoding="utf-8"), 0.3)]


def hide(name: str, text: str, weight: float) -> list[Sample]:
    """Copies of a text with hidden tags.

    Args:
        name: of the text.
        text: the story.
        weight: how much one of the labels counts.
    """
    manuscript = transcribe(prose.parse(text))
    scene = read_story(manuscript)
    tagged = [(turn, tag, figure) for turn in scene.turns if (tag := turn.tag) and (figure := _named(scene, turn, tag))]
    samples = []
    for share in range(_SHARES):
        mine = tagged[share::_SHARES]
        for way in ("cut", "pronoun"):
            found = [_edit(manuscript, *one, way) for one in mine]
            edits = [edit for edit in found if edit]
            if edits:
                samples.append(_rewrite(manuscript, name, edits, weight))
    return samples


def _named(scene: StoryContext, turn: Turn, tag: Tag) -> Figure | None:
    mention = tag.mention
    if mention is None or mention.kind != "name" or mention.figure < 0 or len(turn.tags) > 1:
        return None
    figure = scene.figures[mention.figure]
    return figure if tag.strong and tag.place == "after" and not figure.narrates else None


def _edit(
    manuscript: Manuscript, turn: Turn, tag: Tag, figure: Figure, way: Literal["cut", "pronoun"] | str
) -> _Edit | None:
    mention, paragraph = tag.mention, manuscript.paragraphs[turn.paragraph]
    assert mention is not None
    if way == "pronoun":
        if figure.gender == "unknown":
            return None
        start = (
            mention.start - 4 if manuscript.text[mention.start - 4 : mention.start].lower() == "the " else mention.start
        )
        return _Edit(start, mention.end, "he" if figure.gender == "male" else "she", turn.paragraph, figure.name)
    last = paragraph.segments[-1]
    if not last.start <= mention.start < last.end or last.end - last.start > _LONGEST:
        return None
    return _Edit(last.start, last.end, "", turn.paragraph, figure.name)


def _rewrite(manuscript: Manuscript, name: str, edits: list[_Edit], weight: float) -> Sample:
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
            words = words[:-2] + '."' if words.endswith(',"') else words
            spoken.append(Spoken(at, at + len(words), edit.speaker))
        pieces.append(words)
        at += len(words) + 2
    return Sample(name, "\n\n".join(pieces), tuple(spoken), weight)
