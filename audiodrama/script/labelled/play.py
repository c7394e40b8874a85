"""Turn a Document that names its speakers itself - a play, a screenplay, a chat, an interview - into a Script.

Labels, time stamps, transitions and directions in brackets are not read out; a direction becomes the delivery. What
stands between the speeches is the narrator's, scene headings are read as headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Document, Line, Role, Scene, Script, Skip, Span
from audiodrama.script.assembly.chapters import chapter_titles
from audiodrama.script.assembly.decisions import DecidableLine, excerpt, numbered
from audiodrama.script.assembly.lines import Piece, spread
from audiodrama.script.attribution.overrides import DECIDED_BY_USER
from audiodrama.script.labelled.detect import Labelled, labelled
from audiodrama.script.labelled.lines import pieces
from audiodrama.script.labelled.people import Dramatis
from audiodrama.script.labelled.speaker_labels import is_slug
from audiodrama.script.language import Language

__all__ = ["Play", "is_labelled"]


def is_labelled(document: Document, language: Language) -> bool:
    """Whether a document names its speakers itself, so that no speaker has to be guessed."""
    return labelled(document, language) is not None


class Play:
    """A document that names its speakers itself, read once."""

    def __init__(self, read: Labelled, roster: tuple[Role, ...] = ()) -> None:
        """Find who is meant by each label, and cut the text into lines."""
        self._read = read
        self._document = read.document
        self._people = Dramatis(read, roster)
        self._starts = self._scene_starts()
        cut = sorted((*pieces(read, self._people), *self._left_out()), key=lambda piece: (piece.start, piece.end))
        spread(cut, len(self._document.source))
        self._skipped = tuple(Skip(Span(piece.start, piece.end), piece.reason) for piece in cut if piece.line is None)
        self._scenes = self._in_scenes(cut)

    @classmethod
    def of(cls, document: Document, roster: tuple[Role, ...], language: Language) -> Play | None:
        """The play that a document is; None for prose."""
        read = labelled(document, language)
        return cls(read, roster) if read else None

    def decidable_lines(self) -> dict[int, DecidableLine]:
        """What the user can decide about, by the source offset of each line's first word."""
        lines = [
            (line.spoken.start, excerpt(self._document.source, line.text, line.spoken))
            for scene in self._scenes
            for line in scene.lines
            if line.kind == "dialogue" and line.spoken
        ]
        described = numbered([line for _, line in lines])
        return {at: DecidableLine(at, line) for (at, _), line in zip(lines, described, strict=True)}

    def script(self, decided: Mapping[int, str]) -> Script:
        """The script. ``decided``: ``DecidableLine.segment`` -> who speaks the line, as the user decided."""
        scenes = tuple(
            replace(scene, lines=tuple(self._settled(line, decided) for line in scene.lines)) for scene in self._scenes
        )
        speaking = dict.fromkeys(line.speaker for scene in scenes for line in scene.lines)
        people = tuple(self._people.person(name) for name in speaking if name not in (NARRATOR, CROWD, UNKNOWN))
        document = self._document
        return Script(scenes, people, self._skipped, document.title, document.author, document.file)

    def _settled(self, line: Line, decided: Mapping[int, str]) -> Line:
        """The line as the user decided, if so."""
        speaker = decided.get(line.spoken.start) if line.spoken else None
        if speaker is None or line.kind != "dialogue":
            return line
        if speaker == NARRATOR:
            return replace(line, kind="narration", speaker=NARRATOR, delivery="", why=DECIDED_BY_USER)
        return replace(line, speaker=self._people.known(speaker), why=DECIDED_BY_USER)

    def _scene_starts(self) -> frozenset[int]:
        """Indexes of the blocks where a scene begins; a title above a scene's heading is part of that scene."""
        blocks = self._document.blocks
        unlabelled, language = (row for row in self._read.rows if row.label is None), self._read.language
        slugs = {row.block for row in unlabelled if is_slug(row.text, language)}
        starts = {0} | {at for at in slugs if at == 0 or blocks[at - 1].kind != "heading"}
        for index, block in enumerate(blocks[:-1]):
            if block.kind == "break" or (blocks[index + 1].kind == "heading" and block.kind != "heading"):
                starts.add(index + 1)
        return frozenset(starts)

    def _left_out(self) -> Iterator[Piece]:
        """What the document itself leaves out. A scene break of symbols is among it."""
        breaks = set()
        for at, block in enumerate(self._document.blocks):
            if block.kind == "break" and block.span.end > block.span.start:
                breaks.add(block.span.start)
                yield Piece(*block.span, at, reason="scene break")
        for skip in self._document.skipped:
            if skip.span.end > skip.span.start and skip.span.start not in breaks:
                yield Piece(*skip.span, -1, reason=skip.reason)

    def _in_scenes(self, cut: list[Piece]) -> tuple[Scene, ...]:
        """The lines in their scenes; a scene without lines is left out, its title goes to the next."""
        titles = chapter_titles(self._document, sorted(self._starts))
        scenes: list[tuple[str, list[Line]]] = [("", [])]
        current = -1
        for piece in cut:
            if piece.line is None:
                continue
            for index in range(current + 1, piece.paragraph + 1):
                if index in self._starts:
                    title = titles.get(index, "")
                    if scenes[-1][1]:
                        scenes.append((title, []))
                    elif title:
                        scenes[-1] = (title, [])
            current = max(current, piece.paragraph)
            scenes[-1][1].append(replace(piece.line, span=Span(piece.start, piece.end)))
        return tuple(Scene(tuple(lines), title) for title, lines in scenes if lines)
