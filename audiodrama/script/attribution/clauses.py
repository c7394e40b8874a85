"""Turn a clause with a verb of speech into the mention that is its subject: who says it, says the clause."""

from __future__ import annotations

import re

from audiodrama.script.characters.mentions import Mention
from audiodrama.script.language import lexicon
from audiodrama.script.language.lexicon import ANY, FEMALE, MALE

WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_UNKNOWN_NOUN = re.compile(
    r" ((?:the|an?|his|her|my|our|their|another|one) (?:[a-z]+ ){0,3}?[A-Za-z-]+)(?=[,.;:!?\"]|$| [a-z])"
)
_FILLERS = lexicon.group("fillers")
_NO_PRAISE = lexicon.group("no_praise")
_BETWEEN = (
    r"(?:[a-z]+ly|had|has|did|could|would|must|might|may|will|should|can|not|never|help|thus|next|then|now|again|once|more"
    r"|at|last|to|soon|only|just|still|also|even|always|often|sometimes|almost|was|is|heard|have|been|once|half|all|first)"
)
_BESIDE = re.compile(rf"(?: {_BETWEEN})* ")
"""Between a subject and its verb: "Emma at last", "Helen could not help"."""
_ASIDE = re.compile(
    r"(?:'s[^,]*)?,(?! (?:and|but|or|then|so)\b).*, (?:(?:and|but) )?(?:[a-z]+ly |then |at last )?", re.DOTALL
)
"""Between a subject and its verb, set off by commas: "Helen, in a dignified voice, said"."""
_OPENS = re.compile(r"(?:^|[,.;:!?\"()—–-] ?|\b(?:and|but|or|then|so|here|now|for|at last) )$", re.IGNORECASE)
"""What a clause may begin after."""
_CUT = re.compile(
    r"[,;:()—–]|--|\b(?:that|who|whom|which|when|as|if|while|because|whose|before|after|until|till|than)\b"
)
"""What ends a clause."""
_OWN_WORDS = re.compile(
    r"(?:'s?|) (?:[a-z]+ ){0,3}?(?:saying|giving|question|inquiry|enquiry|exclamation|reply|answer|remark|reproach"
    r"|words|observation|cry|repeated|parting|response|opinion|comment|request|declaring|exclaiming|asking|remarking|crying)\b"
)
_FAR = 200
"""Characters after which a verb is no longer taken for a subject's."""
_HEARD = re.compile(r"\b(?:heard|hear|hearing|made|let|make) (?:[a-z]+ )?(him|her) (?:[a-z]+ly )?$")
_VOICE_OF_ONE = re.compile(r"\b(?:voice|tones?) of (?:the )?$")
_VOICE_OF = re.compile(r" (?:the|an?|that) (?:[a-z-]+ ){0,3}(?:voice|voices|tones?|accents?|cry|whisper) (?:of|from) ")


def subject_before(text: str, here: list[Mention], verb: int, paragraph: int) -> Mention | None:
    """The subject of a verb that the mentions stand before: the nearest one whose own verb it may be.

    Args:
        text: the manuscript's text.
        here: the mentions of the sentence, in order.
        verb: where the verb begins in the text.
        paragraph: where all this is.
    """
    heard = _HEARD.search(text, max(0, verb - 40), verb)
    if heard:
        return pronoun("he" if heard.group(1) == "him" else "she", heard.start(1), paragraph)
    left = [m for m in here if m.end <= verb]
    for mention in reversed(left):
        if _acts(text, mention, verb):
            return mention
    free = [m for m in left if not m.governed and (not m.possessive or m.acts_by_part)]
    acting = [m for m in free if m.subject]
    main = [m for m in acting if not m.subordinate]
    if main or acting:
        return (main or acting)[-1]
    return free[0] if free else next((m for m in here if m.start > verb and not m.governed and not m.possessive), None)


def _acts(text: str, mention: Mention, verb: int) -> bool:
    """Whether nothing stands between a mention and the verb that would give the verb another subject."""
    if verb - mention.end > _FAR:
        return False
    gap = text[mention.end : verb]
    if mention.possessive and not mention.acts_by_part:
        return bool(_OWN_WORDS.match(text, mention.end, verb + 12))
    if mention.governed and _VOICE_OF_ONE.search(text, max(0, mention.start - 24), mention.start):
        return not _CUT.search(gap.rstrip(":,-—–"))
    if mention.governed:
        return gap.startswith((", who", " who ")) and (gap.endswith(", ") or not _CUT.search(gap, 6))
    if _BESIDE.fullmatch(gap):
        return True
    if _ASIDE.fullmatch(gap):
        return mention.subordinate or bool(_OPENS.search(text[max(0, mention.start - 10) : mention.start]))
    return mention.subject and (not _CUT.search(gap) or gap.endswith((", by ", " by ")))


def nearest_left(text: str, left: list[Mention], verb: int) -> Mention | None:
    """The subject among the mentions before a verb in the clause after a speech: "he heard Emma say" is Emma's."""
    beside = [m for m in left if _BESIDE.fullmatch(text, m.end, verb)]
    return beside[-1] if beside else left[0] if left else None


def pronoun(head: str, at: int, paragraph: int) -> Mention:
    """A mention of "him", "his" or "her" as of the "he" or "she" that it stands for."""
    return Mention(at, at + 3, -1, "pronoun", MALE if head == "he" else FEMALE, paragraph, False, head)


def inverted(text: str, after_verb: int, right: list[Mention], end: int, paragraph: int) -> Mention | None:
    """The subject behind the verb: "said poor old Tom", "said the voice of Tom", "put in Tom", "said the thing"."""
    voice = _VOICE_OF.match(text, after_verb, end)
    if voice:
        return next((m for m in right if m.start == voice.end()), None)
    if right:
        between = WORDS.findall(text[after_verb : right[0].start])
        if between in (["in"], ["by"], ["from"]) and right[0].kind == "name":
            return right[0]
        odd = [w for w in between if w.lower() not in _FILLERS and not w.endswith("ly")]
        small = all(w.islower() for w in between)
        praised = small and len(between) < 4 and between[:1] in (["the"], ["that"], ["this"])
        praised = praised or (small and len(odd) == 1 and right[0].kind == "name" and odd[0] not in _NO_PRAISE)
        if (not odd or praised) and not right[0].governed and not (right[0].possessive and not right[0].acts_by_part):
            return right[0]
    noun = _UNKNOWN_NOUN.match(text, after_verb, end)
    if noun and not (right and right[0].start <= noun.end(1)):
        head = noun.group(1).split()[-1].lower()
        if head in lexicon.words("not_names") or (head.endswith("ing") and len(noun.group(1).split()) < 3):
            return None
        return Mention(noun.start(1), noun.end(1), -1, "noun", ANY, paragraph, False, head, subject=True)
    return None
