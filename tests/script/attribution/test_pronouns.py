"""A "he" or a "she" of the narration means who is most in mind."""

from __future__ import annotations

import pytest

from audiodrama.prose import parse
from audiodrama.script.attribution.candidates import Candidate, StoryContext
from audiodrama.script.attribution.speakers import decide_by_rules, read_story
from audiodrama.script.quotes.manuscript import transcribe

NOBODY = ""
RAIN = "The rain fell on the roof. "
CAST = '"Yes," said Edgar.\n\n"No," said Hugh.\n\n"Well," said Delphine.\n\n'


def read(text: str) -> StoryContext:
    return read_story(transcribe(parse(CAST + text)))


def meant(scene: StoryContext) -> list[str]:
    """Whom each "he" and "she" means, in order."""
    pronouns = [m for m in scene.mentions.all() if m.kind == "pronoun" and m.gender_sign and not m.spoken]
    return [scene.figures[m.antecedent].name if m.antecedent >= 0 else NOBODY for m in pronouns]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("Edgar looked at Hugh. He laughed.", ["Edgar"], id="who acts, before who is looked at"),
        pytest.param("Edgar waited. Hugh came in. He laughed.", ["Hugh"], id="who acts last"),
        pytest.param("Hugh came in. He hung up the lantern. He sat down.", ["Hugh", "Hugh"], id="a chain"),
        pytest.param("Edgar kissed Delphine. She laughed.", ["Delphine"], id="who has the gender"),
        pytest.param('"Stay," said Hugh. The coat of Edgar hung there. He took it.', ["Hugh"], id="who spoke"),
        pytest.param(f"Edgar left. {RAIN * 12}The old man came in. He laughed.", [NOBODY], id="a stranger"),
    ],
)
def test_a_pronoun_means_the_people_that_a_reader_takes_it_for(text: str, who: list[str]) -> None:
    assert meant(read(text)) == who


def test_a_person_who_was_last_named_long_ago_is_no_antecedent() -> None:
    assert meant(read(f"Hugh came in. {RAIN * 50}He laughed.")) == [NOBODY]


def test_a_speaker_is_an_antecedent_afterwards() -> None:
    scene = read('Edgar and Hugh looked at Delphine.\n\n"It is late."\n\nHe took the lamp.')
    hugh = next(f.index for f in scene.figures if f.name == "Hugh")
    scene.resolve_references([{hugh: 1.0} for _ in scene.turns])
    assert meant(scene) == ["Hugh"]


def score(text: str, name: str) -> float:
    """What the evidence for a figure adds up to in the last turn."""
    scene = read(text)
    candidates, _ = decide_by_rules(scene)
    found: list[Candidate] = candidates[-1]
    return next(c.score for c in found if scene.figures[c.figure].name == name)


def test_a_listener_whom_the_tag_names_does_not_speak() -> None:
    passage = "Delphine had the tin.\n\n“The brass ones go in the lid,” she explained to {}."
    assert score(passage.format("Delphine"), "Delphine") < score(passage.format("nobody"), "Delphine") - 3
