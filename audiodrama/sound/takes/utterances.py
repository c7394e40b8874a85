"""Turn a Script and its Cast into Utterances: for each line, what an engine is to speak and how.

A line is one utterance, unless it is longer than its engine speaks at one call.
"""

from __future__ import annotations

from dataclasses import replace

from audiodrama.model import Cast, Line, Script, Utterance, Voice
from audiodrama.sound.engines import longest_seconds
from audiodrama.sound.takes.delivery import prosody_for
from audiodrama.sound.takes.normalise import TextNormaliser
from audiodrama.sound.takes.sentences import longest_text, texts_of

SLOWEST, FASTEST = 0.4, 2.5
"""Bounds of an utterance's rate, factors: role and delivery together may ask for more."""
LOWEST, HIGHEST = -24.0, 24.0
"""Bounds of an utterance's pitch, semitones."""


def utterances(script: Script, cast: Cast) -> tuple[tuple[Utterance, ...], ...]:
    """The utterances of each of ``script.lines()``; none for a cue and for a line with nothing to speak ("...").

    Raises:
        KeyError: a line's speaker has no part in ``cast``.
        CastingError: a voice's engine does not exist.
        EngineError: an engine is a plugin that does not work.
    """
    normaliser = TextNormaliser(cast.pronunciations)
    voices = {line.speaker: cast.role_of(line.speaker).voice for line in script.lines() if line.kind != "cue"}
    spoken: list[tuple[Utterance, ...]] = []
    for line in script.lines():
        text = None if line.kind == "cue" else normaliser.speakable(line.text)
        spoken.append(() if text is None else _spoken(text, line, voices[line.speaker]))
    return tuple(spoken)


def _spoken(text: str, line: Line, voice: Voice) -> tuple[Utterance, ...]:
    """The utterances of a line's text by a voice."""
    prosody = prosody_for(line.delivery)
    whole = Utterance(
        text=text,
        engine=voice.engine,
        voice=voice.name,
        rate=round(min(max(voice.rate * prosody.rate, SLOWEST), FASTEST), 3),
        pitch=round(min(max(voice.pitch + prosody.pitch, LOWEST), HIGHEST), 3),
        pitch_range=round(prosody.pitch_range, 3),
        retake=line.retake,
    )
    longest = longest_text(text, longest_seconds(voice.engine), whole.rate)
    if len(text) <= longest:
        return (whole,)
    return tuple(replace(whole, text=part) for part in texts_of(text, longest))
