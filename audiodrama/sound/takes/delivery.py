"""Turn the manner of a line ("growled", "shouted angrily", "under her breath") into a direction for its voice.

The changes are small on purpose: a synthetic voice that is bent far stops being that person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Prosody:
    """How a manner changes a voice."""

    rate: float = 1.0
    """Factor of its speed."""
    pitch: float = 0.0
    """Semitones."""
    pitch_range: float = 1.0
    """Factor of the span of its melody."""
    gain: float = 0.0
    """Decibels."""


NEUTRAL = Prosody()

SLOWEST, FASTEST = 0.75, 1.3
HIGHEST = 4.0
FLATTEST, LIVELIEST = 0.4, 1.7
SOFTEST, LOUDEST = -7.0, 5.0
"""Bounds of what several words of manner add up to: rate, pitch up and down, lilt, gain."""

_WORDS: tuple[tuple[Prosody, str], ...] = (
    (
        Prosody(0.94, -0.5, 0.7, -5.0),
        "whisper breathe mouth hush hushed whispery",
    ),
    (
        Prosody(0.95, -0.5, 0.8, -3.0),
        "murmur mutter mumble softly soft quietly quiet low lowly sotto",
    ),
    (
        Prosody(0.95, 0.0, 0.9, -2.0),
        "gently gentle tenderly tender kindly kind soothe soothing coo croon lull",
    ),
    (
        Prosody(1.04, 2.0, 1.35, 4.0),
        "shout yell bellow roar holler bark boom thunder loudly loud",
    ),
    (
        Prosody(1.06, 3.0, 1.45, 4.0),
        "scream shriek screech squeal wail howl",
    ),
    (
        Prosody(1.02, 1.5, 1.3, 2.5),
        "cry exclaim call crow cheer whoop hail",
    ),
    (
        Prosody(0.95, -2.0, 0.85, 0.5),
        "growl snarl rumble grunt grumble gruffly gruff hoarsely hoarse rasp croak gravelly",
    ),
    (
        Prosody(1.05, 0.0, 1.15, 1.5),
        "snap retort bite spit fume rage seethe storm thunder angrily angry furiously furious crossly cross "
        "irritably irritated testily hotly fiercely fierce sharply sharp harshly harsh savagely",
    ),
    (
        Prosody(0.97, -1.0, 0.8, -1.5),
        "hiss menacingly threaten threateningly darkly dangerously ominously grimly grim",
    ),
    (
        Prosody(0.96, -0.5, 0.65, -0.5),
        "dryly dry drily flatly flat deadpan monotone tonelessly coldly cold coolly cool icily stiffly curtly "
        "evenly blankly expressionlessly impassively woodenly",
    ),
    (
        Prosody(0.9, -0.5, 0.85, 0.0),
        "drawl slowly slow deliberately ponderously carefully pointedly gravely grave solemnly solemn sternly "
        "stern intone pronounce heavily",
    ),
    (
        Prosody(0.88, -1.0, 0.7, -2.0),
        "sigh wearily weary tiredly tired sleepily sleepy drowsily yawn listlessly glumly morosely dully",
    ),
    (
        Prosody(0.9, 0.5, 1.15, -1.5),
        "sob weep sniffle snivel whimper moan tearfully tearful brokenly mournfully sadly sad miserably "
        "sorrowfully keen",
    ),
    (
        Prosody(1.05, 1.0, 1.2, 0.0),
        "gasp pant stammer stutter quaver tremble falter nervously nervous anxiously anxious fearfully "
        "fearful shakily timidly hesitantly panic squeak",
    ),
    (
        Prosody(1.15, 0.5, 1.05, 0.0),
        "blurt babble gabble chatter rattle hurriedly hurried hastily hasty quickly quick rapidly rush "
        "breathlessly breathless urgently urgent",
    ),
    (
        Prosody(1.05, 1.0, 1.3, 0.5),
        "laugh chuckle giggle grin beam chirp chirrup trill cheerfully cheerful brightly bright happily happy "
        "merrily gaily gleefully joyfully excitedly excited eagerly eager enthusiastically delightedly",
    ),
    (
        Prosody(1.0, 0.5, 1.2, 0.0),
        "tease quip joke wheedle coax purr flirt lightly airily playfully smirk slyly smugly",
    ),
    (
        Prosody(1.0, 1.0, 1.25, 0.0),
        "whine complain moan plead beg implore protest",
    ),
    (
        Prosody(1.0, 0.5, 1.15, 0.0),
        "ask inquire enquire wonder query curiously",
    ),
    (
        Prosody(0.97, 0.0, 1.15, 0.0),
        "sneer scoff mock jeer taunt sarcastically sardonically scornfully contemptuously wryly",
    ),
    (
        Prosody(1.02, -0.5, 0.95, 1.0),
        "order command demand insist declare firmly firm announce proclaim assert bluntly",
    ),
)

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bunder \w+ breath\b|\bbelow \w+ breath\b|\bto (?:him|her|them|my|your|it)sel(?:f|ves)\b", "murmur"),
        (r"\b(?:at the )?top of \w+ (?:lungs|voice)\b", "shout"),
        (r"\bout of breath\b", "breathless"),
        (r"\bthrough (?:gritted|clenched) teeth\b", "hiss"),
        (r"\bin tears\b|\bnear tears\b", "tearful"),
        (r"\bout loud\b|\baloud\b|\bin a loud voice\b", ""),
    )
)


def words_by_effect() -> tuple[tuple[str, ...], ...]:
    """The words that a manner may have, in their dictionary forms: those of one effect together."""
    return tuple(tuple(words.split()) for _, words in _WORDS)


def prosody_for(manner: str) -> Prosody:
    """The direction for ``manner``; NEUTRAL if it says nothing that a voice can show."""
    return _direct(manner.casefold()) if manner else NEUTRAL


@lru_cache(maxsize=4096)
def _direct(manner: str) -> Prosody:
    for pattern, word in _PHRASES:
        manner = pattern.sub(word, manner)
    words = re.findall(r"[^\W\d_]+", manner)
    if "not" in words or "without" in words:
        return NEUTRAL
    directions = list(dict.fromkeys(filter(None, map(_of_word, words))))
    rate, pitch, lilt, gain = 1.0, 0.0, 1.0, 0.0
    for direction in directions:
        rate *= direction.rate
        pitch += direction.pitch
        lilt *= direction.pitch_range
        gain += direction.gain
    return Prosody(
        round(min(max(rate, SLOWEST), FASTEST), 3),
        min(max(pitch, -HIGHEST), HIGHEST),
        round(min(max(lilt, FLATTEST), LIVELIEST), 3),
        min(max(gain, SOFTEST), LOUDEST),
    )


def _of_word(word: str) -> Prosody | None:
    return next((_LEXICON[form] for form in _base_forms(word) if form in _LEXICON), None)


def _base_forms(word: str) -> list[str]:
    """What the dictionary form of a word may be: growling, growls, growled -> growl; snapped -> snap; cried -> cry."""
    forms = [word]
    for ending in ("ed", "ing", "es", "s", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 - (ending in ("ed", "ing")):
            stem = word[: -len(ending)]
            forms += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
            if stem.endswith("i"):
                forms.append(stem[:-1] + "y")
    forms.append(_IRREGULAR.get(word, word))
    return forms


_IRREGULAR = {"spat": "spit", "bit": "bite", "wept": "weep", "swore": "spit", "tremulously": "quaver"}
_LEXICON = {word: direction for direction, words in reversed(_WORDS) for word in words.split()}
