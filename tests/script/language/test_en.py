"""English as a Language: its lists, its patterns, and the case files that they name."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audiodrama import prose, script
from audiodrama.script.language.en import ENGLISH
from audiodrama.script.language.lists import Lists
from audiodrama.script.language.quote_patterns import QuotePatterns
from tests.conftest import ROOT

MADE = {
    *("lists", "quotes", "letters", "labels", "sentences"),
    *("names", "descriptions", "traits", "tags", "clauses", "turns"),
}
"""What a Language makes when it is first asked for it."""
FOLDER = ROOT / "audiodrama" / "script" / "language" / "en"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_the_case_files_that_patterns_name_are_there(path: Path) -> None:
    for case in re.findall(r"#.* \[((?:forms|prose|quotes|scripts|speakers)/[\w-]+)\]", path.read_text("utf-8")):
        assert (ROOT / "tests" / "cases" / f"{case}.txt").exists(), case


def test_importing_reads_no_list_and_compiles_no_pattern_of_the_language() -> None:
    code = f"from audiodrama.script import ENGLISH; print(*({MADE!r} & vars(ENGLISH).keys()))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_a_verb_of_a_list_stands_for_its_forms() -> None:
    assert not {"reply", "sob"} & ENGLISH.lists.speech_verbs
    assert {"says", "replied", "sobbed", "crying"} <= ENGLISH.lists.speech_verbs
    assert "went" in ENGLISH.lists.voice_verbs - ENGLISH.lists.speech_verbs


def test_an_unknown_group_is_an_error() -> None:
    with pytest.raises(KeyError):
        ENGLISH.lists.one_of("verbs_of_flight")


def test_another_language_is_chosen_for_a_document() -> None:
    def without_signs(lists: Lists) -> QuotePatterns:
        return replace(ENGLISH.make_quotes(lists), voiceless=re.compile("(?!)"))

    document = prose.parse('The sign said, "Keep out."\n\n"Which sign?" asked Len.')
    spoken = [line.text for line in script.adapt(document).lines() if line.kind == "dialogue"]
    assert spoken == ["Which sign?"]
    other = replace(ENGLISH, make_quotes=without_signs)
    spoken = [line.text for line in script.adapt(document, language=other).lines() if line.kind == "dialogue"]
    assert spoken == ["Keep out.", "Which sign?"]
