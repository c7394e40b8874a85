"""Turn a Document into a Script, and again when the user decided about lines: what does not change is read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audiodrama.errors import DecisionsError
from audiodrama.model import DecidedLine, Document, Role, Script
from audiodrama.script.assembly import coverage
from audiodrama.script.assembly.decisions import DecidableLine, decidable_lines, match
from audiodrama.script.assembly.lines import build
from audiodrama.script.attribution.overrides import AmbiguousSpeakerError
from audiodrama.script.attribution.speakers import attribute
from audiodrama.script.attribution.tags.bare_tags import bare_tags
from audiodrama.script.characters.roster import roles_of_story
from audiodrama.script.labelled.play import Play
from audiodrama.script.language import Language
from audiodrama.script.language.en import ENGLISH
from audiodrama.script.quotes.manuscript import transcribe


class Adaptation:
    """A document under adaptation."""

    def __init__(
        self,
        document: Document,
        roster: tuple[Role, ...] = (),
        *,
        drop_tags: bool = False,
        language: Language = ENGLISH,
    ) -> None:
        """Transcribe the document; ``adapt`` says what the arguments are."""
        self._document = document
        self._lines: dict[int, DecidableLine] | None = None
        self._play = Play.of(document, roster, language)
        if self._play:
            return  # It says itself who speaks.
        self._manuscript = transcribe(document, language)
        self._roster = roles_of_story(self._manuscript, roster)
        self._dropped = bare_tags(self._manuscript) if drop_tags else ()

    def script(self, decided: Sequence[DecidedLine] = ()) -> Script:
        """Who speaks, given what the user decided; decisions whose line is gone count for nothing.

        Raises:
            DecisionsError: a decision's speaker may be either of two people.
            InternalError: the lines do not account for every character of the source exactly once.
        """
        matched = self.matched(decided).items()
        facts = {self.decidable_lines[at].segment: decided[index].speaker for index, at in matched}
        if self._play:
            script = self._play.script(facts)
        else:
            try:
                people, decisions = attribute(self._manuscript, self._roster, facts)
            except AmbiguousSpeakerError as error:
                where = next((line.where for line in decided if line.speaker == error.speaker and line.where), "")
                raise DecisionsError(f"{where}: {error}" if where else str(error)) from None
            script = build(self._document, self._manuscript, people, decisions, self._dropped)
        coverage.check(script, self._document.source)
        return script

    @property
    def decidable_lines(self) -> Mapping[int, DecidableLine]:
        """What the user can decide about, by the source offset where ``Line.spoken`` begins."""
        if self._lines is None:
            self._lines = (
                self._play.decidable_lines() if self._play else decidable_lines(self._document, self._manuscript)
            )
        return self._lines

    def matched(self, decided: Sequence[DecidedLine]) -> dict[int, int]:
        """Index into ``decided`` -> key of ``decidable_lines``; those whose line is gone are not in it."""
        return match(decided, {at: decidable.line for at, decidable in self.decidable_lines.items()}) if decided else {}
