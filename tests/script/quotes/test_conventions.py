"""Which marks a text sets around speech."""

from __future__ import annotations

import pytest

from audiodrama.script.language.en import ENGLISH
from audiodrama.script.quotes.conventions import detect


@pytest.mark.parametrize(
    ("name", "paragraphs"),
    [
        ("double", ['"Come in," said Ann.', '"No."']),
        ("double", ["“Come in,” said Ann.", "“No, I’m the boys’ aunt.”"]),
        ("double", ["”Come in,” said Ann.", "”No.”"]),
        ("single", ["'Come in,' said Ann.", "'No.'"]),
        ("single", ["‘He said “no” and “never”,’ said Ann.", "‘No.’"]),
        ("guillemets", ["«Come in», said Ann.", "«No.»"]),
        ("guillemets", ["»Come in», said Ann.", "»No.»"]),
        ("reversed guillemets", ["»Come in«, said Ann.", "»No.«"]),
        ("low-high", ["„Come in“, said Ann.", "„No.“"]),
        ("low-high", ["„Come in”, said Ann.", "„No.”"]),
        ("low-high", ["‚Come in‘, said Ann.", "‚No.‘"]),
        ("corners", ["「Come in」 said Ann.", "「No.」"]),
        ("backticks", ["``Come in,'' said Ann.", "``No.''"]),
        ("dash", ["— Come in, said Ann.", "— No.", "She sat."]),
        ("dash", ["-- Come in, said Ann.", "-- No.", "She sat."]),
        ("none", ["Ann came in.", "It was the boys' room, and they'd left it open."]),
        ("none", []),
    ],
)
def test_a_convention_is_told_by_its_marks(name: str, paragraphs: list[str]) -> None:
    assert detect(paragraphs, ENGLISH).name == name


def test_apostrophes_make_no_text_single_marked() -> None:
    paragraphs = ["'Twas the dogs' day, and 'em that didn't like it weren't asked."] * 9 + ['"Quiet," said Ann.']
    assert detect(paragraphs, ENGLISH).name == "double"


def test_a_dash_leads_speech_beside_guillemets_too() -> None:
    assert detect(["« Come in, said Ann.", "— No, said Bo.", "— Then stay out. »"], ENGLISH).dashes
