"""Lines become readings."""

from __future__ import annotations

import pytest

from audiodrama.model import NARRATOR, Cast, Line, Role, Scene, Script, Voice
from audiodrama.sound import take_key, utterances

CAST = Cast(
    Role(NARRATOR, Voice("100Hz", "tone")),
    (Role("Ada", Voice("300Hz", "tone", rate=1.1, pitch=2.0), aliases=("Miss Ray",)),),
    pronunciations=(("Ray", "Rey"),),
)


def script(*lines: Line) -> Script:
    return Script((Scene(lines),))


def test_each_line_gets_the_voice_of_its_role_bent_by_its_manner() -> None:
    plain, growled = utterances(
        script(Line("dialogue", "Ada", "Well, Ray."), Line("dialogue", "Miss Ray", "No.", delivery="growled")), CAST
    )
    assert plain is not None
    assert growled is not None
    assert (plain.text, plain.engine, plain.voice, plain.rate, plain.pitch) == ("Well, Rey.", "tone", "300Hz", 1.1, 2.0)
    assert growled.voice == plain.voice
    assert growled.pitch < plain.pitch


def test_cues_and_silences_have_no_reading() -> None:
    assert (
        utterances(script(Line("cue", "", "rain", sound="rain.wav"), Line("dialogue", "Ada", "...")), CAST)
        == (None,) * 2
    )


def test_a_speaker_without_a_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        utterances(script(Line("dialogue", "Bob", "Hello.")), CAST)


def test_all_that_changes_the_sound_changes_the_key_and_nothing_else_does() -> None:
    line = Line("dialogue", "Ada", "Hello.")
    lines = (line, Line("dialogue", "Ada", "Hello.", retake=1), Line("narration", NARRATOR, "Hello."))
    others = (Line("dialogue", "Ada", "Hello.", delivery="sobbed"), Line("dialogue", "Ada", "Hello!"))
    found = [utterance for utterance in utterances(script(*lines, *others), CAST) if utterance]
    assert len({take_key(utterance, "1") for utterance in found}) == 5
    again = utterances(script(Line("dialogue", "Ada", "Hello.", pause=900, confidence=0.2, why="x")), CAST)[0]
    assert again == found[0]
    assert take_key(found[0], "1") != take_key(found[0], "2")
