"""Turn the narration beside a speech into speech tags: who is said to speak it, with which verb, in which manner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from audiodrama.model import Span
from audiodrama.script.attribution.clauses import WORDS, inverted, nearest_left, pronoun, subject_before
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.characters.names import SEQUENCE
from audiodrama.script.language import lexicon
from audiodrama.script.language.lexicon import ANY
from audiodrama.script.quotes.manuscript import Manuscript, Paragraph, Segment

_TITLE_STOP = (
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMme)(?<!\bProf)(?<!\bCapt)(?<!\bCol)(?<!\bRev)(?<!\b[A-Z])"
)
_CLAUSE_END = re.compile(rf"{_TITLE_STOP}[.;!?](?=[\s\"')]|$)|--|[—–]")
SENTENCE_END = re.compile(rf"{_TITLE_STOP}[.!?;](?=[\s\"')]|$)")
_REPLY = (
    r"(?:reply|answer|response|rejoinder|retort|comment|remark|question|verdict|exclamation|voice|cry|whisper|assurance"
    r"|reasoning|observation|conclusion|greeting|opinion|suggestion|request|inquiry|advice|protest|objection|complaint"
    r"|explanation|consolation|injunction|thoughts?|words|speech|salutation|reflection|address|apostrophe|enquiry"
    r"|declaration|language|reproach|warning|invitation|argument|confession|order|command|rebuke|summons|amendment"
    r"|communication|admission|statement|announcement|reminder|plea)"
)
_NOUN_REPLY = re.compile(
    r"(?:was|were|came|is|comes) (?:all |only |still )?(?:(the|his|her|my|a|an)(?: [a-z-]+'s)?"
    r"|((?:[A-Z]\w*\.? ){0,2}[A-Z][\w-]+)'s?) (?:[a-z]+ ){0,2}?"
    rf"{_REPLY}\b(?: of| from)?"
)
_REPLY_WAS = re.compile(
    r"\b(?:[Hh]is|[Hh]er|(?:[A-Z]\w*\.? ){0,2}[A-Z][\w-]+'s?|[Tt]he [a-z-]+'s) (?:[a-z]+ ){0,2}?"
    rf"{_REPLY}(?: [^.,;:!?]{{1,40}}?)?"
    r"(?: (?:was|were)(?:,? [a-z ]{1,20})?(?:[,:]|--?|[—–])*|(?:, [^.;:!?]{1,40})?:(?:--?|[—–])?)$"
)
_BEGINS = re.compile(
    r" (was (?:still )?(?:talking|speaking)|could (?:be|keep|remain) silent no longer"
    r"|began|continued|resumed|went on|replied|answered|spoke|interrupted|added|interposed|protested|explained"
    r"|broke in|joined in|put in|said|asked|inquired|remarked|demurred|objected|hesitated|burst out|spoke up"
    r"|chimed in|cut in|insisted|persisted|repeated|observed|exclaimed|agreed|assented|tried again|took up the tale)"
    r"(?: (?:again|at last|him|her|them|it|me|to (?:him|her|them|me)|in|out|up|first|next|then|aloud|slowly|[a-z]+ly"
    r"|about [^,.;]{1,40}|with [^,.;]{1,40}|in [^,.;]{1,40}|after [^,.;]{1,30}))*[.!]$"
)
_BEGINS_NOT = re.compile(r"\b(?:not|never|nothing|nobody|no one|none)\b|n't\b")
_MEANWHILE = re.compile(r"\b(?:while|whereas) $")
_ANOTHERS = re.compile(r"\W*(?:at which|upon which|on which|whereupon|to which|and|but|while|then|so) ")
_FILLERS = lexicon.group("fillers")
_NOT_MANNER = lexicon.group("not_manner")
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
    delivery: str = ""
    """Words of the tag that tell how it is said."""


def find_tags(paragraph: Paragraph, above: Paragraph | None, mentions: Mentions) -> list[Tag]:
    """All tags of a paragraph's speeches, in order."""
    tags, segments, text = list[Tag](), paragraph.segments, mentions.text
    for at, segment in enumerate(segments):
        if segment.kind != "narration":
            continue
        after = before = None
        if at and segments[at - 1].kind != "narration":
            after = _after(segment, segments[at - 1], paragraph.index, mentions)
        if at + 1 < len(segments) and segments[at + 1].kind != "narration":
            beside = segments[at + 1].start, paragraph.index, mentions
            before = _before(segment.start, segment.end, *beside, "before")
            before = before or _lead_in(segment.start, segment.end, *beside, "before")
        if after and not _is_anothers(after, before, tags, segment, text):
            tags.append(after)
        if before and not _doubles(before, tags, segment, text):
            tags.append(before)
    if segments and segments[0].kind != "narration" and above and above.segments:
        tag = _above(above, segments[0], mentions)
        tags += [tag] if tag else []
    return tags


def _above(above: Paragraph, first: Segment, mentions: Mentions) -> Tag | None:
    """The tag that the paragraph before ends in: "Ada said:", "Ada, taking the lamp, said--", "Ada began again."."""
    last = above.segments[-1]
    if last.kind != "narration":
        return None
    if mentions.text[above.end - 1] in ".!" and len(above.segments) == 1:
        return _lead_in(last.start, above.end, first.start, above.index, mentions, "above")
    if mentions.text[above.end - 1] in ":,-—–" or mentions.text[above.end - 1].isalpha():
        return _before(last.start, above.end, first.start, above.index, mentions, "above")
    return None


def _is_anothers(after: Tag, before: Tag | None, tags: list[Tag], segment: Segment, text: str) -> bool:
    """Whether what looks like the tag after a speech is of the next one: "Stay," and Ada said, "I go."."""
    own = any(t.speech == after.speech and t.place == "before" and t.strong for t in tags)
    joins = _ANOTHERS.match(text, segment.start, segment.end)
    if (own or joins) and before is not None and before.mention is after.mention:
        return True
    if joins:
        return own or joins.group().endswith("which ")
    start = next((i for i in range(segment.start, segment.end) if text[i].isalnum()), segment.start)
    return own and text[start].isupper()


def _doubles(tag: Tag, tags: list[Tag], segment: Segment, text: str) -> bool:
    """Whether a tag before a speech only repeats, or hangs on, the tag after the speech before."""
    same = [t for t in tags if t.start >= segment.start]
    if any(t.mention is tag.mention for t in same):
        return True
    hangs = tag.mention is not None and tag.mention.subordinate
    return bool(
        same and tag.mention and hangs and not _MEANWHILE.search(text[tag.mention.start - 8 : tag.mention.start])
    )


def _verb_at(words: list[tuple[str, int]], reach: int) -> int:
    """The index of the verb of speech among the first ``reach`` words, -1 if there is none."""
    strong, voice = lexicon.speech_verbs(), lexicon.voice_verbs()
    if words and words[0][0] in voice and not any(word in strong for word, _ in words[:4]):
        return 0
    for at, (word, _) in enumerate(words[:reach]):
        if word in strong:
            return at
    return next((at for at, (word, _) in enumerate(words[: min(reach, 6)]) if word in voice), -1)


def _odd_verb_at(words: list[tuple[str, int]], mark: str) -> int:
    """A verb in -ed that no list has, where only speaking can be meant: "blustered Bounderby", "she corroborated"."""
    if words and words[0][0].endswith("ed") and mark not in ".":
        return 0
    if mark == ",":
        return next((at for at, (word, _) in enumerate(words[:4]) if at and word.endswith("ed")), -1)
    return -1


def _after(segment: Segment, speech: Segment, paragraph: int, mentions: Mentions) -> Tag | None:
    text = mentions.text
    start = segment.start
    while start < segment.end and not text[start].isalnum():
        start += 1
    stop = _CLAUSE_END.search(text, start, segment.end)
    end = min(stop.start() if stop else segment.end, start + 240)
    words = [(m.group().lower(), m.start()) for m in WORDS.finditer(text, start, min(end, start + 120))]
    reply = _NOUN_REPLY.match(text, start)
    if reply:
        return _reply_tag(reply, speech, paragraph, mentions, end)
    at = _verb_at(words, 12)
    if at < 0:
        at = _odd_verb_at(words, text[speech.end - 1 : speech.end])
    if at < 0:
        return None
    verb, where = words[at]
    here = mentions.between(paragraph, start, end)
    left = [m for m in here if m.end <= where and not m.governed and (not m.possessive or m.acts_by_part)]
    right = [m for m in here if m.start > where]
    mention = nearest_left(text, left, where)
    if mention is None and at <= 2:
        mention = inverted(text, where + len(verb), right, end, paragraph)
    if mention is None:
        return None
    turned, direct = not left, at <= 2
    fresh = text[start].isupper() and text[speech.end - 1 : speech.end] != ","
    strong = turned or (direct and not fresh) or (verb in lexicon.speech_verbs() and (direct or not fresh))
    last = max(mention.end, where + len(verb))
    return Tag(
        mention,
        verb,
        "after",
        min(mention.start, where),
        last,
        speech.start,
        strong,
        _manner(text, verb, where, last, end),
    )


def _reply_tag(reply: re.Match[str], speech: Segment, paragraph: int, mentions: Mentions, end: int) -> Tag:
    """The tag of "was the reply", "came his answer", "came the voice of Spike"."""
    owner = (reply.group(1) or "").lower()
    here = mentions.between(paragraph, reply.start(), end)
    mention = None
    if reply.group(2) or "'s " in reply.group() or reply.group().endswith((" of", " from")):
        mention = here[0] if here and here[0].start <= reply.end() + 12 else None
    elif owner in ("his", "her"):
        mention = pronoun("he" if owner == "his" else "she", reply.start(1), paragraph)
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
    for stop in SENTENCE_END.finditer(text, max(start, tail - 400), tail - 1):
        low = stop.end()
    words = [(m.group().lower(), m.start()) for m in WORDS.finditer(text, low, tail)]
    if (text[tail - 1] in ".!?" and place == "before") or text[tail - 1] == '"':
        return None
    verbs = [(w, at) for w, at in words if w in lexicon.speech_verbs()]
    reply = _REPLY_WAS.search(text, low, tail)
    if reply and not any(at >= reply.start() for _, at in verbs):
        return _reply_before(reply, speech, paragraph, mentions, place)
    verbs = verbs or [(w, at) for w, at in words if w in lexicon.voice_verbs()]
    if not verbs and text[tail - 1] != ":":
        return None
    verb, where = verbs[-1] if verbs else ("", tail)
    mention = subject_before(text, mentions.between(paragraph, low, tail), where, paragraph)
    if mention is None:
        return None
    strong = bool(verb) or text[tail - 1] == ":"
    first, last = min(mention.start, where), max(mention.end, where + len(verb))
    return Tag(mention, verb, place, first, min(last, tail), speech, strong, _manner(text, verb, where, last, tail))


def _reply_before(
    reply: re.Match[str], speech: int, paragraph: int, mentions: Mentions, place: Literal["before", "above"]
) -> Tag | None:
    """The tag of "Ada's answer was," and "with her usual remark of" before a speech."""
    owner = next((m for m in mentions.between(paragraph, reply.start(), reply.end()) if m.possessive), None)
    first = reply.group().split()[0].lower()
    if owner is None and first in ("his", "her"):
        owner = pronoun("he" if first == "his" else "she", reply.start(), paragraph)
    return Tag(owner, "reply", place, reply.start(), reply.end(), speech, True) if owner else None


def _lead_in(
    start: int, end: int, speech: int, paragraph: int, mentions: Mentions, place: Literal["before", "above"]
) -> Tag | None:
    """A whole sentence right before a speech that ends in its speaking: "Ada interrupted him.", "Ada began again."."""
    text, tail = mentions.text, end
    while tail > start and text[tail - 1].isspace():
        tail -= 1
    if tail == start or text[tail - 1] not in ".!":
        return None
    low = max([start, *(stop.end() for stop in SENTENCE_END.finditer(text, max(start, tail - 300), tail - 1))])
    begins = _BEGINS.search(text, low, tail)
    if begins is None or _BEGINS_NOT.search(text, low, tail):
        return None
    mention = subject_before(text, mentions.between(paragraph, low, tail), begins.start(1), paragraph)
    if mention is None or mention.start > begins.start():
        return None
    return Tag(mention, begins.group(1), place, mention.start, tail - 1, speech, False)


def _manner(text: str, verb: str, where: int, last: int, end: int) -> str:
    """The verb if it tells how, and the adverbs and voices beside it."""
    words = [] if not verb or verb in lexicon.plain_forms() or verb == "reply" else [verb]
    beside = (
        text[max(0, where - 14) : where].rpartition(" ")[0].split()[-1:] + text[last : min(end, last + 50)].split()[:3]
    )
    for word in beside:
        bare = word.strip(",.;:")
        if bare.endswith("ly") and bare.islower() and len(bare) > 4 and bare not in _NOT_MANNER:
            words.append(bare)
        elif word[-1:] in ",.;:" and words[1:]:
            break
    phrase = _VOICE_PHRASE.search(text, last, min(end, last + 80))
    if phrase:
        words.append(phrase.group())
    return " ".join(words)


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
    if (
        not clean
        or len(clean) > 70
        or re.search(r"[.;!?](?! ?[A-Z]\w*)|[,;:—–]", clean.replace("Mr.", "Mr").replace("Mrs.", "Mrs"))
    ):
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
