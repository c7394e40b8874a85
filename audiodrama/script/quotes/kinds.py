"""Tell a quotation that somebody speaks from one that the narrator quotes: a term, a title, words nobody said.

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
_BREAKS = ".,!?…;:—–-"


@dataclass(frozen=True, slots=True)
class _Side:
    """A quotation with what stands beside it in its paragraph."""

    inner: str
    """What stands between the marks; of a long one the beginning and the end."""
    words: list[str]
    """Of it."""
    before: str
    """Narration since the quotation before, without white space at its end."""
    after: str
    """Narration up to the next quotation, without white space at its start."""
    spoken: bool
    """Whether there is speech before it in this paragraph."""
    language: Language
    """What all this is written in."""

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
        return self.language.sentences.lead_break.split(self.before)[-1]

    @property
    def long(self) -> bool:
        """Whether it is more than a term."""
        return len(self.words) > 3

    @property
    def title(self) -> bool:
        """Whether it is set like a title: The Poet and the Peasant."""
        heavy = [word for word in self.words if word not in self.language.quotes.light_words]
        capitals = sum(word[0].isupper() for word in heavy)
        return len(self.words) > 1 and self.last not in "!?" and capitals > 0.7 * len(heavy)

    @property
    def tagged(self) -> bool:
        """Whether a speech tag stands behind it."""
        return begins_with_tag(self.after, self.language, BEHIND_SPEECH)

    @property
    def unsaid(self) -> bool:
        """Whether its clause says that nobody says it aloud: as if to say "No"; a sign that said "Keep out"."""
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
    found: list[SegmentKind] = []
    for index, piece in enumerate(pieces):
        left = pieces[index - 1].end if index else start
        right = pieces[index + 1].start if index + 1 < len(pieces) else end
        inner = text[piece.inner : min(piece.inner_end, piece.inner + 400)].strip()
        if piece.inner_end - piece.inner > 400:
            inner += text[piece.inner_end - 8 : piece.inner_end].strip()
        if not inner or (goes_on and not index):
            found.append("speech" if inner else "quoted")
            continue
        before = text[max(left, piece.start - _NEAR) : piece.start].rstrip()
        after = text[piece.end : min(right, piece.end + _NEAR)].lstrip()
        side = _Side(inner, WORD.findall(inner), before, after, any(kind != "quoted" for kind in found), language)
        found.append(_kind(side, initial=not index and not before, thought=found[-1:] == ["thought"]))
    return found


def _kind(side: _Side, *, initial: bool, thought: bool) -> SegmentKind:
    if is_thought(side.before, side.after, side.language):
        return "thought"
    if thought and not side.tagged and not side.speaks(side.before):
        return "thought"
    if not side.words:
        return "speech" if initial or side.before[-1:] in (*".,:!?—",) else "quoted"
    if initial:
        return "speech" if _begins_spoken(side) else "quoted"
    punctuated = not side.before or side.before[-1] in ".,!?…;:—–-([)*_]\"'”’"
    return "speech" if (_follows_spoken if punctuated else _runs_in_spoken)(side) else "quoted"


def _begins_spoken(side: _Side) -> bool:
    """Whether a quotation at the start of its paragraph is spoken, not "Nice" women, however wronged."""
    return side.ends or side.long or not side.after[:1].islower() or side.tagged


def _follows_spoken(side: _Side) -> bool:
    """Whether a quotation behind a comma, a colon or a whole sentence is spoken."""
    clause = side.clause
    lead = side.before[-1:]
    if lead in (*",:—-",) and side.unsaid:
        return False
    tagged = side.tagged
    if side.spoken or tagged:
        return True
    if side.lower:
        compares = side.language.quotes.as_clause.search(clause)
        return lead == "," and side.speaks(" ".join(clause.split()[-3:])) and not compares
    if not side.ends:
        return side.long
    if side.last == "," and lead in (*",—-",):
        return len(side.words) > 6 or side.speaks(clause)
    return not _reported(side)


def _reported(side: _Side) -> bool:
    """Whether it is what somebody said, told by the narrator in the third person and the past, yet in marks."""
    if len(side.words) < 10 or side.speaks(side.clause):
        return False
    known = side.language.quotes
    words = {re.split("['’]", word.lower())[0] for word in side.words} | {word.lower() for word in side.words}
    return not words & (known.personal | known.present_verbs) and known.reported.search(side.inner) is not None


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
    words = [word.lower() for word in WORD.findall(clause[-60:])]
    upper = not side.lower
    if words and side.speaks(words[-1]):
        return side.ends or upper
    if side.speaks(" ".join(words[-8:])) and side.ends and (upper or side.long):
        return True
    return side.ends and upper and (side.long or side.tagged)
