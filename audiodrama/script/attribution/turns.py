"""Turn a Manuscript's paragraphs into turns: the speech of one paragraph by one speaker, and what stands around it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from audiodrama.script.attribution.tags.speech_tags import Tag, find_tags
from audiodrama.script.characters.figures import Figure
from audiodrama.script.characters.mentions import Mention, Mentions
from audiodrama.script.language.lists import FEMALE, MALE
from audiodrama.script.quotes.manuscript import Manuscript, Paragraph, Segment

SCENE_GAP = 99
"""``Turn.gap`` of the first turn of a scene: more than any gap that matters."""
_OTHER_GENDER = -0.4
"""Product of two gender leans from which on two tags must mean two people."""
_BEHIND_SPEECH = 60
"""Characters of narration behind the first of two turns in a paragraph that are its own."""
_CROWD_WITHIN = 90
"""Characters of narration in which it says that several speak together."""
_OWN_NAME_LENGTH, _VOCATIVE_LENGTH = 20, 24
"""Characters before a name in which a self-introduction and what opens a vocative stand."""
BEAT_LENGTH = 90
"""Characters of a paragraph that is no more than a beat."""


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
    """Paragraphs since the turn before; 0 for the second turn of a paragraph, SCENE_GAP for the first of a scene."""
    start: int
    end: int
    continues: bool = False
    """It goes on from an unclosed speech."""
    crowd: str = ""
    """Words that say that several speak together."""
    addressed: Counter[int] = field(default_factory=Counter)
    """Figure -> how often it is called by name in this turn."""
    asked: set[int] = field(default_factory=set)
    """Figures that are called right before the question mark that ends a speech."""
    addressee_gender: int = 0
    """Gender of the listener by words such as "sir" or "my dear lady"."""
    named: Counter[int] = field(default_factory=Counter)
    """Figure -> how often it is named in this turn's speech."""
    reacting: int = -1
    """The figure that only looks, waits or is silent in a short paragraph right before this turn."""
    self_introduced: int = -1
    """The figure that says its own name: "I'm Ada."."""

    @property
    def tag(self) -> Tag | None:
        """The tag that counts most."""
        return min(self.tags, key=_rank, default=None)


def _rank(tag: Tag) -> tuple[bool, bool, bool, int, int]:
    order = {"after": 0 if tag.strong else 3, "before": 1, "above": 2}
    nameless = tag.mention is not None and tag.mention.figure < 0
    return tag.mention is None, not tag.strong, nameless, order[tag.place], tag.start


def cut_turns(manuscript: Manuscript, mentions: Mentions, figures: list[Figure]) -> list[Turn]:
    """All turns in order."""
    turns: list[Turn] = []
    scenes = set(manuscript.scene_starts)
    opens_scene, last_paragraph = True, -1
    for paragraph in manuscript.paragraphs:
        opens_scene = opens_scene or paragraph.index in scenes
        if not paragraph.speech or paragraph.kind == "heading":
            continue
        above = manuscript.paragraphs[paragraph.index - 1] if paragraph.index else None
        tags = find_tags(paragraph, above, mentions)
        for group in _groups(paragraph, tags, mentions, figures):
            gap = SCENE_GAP if opens_scene or last_paragraph < 0 else paragraph.index - last_paragraph
            turns.append(_turn(len(turns), paragraph, group, tags, gap, mentions))
            if gap == 2 and above:
                turns[-1].reacting = _reaction(above, mentions)
            opens_scene, last_paragraph = False, paragraph.index
    _hear_introductions(turns, mentions, figures)
    for turn in turns:
        if turn.tag and turn.tag.mention and turn.tag.mention.figure >= 0:
            figures[turn.tag.mention.figure].tags += 1
    return turns


def _reaction(paragraph_above: Paragraph, mentions: Mentions) -> int:
    """The figure that only reacts in a paragraph between two turns, -1 if none does: "Ada looked at him."."""
    if paragraph_above.speech or paragraph_above.end - paragraph_above.start >= BEAT_LENGTH:
        return -1
    acting = [m for m in mentions.of_paragraph[paragraph_above.index] if m.subject and m.figure >= 0]
    reacts = mentions.language.turns.reacts
    return acting[0].figure if len(acting) == 1 and reacts.match(mentions.text, acting[0].end) else -1


def _differ(tag: Tag, next_tag: Tag, between: list[Mention], figures: list[Figure]) -> bool:
    """Whether two tags of one paragraph must mean two speakers."""
    first, second = tag.mention, next_tag.mention
    if first is None or second is None or not (tag.strong and next_tag.strong):
        return False
    if first.figure >= 0 and second.figure >= 0:
        return first.figure != second.figure
    if first.kind == "noun" or second.kind == "noun":
        return False
    signs = [
        m.gender_sign or figures[m.figure].gender_lean if m.figure >= 0 else m.gender_sign for m in (first, second)
    ]
    if signs[0] * signs[1] < _OTHER_GENDER:
        return True
    if (
        first.kind == "pronoun"
        and second.figure >= 0
        and not any(m.figure == second.figure for m in between if m is not second)
    ):
        return second.start > next_tag.speech or next_tag.place == "before"
    # "Margaret said ... Helen laughed, too. ... she declared": another subject stands between.
    acting = [m for m in between if m.subject and m.figure >= 0 and m.start < second.start]
    return (
        first.figure >= 0
        and bool(acting)
        and acting[-1].figure != first.figure
        and figures[acting[-1].figure].gender_lean * signs[1] > 0
    )


def _groups(
    paragraph: Paragraph, tags: list[Tag], mentions: Mentions, figures: list[Figure]
) -> list[tuple[Segment, ...]]:
    """Usually all speech of the paragraph; cut where a tag names another speaker than the tag before."""
    by_speech = {tag.speech: tag for tag in reversed(tags) if tag.mention and tag.strong}
    groups: list[list[Segment]] = [[]]
    current: Tag | None = None
    for segment in paragraph.speech:
        tag = by_speech.get(segment.start)
        if tag and current:
            between = mentions.between(paragraph.index, current.end, max(segment.start, tag.start))
            if _differ(current, tag, between, figures):
                groups.append([])
        groups[-1].append(segment)
        current = tag or current
    return [tuple(g) for g in groups if g]


def _turn(
    index: int, paragraph: Paragraph, speeches: tuple[Segment, ...], tags: list[Tag], gap: int, mentions: Mentions
) -> Turn:
    whole = len(speeches) == len(paragraph.speech)
    starts = {s.start for s in speeches}
    first, last = speeches[0], speeches[-1]
    low = paragraph.start if whole or first.start == paragraph.speech[0].start else first.start
    high = paragraph.end if whole or last.start == paragraph.speech[-1].start else last.end + _BEHIND_SPEECH
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
    _read_speech(turn, inside, mentions)
    for segment in paragraph.segments:
        if segment.kind == "narration" and low <= segment.start < high:
            cry = mentions.language.turns.crowd.search(
                mentions.text, segment.start, min(segment.end, segment.start + _CROWD_WITHIN)
            )
            turn.crowd = turn.crowd or (cry.group() if cry else "")
    return turn


def _read_speech(turn: Turn, inside: list[Mention], mentions: Mentions) -> None:
    """Who is called by name, who is talked about, whether a man or a woman is spoken to."""
    text, patterns = mentions.text, mentions.language.turns
    before_own_name = mentions.language.names.before_own_name
    for speech in turn.speeches:
        for courtesy in patterns.courtesy.finditer(text, speech.start, speech.end):
            turn.addressee_gender = MALE if courtesy.group(1) else FEMALE
    for mention in inside:
        if not mention.spoken or mention.figure < 0 or not turn.start <= mention.start < turn.end:
            continue
        holder = next((s for s in turn.speeches if s.start <= mention.start < s.end), None)
        if holder is None:
            continue
        turn.named[mention.figure] += 1
        if before_own_name.search(text, max(holder.start, mention.start - _OWN_NAME_LENGTH), mention.start):
            turn.self_introduced = mention.figure
            continue
        closes = mention.end >= holder.end or text[mention.end] in ",.!?;—–-:"
        opens = patterns.before_vocative.search(
            text, max(holder.start, mention.start - _VOCATIVE_LENGTH), mention.start
        )
        if closes and not mention.possessive and (mention.start == holder.start or opens):
            turn.addressed[mention.figure] += 1
            if text[mention.end : holder.end] == "?" or (mention.end == holder.end and text[mention.end - 1] == "?"):
                turn.asked.add(mention.figure)


def _hear_introductions(turns: list[Turn], mentions: Mentions, figures: list[Figure]) -> None:
    """Who says the own name: behind an introduction or "Who are you?" also one who begins with a bare "Ben."."""
    text, sentence_end = mentions.text, mentions.language.sentences.end
    for turn_before, turn in pairwise(turns):
        if turn.gap > 2 or (turn_before.self_introduced < 0 and not _asks_name(turn_before, mentions)):
            continue
        start, end = turn.speeches[0].start, turn.speeches[0].end
        stop = sentence_end.search(text, start, end)
        opening = text[start : stop.start() if stop else end].strip(" ,.!")
        own = next((figure for figure in turn.named if opening in figures[figure].aliases), -1)
        if own >= 0:
            turn.self_introduced = own
            del turn.addressed[own]


def _asks_name(turn: Turn, mentions: Mentions) -> bool:
    """Whether a turn ends in a question for the listener's name."""
    asks_name = mentions.language.turns.asks_name
    return bool(asks_name.search(mentions.text, turn.speeches[0].start, turn.speeches[-1].end))
