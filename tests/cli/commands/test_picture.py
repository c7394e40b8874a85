"""The picture: the narrator leads, names stay left of the plot, chapters and scenes are drawn."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from audiodrama.reports.svg_picture import COLOURS, draw


def line(speaker: str, start: int, voice: str = "en-gb") -> dict[str, Any]:
    return {"speaker": speaker, "voice": voice, "text": speaker, "start_ms": start, "end_ms": start + 900}


def report(*lines: dict[str, Any], **others: Any) -> dict[str, Any]:
    master = {"path": "out/kettle.mp3", "seconds": 10.0, "lufs": -16.0, "chapters": others.pop("chapters", [])}
    return {"title": "", "master": master, "lines": list(lines), **others}


def labels(picture: str) -> list[str]:
    """The names at the left."""
    return re.findall(r'<text x="16" y="\d+" font-size="(?:13|9)" [^>]*>(.*?)</text>', picture)


def test_the_narrator_has_the_first_lane_and_grey_whoever_begins() -> None:
    picture = draw(report(line("Ada", 0), line("narrator", 1000), line("Ben", 2000)))
    assert labels(picture)[::2] == ["narrator", "Ada", "Ben"]
    fills = re.findall(r'rx="2" fill="(.+?)"', picture)
    assert fills == list(COLOURS[:3])


def test_a_story_without_a_narrator_has_no_grey_lane() -> None:
    assert f'rx="2" fill="{COLOURS[0]}"' not in draw(report(line("Ada", 0), line("Ben", 1000)))


def test_more_people_than_colours_share_them() -> None:
    people = [line(f"Person {number}", 0) for number in range(25)]
    assert draw(report(*people)).count('rx="2"') == 25


def test_a_name_that_is_too_long_is_cut_before_the_plot() -> None:
    picture = draw(report(line("Sir Bartholomew Featherstonehaugh", 0, "en-gb-scotland+RicishayMax2-and-more")))
    speaker, voice = labels(picture)
    assert speaker.endswith("…")
    assert voice.endswith("…")
    assert 13 * 0.56 * len(speaker) <= 130
    assert labels(draw(report(line("Ada", 0)))) == ["Ada", "en-gb"]


def test_chapters_and_scenes_are_drawn_where_they_begin() -> None:
    chapters = [{"title": "One & two", "start_ms": 0}, {"title": "Three", "start_ms": 5000}]
    picture = draw(report(line("Ada", 0), chapters=chapters, scene_starts_ms=[0, 2500, 5000]))
    assert "One &amp; two" in picture
    assert picture.count('class="chapter"') == 2
    assert picture.count('class="scene"') == 2
    ElementTree.fromstring(picture)


def test_a_story_without_a_heading_is_called_by_its_file() -> None:
    assert ">kettle: 1 line," in draw(report(line("Ada", 0)))
