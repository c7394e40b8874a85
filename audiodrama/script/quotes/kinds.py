"""Tell a quotation that somebody speaks from one that the narrator quotes: a term, a title, words nobody said.

The evidence is what stands on both sides of the marks. In doubt it is speech, for a quoted title in a character's
voice is a smaller harm than a speech that the narrator takes away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiodrama.script.language.lexicon import speech_verbs, voice_verbs
from audiodrama.script.quotes.pairing import Quotation
from audiodrama.script.quotes.segments import SegmentKind
from audiodrama.script.quotes.thoughts import is_thought

_NEAR = 160
"""Characters of narration that are looked at on each side."""
_BREAKS = ".,!?…;:—–-"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…;][\"'”’)*_]*\s+(?=[^\W\d_a-z])|[.!?]--?|[\"”»]")
_TAG_END = re.compile(r"[.!?;:\"”]")
_SAY = (
    r"(?:sa(?:y|ys|id|ying)|told"
    r"|(?:ask|answer|repl|cr|exclaim|call|shout|tell|remark|observ|add|scream|yell|whisper)(?:s|ed|ing|y|ies|ied|ying|e)?)"
)
_SUPPOSED = re.compile(
    rf"\b(?:(?:would|could|might|should|must) (?:(?:not|never|almost|fain|well) )?have"
    rf"|as (?:if|though|who should|who would)(?: to)?|(?:felt|feel) (?:like|inclined to)"
    rf"|(?:want|wish|long|yearn)(?:ed|s|ing)? to|instead of|without|never|did not|not|n[’']t|lips to|tongue to) {_SAY}"
    r"(?: (?:out|aloud|back|to|him|her|me|them|himself|herself))*[,:]?(?:--?|—)?$",
    re.I,
)
"""Words that are not said: as who should say, "..."."""
_SILENT = re.compile(
    r"\b(?:eyes?|looks?|glances?|face|smile|silence|gesture|attitude|heart|conscience|brain|signs?|notice|label|placard"
    r"|board|poster|banner|plate|inscription|headline|motto|proverb|letters?|notes?|telegram|card)"
    r"(?:,? (?:that|which))?(?: (?:above|on|over|of|in|at) the \w+)?"
    r"(?: (?:had|was|only|simply|plainly|almost|still|it|\w+ly|seemed to|appeared to|tried to|as much as to))*"
    r" (?:said|say|says|saying|meant|mean|means|implied|imply|expressed|read|asked|suggesting|suggested|crying|cried"
    r"|proclaimed|announced|was|runs?|ran|began|begins|ended)\W*$",
    re.I,
)
"""What speaks without a voice: a sign that said "Keep out"."""
_NAMES = re.compile(
    r"\b(?:called|named|entitled|titled|termed|labell?ed|marked|headed|christened|nicknamed|dubbed|styled|inscribed"
    r"|spelled|spelt|signed|pronounced|pleaded|words?|phrases?|terms?|expression|name|title|so-called|during|an?|the"
    r"|his|her|their|its|my|our|your|this|that|these|those|such|of|in|from|about|like|as|by|on|for|is|was|were|are|be"
    r"|been|and|or|but|no|any|some|very|not|than|between|into|at|most|to)$",
    re.I,
)
"""What leads to a term or a title with no mark between."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SPEAKING = _set(
    "say ask answer reply cry exclaim call called calling calls shout tell add remark observe whisper murmur repeat"
    " return began"
)
"""Beside the forms that name speaking wherever they stand."""
_PERSONAL = _set("i me my mine myself we us our ours you your yours thou thee thy thine let ma'am sir madam")
_PRESENT = _set("is are has am will shall can may does do let don isn can won")
_LIGHT = _set("a an the of in on to and or for with from at by de la le")
_REPORTED = re.compile(r"\b(?:s?he|they) (?:\w+ly |had |never |not )?(?:would|could|might|must|should)\b")


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
    """Whether somebody has spoken in this paragraph."""

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
        return _SENTENCE_END.split(self.before)[-1]

    @property
    def long(self) -> bool:
        """Whether it is more than a term."""
        return len(self.words) > 3

    @property
    def title(self) -> bool:
        """Whether it is set like a title: The Poet and the Peasant."""
        heavy = [word for word in self.words if word not in _LIGHT]
        capitals = sum(word[0].isupper() for word in heavy)
        return len(self.words) > 1 and self.last not in "!?" and capitals > 0.7 * len(heavy)


def classify(text: str, start: int, end: int, pieces: tuple[Quotation, ...], goes_on: bool) -> list[SegmentKind]:
    """Say of every quotation of a paragraph whether it is "speech", "thought" or only "quoted".

    Args:
        text: the story.
        start: the paragraph's first character.
        end: its end, exclusive.
        pieces: its quotations.
        goes_on: whether the first one goes on from the paragraph before.
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
        side = _Side(inner, _WORD.findall(inner), before, after, any(kind != "quoted" for kind in found))
        found.append(_kind(side, initial=not index and not before, thought=found[-1:] == ["thought"]))
    return found


def _kind(side: _Side, *, initial: bool, thought: bool) -> SegmentKind:
    if is_thought(side.before, side.after):
        return "thought"
    if thought and not _tagged(side.after) and not _speaks(side.before):
        return "thought"
    if not side.words:
        return "speech" if initial or side.before[-1:] in (*".,:!?—",) else "quoted"
    if initial:
        return "speech" if _begins_spoken(side) else "quoted"
    punctuated = not side.before or side.before[-1] in ".,!?…;:—–-([)*_]\"'”’"
    return "speech" if (_follows_spoken if punctuated else _runs_in_spoken)(side) else "quoted"


def _begins_spoken(side: _Side) -> bool:
    """Whether a quotation at the start of its paragraph is spoken, not "Nice" women, however wronged."""
    return side.ends or side.long or not side.after[:1].islower() or _tagged(side.after)


def _follows_spoken(side: _Side) -> bool:
    """Whether a quotation behind a comma, a colon or a whole sentence is spoken."""
    clause = side.clause
    lead = side.before[-1:]
    if lead in (*",:—-",) and (_SUPPOSED.search(clause) or _SILENT.search(clause)):
        return False
    tagged = _tagged(side.after)
    if side.spoken or tagged:
        return True
    if side.lower:
        return lead == "," and _speaks(" ".join(clause.split()[-3:])) and not re.search(r"\bas\b|^As\b", clause)
    if not side.ends:
        return side.long
    if side.last == "," and lead in (*",—-",):
        return len(side.words) > 6 or _speaks(clause)
    return not _reported(side)


def _reported(side: _Side) -> bool:
    """Whether it is what somebody said, told by the narrator in the third person and the past, yet in marks."""
    if len(side.words) < 10 or _speaks(side.clause):
        return False
    words = {re.split("['’]", word.lower())[0] for word in side.words} | {word.lower() for word in side.words}
    return not words & _PERSONAL and not words & _PRESENT and _REPORTED.search(side.inner) is not None


def _runs_in_spoken(side: _Side) -> bool:
    """Whether a quotation with no stop before it is spoken: She said "No!" but not in "the house"."""
    clause = side.clause
    if _SUPPOSED.search(clause) or _SILENT.search(clause):
        return False
    if side.spoken and side.long:
        return True
    if side.title and not _tagged(side.after):
        return False
    names = _NAMES.search(clause)
    if names and names.group() in ("and", "And", "or", "Or", "but", "But"):
        return side.ends and (side.long or _tagged(side.after))
    if names:
        return side.ends and not side.lower and side.long and side.last in "!?"
    words = [word.lower() for word in _WORD.findall(clause[-60:])]
    upper = not side.lower
    if words and _speaks(words[-1]):
        return side.ends or upper
    if _speaks(" ".join(words[-8:])) and side.ends and (upper or side.long):
        return True
    return side.ends and upper and (side.long or _tagged(side.after))


def _speaks(clause: str) -> bool:
    return any(word in speech_verbs() or word in _SPEAKING for word in map(str.lower, _WORD.findall(clause)))


def _tagged(after: str) -> bool:
    """Whether narration begins with a tag."""
    words = [word.lower() for word in _WORD.findall(_TAG_END.split(after[:70], maxsplit=1)[0])[:5]]
    if len(words) < 2:
        return False
    if words[0] in speech_verbs() or any(word in voice_verbs() for word in words[:3]):
        return True
    return any(word in speech_verbs() for word in words[1:])
