"""The language of a story is named by its letters or its commonest words; English in all its forms stays English."""

from __future__ import annotations

import pytest

from audiodrama.prose import parse
from audiodrama.script import Adaptation, language_of
from tests.conftest import SCRIPTS

STORIES = {
    "de": "Der Wind kam vom Meer. „Mach die Tür zu“, sagte Anna. Er schloss die Tür und setzte sich auf die Bank.",
    "fr": "Le vent venait de la mer. « Ferme la porte », dit Anna. Il ferma la porte et il se tut pour un moment.",
    "es": "El viento venía del mar. —Cierra la puerta —dijo Ana. Él cerró la puerta y se sentó en el banco con ella.",
    "it": "Il vento veniva dal mare. «Chiudi la porta», disse Anna. Lui chiuse la porta e si mise a sedere.",
    "nl": "De wind kwam van de zee. 'Doe de deur dicht,' zei Anna. Hij deed de deur dicht en ging op een bank zitten.",
    "sv": "Vinden kom från havet. – Stäng dörren, sa Anna. Han stängde dörren och satte sig på bänken med en bok.",
    "pl": "Wiatr wiał od morza. – Zamknij drzwi – powiedziała Anna. Nie było to dla niej nic, ale się bał.",
    "ru": "Ветер дул с моря. — Закрой дверь, — сказала Анна. Он закрыл дверь и сел на скамью у окна.",
    "uk": "Вітер дув із моря. — Зачини двері, — сказала Ганна. Він зачинив двері й сів на лавку біля вікна.",
    "ja": "風が海から吹いていた。「ドアを閉めて」とアンナは言った。彼はドアを閉めて、窓のそばの椅子に座った。",
    "cmn": "风从海上吹来。“关上门，”安娜说。他关上门，在窗边的长椅上坐下，什么也没有说。她看着外面的雨，等着他。",
    "ko": "바람이 바다에서 불어왔다. “문을 닫아요.” 안나가 말했다. 그는 문을 닫고 창가의 의자에 앉아 밖을 바라보았다.",
    "ar": "هبت الريح من البحر. «أغلق الباب»، قالت آنا. أغلق الباب وجلس على المقعد بجانب النافذة.",
    "el": "Ο άνεμος ερχόταν από τη θάλασσα. «Κλείσε την πόρτα», είπε η Άννα. Έκλεισε την πόρτα και κάθισε.",
}
ENGLISH = {
    "phrases": '"Mon Dieu," said Ada, "je ne sais pas ce que c\'est. What is it? I have never seen the like of it." '
    'She put it down on the table, and Ben said that he had no idea. "Nor I," she said. "Es ist nicht da."',
    "dialect": '"Ah dinnae ken whit ye mean, hen," said Morag. "Yon wee lad\'s awa tae the toon, he\'ll be back '
    'afore nicht." "Och, weel," said Rab. "Let\'s gang hame, then. It\'s gey cauld oot here, so it is."',
    "short": "Der Kessel sang schon lange.",
    "names": "Giovanni, Maria, Jean-Luc, Björn, Zoë, José, Łukasz, Ødegård, Anna, Igor, Dmitri, Élodie, Kurt",
    "Russian words": '"Да," said Igor. "Нет," said Anna. They looked at the sea for a long time and said no more.',
}


def language(text: str) -> str:
    return language_of(Adaptation(parse(text)).script())


@pytest.mark.parametrize("code", STORIES)
def test_a_story_of_a_few_sentences_shows_its_language(code: str) -> None:
    assert language(STORIES[code]) == code
    assert language("\n\n".join([STORIES[code]] * 5)) == code


@pytest.mark.parametrize("name", ENGLISH)
def test_english_with_foreign_phrases_dialect_and_short_texts_stay_english(name: str) -> None:
    assert language(ENGLISH[name]) == "en"


def test_our_own_stories_are_english() -> None:
    stories = [path for path in SCRIPTS.iterdir() if path.suffix in (".txt", ".md")]
    assert {path.name for path in stories if language(path.read_text("utf-8")) != "en"} == set()
