"""Turn the narration beside a speech into speech tags: who is said to speak it, with which verb, in which manner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from audiodrama.model import Span
from audiodrama.script import lexicon
from audiodrama.script.lexicon import ANY
from audiodrama.script.manuscript import Manuscript, Paragraph, Segment
from audiodrama.script.mentions import Mention, Mentions
from audiodrama.script.names import SEQUENCE

_TITLE_STOP = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMme)(?<!\bProf)(?<!\bCapt)(?<!\bCol)(?<!\bRev)(?<!\b[A-Z])"
_CLAUSE_END = re.compile(rf"{_TITLE_STOP}[.;!?](?=[\s\"')]|$)|--|[—–]")
_SENTENCE_END = re.compile(rf"{_TITLE_STOP}[.!?;](?=[\s\"')]|$)")
_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NOUN_REPLY = re.compile(
    r"(?:was|came|is|comes) (?:(the|his|her|my|a|an)|([A-Z]\w+(?: [A-Z]\w+)?)'s?) (?:[a-z]+ ){0,2}?"
    r"(?:reply|answer|response|rejoinder|retort|comment|remark|question|verdict|exclamation|voice|cry|whisper)\b"
    r"(?: of| from)?"
)
_UNKNOWN_NOUN = re.compile(r" ((?:the|an?|his|her|my|our|their|another|one) (?:[a-z]+ ){0,3}?[A-Za-z-]+)(?=[,.;:!?\"]|$| [a-z])")
_FILLERS = frozenset(
    "the a an his her my our their poor old young little dear good honest worthy then out up back on at last again"
    " that this first second other".split()
)
_NOT_MANNER = frozenset("only early family really hardly scarcely nearly merely reply ugly friendly lovely holy".split())
_VOICE_PHRASE = re.compile(r"\bin an? (?:[a-z]+,? (?:and )?){1,3}(?:voice|tone|whisper|undertone|accent)\b")


@dataclass(frozen=True, slots=True)
class Tag:
    """A clause that says who speaks."""

    mention: Mention | None
    """Its subject; None where it names nobody ("was the reply")."""
    verb: str
    """As written, lower case; empty for a clause that only leads in with a colon."""
    place: Literal["after", "before", "above"]
    """Relative to the speech; "above" is the end of the paragraph before."""
    start: int
    end: int
    """Its words in Manuscript.text."""
    speech: int
    """Segment.start of the speech that it stands beside."""
    strong: bool
    """Whether the verb (or the colon) can mean nothing but speaking."""
    manner: str = ""
    """Words of the tag that tell how it is said."""


def find_tags(paragraph: Paragraph, above: Paragraph | None, mentions: Mentions) -> list[Tag]:
    """All tags of a paragraph's speeches, in order."""
    tags, segments, text = list[Tag](), paragraph.segments, mentions.text
    for at, segment in enumerate(segments):
        if segment.kind != "narration":
            continue
        if at and segments[at - 1].kind == "speech":
            tag = _after(segment, segments[at - 1], paragraph.index, mentions)
            tags += [tag] if tag else []
        if at + 1 < len(segments) and segments[at + 1].kind == "speech":
            tag = _before(segment.start, segment.end, segments[at + 1].start, paragraph.index, mentions, "before")
            if tag and not any(t.mention is tag.mention and t.start <= tag.end for t in tags):
                tags.append(tag)
    first = segments[0] if segments else None
    leads_in = above and above.segments and above.segments[-1].kind == "narration"
    if leads_in and above and first and first.kind == "speech" and text[above.end - 1] in ":,":
        tag = _before(above.segments[-1].start, above.end, first.start, above.index, mentions, "above")
        tags += [tag] if tag else []
    return tags


def _verb_at(words: list[tuple[str, int]], reach: int) -> int:
    """The index of the verb of speech among the first ``reach`` words, -1 if there is none."""
    strong, voice = lexicon.speech_verbs(), lexicon.voice_verbs()
    for at, (word, _) in enumerate(words[:reach]):
        if word in strong:
            return at
    return next((at for at, (word, _) in enumerate(words[: min(reach, 6)]) if word in voice), -1)


def _after(segment: Segment, speech: Segment, paragraph: int, mentions: Mentions) -> Tag | None:
    text = mentions.text
    start = segment.start
    while start < segment.end and not text[start].isalnum():
        start += 1
    stop = _CLAUSE_END.search(text, start, segment.end)
    end = min(stop.start() if stop else segment.end, start + 240)
    words = [(m.group().lower(), m.start()) for m in _WORDS.finditer(text, start, min(end, start + 120))]
    reply = _NOUN_REPLY.match(text, start)
    if reply:
        return _reply_tag(reply, speech, paragraph, mentions, end)
    at = _verb_at(words, 12)
    if at < 0:
        return None
    verb, where = words[at]
    here = mentions.between(paragraph, start, end)
    left = [m for m in here if m.end <= where and not m.governed and (not m.owned or m.part)]
    right = [m for m in here if m.start > where]
    mention = left[0] if left else _inverted(text, where + len(verb), right, end, paragraph, at)
    if mention is None:
        return None
    inverted, direct = not left, at <= 2
    fresh = text[start].isupper() and text[speech.end - 1 : speech.end] != ","
    strong = inverted or direct and not fresh or verb in lexicon.speech_verbs() and (direct or not fresh)
    last = max(mention.end, where + len(verb))
    return Tag(mention, verb, "after", min(mention.start, where), last, speech.start, strong, _manner(text, verb, where, last, end))


def _inverted(
    text: str, after_verb: int, right: list[Mention], end: int, paragraph: int, verb_at: int
) -> Mention | None:
    """The subject behind the verb: "said poor old Tom", "said the unheard-of thing"."""
    if verb_at > 2:
        return None
    if right:
        between = _WORDS.findall(text[after_verb : right[0].start])
        odd = [w for w in between if w.lower() not in _FILLERS and not w.endswith("ly")]
        if not odd and not right[0].governed and not (right[0].owned and not right[0].part):
            return right[0]
    noun = _UNKNOWN_NOUN.match(text, after_verb, end)
    if noun and not (right and right[0].start <= noun.end(1)):
        head = noun.group(1).split()[-1].lower()
        if head in lexicon.words("not_names") or head.endswith("ing") and len(noun.group(1).split()) < 3:
            return None
        return Mention(noun.start(1), noun.end(1), -1, "noun", ANY, paragraph, False, head, subject=True)
    return None


def _reply_tag(reply: re.Match[str], speech: Segment, paragraph: int, mentions: Mentions, end: int) -> Tag:
    """ "was the reply", "came his answer", "came the voice of Spike"."""
    text = mentions.text
    owner = (reply.group(1) or "").lower()
    here = mentions.between(paragraph, reply.start(), end)
    mention = None
    if reply.group(2) or reply.group().endswith((" of", " from")):
        mention = here[0] if here and here[0].start <= reply.end() + 12 else None
    elif owner in ("his", "her"):
        sign = lexicon.MALE if owner == "his" else lexicon.FEMALE
        at = reply.start(1)
        mention = Mention(at, at + 3, -1, "pronoun", sign, paragraph, False, "he" if owner == "his" else "she")
    elif owner == "my" and mentions.narrator >= 0:
        mention = Mention(reply.start(1), reply.end(1), mentions.narrator, "name", ANY, paragraph, False, "i")
    last = max(reply.end(), mention.end if mention else 0)
    return Tag(mention, "reply", "after", reply.start(), min(last, end), speech.start, True, "")


def _before(
    start: int, end: int, speech: int, paragraph: int, mentions: Mentions, place: Literal["before", "above"]
) -> Tag | None:
    text = mentions.text
    tail = end
    while tail > start and text[tail - 1].isspace():
        tail -= 1
    if tail == start:
        return None
    low = start
    for stop in _SENTENCE_END.finditer(text, max(start, tail - 400), tail - 1):
        low = stop.end()
    words = [(m.group().lower(), m.start()) for m in _WORDS.finditer(text, low, tail)]
    leads = text[tail - 1] in ":," or any(w in lexicon.speech_verbs() for w, _ in words[-3:]) or text[tail - 2 : tail] == "--"
    if not leads:
        return None
    verbs = [(w, at) for w, at in words if w in lexicon.speech_verbs()]
    verbs = verbs or [(w, at) for w, at in words if w in lexicon.voice_verbs()]
    if not verbs and text[tail - 1] != ":":
        return None
    verb, where = verbs[-1] if verbs else ("", tail)
    mention = _subject_before(mentions.between(paragraph, low, tail), where)
    if mention is None:
        return None
    strong = bool(verb) or text[tail - 1] == ":"
    first, last = min(mention.start, where), max(mention.end, where + len(verb))
    return Tag(mention, verb, place, first, min(last, tail), speech, strong, _manner(text, verb, where, last, tail))


def _subject_before(here: list[Mention], verb: int) -> Mention | None:
    left = [m for m in here if m.end <= verb and not m.governed and (not m.owned or m.part)]
    acting = [m for m in left if m.subject]
    main = [m for m in acting if not m.subordinate]
    if main or acting:
        return (main or acting)[-1]
    if left:
        return left[0]
    return next((m for m in here if m.start > verb and not m.governed and not m.owned), None)


def _manner(text: str, verb: str, where: int, last: int, end: int) -> str:
    """The verb if it tells how, and the adverbs and voices beside it."""
    told = [] if not verb or verb in lexicon.plain_forms() or verb == "reply" else [verb]
    near = text[max(0, where - 14) : where].rpartition(" ")[0].split()[-1:] + text[last : min(end, last + 50)].split()[:3]
    for word in near:
        bare = word.strip(",.;:")
        if bare.endswith("ly") and bare.islower() and len(bare) > 4 and bare not in _NOT_MANNER:
            told.append(bare)
        elif word[-1:] in ",.;:" and told[1:]:
            break
    phrase = _VOICE_PHRASE.search(text, last, min(end, last + 80))
    if phrase:
        told.append(phrase.group())
    return " ".join(told)


def bare_tags(manuscript: Manuscript) -> tuple[Span, ...]:
    """Narration beside a speech that is nothing but its tag ("he said", "Said Spike."), as spans of the text."""
    spans = []
    for paragraph in manuscript.paragraphs:
        kinds = [s.kind for s in paragraph.segments]
        for at, segment in enumerate(paragraph.segments):
            beside = "speech" in kinds[max(0, at - 1) : at] or "speech" in kinds[at + 1 : at + 2]
            if segment.kind == "narration" and beside and is_bare(manuscript.text[segment.start : segment.end]):
                spans.append(Span(segment.start, segment.end))
    return tuple(spans)


def is_bare(narration: str) -> bool:
    """Whether a stretch of narration is only a subject and a verb of speech, with an adverb at most."""
    clean = narration.strip().strip(",.;:!?—–- ")
    if not clean or len(clean) > 70 or re.search(r"[.;!?](?! ?[A-Z]\w*)|[,;:—–]", clean.replace("Mr.", "Mr").replace("Mrs.", "Mrs")):
        return False
    words = [w for w in clean.split() if not (w.endswith("ly") and w.islower())]
    verbs = [i for i, w in enumerate(words) if w.lower() in lexicon.speech_verbs() | lexicon.voice_verbs()]
    if len(verbs) != 1 or verbs[0] not in (0, len(words) - 1):
        return False
    subject = words[1:] if verbs[0] == 0 else words[:-1]
    if len(subject) == 1:
        return subject[0].lower() in ("he", "she", "i", "they", "we") or subject[0][0].isupper()
    named = SEQUENCE.fullmatch(" ".join(subject))
    described = bool(subject) and subject[0].lower() in _FILLERS and len(subject) <= 4
    return bool(named) or described
