"""Results are found again by the key of what decides them, and the keys and files of earlier versions stay good."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from audiodrama.cache.keyed_files import KeyedFiles, key_of, key_of_path
from audiodrama.model import Utterance
from audiodrama.sound import sound_key, take_key

KEY = "ab" * 32
MAGIC = b"audiodrama test 1\n"


def test_keys_are_what_they_were_in_every_version_before() -> None:
    utterance = Utterance("Good day.", "tone", "220Hz", rate=1.1, pitch=-2.0, pitch_range=0.5, retake=1)
    assert take_key(utterance, "7") == "dbb02c4ac7761d1eb4b4d2a84f9e883b89286b23d4d56ac8824cb1490cd4d31a"
    assert sound_key(b"x") == "02fd05b40302c5f105b564834e856493259c6f112cbbe2937999b16cf185ac1a"
    assert key_of({"b": [1, 2.5, None], "a": "é"}) == "84afbf1d4853005f9dd0c81cb1819b53ce86978340764c062160f6e8356665de"


def test_a_sealed_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    content = (
        MAGIC + b'{"words":2,"bytes":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",'
        b'"sum":"a897f6bdc3795f861d7d8ec4ee76cf03289d94561981f923fd6ccf22f7abfefb"}\nabc'
    )
    KeyedFiles(tmp_path, ".x").write(KEY, content)
    files = KeyedFiles(tmp_path, ".x", MAGIC)
    found = files.find(KEY)
    assert found is not None
    assert found[0]["words"] == 2
    assert found[1] == b"abc"
    files.seal(KEY, {"words": 2}, b"abc")
    assert files.path(KEY).read_bytes() == content


@pytest.mark.parametrize(("flat", "name"), [(False, f"ab/{KEY}.x"), (True, f"{KEY}.x")])
def test_a_file_lies_where_its_key_says(flat: bool, name: str, tmp_path: Path) -> None:
    files = KeyedFiles(tmp_path / "new", ".x", flat=flat)
    assert files.path(KEY) == tmp_path / "new" / name
    files.write(KEY, b"content")
    assert files.read(KEY) == b"content"
    assert files.read(KEY, 3) == b"con"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{KEY}.x"]


@pytest.mark.parametrize("damage", [b"", b"x", b"audiodrama test 1\n", b"audiodrama test 1\n{}\n", b"\n" * 40])
def test_what_is_damaged_or_missing_is_not_found(damage: bytes, tmp_path: Path) -> None:
    files = KeyedFiles(tmp_path, ".x", MAGIC)
    assert files.find(KEY) is None
    assert files.find_header(KEY) is None
    files.write(KEY, damage)
    assert files.find(KEY) is None
    assert files.find_header(KEY) is None
    files.path(KEY).unlink()
    files.path(KEY).mkdir()
    assert files.find(KEY) is None
    assert files.find_header(KEY) is None


def test_use_is_noted_once_a_day(tmp_path: Path) -> None:
    files = KeyedFiles(tmp_path, ".x", MAGIC)
    files.seal(KEY, {}, b"abc")
    for days, changes in ((0.5, False), (2, True)):
        used = time.time() - days * 86_400
        os.utime(files.path(KEY), (used, used))
        assert files.find(KEY) is not None
        assert (files.path(KEY).stat().st_mtime != pytest.approx(used, abs=1)) is changes


def test_the_newest_files_are_kept_and_files_of_other_names_stay(tmp_path: Path) -> None:
    files, others = KeyedFiles(tmp_path, ".x", flat=True), KeyedFiles(tmp_path, ".y", flat=True)
    keys = [key_of({"number": number}) for number in range(5)]
    for age, key in enumerate(keys):
        files.write(key, b"")
        os.utime(files.path(key), (10_000 - age, 10_000 - age))
    others.write(keys[0], b"")
    (tmp_path / "letter.x").touch()
    files.keep_newest(5)
    assert len(list(tmp_path.iterdir())) == 7
    files.keep_newest(2)
    assert {path.name for path in tmp_path.iterdir()} == {f"{keys[0]}.x", f"{keys[1]}.x", f"{keys[0]}.y", "letter.x"}
    KeyedFiles(tmp_path / "none", ".x", flat=True).keep_newest(0)


def test_a_path_has_one_key_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert key_of_path(Path("a.mp3")) == key_of_path(tmp_path / "a.mp3")
    assert key_of_path(Path("a.mp3")) != key_of_path(Path("b.mp3"))
