"""Turn a Manuscript into the speech tags that tell nothing but who speaks: what a play of voices may leave out."""

from __future__ import annotations

from audiodrama.model import Span
from audiodrama.script.language import Language
from audiodrama.script.quotes.manuscript import Manuscript

_SUBJECT_WORDS = 4
"""Words of a description that is its subject: "the poor old man"."""
_LONGEST = 70
"""Characters that such a tag has at most."""


def bare_tags(manuscript: Manuscript) -> tuple[Span, ...]:
    """Narration beside a speech that is nothing but its tag ("he said", "Said Spike."), as spans of the text."""
    spans = []
    for paragraph in manuscript.paragraphs:
        kinds = [s.kind for s in paragraph.segments]
        for at, segment in enumerate(paragraph.segments):
            beside = "speech" in kinds[max(0, at - 1) : at] or "speech" in kinds[at + 1 : at + 2]
            if (
                segment.kind == "narration"
                and beside
                and is_bare(manuscript.text[segment.start : segment.end], manuscript.language)
            ):
                spans.append(Span(segment.start, segment.end))
    return tuple(spans)


def is_bare(narration: str, language: Language) -> bool:
    """Whether a stretch of narration is only a subject and a verb of speech, with an adverb at most."""
    tags, lists = language.tags, language.lists
    clean = narration.strip().strip(",.;:!?—–- ")
    if not clean or len(clean) > _LONGEST or tags.bare_stop.search(tags.bare_title.sub(r"\1", clean)):
        return False
    words = [w for w in clean.split() if not (w.endswith(language.endings.adverb) and w.islower())]
    verbs = [i for i, w in enumerate(words) if w.lower() in lists.speech_verbs | lists.voice_verbs]
    if len(verbs) != 1 or verbs[0] not in (0, len(words) - 1):
        return False
    subject = words[1:] if verbs[0] == 0 else words[:-1]
    if len(subject) == 1:
        return subject[0].lower() in tags.bare_subjects or subject[0][0].isupper()
    named = language.names.name.fullmatch(" ".join(subject))
    described = bool(subject) and subject[0].lower() in lists.fillers and len(subject) <= _SUBJECT_WORDS
    return bool(named) or described
