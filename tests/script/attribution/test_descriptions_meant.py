"""A description is known by the turns that it tags elsewhere."""

from __future__ import annotations

import pytest

from audiodrama.prose import parse
from audiodrama.script.attribution.candidates import StoryContext
from audiodrama.script.attribution.descriptions_meant import WINDOW, DescriptionReferents
from audiodrama.script.attribution.evidence import score_candidates
from audiodrama.script.attribution.speakers import read_story
from audiodrama.script.quotes.manuscript import transcribe

SAID = '"Stay," said {}.\n\n'
KNOWN = '"Good," said Verity.\n\n"Bad," said Maud.\n\n'


def scene_of(*descriptions: str) -> StoryContext:
    return read_story(transcribe(parse(KNOWN + "".join(map(SAID.format, descriptions)))))


def share_of_verity(scene: StoryContext, apart: int = 0) -> float:
    """What the first description's turn learns if Verity speaks the others; ``apart`` leaves out so many turns."""
    verity = next(f.index for f in scene.figures if f.name == "Verity")
    turns = [turn for turn in scene.turns if turn.tag and turn.tag.mention and turn.tag.mention.kind == "noun"]
    near: list[dict[int, float]] = [{} for _ in scene.turns]
    for turn in turns[1 + apart :]:
        near[turn.index] = {verity: 1.0}
    mention = turns[0].tag and turns[0].tag.mention
    assert mention
    known, total = DescriptionReferents(scene.mentions.text, scene.turns, near).shares(turns[0], mention)
    assert total == sum(known.values())
    return known.get(verity, 0.0)


@pytest.mark.parametrize(
    ("other", "share"), [("the young lady", 1.0), ("the lady", 0.5), ("the old lady", 0.1), ("the man", 0.0)]
)
def test_the_more_alike_two_descriptions_are_the_more_one_tells_of_the_other(other: str, share: float) -> None:
    assert share_of_verity(scene_of("the young lady", other)) == pytest.approx(share)


def test_a_turn_learns_nothing_from_itself() -> None:
    assert share_of_verity(scene_of("the young lady")) == 0.0


def test_the_same_description_far_away_may_mean_another_person() -> None:
    assert share_of_verity(scene_of(*["the young lady"] * (WINDOW + 2)), apart=WINDOW) == 0.0
    assert share_of_verity(scene_of(*["the young lady"] * WINDOW), apart=WINDOW - 2) == 1.0


def test_a_description_of_somebody_known_elsewhere_speaks_for_them() -> None:
    scene = scene_of("the young lady", "the young lady", "the young lady")
    verity, maud = (next(f.index for f in scene.figures if f.name == name) for name in ("Verity", "Maud"))
    first = next(turn for turn in scene.turns if turn.tag and turn.tag.mention and turn.tag.mention.kind == "noun")
    for figure in scene.figures:
        figure.add_gender_evidence(-1, 10.0)

    def ahead(speaker: int, *, learnt: bool) -> float:
        near = [{speaker: 1.0} for _ in scene.turns]
        scene.resolve_references(near)
        scene.referents = scene.referents if learnt else None
        scores = {c.figure: c.score for c in score_candidates(scene, first, near)}
        return scores[verity] - scores[maud]

    assert ahead(verity, learnt=True) > ahead(verity, learnt=False) + 1.0
    assert ahead(maud, learnt=True) < ahead(maud, learnt=False) - 1.0
