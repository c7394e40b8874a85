"""Lines become utterances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiodrama.model import NARRATOR, Cast, Line, Role, Scene, Script, Voice
from audiodrama.sound import take_key, utterances
from audiodrama.sound.takes.sentences import CHARACTERS_PER_SECOND

CAST = Cast(
    Role(NARRATOR, Voice("100Hz", "tone")),
    (Role("Ada", Voice("300Hz", "tone", rate=1.1, pitch=2.0), aliases=("Miss Ray",)),),
    pronunciations=(("Ray", "Rey"),),
)


def script(*lines: Line) -> Script:
    return Script((Scene(lines),))


def test_each_line_gets_the_voice_of_its_role_bent_by_its_manner() -> None:
    (plain,), (growled,) = utterances(
        script(Line("dialogue", "Ada", "Well, Ray."), Line("dialogue", "Miss Ray", "No.", delivery="growled")), CAST
    )
    assert (plain.text, plain.engine, plain.voice, plain.rate, plain.pitch) == ("Well, Rey.", "tone", "300Hz", 1.1, 2.0)
    assert growled.voice == plain.voice
    assert growled.pitch < plain.pitch


def test_cues_and_silences_have_no_reading() -> None:
    cue, silence = Line("cue", "", "rain", sound="rain.wav"), Line("dialogue", "Ada", "...")
    assert utterances(script(cue, silence), CAST) == ((), ())


def test_a_long_line_is_several_utterances_each_as_long_as_its_engine_speaks_at_once() -> None:
    sentence = "The tide went out, and the gulls came in. "
    (spoken,) = utterances(script(Line("narration", NARRATOR, sentence * 100)), CAST)
    assert " ".join(utterance.text for utterance in spoken) == (sentence * 100).strip()
    assert {replace(utterance, text="") for utterance in spoken} == {replace(spoken[0], text="")}
    assert max(len(utterance.text) for utterance in spoken) <= 60 * CHARACTERS_PER_SECOND
    assert len(spoken) == 5
    (faster,) = utterances(script(Line("dialogue", "Ada", sentence * 100)), CAST)
    assert len(faster[0].text) > len(spoken[0].text), "a voice that speaks faster speaks more in the same time"


def test_a_speaker_without_a_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        utterances(script(Line("dialogue", "Bob", "Hello.")), CAST)


def test_all_that_changes_the_sound_changes_the_key_and_nothing_else_does() -> None:
    line = Line("dialogue", "Ada", "Hello.")
    lines = (line, Line("dialogue", "Ada", "Hello.", retake=1), Line("narration", NARRATOR, "Hello."))
    others = (Line("dialogue", "Ada", "Hello.", delivery="sobbed"), Line("dialogue", "Ada", "Hello!"))
    spoken = [utterance for (utterance,) in utterances(script(*lines, *others), CAST)]
    assert len({take_key(utterance, "1") for utterance in spoken}) == 5
    ((again,),) = utterances(script(Line("dialogue", "Ada", "Hello.", pause=900, confidence=0.2, why="x")), CAST)
    assert again == spoken[0]
    assert take_key(spoken[0], "1") != take_key(spoken[0], "2")
