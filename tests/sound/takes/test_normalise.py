"""Text becomes what an engine is to speak."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.sound.takes.normalise import TextNormaliser

PLAIN = TextNormaliser(())
RESPELLED = TextNormaliser(
    (
        ("Niamh", "Neev"),
        ("gaol", "jail"),
        ("O'Shea", "Oh Shay"),
        ("Will", "Wil"),
        ("Mary Ann", "M A"),
        ("NASA", "EN AY"),
        ("Zack", "Zzzack"),
    )
)


@pytest.mark.parametrize("text", ["", "...", "?!", "—", "… …", "* * *", "«»", "♪ ♫"])
def test_a_text_without_words_is_not_spoken(text: str) -> None:
    assert PLAIN.speakable(text) is None


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("I went—no, ran—home.", "I went, no, ran, home."),
        ("I thought -- maybe --", "I thought, maybe"),
        ("Well... maybe.", "Well, maybe."),
        ("Well… Nobody came.", "Well. Nobody came."),
        ("Perhaps. . . ?", "Perhaps?"),
        ("I wonder…", "I wonder."),
        ("a well-known man-of-war", "a well-known man-of-war"),
        ("pages 10–12", "pages 10 to 12"),
        ("Mr. Hale met Dr. Grey.", "Mr. Hale met Dr. Grey."),
        ("*very* _old_ #1 ~", "very old 1"),
        ("salt & pepper", "salt and pepper"),
        ("see https://www.example.org/a/b?c=1 now", "see example dot org now"),
        ("write to jo@example.org", "write to jo at example dot org"),
        ("GET OUT OF HERE", "Get Out Of Here"),
        ("the FBI and the BBC", "the FBI and the BBC"),
        ("I am in the US", "I am in the US"),
        ("LEAVE US ALONE", "Leave Us Alone"),
        ("the GMBH HQ", "the GMBH HQ"),
        ("Chapter III, Henry VIII", "Chapter III, Henry VIII"),
        ("NOOOO! Sooo goood. Freeee! Heeelp, pleeease", "No! So good. Free! Help, please"),
        ("Hm. Hmmm. Mmm-hm, shhh!", "hmm. hmm. hmm, shush!"),
        ("W-what? B-b-but th-the", "Wuh-what? Buh-buh-but thuh-the"),
        ("T-shirt, X-ray, e-mail", "T-shirt, X-ray, e-mail"),
        ("two\twords\nhere", "two words here"),
    ],
)
def test_what_engines_read_badly_is_put_right(text: str, spoken: str) -> None:
    assert PLAIN.speakable(text) == spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Niamh's coat", "Neev's coat"),
        ("NIAMH’S COAT", "Neev’s Coat"),
        ("in Gaol, in gaol", "in jail, in jail"),
        ("the gaoler", "the gaoler"),
        ("O’Shea and O'Shea", "Oh Shay and Oh Shay"),
        ("Will will win", "Wil will win"),
        ("Mary Ann", "M A"),
        ("Mary", "Mary"),
        ("Zack's NASA badge", "Zzzack's EN AY badge"),
    ],
)
def test_a_casting_respells_whole_words(text: str, spoken: str) -> None:
    assert RESPELLED.speakable(text) == spoken


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_words_or_nothing(text: str) -> None:
    spoken = PLAIN.speakable(text)
    assert spoken is None or any(map(str.isalnum, spoken))


@pytest.mark.parametrize(
    "piece", ["-", ".", " ", "a.b@", "A", ", ", "www.", "https://", "_-", "…. ", "A'", "a", "W-w", "s-s", "mm-"]
)
def test_a_long_text_takes_time_in_proportion(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    begin = time.process_time()
    PLAIN.speakable(text)
    assert time.process_time() - begin < 2
