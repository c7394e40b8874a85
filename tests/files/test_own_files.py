"""The files that this program made are recognised, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mutagen import id3

from audiodrama.files.own_files import Kind, is_own
from audiodrama.reports import json_report, svg_picture
from audiodrama.sound.master.id3 import FileTags, tag

REPORT = {"title": 'A "quoted" title \\', "master": {"path": "a.mp3", "seconds": 1.0, "lufs": -16.0}}
SPANS = '[\n{\n"start": 0,\n"end": 4,\n"speaker": "Maud"\n}\n]\n'


def test_an_mp3_is_known_by_its_tag_whichever_player_wrote_it_again(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(tag(FileTags("Title", "Author"), (("One", 0.0),), 2.0) + bytes(500))
    assert is_own(path, "audio")
    # mutagen leaves its frames untyped.
    frames: Any = id3
    tags = frames.ID3(path)
    tags.add(frames.APIC(data=bytes(30_000)))
    for version in (3, 4):
        tags.save(path, v2_version=version)
        assert is_own(path, "audio")
    tags.setall("TSSE", [frames.TSSE(encoding=3, text="Lavf60.16.100")])
    tags.setall("TIT2", [frames.TIT2(encoding=3, text="audiodrama")])
    tags.save(path)
    assert not is_own(path, "audio")


def test_reports_summaries_and_spans_are_known_by_how_they_begin(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    json_report.save(REPORT, path)
    assert is_own(path, "report")
    assert not is_own(path, "summary")
    json_report.save({"totals": {"made": 1}, "stories": []}, path)
    assert is_own(path, "summary")
    assert is_own(path, "report"), "a batch's report begins so"
    path.write_text(SPANS, encoding="utf-8")
    assert is_own(path, "spans")
    assert not is_own(path, "report")


def test_a_picture_is_known_by_its_comment(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    report = {**REPORT, "cast": [], "lines": [], "chapters": []}
    path.write_text(svg_picture.draw(report), encoding="utf-8")
    assert is_own(path, "picture")
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>audiodrama</text></svg>", encoding="utf-8")
    assert not is_own(path, "picture")


@pytest.mark.parametrize("kind", ["audio", "picture", "report", "summary", "spans"])
@pytest.mark.parametrize(
    "content",
    [
        b"audiodrama",
        b"ID3",
        b"ID3\x03\x00\x00\x00\x00\x00\x10TIT2",
        b"\xff\xfb\x90\x64" * 99,
        b"\x00" * 99,
        b"{}",
        b'{"title": "x"}',
        b'[{"start": 1}]',
        b"schema: audiodrama/script 1\n",
    ],
)
def test_other_files_are_the_users(tmp_path: Path, kind: Kind, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert not is_own(path, kind)
    assert not is_own(tmp_path, kind)
