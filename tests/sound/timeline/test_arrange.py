"""Scripts and takes become timelines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audiodrama.model import (
    NARRATOR,
    Cast,
    Chapter,
    Clip,
    Gap,
    Line,
    Pauses,
    Role,
    Scene,
    Script,
    Take,
    Timeline,
    Voice,
)
from audiodrama.sound import arrange
from audiodrama.sound.dsp.loudness import integrated
from tests.helpers.signals import stored_take, tone

PAUSES = Pauses(same_speaker=1, reply=2, paragraph=3, scene=4, chapter=60, head=6, tail=7)
CAST = Cast(
    Role(NARRATOR, Voice("100Hz", "tone")),
    (
        Role("Ann", Voice("300Hz", "tone", gain=2.0), pan=-0.5),
        Role("Bob", Voice("200Hz", "tone")),
    ),
    PAUSES,
)
LEVELS = {("tone", "300Hz"): 1.5}


@pytest.fixture
def spoken(tmp_path: Path) -> Take:
    return stored_take(tmp_path, "one", tone(0.2))


def say(speaker: str, **more: object) -> Line:
    return Line("narration" if speaker == NARRATOR else "dialogue", speaker, "Well.", **more)  # type: ignore[arg-type]


def arranged(spoken: Take, *scenes: Scene, title: str = "") -> Timeline:
    script = Script(scenes, title=title)
    return arrange(script, CAST, ((spoken,),) * len(script.lines()), LEVELS)


def gaps(timeline: Timeline) -> list[tuple[str, int]]:
    return [(item.reason, item.milliseconds) for item in timeline.items if isinstance(item, Gap)]


def test_pauses_follow_their_reasons(spoken: Take) -> None:
    heading = Line("heading", NARRATOR, "Two")
    found = arranged(
        spoken,
        Scene((say(NARRATOR), say("Ann"), say(NARRATOR, runs_on=True), say("Bob"), say("Bob"), say(NARRATOR))),
        Scene((say("Ann"), say("Bob", pause=99))),
        Scene((heading, say(NARRATOR)), chapter="Two"),
    )
    assert gaps(found) == [
        ("head", 6),
        ("reply", 2),
        ("same speaker", 1),
        ("reply", 2),
        ("same speaker", 1),
        ("paragraph", 3),
        ("scene", 4),
        ("asked", 99),
        ("chapter", 60),
        ("chapter", 30),
        ("tail", 7),
    ]


def test_a_line_without_a_take_is_a_silent_beat(spoken: Take) -> None:
    script = Script((Scene((say("Ann"), say("Bob"), say("Ann"))),))
    found = arrange(script, CAST, ((spoken,), (), (spoken,)), {})
    assert gaps(found) == [("head", 6), ("reply", 2), ("reply", 2), ("tail", 7)]
    assert [item.line for item in found.items if isinstance(item, Clip)] == [0, 2]


def test_a_clip_has_the_levels_of_voice_role_and_manner_and_the_place_of_its_role(spoken: Take) -> None:
    found = arranged(spoken, Scene((say("Ann"), say("Ann", delivery="whispered"), say("Bob"))))
    plain, whispered, other = (item for item in found.items if isinstance(item, Clip))
    assert (plain.gain, plain.pan) == (3.5, -0.5)
    assert whispered.gain < plain.gain - 3
    assert (other.gain, other.pan) == (0.0, 0.0)


def test_a_cue_is_brought_to_a_common_loudness(tmp_path: Path) -> None:
    cue = Line("cue", "", "a bell", sound="bell.wav")
    takes = tuple((stored_take(tmp_path, str(level), tone(1.0, 1000, level)),) for level in (0.02, 0.5))
    found = arrange(Script((Scene((cue, cue)),)), CAST, takes, {})
    heard = [integrated([2 * p for p in item.take.power]) + item.gain for item in found.items if isinstance(item, Clip)]
    assert heard[0] == pytest.approx(heard[1], abs=0.1)


def test_takes_of_one_line_are_joined_with_the_pause_of_their_engine(spoken: Take) -> None:
    first, second = replace(spoken, silence_after=300), replace(spoken, silence_before=12, silence_after=9000)
    script = Script((Scene((say("Ann"), say("Bob"))),))
    joined = arrange(script, CAST, ((first, second, first), (spoken,)), LEVELS)
    assert gaps(joined) == [("head", 6), ("sentence", 312), ("sentence", 800), ("reply", 2), ("tail", 7)]
    clips = [item for item in joined.items if isinstance(item, Clip)]
    assert [clip.line for clip in clips] == [0, 0, 0, 1]
    assert {(clip.gain, clip.pan) for clip in clips[:3]} == {(3.5, -0.5)}


def test_chapters_come_from_scenes_that_name_them(spoken: Take) -> None:
    scene = Scene((say(NARRATOR), say("Ann")))
    found = arranged(spoken, scene, Scene(scene.lines, "One"), scene, Scene(scene.lines, "Two"), title="The Lamp")
    assert found.chapters == (Chapter("The Lamp", 0), Chapter("One", 2), Chapter("Two", 6))


def test_a_story_without_chapters_is_one_chapter(spoken: Take) -> None:
    assert arranged(spoken, Scene((say(NARRATOR),)), title="The Lamp").chapters == (Chapter("The Lamp", 0),)


def test_takes_have_to_be_as_many_as_lines(spoken: Take) -> None:
    with pytest.raises(ValueError, match="1 takes for 2 lines"):
        arrange(Script((Scene((say("Ann"), say("Bob"))),)), CAST, ((spoken,),), {})
