"""Turn a Manuscript's paragraphs into turns: the speech of one paragraph that has one speaker, with its surroundings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from audiodrama.script.manuscript import Manuscript, Paragraph, Segment
from audiodrama.script.mentions import Mention, Mentions
from audiodrama.script.tags import Tag, find_tags

_ADDRESS = re.compile(
    r"(?:^|[,\"'.!?;:—–-] *|\b(?:dear|dearest|oh|ah|o|well|yes|no|nay|but|and|now|come|please|hello|hullo|hallo|good-bye|goodbye"
    r"|thanks|thank you|my|you|sir|old|poor|then|do|why|so|what|look here|i say),? )$",
    re.IGNORECASE,
)
_CRY = r"(?:said|say|cried|cry|shouted|shout|chorused|chorus|exclaimed|exclaim|repeated|asked|echoed|yelled|roared|chanted|screamed|answered|replied|sang)"
_MANY = (
    r"(?:(?:they|we) (?:all|both)|everyone|everybody|the crowd|the mob|the others|(?:several|many|a dozen|a hundred) voices"
    r"|(?:a|the) chorus|all of them|both of them|the whole \w+|the audience|all|both)"
)
_CROWD = re.compile(
    rf"\b{_MANY} (?:\w+ly )?{_CRY}\b|\b{_CRY} {_MANY}\b|\b(?:they|we) (?:\w+ly )?(?:chorused|chanted|roared|yelled)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Turn:
    """Speech of one paragraph by one speaker. Where two speak in a paragraph, it is cut into two turns."""

    index: int
    paragraph: int
    speeches: tuple[Segment, ...]
    tags: list[Tag]
    narrated: list[Mention]
    """Mentions in the paragraph's narration."""
    gap: int
    """Paragraphs since the turn before; 0 for the second turn of a paragraph, 99 for the first turn of a scene."""
    start: int
    end: int
    continues: bool = False
    """It goes on from an unclosed speech."""
    crowd: str = ""
    """Words that say that several speak together."""
    addressed: Counter[int] = field(default_factory=Counter)
    """Figure -> how often it is called by name in this turn."""
    named: Counter[int] = field(default_factory=Counter)
    """Figure -> how often it is named in this turn's speech."""

    @property
    def tag(self) -> Tag | None:
        """The tag that counts most."""
        return min(self.tags, key=_rank, default=None)


def _rank(tag: Tag) -> tuple[bool, bool, int, int]:
    order = {"after": 0, "before": 1, "above": 2}
    return tag.mention is None, not tag.strong, order[tag.place], tag.start


def cut_turns(manuscript: Manuscript, mentions: Mentions) -> list[Turn]:
    """All turns in order."""
    turns: list[Turn] = []
    scenes = set(manuscript.scene_starts)
    fresh, before = True, -1
    for paragraph in manuscript.paragraphs:
        fresh = fresh or paragraph.index in scenes
        if not paragraph.speech or paragraph.kind == "heading":
            continue
        above = manuscript.paragraphs[paragraph.index - 1] if paragraph.index else None
        tags = find_tags(paragraph, above, mentions)
        for group in _groups(paragraph, tags):
            gap = 99 if fresh or before < 0 else paragraph.index - before
            turns.append(_turn(len(turns), paragraph, group, tags, gap, mentions))
            fresh, before = False, paragraph.index
    return turns


def _speaker_key(tag: Tag) -> tuple[int, int] | None:
    """What tells two tags' speakers apart: who, or the gender of a pronoun."""
    mention = tag.mention
    if mention is None or not tag.strong:
        return None
    if mention.who >= 0:
        return mention.who, 0
    return (-1, mention.sign) if mention.kind == "pronoun" and mention.sign else None


def _groups(paragraph: Paragraph, tags: list[Tag]) -> list[tuple[Segment, ...]]:
    """Usually all speech of the paragraph; cut where a tag names another speaker than the tag before."""
    keys = {tag.speech: key for tag in reversed(tags) if (key := _speaker_key(tag))}
    groups: list[list[Segment]] = [[]]
    current: tuple[int, int] | None = None
    for segment in paragraph.speech:
        key = keys.get(segment.start)
        differs = key and current and key != current and (key[0] >= 0) == (current[0] >= 0)
        if differs:
            groups.append([])
        groups[-1].append(segment)
        current = key or current
    return [tuple(g) for g in groups if g]


def _turn(
    index: int, paragraph: Paragraph, speeches: tuple[Segment, ...], tags: list[Tag], gap: int, mentions: Mentions
) -> Turn:
    whole = len(speeches) == len(paragraph.speech)
    starts = {s.start for s in speeches}
    first, last = speeches[0], speeches[-1]
    low = paragraph.start if whole or first.start == paragraph.speech[0].start else first.start
    high = paragraph.end if whole or last.start == paragraph.speech[-1].start else last.end + 60
    inside = mentions.of_paragraph[paragraph.index]
    turn = Turn(
        index,
        paragraph.index,
        speeches,
        [t for t in tags if t.speech in starts],
        [m for m in inside if not m.spoken and low <= m.start < high],
        gap,
        low,
        min(high, paragraph.end),
        continues=first.continues,
    )
    _read_speech(turn, inside, mentions.text)
    for segment in paragraph.segments:
        if segment.kind == "narration" and low <= segment.start < high:
            found = _CROWD.search(mentions.text, segment.start, min(segment.end, segment.start + 90))
            turn.crowd = turn.crowd or (found.group() if found else "")
    return turn


def _read_speech(turn: Turn, inside: list[Mention], text: str) -> None:
    """Who is called by name, who is talked about."""
    for mention in inside:
        if not mention.spoken or mention.who < 0 or not turn.start <= mention.start < turn.end:
            continue
        speech = next((s for s in turn.speeches if s.start <= mention.start < s.end), None)
        if speech is None:
            continue
        turn.named[mention.who] += 1
        closes = mention.end >= speech.end or text[mention.end] in ",.!?;—–-:"
        opens = _ADDRESS.search(text, max(speech.start, mention.start - 24), mention.start)
        if closes and not mention.owned and (mention.start == speech.start or opens):
            turn.addressed[mention.who] += 1
