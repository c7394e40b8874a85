"""Who is found in a text, and what is known of them."""

from __future__ import annotations

from audiodrama.model import Person
from audiodrama.prose import parse
from audiodrama.script.attribution.speakers import attribute
from audiodrama.script.quotes.manuscript import transcribe


def people(passage: str) -> dict[str, Person]:
    return {person.name: person for person in attribute(transcribe(parse(passage)))[0]}


def test_titles_and_pronouns_tell_the_gender() -> None:
    found = people('"Yes," said Mrs. Dove.\n\n"No," said Quill. He sneezed. Quill wiped his nose.')
    assert (found["Mrs. Dove"].gender, found["Quill"].gender) == ("female", "male")


def test_the_fullest_name_that_the_text_settles_on_is_the_name() -> None:
    passage = 'Ralph Ottaway came in. "Cold," said Ralph. "Cold," said Ralph Ottaway again. "Cold."'
    assert people(passage)["Ralph Ottaway"].aliases == ("Ralph",)


def test_a_fuller_name_that_only_others_use_is_not_the_name() -> None:
    asked = '"Is it late, Ralph Ottaway?" asked Ann.\n\n"It is," said Ralph.\n\n'
    passage = asked + asked + '"Then go," said Ann.\n\n"I shall," said Ralph.'
    assert people(passage)["Ralph"].aliases == ("Ralph Ottaway",)


def test_a_narrator_whom_others_call_by_name_has_that_name() -> None:
    found = people('"Come here, Josephine," said Edmund.\n\n"Why?" I said.\n\n"Because, Josephine, it is cake."')
    assert found["Josephine"].narrates


def test_a_narrator_whom_nobody_names_is_i() -> None:
    assert people('"Why?" I said.')["I"].narrates


def test_a_calling_that_is_somebodys_is_no_new_person() -> None:
    found = people('"Well?" asked Colonel Bright.\n\n"Well," said Edmund.\n\n"Well, well," said the Colonel.')
    assert set(found) == {"Colonel Bright", "Edmund"}


def test_a_description_without_a_name_has_gender_and_age() -> None:
    found = people('"Is it dead?" asked the little girl.\n\n"It is asleep," said the old woman.')
    assert [(p.name, p.gender, p.age) for p in found.values()] == [
        ("the little girl", "female", "child"),
        ("the old woman", "female", "old"),
    ]


def test_who_is_only_talked_about_is_not_listed() -> None:
    assert set(people('"Where is Edmund?" asked Harriet.')) == {"Harriet"}
