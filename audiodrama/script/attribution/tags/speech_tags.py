"""Turn the narration beside a speech into speech tags: who is said to speak it, with which verb, in which manner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from audiodrama.script.attribution.tags.clauses import WORDS, inverted, nearest_left, pronoun, subject_before
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.language import Language
from audiodrama.script.language.lists import ANY
from audiodrama.script.quotes.manuscript import Paragraph, Segment

_TAG_LENGTH, _VERB_WITHIN = 240, 120
"""Characters behind a speech in which its tag may stand, and its verb may."""
_SENTENCE_BEFORE, _LEAD_IN = 400, 300
"""Characters before a speech in which a tag, or a sentence that leads in, may begin."""
_WORDS_TO_SPEECH_VERB, _WORDS_TO_VOICE_VERB, _WORDS_TO_ODD_VERB = 12, 6, 4
"""Words behind a speech in which a verb of speech, of voice, or one that no list has may stand."""
_NAME_WITHIN = 12
"""Characters between "came the voice of" and the name: "poor old Spike"."""
_DELIVERY_BEFORE, _DELIVERY_BEHIND, _VOICE_WITHIN = 14, 50, 80
"""Characters before the verb and behind the tag in which an adverb may tell the delivery, and a voice may."""
_ADVERB_LENGTH = 4
"""Letters that an adverb has more than: "only" tells no delivery."""
_REPLY = "reply"
"""The verb of a tag that has only a noun: "was the answer"."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A clause that says who speaks."""

    mention: Mention | None
    """Its subject; None where it names no one ("was the reply")."""
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


def find_tags(paragraph: Paragraph, paragraph_above: Paragraph | None, mentions: Mentions) -> list[Tag]:
    """All tags of a paragraph's speeches, in order."""
    tags, segments = list[Tag](), paragraph.segments
    for at, segment in enumerate(segments):
        if segment.kind != "narration":
            continue
        tag_behind = tag_before = None
        if at and segments[at - 1].kind != "narration":
            tag_behind = _after(segment, segments[at - 1], paragraph.index, mentions)
        if at + 1 < len(segments) and segments[at + 1].kind != "narration":
            beside = segments[at + 1].start, paragraph.index, mentions
            tag_before = _before(segment.start, segment.end, *beside, "before")
            tag_before = tag_before or _lead_in(segment.start, segment.end, *beside, "before")
        if tag_behind and not _is_of_the_next(tag_behind, tag_before, tags, segment, mentions):
            tags.append(tag_behind)
        if tag_before and not _doubles(tag_before, tags, segment, mentions):
            tags.append(tag_before)
    if segments and segments[0].kind != "narration" and paragraph_above and paragraph_above.segments:
        tag = _above(paragraph_above, segments[0], mentions)
        tags += [tag] if tag else []
    return tags


def _above(paragraph_above: Paragraph, first_segment: Segment, mentions: Mentions) -> Tag | None:
    """The tag that the paragraph before ends in: "Ada said:", "Ada, taking the lamp, said--", "Ada began again."."""
    last = paragraph_above.segments[-1]
    if last.kind != "narration":
        return None
    if mentions.text[paragraph_above.end - 1] in ".!" and len(paragraph_above.segments) == 1:
        return _lead_in(last.start, paragraph_above.end, first_segment.start, paragraph_above.index, mentions, "above")
    if mentions.text[paragraph_above.end - 1] in ":,-—–" or mentions.text[paragraph_above.end - 1].isalpha():
        return _before(last.start, paragraph_above.end, first_segment.start, paragraph_above.index, mentions, "above")
    return None


def _is_of_the_next(
    tag_behind: Tag, tag_before: Tag | None, tags: list[Tag], segment: Segment, mentions: Mentions
) -> bool:
    """Whether what looks like the tag behind a speech is of the next one: "Stay," and Ada said, "I go."."""
    text = mentions.text
    own = any(tag.speech == tag_behind.speech and tag.place == "before" and tag.strong for tag in tags)
    joins = mentions.language.tags.next_speech.match(text, segment.start, segment.end)
    if (own or joins) and tag_before is not None and tag_before.mention is tag_behind.mention:
        return True
    if joins:
        return own or joins.group(1) is not None
    start = next((i for i in range(segment.start, segment.end) if text[i].isalnum()), segment.start)
    return own and text[start].isupper()


def _doubles(tag: Tag, tags: list[Tag], segment: Segment, mentions: Mentions) -> bool:
    """Whether a tag before a speech only repeats, or hangs on, the tag behind the speech before."""
    same = [t for t in tags if t.start >= segment.start]
    if any(t.mention is tag.mention for t in same):
        return True
    hangs = tag.mention is not None and tag.mention.subordinate
    if not (same and tag.mention and hangs):
        return False
    opening = mentions.text[tag.mention.start - 8 : tag.mention.start]
    return not mentions.language.tags.meanwhile.search(opening)


def _verb_at(words: list[tuple[str, int]], reach: int, language: Language) -> int:
    """The index of the verb of speech among the first ``reach`` words, -1 if there is none."""
    strong, voice = language.lists.speech_verbs, language.lists.voice_verbs
    if words and words[0][0] in voice and not any(word in strong for word, _ in words[:4]):
        return 0
    for at, (word, _) in enumerate(words[:reach]):
        if word in strong:
            return at
    return next((at for at, (word, _) in enumerate(words[: min(reach, _WORDS_TO_VOICE_VERB)]) if word in voice), -1)


def _odd_verb_at(words: list[tuple[str, int]], mark: str, language: Language) -> int:
    """A verb in -ed that no list has, where only speaking can be meant: "blustered Bounderby", "she corroborated"."""
    past = language.endings.past
    if words and words[0][0].endswith(past) and mark not in ".":
        return 0
    if mark == ",":
        return next((at for at, (word, _) in enumerate(words[:_WORDS_TO_ODD_VERB]) if at and word.endswith(past)), -1)
    return -1


def _after(segment: Segment, speech_segment: Segment, paragraph: int, mentions: Mentions) -> Tag | None:
    text, language = mentions.text, mentions.language
    start = segment.start
    while start < segment.end and not text[start].isalnum():
        start += 1
    stop = language.sentences.clause_end.search(text, start, segment.end)
    end = min(stop.start() if stop else segment.end, start + _TAG_LENGTH)
    words = [(m.group().lower(), m.start()) for m in WORDS.finditer(text, start, min(end, start + _VERB_WITHIN))]
    reply = language.tags.reply.match(text, start)
    if reply:
        return _reply_tag(reply, speech_segment, paragraph, mentions, end)
    at = _verb_at(words, _WORDS_TO_SPEECH_VERB, language)
    if at < 0:
        at = _odd_verb_at(words, text[speech_segment.end - 1 : speech_segment.end], language)
    if at < 0:
        return None
    verb, where = words[at]
    here = mentions.between(paragraph, start, end)
    left = [m for m in here if m.end <= where and not m.governed and (not m.possessive or m.acts_by_part)]
    right = [m for m in here if m.start > where]
    mention = nearest_left(text, left, where, language)
    if mention is None and at <= 2:
        mention = inverted(mentions, where + len(verb), right, end, paragraph)
    if mention is None:
        return None
    turned, direct = not left, at <= 2
    fresh = text[start].isupper() and text[speech_segment.end - 1 : speech_segment.end] != ","
    strong = turned or (direct and not fresh) or (verb in language.lists.speech_verbs and (direct or not fresh))
    last = max(mention.end, where + len(verb))
    return Tag(
        mention,
        verb,
        "after",
        min(mention.start, where),
        last,
        speech_segment.start,
        strong,
        _delivery(mentions, verb, where, last, end),
    )


def _reply_tag(reply: re.Match[str], speech_segment: Segment, paragraph: int, mentions: Mentions, end: int) -> Tag:
    """The tag of "was the reply", "came his answer", "came the voice of Spike"."""
    language, owner = mentions.language, (reply.group(1) or "").lower()
    here, possessive = mentions.between(paragraph, reply.start(), end), language.endings.possessive
    mention = None
    if reply.group(2) or f"{possessive} " in reply.group() or reply.group().endswith(language.tags.reply_links):
        mention = here[0] if here and here[0].start <= reply.end() + _NAME_WITHIN else None
    elif owner in language.tags.pronoun_of:
        mention = pronoun(owner, reply.start(1), paragraph, language)
    elif owner == language.tags.mine and mentions.narrator >= 0:
        head = language.traits.first_person
        mention = Mention(reply.start(1), reply.end(1), mentions.narrator, "name", ANY, paragraph, False, head)
    last = max(reply.end(), mention.end if mention else 0)
    return Tag(mention, _REPLY, "after", reply.start(), min(last, end), speech_segment.start, True, "")


def _before(
    start: int, end: int, speech: int, paragraph: int, mentions: Mentions, place: Literal["before", "above"]
) -> Tag | None:
    text, language = mentions.text, mentions.language
    tail = end
    while tail > start and text[tail - 1].isspace():
        tail -= 1
    if tail == start:
        return None
    low = start
    for stop in language.sentences.end.finditer(text, max(start, tail - _SENTENCE_BEFORE), tail - 1):
        low = stop.end()
    words = [(m.group().lower(), m.start()) for m in WORDS.finditer(text, low, tail)]
    if (text[tail - 1] in ".!?" and place == "before") or text[tail - 1] == '"':
        return None
    verbs = [(w, at) for w, at in words if w in language.lists.speech_verbs]
    reply = language.tags.reply_before.search(text, low, tail)
    if reply and not any(at >= reply.start() for _, at in verbs):
        return _reply_before(reply, speech, paragraph, mentions, place)
    verbs = verbs or [(w, at) for w, at in words if w in language.lists.voice_verbs]
    if not verbs and text[tail - 1] != ":":
        return None
    verb, where = verbs[-1] if verbs else ("", tail)
    mention = subject_before(mentions, mentions.between(paragraph, low, tail), where, paragraph)
    if mention is None:
        return None
    strong = bool(verb) or text[tail - 1] == ":"
    first, last = min(mention.start, where), max(mention.end, where + len(verb))
    return Tag(
        mention, verb, place, first, min(last, tail), speech, strong, _delivery(mentions, verb, where, last, tail)
    )


def _reply_before(
    reply: re.Match[str], speech: int, paragraph: int, mentions: Mentions, place: Literal["before", "above"]
) -> Tag | None:
    """The tag of "Ada's answer was," and "with her usual remark of" before a speech."""
    owner = next((m for m in mentions.between(paragraph, reply.start(), reply.end()) if m.possessive), None)
    first = reply.group().split()[0].lower()
    if owner is None and first in mentions.language.tags.pronoun_of:
        owner = pronoun(first, reply.start(), paragraph, mentions.language)
    return Tag(owner, _REPLY, place, reply.start(), reply.end(), speech, True) if owner else None


def _lead_in(
    start: int, end: int, speech: int, paragraph: int, mentions: Mentions, place: Literal["before", "above"]
) -> Tag | None:
    """A whole sentence right before a speech that ends in its speaking: "Ada interrupted him.", "Ada began again."."""
    text, language, tail = mentions.text, mentions.language, end
    while tail > start and text[tail - 1].isspace():
        tail -= 1
    if tail == start or text[tail - 1] not in ".!":
        return None
    stops = language.sentences.end.finditer(text, max(start, tail - _LEAD_IN), tail - 1)
    low = max([start, *(stop.end() for stop in stops)])
    begins = language.tags.begins.search(text, low, tail)
    if begins is None or language.tags.begins_not.search(text, low, tail):
        return None
    mention = subject_before(mentions, mentions.between(paragraph, low, tail), begins.start(1), paragraph)
    if mention is None or mention.start > begins.start():
        return None
    return Tag(mention, begins.group(1), place, mention.start, tail - 1, speech, False)


def _delivery(mentions: Mentions, verb: str, where: int, last: int, end: int) -> str:
    """The verb if it tells how, and the adverbs and voices beside it."""
    text, language = mentions.text, mentions.language
    words = [] if not verb or verb in language.lists.plain_verbs or verb == _REPLY else [verb]
    beside = (
        text[max(0, where - _DELIVERY_BEFORE) : where].rpartition(" ")[0].split()[-1:]
        + text[last : min(end, last + _DELIVERY_BEHIND)].split()[:3]
    )
    adverb = language.endings.adverb
    for word in beside:
        bare = word.strip(",.;:")
        if (
            bare.endswith(adverb)
            and bare.islower()
            and len(bare) > _ADVERB_LENGTH
            and bare not in language.lists.not_manner
        ):
            words.append(bare)
        elif word[-1:] in ",.;:" and words[1:]:
            break
    phrase = language.tags.manner.search(text, last, min(end, last + _VOICE_WITHIN))
    if phrase:
        words.append(phrase.group())
    return " ".join(words)
