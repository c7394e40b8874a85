"""Turn a Script, its Cast and its Takes into a Timeline: clips, and the silence between them with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audiodrama.model import Cast, Chapter, Clip, Gap, GapReason, Line, Pauses, Script, Take, Timeline
from audiodrama.sound.dsp.loudness import integrated
from audiodrama.sound.takes.delivery import prosody_for

CUE_LOUDNESS = -23.0
"""LUFS, heard alone, to which a sound is brought: a little below the voices."""
CUE_LIMIT = 20.0
"""dB by which a sound is made louder or softer at most."""
SHORTEST_SENTENCE_GAP, LONGEST_SENTENCE_GAP = 50, 800
"""Milliseconds between two sentences of a line, for engines that begin and end with next to no silence, or with much.
espeak-ng's own pause is 53 to 234 ms at a rate of 1.4 and 407 to 782 at 0.7, by measurement."""


def arrange(
    script: Script,
    cast: Cast,
    takes: tuple[tuple[Take, ...], ...],
    levels: Mapping[tuple[str, str], float],
) -> Timeline:
    """Lay the takes of all lines one after the other, with pauses by reason.

    A line without a take ("...") is a silent beat: the pauses before and after it both stay.

    Args:
        script: The drama.
        cast: Who has which voice, and the pauses.
        takes: Those of each of ``script.lines()``; none where there is nothing to hear.
        levels: (engine, voice) -> decibels that bring the voice to the common loudness; 0 for a voice not in it.

    Raises:
        ValueError: the takes are not as many as the lines.
        KeyError: a line's speaker has no part in ``cast``.
    """
    lines = script.lines()
    if len(takes) != len(lines):
        raise ValueError(f"{len(takes)} takes for {len(lines)} lines")
    parts = {line.speaker: cast.role_of(line.speaker) for line in lines if line.kind != "cue"}
    items: list[Clip | Gap] = []
    for index, (line, reason) in enumerate(_reasons(script)):
        items.append(_gap(line, reason, cast.pauses, index > 0 and lines[index - 1].kind == "heading"))
        if line.kind == "cue":
            items += [Clip(take, gain=_cue_gain(take), pan=0.0, line=index) for take in takes[index]]
            continue
        role = parts[line.speaker]
        gain = levels.get((role.voice.engine, role.voice.name), 0.0) + role.voice.gain + prosody_for(line.delivery).gain
        items += _joined(takes[index], round(gain, 3), min(max(role.pan, -1.0), 1.0), index)
    items.append(Gap(cast.pauses.tail, "tail"))
    return Timeline(tuple(items), _chapters(script))


def _joined(takes: tuple[Take, ...], gain: float, pan: float, line: int) -> list[Clip | Gap]:
    """The takes of one line, with the pauses between them that their engine makes between sentences."""
    items: list[Clip | Gap] = []
    for previous_take, take in zip((None, *takes), takes, strict=False):
        if previous_take is not None:
            silence = previous_take.silence_after + take.silence_before
            items.append(Gap(min(max(silence, SHORTEST_SENTENCE_GAP), LONGEST_SENTENCE_GAP), "sentence"))
        items.append(Clip(take, gain, pan, line))
    return items


def _reasons(script: Script) -> Iterator[tuple[Line, GapReason]]:
    """Each line and why there is silence before it."""
    previous_line: Line | None = None
    for scene in script.scenes:
        for place, line in enumerate(scene.lines):
            yield line, _reason(previous_line, line, place == 0, bool(scene.chapter))
            previous_line = line


def _reason(previous_line: Line | None, line: Line, opens_scene: bool, opens_chapter: bool) -> GapReason:
    if line.pause is not None:
        return "asked"
    if previous_line is None:
        return "head"
    if opens_scene:
        return "chapter" if opens_chapter else "scene"
    if previous_line.kind == "heading":
        return "chapter"
    if line.runs_on:
        return "same speaker"
    if line.kind in ("narration", "heading"):
        return "paragraph"
    return "same speaker" if line.speaker == previous_line.speaker and line.kind != "cue" else "reply"


def _gap(line: Line, reason: GapReason, pauses: Pauses, after_heading: bool) -> Gap:
    if line.pause is not None:
        return Gap(line.pause, reason)
    milliseconds = {
        "head": pauses.head,
        "same speaker": pauses.same_speaker,
        "reply": pauses.reply,
        "paragraph": pauses.paragraph,
        "scene": pauses.scene,
        "chapter": pauses.chapter // 2 if after_heading else pauses.chapter,
    }[reason]
    return Gap(milliseconds, reason)


def _cue_gain(take: Take) -> float:
    loudness = integrated([2.0 * power for power in take.power])
    return round(min(max(CUE_LOUDNESS - loudness, -CUE_LIMIT), CUE_LIMIT), 3)


def _chapters(script: Script) -> tuple[Chapter, ...]:
    """A chapter for each scene that names one; what comes before the first of them bears the story's title."""
    chapters: list[Chapter] = []
    line = 0
    for scene in script.scenes:
        if scene.chapter and scene.lines:
            chapters.append(Chapter(scene.chapter, line))
        line += len(scene.lines)
    if line and (not chapters or chapters[0].line > 0):
        chapters.insert(0, Chapter(script.title or script.source or "Untitled", 0))
    return tuple(chapters)
