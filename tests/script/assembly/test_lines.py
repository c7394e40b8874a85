"""From a story to the lines of its script."""

from __future__ import annotations

from audiodrama.model import NARRATOR, Line, Script
from audiodrama.prose import parse
from audiodrama.script import adapt, script_spans

STORY = """# The Lamp

## One

"Is it lit?" asked Maud. She held up the lamp. "I can't see."

"It is," said Walter.

* * *

The oil ran out. "Now it isn't," he said, looking at the wick.

## Two

*Never again,* thought Maud. She wrote "oil" on the list.
"""


def script_of(story: str = STORY, *, drop_tags: bool = False) -> Script:
    return adapt(parse(story, "lamp.md"), drop_tags=drop_tags)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_a_speech_that_a_tag_interrupts_is_two_lines_and_the_tag_the_narrators() -> None:
    lines = [line for line in script_of().lines() if line.kind != "heading"][:5]
    assert [(line.kind, line.text) for line in lines] == [
        ("dialogue", "Is it lit?"),
        ("narration", "asked Maud. She held up the lamp."),
        ("dialogue", "I can't see."),
        ("dialogue", "It is,"),
        ("narration", "said Walter."),
    ]


def test_a_line_runs_on_in_the_paragraph_of_the_line_before() -> None:
    lines = [line for line in script_of().scenes[0].lines if line.kind != "heading"]
    assert [line.runs_on for line in lines] == [False, True, True, False, True]


def test_a_break_begins_a_scene_and_is_skipped() -> None:
    script = script_of()
    assert [len(scene.lines) > 0 for scene in script.scenes] == [True, True, True]
    assert "scene break" in [skip.reason for skip in script.skipped]


def test_a_chapter_has_its_headings_title_and_the_books_title_is_not_part_of_it() -> None:
    assert [scene.chapter for scene in script_of().scenes] == ["One", "", "Two"]


def test_a_heading_is_a_line_of_the_narrator() -> None:
    headings = [line for line in script_of().lines() if line.kind == "heading"]
    assert [line.text for line in headings] == ["The Lamp", "One", "Two"]
    assert {line.speaker for line in headings} == {NARRATOR}


def test_headings_that_follow_each_other_are_one_chapter() -> None:
    script = script_of("CHAPTER I\n\nThe Storm\n\nIt rained.\n\nCHAPTER II\n\nThe Calm\n\nIt stopped.\n")
    assert [scene.chapter for scene in script.scenes] == ["CHAPTER I: The Storm", "CHAPTER II: The Calm"]


def test_a_thought_is_a_line_of_its_own_kind() -> None:
    thoughts = [line for line in script_of().lines() if line.kind == "thought"]
    assert [(line.text, line.speaker) for line in thoughts] == [("Never again,", "Maud")]


def test_a_quoted_word_stays_in_the_narrators_line_with_its_marks() -> None:
    assert script_of().lines()[-1].text == 'thought Maud. She wrote "oil" on the list.'


def test_the_words_of_a_line_are_found_in_the_source() -> None:
    source = parse(STORY, "lamp.md").source
    for line in script_of().lines():
        assert line.spoken is not None
        assert source[line.spoken.start : line.spoken.end] == line.text


def test_a_line_keeps_the_marks_of_its_source() -> None:
    lines = script_of("‘It’s the “good” lamp,’ said Maud.\n\n‘It’s the only lamp,’ said Walter.\n").lines()
    assert texts(lines)[0] == "It’s the “good” lamp,"


def test_dropped_tags_are_skips_with_a_reason_and_other_narration_stays() -> None:
    script = script_of(drop_tags=True)
    assert "said Walter." not in texts(script.lines())
    assert "asked Maud. She held up the lamp." in texts(script.lines())
    dropped = [skip.span for skip in script.skipped if skip.reason == "speech tag"]
    assert ["said Walter." in STORY[start:end] for start, end in dropped] == [True]


def test_spans_are_the_dialogue_in_source_characters() -> None:
    spans = script_spans(script_of(), thoughts=False)
    assert [STORY[int(span["start"]) : int(span["end"])] for span in spans] == [
        "Is it lit?",
        "I can't see.",
        "It is,",
        "Now it isn't,",
    ]
    assert [span["speaker"] for span in spans] == ["Maud", "Maud", "Walter", "Walter"]


def test_spans_have_thoughts_unless_they_are_not_wanted() -> None:
    everything = script_spans(script_of())
    assert len(everything) == len(script_spans(script_of(), thoughts=False)) + 1
    assert STORY[int(everything[-1]["start"]) : int(everything[-1]["end"])] == "Never again,"


def test_a_paragraph_without_words_is_skipped() -> None:
    script = script_of('"Wait," said Maud.\n\n— — —\n\n"For what?" said Walter.\n')
    assert texts(script.lines()) == ["Wait,", "said Maud.", "For what?", "said Walter."]
    assert len(script.skipped) == 1


def test_narration_does_not_begin_with_the_comma_behind_a_speech() -> None:
    lines = script_of("«Come in», said Maud.\n\n«No», said Walter.\n").lines()
    assert texts(lines) == ["Come in", "said Maud.", "No", "said Walter."]


def test_a_story_of_nothing_but_speech_has_no_narration() -> None:
    lines = script_of('"Left."\n\n"Right."\n\n"Left, I said."\n').lines()
    assert [line.kind for line in lines] == ["dialogue"] * 3
