"""A file that is no prose is refused in one sentence, by its suffix and by its content; prose never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiodrama import prose
from audiodrama.errors import ProseError
from audiodrama.prose.file_kinds import kind_of
from tests.conftest import SCRIPTS
from tests.helpers.cases import CASES

OTHER_KINDS = {
    "a file of subtitles": [
        "1\n00:00:01,000 --> 00:00:03,000\nHello, Ada.\n\n2\n00:00:04,000 --> 00:00:05,500\nHello.\n",
        "WEBVTT\n\n00:01.000 --> 00:03.000\nHello, Ada.\n",
        "[Script Info]\nTitle: Tea\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Ada,,0,0,0,,Hello\n",
    ],
    "a file of timed lyrics": ["[ar:Ada]\n[00:12.00]The tide\n[00:15.30]The gulls came in\n[00:18.00]And so\n"],
    "a web page": [
        "<!DOCTYPE html>\n<html><body><p>Hello, said Ada.</p></body></html>\n",
        "<p>One.</p>\n<p>Two.</p>\n<p>“Three,” said Ada.</p>\n<div>Four.</div>\n",
    ],
    "a Final Draft script": ['<?xml version="1.0"?>\n<FinalDraft DocumentType="Script"><Content/></FinalDraft>\n'],
    "an SVG picture": ['<svg xmlns="http://www.w3.org/2000/svg"><text>Tea</text></svg>\n'],
    "XML data": ['<?xml version="1.0"?>\n<story><line who="Ada">Hello</line></story>\n'],
    "a LaTeX source": ["\\documentclass{book}\n\\begin{document}\n``Hello,'' said Ada.\n\\end{document}\n"],
    "JSON data": [
        '{"who": "Ada", "text": "Hello"}\n',
        '[{"who": "Ada"},\n {"who": "Ben"}]\n',
        "".join(f'["Ada", {number}]\n' for number in range(5)),
    ],
    "a table": [
        'who,text,page\nAda,Hello there,1\nBen,"Hello, you",2\nAda,Tea?,3\n',
        "who\ttext\tpage\nAda\tHello\t1\nBen\tHello\t2\nAda\tTea?\t3\n",
    ],
    "a program's log": [
        "Nov 26 10:00:01 host cron[12]: started\n" * 5,
        "2026-11-26 10:00:01,123 INFO tea: the kettle is on\n" * 5,
    ],
    "the text of a program": [
        "import sys\n\ndef tea(cups):\n    for cup in cups:\n        print(cup)\n\ntea(sys.argv)\n",
        "#!/bin/sh\necho tea\n",
        '#include <stdio.h>\nint main(void) {\n    printf("tea");\n    return (0);\n}\n',
    ],
    "a file of settings": ["[tea]\ncups = 2\nmilk = no\n; a comment\nsugar = one\n"],
    "a drama script": ["schema: audiodrama/script 1\nscenes:\n- lines:\n  - Ada: Hello\n"],
}
PROSE = [
    "[10:01] maud: are you there\n[10:02] walter: yes\n[10:03] maud: good\n[10:04] walter: why\n",
    "Dear Ada,\n\nI came, I saw, I wept.\n\nYours,\nBen\n",
    "Ada typed:\n\n```\nx = 1\nprint(x)\n```\n\n“It runs,” she said.\n\nBen <i>laughed</i>.<br>\n\nShe did, too.\n",
    "---\ntitle: Tea\n---\n\n# One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n“Tea &amp; cake,” said Ada.\n",
    "MAUD\tHello.\nWALTER\tHello.\nMAUD\tTea?\nWALTER\tYes.\n",
    "[A kettle sings.]\n\nMAUD: Hello.\n\nWALTER: Hello.\n\nMAUD: Tea?\n",
    "The display said 00:01:02. “1 --> 2,” said Ada.\n\nBen nodded;\nshe sighed;\nhe {almost} wept;\nall was well.\n",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in OTHER_KINDS.items() for text in texts])
def test_a_text_of_another_kind_is_refused_though_it_is_named_txt(kind: str, text: str, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(text, "utf-8")
    with pytest.raises(ProseError) as caught:
        prose.read(story)
    assert str(caught.value).startswith(f"{story} holds {kind}")
    assert str(caught.value).endswith("and give that.")


@pytest.mark.parametrize("text", PROSE)
def test_chats_letters_and_prose_with_a_little_code_are_read(text: str, tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    story.write_text(text, "utf-8")
    assert prose.read(story).blocks


def test_every_story_and_every_case_of_ours_counts_as_prose() -> None:
    stories = [path for path in SCRIPTS.iterdir() if path.suffix in (".txt", ".md")]
    cases = list(CASES.rglob("*.txt"))
    assert len(stories) >= 5
    assert len(cases) > 200
    passages = [path.read_text("utf-8").partition("===\n")[2].rpartition("\n---")[0] for path in cases]
    texts = [path.read_text("utf-8") for path in stories] + passages
    assert [kind_of(text) for text in texts if kind_of(text)] == []


@pytest.mark.parametrize("suffix", ["fdx", "SRT", "vtt", "lrc", "csv", "json", "tex", "xml", "py", "ini"])
def test_the_suffix_of_another_kind_is_enough(suffix: str, tmp_path: Path) -> None:
    name = f"story.{suffix}"
    (tmp_path / name).write_text("“Hello,” said Ada.\n", "utf-8")
    with pytest.raises(ProseError, match=r"is .*, and audiodrama reads prose; save the story as plain text"):
        prose.read(tmp_path / name)
