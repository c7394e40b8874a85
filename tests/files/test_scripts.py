"""A Script goes into a file and comes back; what a person writes by hand is understood."""

from __future__ import annotations

import logging
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audiodrama.errors import OutputError
from audiodrama.files import dump_script, load_script, parse_script, save_script
from audiodrama.files.script_text import LINE_KEYS
from audiodrama.model import CROWD, NARRATOR, UNKNOWN, Line, Person, Scene, Script, Skip, Span, name_key

AWKWARD = st.sampled_from(
    [
        "",
        " ",
        "yes",
        "No",
        "1984",
        "null",
        "~",
        "- a list?",
        "a: b",
        "a #b",
        "'single'",
        '"double"',
        "{x}",
        "[x]",
        "*sigh*",
        "&",
        "!",
        "%",
        "@",
        "`",
        "---",
        "...",
        "?",
        ": ",
        "=",
        "<<",
        "2026-11-23",
        "0x1F",
        "1_000",
        "12:30:45",
        "two  spaces",
        " leading",
        "trailing ",
        "tab\there",
        "line\nend",
        "cr\rlf\r\n",
        "\x00\x07\x1b",
        "\x85\u2028\u2029",
        "\ufeffmark",
        "\ufffe\uffff",
        "soft\xadhyphen\xa0space",
        "snow\u2603 \U0001f600 e\u0301",
        "back\\slash \\n",
        "a long text, " * 40 + "that ends",
        "a long text:  " * 20,
        "x" * 2000,
    ]
)
TEXTS = (AWKWARD | st.text(max_size=200)).map(lambda text: unicodedata.normalize("NFC", text))
SPANS = st.builds(lambda start, more: Span(start, start + more), st.integers(0, 10**7), st.integers(0, 10**4))
SPEAKERS = TEXTS | st.sampled_from([NARRATOR, UNKNOWN, CROWD, "Spike", *LINE_KEYS])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    kind = draw(st.sampled_from(["narration", "dialogue", "thought", "heading", "cue"]))
    return Line(
        kind,  # type: ignore[arg-type]
        draw(SPEAKERS),
        draw(TEXTS),
        span=draw(st.none() | SPANS),
        spoken=draw(st.none() | SPANS),
        delivery=draw(TEXTS),
        confidence=draw(st.floats(0, 1)),
        why=draw(TEXTS),
        runs_on=draw(st.booleans()),
        pause=draw(st.none() | st.integers(0, 600_000)),
        retake=draw(st.integers(0, 9999)),
        sound=draw(TEXTS) if kind == "cue" else "",
    )


PEOPLE = st.builds(
    Person,
    TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.sampled_from(["female", "male", "unknown"]),
    st.sampled_from(["child", "young", "adult", "old"]),
    st.booleans(),
)
SCRIPTS = st.builds(
    Script,
    st.lists(st.builds(Scene, st.lists(lines(), max_size=4).map(tuple), TEXTS), max_size=3).map(tuple),
    st.lists(PEOPLE, max_size=3, unique_by=lambda person: person.name).map(tuple),
    st.lists(st.builds(Skip, SPANS, TEXTS), max_size=3).map(tuple),
    TEXTS,
    TEXTS,
    TEXTS,
)


@settings(max_examples=100, deadline=None)
@given(SCRIPTS)
def test_what_is_loaded_is_what_was_saved(script: Script) -> None:
    people = {name for person in script.people for name in (person.name, *person.aliases)}
    names = people | {line.speaker for line in script.lines()} | {NARRATOR, UNKNOWN, CROWD}
    assume(len({name_key(name) for name in names}) == len(names))
    assert parse_script(dump_script(script), "a.script.yaml") == script


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_every_text_comes_back_as_a_line_a_speaker_and_a_reason(text: str) -> None:
    line = Line("dialogue", text, text, delivery=text, why=text, confidence=0.5)
    script = Script((Scene((line,), text),), (Person(text, (text, text)),), (Skip(Span(0, 1), text),), text, text, text)
    assert parse_script(dump_script(script), "a.script.yaml") == script


SMALL = """\
title: The Cellar
author: A. Writer
source: cellar.txt

people:
- name: Mrs. Voss
  aliases: [Ilse, "Voss, the widow"]
  gender: female
  age: old
- name: Tom
  gender: male

scenes:
- chapter: "1"
  lines:
  - heading: "1"
    found: {at: 0-3 spoken 0-1}

  - narrator: >-
      The cellar door had been painted shut for as long as anybody in the street could remember, and nobody in
      the street could remember why.
    found: {at: 3-143 spoken 3-140}

  - Tom: "Listen: there it is again!"
    how: whispered
    found: {sure: 0.97, why: "tag: 'whispered Tom'", at: 143-170 spoken 144-169}
  - narrator: whispered Tom.
    runs on: yes
    found: {at: 170-186 spoken 171-185}

  # ? not sure who says this: turn: answers Tom
  - Mrs. Voss: "No"
    pause: 800 ms
    found: {sure: 0.45, why: "turn: answers Tom", at: 186-190 spoken 187-189}

- lines:
  - cue: A key turns in the lock.
    sound: key.wav

skipped:
- {at: 190-260, reason: author's note}
"""


def small() -> Script:
    narration = (
        "The cellar door had been painted shut for as long as anybody in the street could remember, "
        "and nobody in the street could remember why."
    )
    tag = "tag: 'whispered Tom'"
    first = (
        Line("heading", NARRATOR, "1", Span(0, 3), Span(0, 1)),
        Line("narration", NARRATOR, narration, Span(3, 143), Span(3, 140)),
        Line("dialogue", "Tom", "Listen: there it is again!", Span(143, 170), Span(144, 169), "whispered", 0.97, tag),
        Line("narration", NARRATOR, "whispered Tom.", Span(170, 186), Span(171, 185), runs_on=True),
        Line("dialogue", "Mrs. Voss", "No", Span(186, 190), Span(187, 189), "", 0.45, "turn: answers Tom", pause=800),
    )
    second = (Line("cue", NARRATOR, "A key turns in the lock.", sound="key.wav"),)
    people = (Person("Mrs. Voss", ("Ilse", "Voss, the widow"), "female", "old"), Person("Tom", (), "male"))
    skipped = (Skip(Span(190, 260), "author's note"),)
    return Script((Scene(first, "1"), Scene(second)), people, skipped, "The Cellar", "A. Writer", "cellar.txt")


def test_a_script_reads_like_a_play() -> None:
    text = dump_script(small())
    head, _, body = text.partition("title:")
    assert "title:" + body == SMALL
    assert head.startswith("schema: audiodrama/script 1\n#")


def test_a_script_survives_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "cellar.script.yaml"
    save_script(small(), file)
    assert load_script(file) == small()
    assert [path.name for path in tmp_path.iterdir()] == ["cellar.script.yaml"]


def test_a_script_that_cannot_be_written_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "cellar.script.yaml"
    with pytest.raises(OutputError) as caught:
        save_script(small(), file)
    assert str(caught.value) == f"{file} cannot be written: No such file or directory; choose another place with -o"
    assert not list(tmp_path.iterdir())


def test_a_hand_written_script_needs_only_a_label_and_lines() -> None:
    script = parse_script(
        "schema: audiodrama/script 1\n"
        "lines:\n"
        "- narrator: It rained.\n"
        "- Spike: Yes\n"
        "- Angel: 1984\n"
        "  how: dryly\n"
        "  pause: 1.2 s\n"
        "- cue: A door\n"
        "- who: cue\n"
        "  text: My name is Cue.\n"
        "- Spike: Never mind.\n"
        "  kind: thought\n",
        "mine.yaml",
    )
    assert script.lines() == (
        Line("narration", NARRATOR, "It rained."),
        Line("dialogue", "Spike", "Yes"),
        Line("dialogue", "Angel", "1984", delivery="dryly", pause=1200),
        Line("cue", NARRATOR, "A door"),
        Line("dialogue", "cue", "My name is Cue."),
        Line("thought", "Spike", "Never mind."),
    )
    assert script.people == ()


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        file = tmp_path / "a.yaml"
        file.write_bytes(dump_script(small()).replace("\n", "\r\n").encode(encoding))
        assert load_script(file) == small()


def test_a_speaker_who_is_not_among_the_people_is_allowed_but_mentioned(caplog: pytest.LogCaptureFixture) -> None:
    text = "schema: audiodrama/script 1\npeople: [Spike]\nlines:\n- Spike: A\n- Spkie: B\n- unknown: C\n"
    with caplog.at_level(logging.WARNING):
        parse_script(text, "mine.yaml")
    assert [record.getMessage() for record in caplog.records] == [
        "mine.yaml:5: 'Spkie' speaks but is not among the people; did you mean 'Spike'?"
    ]


def test_a_script_without_people_mentions_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        parse_script("schema: audiodrama/script 1\nlines:\n- Spike: A\n- Angel: B\n", "mine.yaml")
    assert not caplog.records


def test_ten_thousand_lines_are_written_and_read_in_seconds() -> None:
    said = "Nobody said a word about it, and so it was said by nobody. " * 3
    many = tuple(
        Line(
            "dialogue",
            f"P{n % 9}",
            said.strip(),
            Span(n * 200, n * 200 + 200),
            Span(n * 200, n * 200 + 198),
            why="turn",
        )
        for n in range(10_000)
    )
    start = time.process_time()
    text = dump_script(Script((Scene(many),)))
    written = time.process_time()
    assert parse_script(text, "long.yaml").lines() == many
    assert written - start < 3
    assert time.process_time() - written < 6
