"""Turn the rows of a document that names its speakers itself into lines and skips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from audiodrama.model import NARRATOR, Block, Line, Span
from audiodrama.script.assembly.lines import Piece
from audiodrama.script.labelled import speaker_labels
from audiodrama.script.labelled.detect import Labelled, Row
from audiodrama.script.labelled.people import Dramatis
from audiodrama.script.labelled.speaker_labels import SpeakerLabel

LABEL, STAMP, DIRECTION, TRANSITION = "speaker's label", "time stamp", "direction", "transition"
_NAME_WORDS = 4
"""Words at most of a name that begins a program's notice in a chat: "maud has left"."""
_ENDED = re.compile(r"[.!?…:)\]\"”’]$")
_QUOTED = re.compile(r"[\"“”„«‘][^\"“”„«»]+[\"“”»’]")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a block that is one thing: words of one speaker, or of the narrator, or a skip."""

    block: int
    """Index of the block in ``Document.blocks``."""
    start: int
    """Offset of its first character in the block's text."""
    end: int
    """Offset behind its last character."""
    kind: Literal["dialogue", "narration", "heading", "skip"]
    label: SpeakerLabel | None = None
    """The label of the speech that it is in; None outside of speeches."""
    delivery: str = ""
    """How the speaker says it, as `Line.delivery`."""
    reason: str = ""
    """Why a skip is left out, as `Skip.reason`."""

    def goes_on(self, other: _Stretch) -> bool:
        """Whether the other one, right behind it, is more of the same."""
        same = self.block == other.block and self.kind == other.kind != "skip"
        return same and self.label is other.label and self.delivery == other.delivery


def pieces(play: Labelled, people: Dramatis) -> Iterator[Piece]:
    """The lines and skips of a document, in reading order; white space and markup between them is in none yet."""
    reached = -1
    stretches = _stretches(play)
    for stretch in stretches if play.chat else _joined(stretches):
        block = play.document.blocks[stretch.block]
        for part in _asides(play, block, stretch):
            low, high = _trimmed(block, part)
            span = Span(block.to_source(low), block.to_source(high - 1) + 1)
            piece = Piece(*span, part.block, reason=part.reason)
            text = block.text[low:high]
            if part.kind == "skip" or not (part.kind == "dialogue" or any(map(str.isalnum, text))):
                piece.reason = part.reason or "no words"
            else:
                piece.line = replace(_line(part, text, span, people), runs_on=reached == part.block)
                reached = part.block
            if play.chat or part.reason == LABEL:
                reached = -1
            yield piece


def _line(stretch: _Stretch, text: str, span: Span, people: Dramatis) -> Line:
    """The line of a stretch with these words, at this place of the source."""
    if stretch.label is None or stretch.kind != "dialogue":
        return Line("heading" if stretch.kind == "heading" else "narration", NARRATOR, text, span, span)
    speaker, why = people.speaker(stretch.label), f"label: '{stretch.label.name}'"
    if speaker == NARRATOR:
        return Line("narration", NARRATOR, text, span, span, why=why)
    return Line("dialogue", speaker, text, span, span, delivery=stretch.delivery, why=why)


def _stretches(play: Labelled) -> Iterator[_Stretch]:
    """Cut the rows into stretches; a row without a label belongs to the speech above unless its form says otherwise."""
    label: SpeakerLabel | None = None
    delivery, above = "", ""
    awaited = False
    names = {row.label.key for row in play.rows if row.label} if play.chat else set()
    for row in play.rows:
        previous, above = above, row.text
        named = row.label
        if named and named.alone and awaited and not row.first:
            named = None  # Words in capitals below a cue.
        if named:
            yield from _label(row, named)
            label, delivery, awaited = named, named.delivery, named.alone
            continue
        unspoken = _apart(play, row)
        if unspoken:
            label, awaited = (label, awaited) if unspoken.reason == STAMP else (None, False)
            yield unspoken
            continue
        if play.chat and (row.first or _is_notice(row.text, names)):
            label = None
        elif label and not awaited and (row.first or (row.start == 0 and not label.alone and _ENDED.search(previous))):
            label = None  # Set off from the speech above, or a paragraph of its own.
        if label and speaker_labels.is_direction(row.text) and not play.chat:
            delivery = speaker_labels.delivery_of(row.text, play.language)
            yield _Stretch(row.block, row.start, row.end, "skip", reason=DIRECTION)
            continue
        awaited = False
        stamp = speaker_labels.stamp_end(row.text) if play.chat else 0
        if stamp:
            yield _Stretch(row.block, row.start, row.start + stamp, "skip", reason=STAMP)
            yield _Stretch(row.block, row.start + stamp, row.end, "narration")
            continue
        bare = int(label is None and speaker_labels.is_direction(row.text))
        kind: Literal["dialogue", "narration"] = "dialogue" if label else "narration"
        yield _Stretch(row.block, row.start + bare, row.end - bare, kind, label, delivery if label else "")


def _label(row: Row, label: SpeakerLabel) -> Iterator[_Stretch]:
    """What a labelled row is: its time stamp, the label and the words."""
    at = row.start + label.stamp
    if label.stamp:
        yield _Stretch(row.block, row.start, at, "skip", reason=STAMP)
    yield _Stretch(row.block, at, row.start + label.end, "skip", reason=LABEL)
    if not label.alone:
        yield _Stretch(row.block, row.start + label.end, row.end, "dialogue", label, label.delivery)


def _apart(play: Labelled, row: Row) -> _Stretch | None:
    """A row that is no speech by its form; None if it may be one."""
    if play.document.blocks[row.block].kind == "heading" or speaker_labels.is_slug(row.text, play.language):
        return _Stretch(row.block, row.start, row.end, "heading")
    if speaker_labels.is_transition(row.text, play.language) and row.first:
        return _Stretch(row.block, row.start, row.end, "skip", reason=TRANSITION)
    if speaker_labels.is_stamp(row.text):
        return _Stretch(row.block, row.start, row.end, "skip", reason=STAMP)
    return None


def _is_notice(text: str, names: set[str]) -> bool:
    """Whether an unlabelled row of a chat is the program's and not more of a message: "maud has left"."""
    if text[0] in "*-=" or speaker_labels.stamp_end(text):
        return True
    words = text.casefold().split(" ", _NAME_WORDS)
    return any(" ".join(words[:count]) in names for count in range(1, _NAME_WORDS + 1))


def _joined(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """The rows of one speech, or of one paragraph of narration, in one."""
    held: _Stretch | None = None
    for stretch in stretches:
        if held and held.goes_on(stretch):
            held = replace(held, end=stretch.end)
            continue
        if held:
            yield held
        held = stretch
    if held:
        yield held


def _asides(play: Labelled, block: Block, stretch: _Stretch) -> Iterator[_Stretch]:
    """A speech without the directions in brackets in it; each says how what follows is spoken."""
    if stretch.kind != "dialogue" or play.chat:
        yield stretch
        return
    labels = play.language.labels
    text, at, delivery = block.text[stretch.start : stretch.end], 0, stretch.delivery
    for aside in (labels.aside_in_play if play.caps else labels.aside).finditer(text):
        if text[at : aside.start()].strip():
            yield replace(stretch, start=stretch.start + at, end=stretch.start + aside.start(), delivery=delivery)
        low, at = stretch.start + aside.start(), aside.end()
        delivery = speaker_labels.delivery_of(aside.group(), play.language)
        yield _Stretch(stretch.block, low, stretch.start + at, "skip", reason=DIRECTION)
    if text[at:].strip():
        yield replace(stretch, start=stretch.start + at, delivery=delivery)


def _trimmed(block: Block, stretch: _Stretch) -> tuple[int, int]:
    """Where its words begin and end, without white space, and without marks around the whole of a speech."""
    text = block.text[stretch.start : stretch.end]
    low = stretch.start + len(text) - len(text.lstrip())
    high = low + len(text.strip())
    if stretch.kind == "dialogue" and high - low > 2 and _QUOTED.fullmatch(block.text, low, high):
        return low + 1, high - 1
    return low, high
