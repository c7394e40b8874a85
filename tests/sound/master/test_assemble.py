"""Whole masters, heard with other people's decoders."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from mutagen import id3, mp3

from audiodrama import sound
from audiodrama.errors import DamagedTakeError, InternalError, OutputError
from audiodrama.model import Chapter, Clip, Gap, Master, Take, Timeline, Utterance
from audiodrama.sound import engines
from audiodrama.sound.dsp.limiter import limit
from audiodrama.sound.master.crc16 import crc16
from audiodrama.sound.master.mix import mix
from audiodrama.sound.timeline.cuts import QUIET_AFTER, QUIET_BEFORE
from tests.conftest import ROOT
from tests.helpers.signals import (
    FFMPEG,
    assemble,
    decode,
    ebur128,
    encode_orders,
    length_samples,
    speech_like,
    stored_take,
    timeline_of,
    tone,
)

VOICES = [(2.3, 0.1), (4.1, 0.03), (0.6, 0.2), (6.7, 0.08), (3.2, 0.12), (5.5, 0.05)] * 3
"""Seconds and level of what is said."""


_id3: Any = id3.ID3
_mp3: Any = mp3.MP3
"""mutagen is untyped."""


@pytest.fixture(scope="module")
def takes(tmp_path_factory: pytest.TempPathFactory) -> list[Take]:
    folder = tmp_path_factory.mktemp("takes")
    return [stored_take(folder, f"t{i}", speech_like(s, level, seed=i)) for i, (s, level) in enumerate(VOICES)]


@pytest.fixture(scope="module", params=["centred", "panned"])
def drama(request: pytest.FixtureRequest, takes: list[Take]) -> Timeline:
    return timeline_of(takes, pans=(0.0,) if request.param == "centred" else (0.0, -0.6, 0.4))


@pytest.fixture(scope="module")
def master(drama: Timeline, tmp_path_factory: pytest.TempPathFactory) -> Master:
    return assemble(drama, tmp_path_factory.mktemp("out") / "drama.mp3")


def test_a_master_decodes_to_exactly_the_samples_of_the_programme(drama: Timeline, master: Master) -> None:
    heard, rate = soundfile.read(master.path)
    assert rate == master.sample_rate == 44100
    assert heard.shape == decode(master.path).shape == (length_samples(drama), 2)
    assert master.seconds == length_samples(drama) / 44100
    assert len(sound.cut(drama, sound.RATE)) > 2


def test_players_read_the_same_length_from_the_header_of_a_master(master: Master) -> None:
    info = _mp3(master.path).info
    assert info.length == pytest.approx(master.seconds, abs=1e-6)
    assert (info.bitrate, info.bitrate_mode, info.channels, info.sample_rate) == (128000, mp3.BitrateMode.CBR, 2, 44100)
    assert info.mode == 1  # joint stereo
    assert not info.sketchy


def test_a_master_is_as_loud_as_promised_by_another_meter(master: Master) -> None:
    loudness, peak = ebur128(master.path)
    assert loudness == pytest.approx(-16.0, abs=0.2)
    assert peak <= -1.0
    assert master.lufs == pytest.approx(loudness, abs=0.15)
    assert master.true_peak_db == pytest.approx(peak, abs=0.2)


def test_what_is_heard_is_what_was_mixed_also_where_segments_join(drama: Timeline, master: Master) -> None:
    ordered = encode_orders(drama)
    mixed = np.concatenate(
        [
            np.broadcast_to(limit(mix(o.segment, o.gain), 10 ** (-1.6 / 20), 44100), (2, o.segment.samples))
            for o in ordered
        ],
        axis=1,
    )
    wrong = decode(master.path).T - mixed
    assert np.mean(wrong**2) < 0.02 * np.mean(mixed**2)
    for order in ordered[1:]:
        border = order.segment.start
        assert np.abs(mixed[:, border - QUIET_BEFORE : border + QUIET_AFTER]).max() == 0.0
        assert np.abs(wrong[:, border - 1500 : border + QUIET_AFTER]).max() < 0.002


def test_clips_and_silences_are_where_the_timeline_says(drama: Timeline, master: Master) -> None:
    size = np.abs(decode(master.path)).max(axis=1)
    starts = sound.positions(drama, sound.RATE)
    for item, begin, end in zip(drama.items, starts, starts[1:], strict=False):
        if isinstance(item, Gap):
            assert size[begin + 1200 : end - 1200].max() < 0.003
        else:
            assert size[begin:end].max() > 0.05


def test_each_clip_has_its_place_between_the_loudspeakers(drama: Timeline, master: Master) -> None:
    heard = decode(master.path).astype(np.float64)
    starts = sound.positions(drama, sound.RATE)
    for item, begin, end in zip(drama.items, starts, starts[1:], strict=False):
        if isinstance(item, Clip):
            left, right = (heard[begin:end] ** 2).sum(axis=0)
            angle = np.arctan2(np.sqrt(right), np.sqrt(left))
            assert angle == pytest.approx((item.pan + 1) * np.pi / 4, abs=0.03)


def test_the_same_orders_give_the_same_bytes_in_any_order_on_any_process(drama: Timeline, master: Master) -> None:
    ordered = encode_orders(drama)
    shuffled = random.Random(1).sample(ordered, len(ordered))
    with get_context("spawn").Pool(2) as pool:
        found = dict(zip((o.segment.start for o in shuffled), pool.map(sound.encode, shuffled), strict=True))
    stream = b"".join(found[order.segment.start].frames for order in ordered)
    assert master.path.read_bytes().endswith(stream)


def test_the_checksum_in_the_header_is_that_of_the_music(master: Master) -> None:
    content = master.path.read_bytes()
    info = content.index(b"Info") - 36
    assert int.from_bytes(content[info + 188 : info + 190], "big") == crc16(content[info + 417 :])
    assert int.from_bytes(content[info + 190 : info + 192], "big") == crc16(content[info : info + 190])
    assert int.from_bytes(content[info + 48 : info + 52], "big") == len(content) - info


def test_tags_and_chapters_are_read_by_mutagen_and_ffmpeg(takes: list[Take], tmp_path: Path) -> None:
    titles = ["Eins – Übung", "Two", "A much longer title than the others have", "4"]
    drama = timeline_of(takes[:8])
    drama = Timeline(drama.items, tuple(Chapter(title, 2 * i) for i, title in enumerate(titles)))
    master = assemble(drama, tmp_path / "c.mp3", sound.FileTags("The Lamp", "A. Writer", track=3))
    tags = _id3(master.path)
    assert [tags[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TCON", "TRCK")] == [
        "The Lamp", "A. Writer", "The Lamp", "Audiobook", "3",
    ]  # fmt: skip
    text = subprocess.run([FFMPEG, "-i", master.path], capture_output=True).stderr.decode()
    assert re.findall(r"Chapter #0.*\n.*\n\s+title\s+: (.*)", text) == titles
    starts = [float(start) for start in re.findall(r"Chapter #0.*start ([\d.]+)", text)]
    assert starts == pytest.approx([start for _, start in master.chapters], abs=0.001)
    assert starts == sorted(starts)
    raw = master.path.read_bytes()
    places = [raw.index(f"chp{i:04d}".encode()) for i in range(4)]
    assert places == sorted(places)


def test_a_thousand_chapters_can_be_listed(takes: list[Take], tmp_path: Path) -> None:
    drama = Timeline(timeline_of(takes[:1]).items, tuple(Chapter(f"Part {i}", 0) for i in range(1000)))
    tags = _id3(assemble(drama, tmp_path / "many.mp3").path)
    assert len(tags.getall("CHAP")) == 1000
    assert len(tags["CTOC:toc"].child_element_ids) == 4


@pytest.mark.parametrize("level", [0.0, 0.0001])
def test_a_programme_of_silence_stays_silent(tmp_path: Path, level: float) -> None:
    master = assemble(timeline_of([stored_take(tmp_path, "s", tone(3.0, level=level))]), tmp_path / "silence.mp3")
    assert master.lufs <= -45
    assert master.true_peak_db <= -40
    assert np.abs(decode(master.path)).max() < 0.01


def test_a_programme_without_anything_is_a_file_that_plays(tmp_path: Path) -> None:
    master = assemble(Timeline(()), tmp_path / "nothing.mp3")
    assert (master.seconds, master.lufs) == (0.0, -70.0)
    assert _mp3(master.path).info.length == 0


def test_a_programme_with_shouts_and_whispers_meets_the_target_as_well(takes: list[Take], tmp_path: Path) -> None:
    items = tuple(
        Clip(item.take, (8.0, -8.0, 0.0)[item.line % 3], (0.0, 0.9)[item.line % 2], item.line)
        if isinstance(item, Clip)
        else item
        for item in timeline_of(takes).items
    )
    loudness, peak = ebur128(assemble(Timeline(items), tmp_path / "loud.mp3").path)
    assert loudness == pytest.approx(-16.0, abs=0.2)
    assert peak <= -1.0


def test_real_voices_meet_the_target_at_the_first_try(tmp_path: Path) -> None:
    texts = ("The tide had gone out further than anyone remembered.", "Then we walk!", "It is a long way, my dear.")
    voices = ("en-us", "en-us+f3", "en-gb-scotland+m7")
    wanted = tuple(Utterance(text, "espeak", voice) for text in texts for voice in voices)
    made = sound.record(sound.RecordOrder(wanted, tmp_path / "takes"))
    levels = engines.VoiceLevels()
    items = tuple(
        replace(item, gain=levels["espeak", voices[item.line % 3]]) if isinstance(item, Clip) else item
        for item in timeline_of(made).items
    )
    drama = Timeline(items)
    gain = sound.programme_gain(drama)
    master = assemble(drama, tmp_path / "voices.mp3")
    assert sound.better_gain(gain, master.lufs) is None
    assert ebur128(master.path)[0] == pytest.approx(-16.0, abs=0.2)


def test_a_gain_that_missed_is_made_better_where_that_can_help() -> None:
    assert sound.better_gain(2.0, -16.5) == 2.5
    assert sound.better_gain(2.0, -15.5) == 1.5
    assert sound.better_gain(2.0, -16.1) is None
    assert sound.better_gain(0.0, -70.0) is None
    assert sound.better_gain(24.0, -30.0) is None


def test_sharp_clicks_do_not_break_the_peak_limit(tmp_path: Path) -> None:
    pcm = speech_like(8.0, 0.02)
    pcm[::5000] = 32767
    pcm[1::5000] = -32768
    _, peak = ebur128(assemble(timeline_of([stored_take(tmp_path, "c", pcm)]), tmp_path / "clicks.mp3").path)
    assert peak <= -1.0


def test_a_damaged_take_stops_the_encoder_with_its_key(takes: list[Take], tmp_path: Path) -> None:
    made = stored_take(tmp_path, "one", speech_like(1.0))
    content = made.file.read_bytes()
    made.file.write_bytes(content[:-50] + bytes(50))
    (order,) = encode_orders(timeline_of([made]))
    with pytest.raises(DamagedTakeError) as caught:
        sound.encode(order)
    assert caught.value.key == made.key


# ------------------------------------------------------------------------------------------------- interruptions


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("error", [KeyboardInterrupt, DamagedTakeError("k", "f"), MemoryError])
def test_an_interrupted_master_leaves_nothing_and_the_old_one_as_it_was(
    takes: list[Take], tmp_path: Path, error: type[BaseException] | BaseException
) -> None:
    target = tmp_path / "drama.mp3"
    target.write_text("the old one")
    drama = timeline_of(takes)

    def interrupted() -> None:
        with sound.Assembly(target, sound.FileTags("T"), (), length_samples(drama)) as assembly:
            assembly.begin()
            assembly.add(sound.encode(encode_orders(drama)[0]))
            assert leftovers(tmp_path) == [".drama.mp3.part", "drama.mp3"]
            raise error

    with pytest.raises(error if isinstance(error, type) else type(error)):
        interrupted()
    assert leftovers(tmp_path) == ["drama.mp3"]
    assert target.read_text() == "the old one"


def test_a_master_with_a_segment_missing_is_never_finished(takes: list[Take], tmp_path: Path) -> None:
    drama = timeline_of(takes)
    with sound.Assembly(tmp_path / "drama.mp3", sound.FileTags("T"), (), length_samples(drama)) as assembly:
        assembly.begin()
        assembly.add(sound.encode(encode_orders(drama)[0]))
        with pytest.raises(InternalError):
            assembly.finish()
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("place", ["file/drama.mp3", "folder", "x" * 300 + ".mp3"])
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="Cannot write") as caught:
        sound.Assembly(tmp_path / place, sound.FileTags("T"), (), 0).begin()
    assert "\n" not in str(caught.value)
    assert leftovers(tmp_path) == ["file", "folder"]


def _mastered_with_little_room(drama: Timeline, path: Path) -> str:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        assemble(drama, path)
    except OutputError as error:
        return str(error)
    return "no error"


def test_a_full_disk_is_told_in_one_sentence_and_nothing_is_left(takes: list[Take], tmp_path: Path) -> None:
    with get_context("fork").Pool(1) as pool:
        message = pool.apply(_mastered_with_little_room, (timeline_of(takes), tmp_path / "drama.mp3"))
    assert "free some room" in message
    assert leftovers(tmp_path) == []


def test_two_masters_in_the_same_place_do_not_mix(takes: list[Take], tmp_path: Path) -> None:
    target = tmp_path / "drama.mp3"
    drama = timeline_of(takes[:2])
    with sound.Assembly(target, sound.FileTags("T"), (), length_samples(drama)) as first:
        first.begin()
        with pytest.raises(OutputError, match="another run"):
            sound.Assembly(target, sound.FileTags("U"), (), length_samples(drama)).begin()
        for order in encode_orders(drama):
            first.add(sound.encode(order))
        assert first.finish().path == target
    assert leftovers(tmp_path) == ["drama.mp3"]
    assert decode(target).shape == (length_samples(drama), 2)


def test_what_a_killed_run_left_behind_is_taken_over(takes: list[Take], tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from audiodrama import sound; "
        f"a = sound.Assembly(Path({str(tmp_path / 'drama.mp3')!r}), sound.FileTags('T'), (), 0); a.begin(); "
        "a._file.write(bytes(100000)); a._file.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert run.returncode == -signal.SIGKILL
    assert leftovers(tmp_path) == [".drama.mp3.part"]
    drama = timeline_of(takes[:2])
    assemble(drama, tmp_path / "drama.mp3")
    assert leftovers(tmp_path) == ["drama.mp3"]
    assert decode(tmp_path / "drama.mp3").shape == (length_samples(drama), 2)
