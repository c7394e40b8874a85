"""How speech tags are read."""

from __future__ import annotations

import pytest

from audiodrama.prose import parse
from audiodrama.script.attribution.speakers import read_story
from audiodrama.script.attribution.tags.bare_tags import is_bare
from audiodrama.script.language.en import ENGLISH
from audiodrama.script.quotes.manuscript import transcribe

INTRO = "Edmund and Harriet were in the kitchen. Edmund sat. Harriet stood.\n\n"


def tags(passage: str) -> list[tuple[str, str, str]]:
    scene = read_story(transcribe(parse(INTRO + passage)))
    text = scene.mentions.text
    found = [tag for turn in scene.turns for tag in turn.tags]
    return [(text[t.mention.start : t.mention.end] if t.mention else "", t.verb, t.delivery) for t in found]


@pytest.mark.parametrize(
    ("passage", "subject", "verb", "manner"),
    [
        ('"Go," said Edmund.', "Edmund", "said", ""),
        ('"Go," Edmund said.', "Edmund", "said", ""),
        ('"Go," growled Edmund.', "Edmund", "growled", "growled"),
        ('"Go," said Edmund dryly.', "Edmund", "said", "dryly"),
        ('"Go," whispered Harriet softly.', "Harriet", "whispered", "whispered softly"),
        ('"Go," he quietly replied.', "he", "replied", "quietly"),
        ('"Go," said poor old Edmund.', "Edmund", "said", ""),
        ('"Go," said the good-natured Harriet.', "Harriet", "said", ""),
        ('"Go," said Edmund in a low voice.', "Edmund", "said", "in a low voice"),
        ('"Go!" cried Edmund, turning to Harriet.', "Edmund", "cried", "cried"),
        ('"Go!" He shouted.', "He", "shouted", "shouted"),
        ('"Go." Said Harriet.', "Harriet", "said", ""),
        ('"Go?" he asked.', "he", "asked", ""),
        ('"Go," was Harriet\'s answer.', "Harriet", "reply", ""),
        ('Harriet\'s answer was: "Go."', "Harriet", "reply", ""),
        ('Edmund was still talking. "Go."', "Edmund", "was still talking", ""),
        ('Harriet could be silent no longer. "Go."', "Harriet", "could be silent no longer", ""),
        ('The voice of Edmund was heard saying: "Go."', "Edmund", "saying", ""),
        ('"Go," came the voice of Edmund.', "Edmund", "reply", ""),
        ('"Go," was the reply.', "", "reply", ""),
        ('Edmund turned to Harriet and said, "Go."', "Edmund", "said", ""),
        ('Then Harriet, wiping her hands, said: "Go."', "Harriet", "said", ""),
        ('"Go," says Harriet.', "Harriet", "says", ""),
        ('"Go," Harriet corroborated.', "Harriet", "corroborated", "corroborated"),
    ],
)
def test_a_tag_tells_its_subject_its_verb_and_its_manner(passage: str, subject: str, verb: str, manner: str) -> None:
    assert tags(passage) == [(subject, verb, manner)]


def test_an_action_beside_a_speech_is_no_tag() -> None:
    assert tags('Edmund put down the cup. "Go."') == []


def test_a_relative_clause_takes_no_speech_away() -> None:
    assert tags('"Go," said Edmund, who had heard what Harriet said; "go now."') == [("Edmund", "said", "")]


@pytest.mark.parametrize("tag", [" he said. ", "Said Spike.", " said the old man, ", " Mrs. Bright whispered softly. "])
def test_a_subject_and_a_verb_are_a_bare_tag(tag: str) -> None:
    assert is_bare(tag, ENGLISH)


@pytest.mark.parametrize("tag", [" he said, and left. ", " He sat down. ", " said Edmund, rising, ", " ", "Edmund"])
def test_more_or_less_than_a_subject_and_a_verb_is_no_bare_tag(tag: str) -> None:
    assert not is_bare(tag, ENGLISH)
