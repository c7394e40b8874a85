"""Tell a quotation that a character speaks from one that the narrator quotes: a term, a title, words never said.

The evidence is what stands on both sides of the marks. In doubt it is speech, for a quoted title in a character's
voice is a smaller harm than a speech that the narrator takes away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiodrama.script.language import Language
from audiodrama.script.quotes.pairing import Quotation
from audiodrama.script.quotes.segments import SegmentKind
from audiodrama.script.quotes.tag_start import BEHIND_SPEECH, WORD, begins_with_tag
from audiodrama.script.quotes.thoughts import is_thought

_NEAR = 160
"""Characters of narration that are looked at on each side."""
_SHOWN = 400
"""Characters at the beginning of a quotation that are looked at."""
_SHOWN_AT_END = 8
"""Characters at the end of such a long quotation that are looked at."""
_TERM = 3
"""Words of a term at most: the "Society of Friends"."""
_CAPITALS = 0.7
"""Share of a title's words, small ones aside, that have a capital."""
_SPEECH = 6
"""Words of a quotation behind a comma that ends in one, at most, for it to be a term: that, a "find," he kept."""
_REPORT = 10
"""Words of a speech that is reported in marks at least."""
_VERB_SOON = 3
"""Words before a quotation in small letters of which one is its verb of speech: he said it was, "not bad"."""
_VERB_BEFORE = 8
"""Words before a quotation with no stop between of which one may be its verb of speech."""
_CLAUSE = 60
"""Characters before a quotation in which these words stand."""
_BREAKS = ".,!?…;:—–-"


@dataclass(frozen=True, slots=True)
class _Side:
    """A quotation with what stands beside it in its paragraph."""

    inner: str
    """What stands between the marks; of a long one the beginning and the end."""
    words: list[str]
    """The words between the marks."""
    narration_before: str
    """Narration since the quotation before, without white space at its end."""
    narration_after: str
    """Narration up to the next quotation, without white space at its start."""
    spoken: bool
    """Whether there is speech before it in this paragraph."""
    language: Language
    """The story's language."""

    @property
    def ends(self) -> bool:
        """Whether it ends as a speech does, with a stop or a comma inside the marks."""
        return self.last in (*_BREAKS,)

    @property
    def last(self) -> str:
        """Its last character, but for marks within."""
        return self.inner.rstrip("'’*_)")[-1:]

    @property
    def lower(self) -> bool:
        """Whether it goes on in lower case."""
        return self.inner.lstrip("*_'‘…. ")[:1].islower()

    @property
    def clause(self) -> str:
        """The sentence that leads to it."""
        return self.language.sentences.lead_break.split(self.narration_before)[-1]

    @property
    def long(self) -> bool:
        """Whether it is more than a term."""
        return len(self.words) > _TERM

    @property
    def title(self) -> bool:
        """Whether it is set like a title: The Poet and the Peasant."""
        heavy = [word for word in self.words if word not in self.language.quotes.light_words]
        capitals = sum(word[0].isupper() for word in heavy)
        return len(self.words) > 1 and self.last not in "!?" and capitals > _CAPITALS * len(heavy)

    @property
    def tagged(self) -> bool:
        """Whether a speech tag stands behind it."""
        return begins_with_tag(self.narration_after, 0, len(self.narration_after), self.language, BEHIND_SPEECH)

    @property
    def unsaid(self) -> bool:
        """Whether its clause says that it is not said aloud: as if to say "No"; a sign that said "Keep out"."""
        words, clause = self.language.quotes, self.clause
        return bool(words.supposed.search(clause) or words.voiceless.search(clause))

    def speaks(self, clause: str) -> bool:
        """Whether a clause has a verb of speech."""
        verbs, more = self.language.lists.speech_verbs, self.language.quotes.leading_verbs
        return any(word in verbs or word in more for word in map(str.lower, WORD.findall(clause)))


def classify(
    text: str, start: int, end: int, pieces: tuple[Quotation, ...], goes_on: bool, language: Language
) -> list[SegmentKind]:
    """Say of every quotation of a paragraph whether it is "speech", "thought" or only "quoted".

    Args:
        text: the story.
        start: the paragraph's first character.
        end: its end, exclusive.
        pieces: its quotations.
        goes_on: whether the first one goes on from the paragraph before.
        language: what the story is written in.
    """
    kinds: list[SegmentKind] = []
    for index, piece in enumerate(pieces):
        left = pieces[index - 1].end if index else start
        right = pieces[index + 1].start if index + 1 < len(pieces) else end
        inner = text[piece.inner : min(piece.inner_end, piece.inner + _SHOWN)].strip()
        if piece.inner_end - piece.inner > _SHOWN:
            inner += text[piece.inner_end - _SHOWN_AT_END : piece.inner_end].strip()
        if not inner or (goes_on and not index):
            kinds.append("speech" if inner else "quoted")
            continue
        lead = text[max(left, piece.start - _NEAR) : piece.start].rstrip()
        follows = text[piece.end : min(right, piece.end + _NEAR)].lstrip()
        side = _Side(inner, WORD.findall(inner), lead, follows, any(kind != "quoted" for kind in kinds), language)
        kinds.append(_kind(side, initial=not index and not lead, thought=kinds[-1:] == ["thought"]))
    return kinds


def _kind(side: _Side, *, initial: bool, thought: bool) -> SegmentKind:
    """Say what one quotation is.

    Args:
        side: the quotation with what stands beside it.
        initial: whether the quotation begins its paragraph.
        thought: whether the quotation before it in the paragraph is a thought.
    """
    if is_thought(side.narration_before, side.narration_after, side.language):
        return "thought"
    if thought and not side.tagged and not side.speaks(side.narration_before):
        return "thought"
    if not side.words:
        return "speech" if initial or side.narration_before[-1:] in (*".,:!?—",) else "quoted"
    if initial:
        return "speech" if _begins_spoken(side) else "quoted"
    punctuated = not side.narration_before or side.narration_before[-1] in ".,!?…;:—–-([)*_]\"'”’"
    return "speech" if (_follows_spoken if punctuated else _runs_in_spoken)(side) else "quoted"


def _begins_spoken(side: _Side) -> bool:
    """Whether a quotation at the start of its paragraph is spoken, not "Nice" women, however wronged."""
    return side.ends or side.long or not side.narration_after[:1].islower() or side.tagged


def _follows_spoken(side: _Side) -> bool:
    """Whether a quotation behind a comma, a colon or a whole sentence is spoken."""
    clause = side.clause
    lead = side.narration_before[-1:]
    if lead in (*",:—-",) and side.unsaid:
        return False
    tagged = side.tagged
    if side.spoken or tagged:
        return True
    if side.lower:
        compares = side.language.quotes.as_clause.search(clause)
        return lead == "," and side.speaks(" ".join(clause.split()[-_VERB_SOON:])) and not compares
    if not side.ends:
        return side.long
    if side.last == "," and lead in (*",—-",):
        return len(side.words) > _SPEECH or side.speaks(clause)
    return not _reported(side)


def _reported(side: _Side) -> bool:
    """Whether the narrator reports it in the third person and the past, yet in marks: He said that "he would come"."""
    if len(side.words) < _REPORT or side.speaks(side.clause):
        return False
    patterns = side.language.quotes
    words = {re.split("['’]", word.lower())[0] for word in side.words} | {word.lower() for word in side.words}
    return not words & (patterns.personal | patterns.present_verbs) and patterns.reported.search(side.inner) is not None


def _runs_in_spoken(side: _Side) -> bool:
    """Whether a quotation with no stop before it is spoken: She said "No!" but not in "the house"."""
    clause = side.clause
    if side.unsaid:
        return False
    if side.spoken and side.long:
        return True
    if side.title and not side.tagged:
        return False
    lead = side.language.quotes.leads_to_term.search(clause)
    if lead and lead.group() in side.language.quotes.joiners:
        return side.ends and (side.long or side.tagged)
    if lead:
        return side.ends and not side.lower and side.long and side.last in "!?"
    words = [word.lower() for word in WORD.findall(clause[-_CLAUSE:])]
    upper = not side.lower
    if words and side.speaks(words[-1]):
        return side.ends or upper
    if side.speaks(" ".join(words[-_VERB_BEFORE:])) and side.ends and (upper or side.long):
        return True
    return side.ends and upper and (side.long or side.tagged)
