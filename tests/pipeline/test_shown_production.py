"""A production shows itself in a notebook, and prints in a few lines."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audiodrama.pipeline import Production, produce


@pytest.fixture
def production(tone_story: Path) -> Production:
    return produce(tone_story, tone_story.with_suffix(".mp3"), jobs=1)


def test_a_production_prints_in_a_few_lines(production: Production) -> None:
    first, *rows = str(production).split("\n")
    assert re.fullmatch(r".*\.mp3: \d+:\d\d, -\d+\.\d LUFS, peak -\d+\.\d dBTP", first)
    assert rows[0].split()[0] == "narrator"
    assert len(rows) == len({line.speaker for line in production.script.lines()})
    assert repr(production) == str(production)


def test_a_notebook_gets_a_table_a_player_with_the_audio_and_the_picture(production: Production) -> None:
    page = production._repr_html_()
    cell = ElementTree.fromstring(page.replace("<audio controls ", '<audio controls="" '))
    names = [row[0].text for row in cell.findall("./table/tr")[1:]]
    assert names[0] == "narrator"
    assert len(names) == len({line.speaker for line in production.script.lines()})
    player = cell.find("./audio")
    assert player is not None
    content = player.attrib["src"].removeprefix("data:audio/mpeg;base64,")
    assert b64decode(content) == production.master.path.read_bytes()
    assert cell.find("./{http://www.w3.org/2000/svg}svg") is not None


def test_what_a_story_is_called_is_text_and_no_markup(production: Production) -> None:
    named = replace(production, script=replace(production.script, title="<script>alert('Ada & Ben')</script>"))
    assert "<script>" not in named._repr_html_()


def test_audio_that_is_gone_is_named_and_not_embedded(production: Production) -> None:
    production.master.path.unlink()
    assert f'src="{production.master.path.as_posix()}"' in production._repr_html_()
