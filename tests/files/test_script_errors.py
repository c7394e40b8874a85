"""What is wrong in a script file is said in one sentence with the file and the line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from audiodrama.errors import ScriptFileError
from audiodrama.files import load_script, parse_script

HEAD = "schema: audiodrama/script 1\nlines:\n"

FAULTS = {
    "- Spike: Cavemen!\n  hwo: growled\n": "4: 'hwo' is not a key of a line; did you mean 'how'?",
    "- Spike: Cavemen!\n  Angel: No.\n": (
        "4: 'Angel' is not a key of a line; if somebody else speaks here, begin it with '- Angel:'"
    ),
    "- Spike: Cavemen!\n  how: a\n  how: b\n": "5: 'how' is given twice in a line; it was in line 4 before",
    "- Spike: Cavemen!\n  pause: soon\n": "4: pause must be a time like '350 ms' or '1.2 s', not 'soon'",
    "- Spike: Cavemen!\n  pause: 2 h\n": "4: pause must be a time like '350 ms' or '1.2 s', not '2 h'",
    "- Spike: Cavemen!\n  pause: 20000 s\n": "4: pause must be from 0 to 600000 ms, not '20000 s'",
    "- Spike: Cavemen!\n  pause: -5\n": "4: pause must be from 0 to 600000 ms, not '-5'",
    "- Spike: Cavemen!\n  retake: 1.5\n": "4: retake must be a whole number, not '1.5'",
    "- Spike: Cavemen!\n  retake: " + "9" * 5000 + "\n": (
        "4: retake must be a number, like 9999, not '" + "9" * 57 + "...'"
    ),
    "- Spike: Cavemen!\n  runs on: maybe\n": "4: runs on must be yes or no, not 'maybe'",
    "- Spike: Cavemen!\n  kind: dialog\n": "4: kind cannot be 'dialog'; did you mean 'dialogue'?",
    "- Spike: Cavemen!\n  sound: door.wav\n": (
        "4: only a cue has a sound; give it a line of its own, '- cue: what is heard'"
    ),
    "- Spike: Cavemen!\n  found: {sure: 1.2}\n": "4: sure must be from 0 to 1, not '1.2'",
    "- Spike: Cavemen!\n  found: {at: here}\n": (
        "4: at must be like '120-171' or '120-171 spoken 121-145', not 'here'"
    ),
    "- Spike: Cavemen!\n  found: {at: 9-3}\n": "4: a stretch of text cannot end before it begins: 9-3",
    "- Spike: [laughs]\n": (
        "3: what 'Spike' says must be a text, but here is a list; if it is a text, put it in quotation marks"
    ),
    "- how: growled\n": "3: this line does not say who speaks; begin it with '- NAME: what is said'",
    "- who: Spike\n": "3: a line with 'who:' needs 'text:' too",
    "- Spike: A\n  text: B\n": "4: 'Spike' already has its text; remove 'text:'",
    "- It was dark.\n": "3: a line must say who speaks, like '- narrator: It was dark.'",
    "  Spike: Cavemen!\n": "3: lines must be a list, with lines like '- item', but here is a mapping",
    "Spike: Cavemen!\n": (
        "3: 'Spike' is not a key of a script file; it can be 'schema', 'title', 'author', 'source', 'people', "
        "'scenes', 'lines', 'skipped'"
    ),
    # What the parser refuses.
    "- Spike: Listen: it is late\n": (
        "3: there is a ': ' too many here, or the indentation is off; "
        "if it is part of a text, put the whole text in quotation marks"
    ),
    '- Spike: "Hello," he said\n': (
        "3: there is more behind the closing quotation mark; put the whole text in quotation marks of the other sort"
    ),
    '- Spike: "Hello\n- Angel: x\n': "3: the quotation mark that opens here is never closed",
    "- Spike: *sigh* Fine.\n": (
        "3: a text that begins with '*', '&' or '!' means something else in YAML; put the whole text in quotation marks"
    ),
    "- Spike: [laughs] Fine.\n": (
        "3: a text that begins with '[' means something else in YAML; put the whole text in quotation marks"
    ),
    "- Spike: @home\n": (
        "3: a text cannot begin with '@', '`', '%' or a tab in YAML; put the whole text in quotation marks"
    ),
    "- Spike: a\n\thow: b\n": "4: a tab is used for indentation; use spaces",
    "  - Spike: a\n  Angel: b\n": "4: this line is not indented like the '- ' lines before it",
    "- Spike: a\x07b\n": "3: this is not a text file; it holds a control character here",
    "- Spike: &x a\n": "3: a text that begins with '&' means something else in YAML; put it in quotation marks",
    "- Spike: !!python/name:os.system\n": (
        "3: a text that begins with '!' means something else in YAML; put it in quotation marks"
    ),
    "- Spike: a\n---\nlines: []\n": "4: a second document begins here; keep one, without '---' lines between",
}


def sentence(text: str) -> str:
    with pytest.raises(ScriptFileError) as caught:
        parse_script(text, "story.script.yaml")
    return str(caught.value)


@pytest.mark.parametrize("written", FAULTS)
def test_a_fault_in_a_line_is_told_with_its_line(written: str) -> None:
    assert sentence(HEAD + written) == f"story.script.yaml:{FAULTS[written]}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: the file is empty"),
        ("# only a comment\n", "1: the file is empty"),
        (
            "Once upon a time there was a text.\n",
            "1: a script file must be a mapping, with lines like 'key: value', "
            "but here is the text 'Once upon a time there was a text.'",
        ),
        ("lines: []\n", "1: this is not a script file; its first line must be 'schema: audiodrama/script 1'"),
        ("schema: audiodrama/casting 1\n", "1: schema must be 'audiodrama/script 1', not 'audiodrama/casting 1'"),
        (
            "schema: audiodrama/script 1\nscene: []\n",
            "2: 'scene' is not a key of a script file; did you mean 'scenes'?",
        ),
        (HEAD + "- a: b\nscenes: []\n", "3: a script has 'scenes:' or, if there is only one, 'lines:', not both"),
        (
            "schema: audiodrama/script 1\npeople:\n- name: Al\n  gender: man\n",
            "4: gender cannot be 'man'; it can be 'female', 'male', 'unknown'",
        ),
        ("schema: audiodrama/script 1\npeople: [Al, Al]\n", "2: 'Al' is among the people twice; keep one of them"),
        ("schema: audiodrama/script 1\npeople:\n- gender: male\n", "3: this person has no 'name:'"),
        (
            "schema: audiodrama/script 1\nskipped:\n- {reason: note}\n",
            "3: a skipped stretch needs 'at:', like 'at: 120-171'",
        ),
    ],
)
def test_a_file_that_is_no_script_is_told_so(text: str, message: str) -> None:
    assert sentence(text) == f"story.script.yaml:{message}"


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefgh")
    )
    assert "begins with '&'" in sentence(bomb)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000 + "x", HEAD + "- a: " + "[" * 100_000 + "]" * 100_000]
)
def test_a_deep_file_is_refused_at_once(text: str) -> None:
    assert "nested more than 12 deep" in sentence(text)


def test_files_that_are_no_text_are_told_so(tmp_path: Path) -> None:
    missing, folder, binary, latin = (tmp_path / name for name in ("missing", "folder", "binary", "latin"))
    folder.mkdir()
    binary.write_bytes(b"ID3\x04\x00\x00\x00")
    latin.write_bytes("schema: x\ntitle: Caf\xe9 Noir\n".encode("latin-1"))
    said = {}
    for file in (missing, folder, binary, latin):
        with pytest.raises(ScriptFileError) as caught:
            load_script(file)
        said[file] = str(caught.value)
    assert said == {
        missing: f"{missing} does not exist; check the name and the folder.",
        folder: f"{folder} is a folder; name a file in it.",
        binary: f"{binary}:1: this is not a text file; it holds a control character here",
        latin: f"{latin}:2: this is not UTF-8 text; save the file as UTF-8",
    }
