"""Turn a Script and its Cast into Readings: for each line, what an engine is to speak and how."""

from __future__ import annotations

from audiodrama.model import Cast, Script, Utterance
from audiodrama.sound.takes.delivery import prosody_for
from audiodrama.sound.takes.normalise import TextNormaliser

SLOWEST, FASTEST = 0.4, 2.5
"""Bounds of a reading's rate, whatever role and manner ask for together."""
LOWEST, HIGHEST = -24.0, 24.0
"""Bounds of a reading's pitch, semitones."""


def utterances(script: Script, cast: Cast) -> tuple[Utterance | None, ...]:
    """One reading for each of ``script.lines()``; None for a cue and for a line with nothing to speak ("...").

    Raises:
        KeyError: a line's speaker has no part in ``cast``.
    """
    pronouncer = TextNormaliser(cast.pronunciations)
    voices = {line.speaker: cast.role_of(line.speaker).voice for line in script.lines() if line.kind != "cue"}
    found: list[Utterance | None] = []
    for line in script.lines():
        text = None if line.kind == "cue" else pronouncer.speakable(line.text)
        if text is None:
            found.append(None)
            continue
        voice, manner = voices[line.speaker], prosody_for(line.delivery)
        found.append(
            Utterance(
                text=text,
                engine=voice.engine,
                voice=voice.name,
                rate=round(min(max(voice.rate * manner.rate, SLOWEST), FASTEST), 3),
                pitch=round(min(max(voice.pitch + manner.pitch, LOWEST), HIGHEST), 3),
                pitch_range=round(manner.pitch_range, 3),
                retake=line.retake,
            )
        )
    return tuple(found)
