"""Which capitalised words are people, and which names are one person's."""

from __future__ import annotations

from audiodrama.prose import parse
from audiodrama.script.characters.name_clusters import cluster_names
from audiodrama.script.characters.names import find_names
from audiodrama.script.language.en import ENGLISH
from audiodrama.script.quotes.manuscript import transcribe


def names(passage: str) -> set[str]:
    return set(find_names(transcribe(parse(passage))))


def clusters(passage: str) -> set[frozenset[str]]:
    found = find_names(transcribe(parse(passage)))
    return {frozenset(cluster.names) for cluster in cluster_names(found, ENGLISH)}


def test_a_verb_at_the_start_of_a_sentence_is_no_part_of_a_name() -> None:
    assert names("Edmund laughed. Remember Edmund, he said. Leave Edmund alone.") == {"Edmund"}


def test_a_tag_with_a_capital_is_no_name() -> None:
    assert names('"Three." Said Edmund. "Four." Asked Harriet.') == {"Edmund", "Harriet"}


def test_places_months_and_nations_are_no_people() -> None:
    passage = (
        "In March they came to Ottermouth. Edmund had been in Ottermouth before, and in Wexcombe, and he had not liked"
        " the English weather in Ottermouth. They left Wexcombe by Juniper Street."
    )
    assert names(passage) & {"March", "Ottermouth", "English", "Juniper Street", "Juniper"} == set()
    assert "Edmund" in names(passage)


def test_a_shouted_name_is_the_name() -> None:
    assert names('"Harriet!" cried Edmund. "HARRIET!" Edmund ran.') == {"Harriet", "Edmund"}


def test_a_possessive_belongs_to_the_name() -> None:
    assert names("Edmund laughed. Edmund's hat fell off, and Edmund's wig.") == {"Edmund"}


def test_a_married_pair_is_two_people() -> None:
    assert clusters("Mr. Tolliver nodded to Mrs. Tolliver. Mrs. Tolliver nodded to Mr. Tolliver.") == {
        frozenset({"Mr. Tolliver"}),
        frozenset({"Mrs. Tolliver"}),
    }


def test_a_married_lady_is_no_young_lady_of_the_same_surname() -> None:
    passage = "Mrs. Penrose called. Elizabeth Penrose came. Mrs. Penrose sat down. Elizabeth stood."
    assert clusters(passage) == {frozenset({"Mrs. Penrose"}), frozenset({"Elizabeth Penrose", "Elizabeth"})}


def test_a_father_is_not_his_son_who_is_called_by_his_first_name() -> None:
    passage = (
        "Mr. Emmerich sat by the window with George. George read. George Emmerich was nineteen. Mr. Emmerich asked"
        " George for the paper, and George gave Mr. Emmerich the paper. George yawned."
    )
    assert clusters(passage) == {frozenset({"Mr. Emmerich"}), frozenset({"George", "George Emmerich"})}


def test_a_surname_alone_and_a_first_name_alone_join_the_full_name() -> None:
    passage = "Ralph Ottaway came in. Ottaway sat. Then Ralph laughed. Ralph Ottaway had lost. Ottaway sighed."
    assert clusters(passage) == {frozenset({"Ralph Ottaway", "Ottaway", "Ralph"})}


def test_a_title_in_the_middle_begins_another_name() -> None:
    assert "Miss Bright" in names("They met Mr. Dove. Miss Bright and a dog came. Miss Bright waved. Mr. Dove waved.")


def test_somebody_known_by_rank_and_place_keeps_both() -> None:
    assert "Queen of Cups" in names('"Off," said the Queen of Cups. The Queen of Cups sat down. "Off!"')
