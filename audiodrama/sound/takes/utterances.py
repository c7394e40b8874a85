"""Turn a Script and its Cast into Utterances: for each line, what an engine is to speak and how."""

from __future__ import annotations

from audiodrama.model import Cast, Script, Utterance
from audiodrama.sound.takes.delivery import prosody_for
from audiodrama.sound.takes.normalise import TextNormaliser

SLOWEST, FASTEST = 0.4, 2.5
"""Bounds of an utterance's rate, factors: role and delivery together may ask for more."""
LOWEST, HIGHEST = -24.0, 24.0
"""Bounds of an utterance's pitch, semitones."""


def utterances(script: Script, cast: Cast) -> tuple[Utterance | None, ...]:
    """One utterance for each of ``script.lines()``; None for a cue and for a line with nothing to speak ("...").

    Raises:
        KeyError: a line's speaker has no part in ``cast``.
    """
    normaliser = TextNormaliser(cast.pronunciations)
    voices = {line.speaker: cast.role_of(line.speaker).voice for line in script.lines() if line.kind != "cue"}
    spoken: list[Utterance | None] = []
    for line in script.lines():
        text = None if line.kind == "cue" else normaliser.speakable(line.text)
        if text is None:
            spoken.append(None)
            continue
        voice, prosody = voices[line.speaker], prosody_for(line.delivery)
        spoken.append(
            Utterance(
                text=text,
                engine=voice.engine,
                voice=voice.name,
                rate=round(min(max(voice.rate * prosody.rate, SLOWEST), FASTEST), 3),
                pitch=round(min(max(voice.pitch + prosody.pitch, LOWEST), HIGHEST), 3),
                pitch_range=round(prosody.pitch_range, 3),
                retake=line.retake,
            )
        )
    return tuple(spoken)
