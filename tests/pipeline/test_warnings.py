"""A story that the program cannot read well gets one sentence of warning, and the work goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiodrama.model import NARRATOR, Casting, Role, Voice
from audiodrama.pipeline import NullProgress, Options, produce
from audiodrama.pipeline.steps import asked_narrator, extract, warn_about

FRENCH = (
    "La bouilloire chantait depuis longtemps quand Maud posa enfin son livre sur la table de la cuisine.\n\n"
    "— Il faudrait que quelqu'un s'en occupe, dit Maud. Elle ne se leva pas, et Walter tourna une page.\n\n"
    "— Quelqu'un, oui, répondit Walter. Dehors il pleuvait, et le vent poussait les feuilles contre la vitre. "
    "Personne ne sortirait plus ce soir, et c'était très bien ainsi.\n"
)
CHAT = "[10:01] maud: es-tu là\n[10:01] walter: oui\n[10:02] maud: la bouilloire est vide\n[10:03] walter: ah bon\n"
CASES = {
    "french": (
        FRENCH,
        "is guessed with English rules, and the voices are English; write `narrator: fr`",
    ),
    "unmarked": (
        "The kettle had been singing for some time. Somebody ought to see to that, said Maud.\n",
        "No dialogue",
    ),
    "chat": (CHAT, ""),
    "english": ('"The kettle," said Maud.\n\n"I know," said Walter, who was reading.\n', ""),
}


class Listener(NullProgress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def warn(self, sentence: str) -> None:
        self.told.append(sentence)


@pytest.mark.parametrize("name", CASES)
def test_a_story_that_cannot_be_read_well_is_told_of_in_one_sentence(name: str, tmp_path: Path) -> None:
    text, sentence = CASES[name]
    story, listener = tmp_path / f"{name}.txt", Listener()
    story.write_text(text, "utf-8")
    production = produce(story, tmp_path / "out.mp3", jobs=1, progress=listener)
    assert production.master.path.is_file()
    assert [sentence in told and str(story) in told for told in listener.told] == [True] * bool(sentence)


@pytest.mark.parametrize(("narrator", "count"), [("fr", 0), ("fr+f3", 0), ("de", 1), ("", 1)])
def test_a_narrator_who_speaks_the_storys_language_ends_the_warning(narrator: str, count: int, tmp_path: Path) -> None:
    story, listener = tmp_path / "french.txt", Listener()
    story.write_text(FRENCH, "utf-8")
    warn_about(extract(story), story, listener, narrator)
    assert len(listener.told) == count
    assert all("seems to be French" in sentence for sentence in listener.told)


def test_the_narrator_is_the_one_of_the_options_else_of_the_casting_else_the_usual_one() -> None:
    casting, usual = (Casting(narrator=Role(NARRATOR, Voice(name))) for name in ("fr", "de"))
    assert asked_narrator(casting, Options(narrator="it", default_casting=usual)) == "it"
    assert asked_narrator(casting, Options(default_casting=usual)) == "fr"
    assert asked_narrator(Casting(), Options(default_casting=usual)) == "de"
    assert asked_narrator(Casting(), Options()) == ""
