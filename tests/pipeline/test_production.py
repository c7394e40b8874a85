"""A production as a whole: the same in, the same out; the right voice at the right time; nothing made twice."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from audiodrama import files, pipeline
from audiodrama.errors import CastingError
from audiodrama.model import Excerpt, Line, Scene
from audiodrama.pipeline import NullProgress, Options, produce
from tests.conftest import SCRIPTS, TONE_CASTING

RATE = 44100


class StepCounter(NullProgress):
    """Keeps how many things each step has to do."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}

    def begin(self, step: str, total: int) -> None:
        self.totals[step] = total


def decoded(path: Path) -> npt.NDArray[np.float32]:
    """The file as an independent decoder hears it: shape (samples, channels)."""
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "f32le", "-"]
    run = subprocess.run(command, capture_output=True, check=True)
    return np.frombuffer(run.stdout, np.float32).reshape(-1, 2)


def pitch(samples: npt.NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


def test_the_right_voice_is_heard_at_the_right_time(tone_story: Path, tmp_path: Path) -> None:
    production = produce(tone_story, tmp_path / "k.mp3", jobs=1)
    heard = decoded(production.master.path)[:, 0]
    for voice, (start, end) in zip(production.voices, production.times, strict=True):
        piece = heard[start * RATE // 1000 : end * RATE // 1000]
        assert pitch(piece) == pytest.approx(float(voice.removesuffix("Hz")), abs=6)


def test_between_the_lines_there_is_silence_and_the_file_is_as_long_as_it_says(
    tone_story: Path, tmp_path: Path
) -> None:
    production = produce(tone_story, tmp_path / "k.mp3", jobs=1)
    heard = decoded(production.master.path)[:, 0]
    assert len(heard) == round(production.master.seconds * RATE)
    for (_, end), (start, _) in zip(production.times, production.times[1:], strict=False):
        gap = heard[(end + 40) * RATE // 1000 : (start - 40) * RATE // 1000]
        assert np.abs(gap).max() < 0.003


def test_one_worker_and_two_make_the_same_bytes(tmp_path: Path) -> None:
    story = SCRIPTS / "music-box.txt"
    made = []
    for jobs in (1, 2):
        path = tmp_path / f"{jobs}.mp3"
        produce(story, path, Options(takes=tmp_path / f"takes{jobs}"), jobs=jobs)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_a_story_that_is_planned_in_passing_processes_comes_to_the_same_bytes(tone_story: Path, tmp_path: Path) -> None:
    here = produce(tone_story, tmp_path / "a.mp3", jobs=1)
    program = (
        "from pathlib import Path\nfrom audiodrama.pipeline import Options, isolation, produce\n"
        "isolation.SHORT_STORY = 0\n"
        f"made = produce(Path({str(tone_story)!r}), Path('b.mp3'), Options(takes=Path('other')), jobs=2)\n"
        "print(made.made, made.times, made.voices, made.script)"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert run.stdout.strip() == f"{here.made} {here.times} {here.voices} {here.script}", run.stderr
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_second_run_makes_no_take_and_the_same_bytes(tone_story: Path, tmp_path: Path) -> None:
    first = produce(tone_story, tmp_path / "a.mp3", jobs=1)
    second = produce(tone_story, tmp_path / "b.mp3", jobs=1)
    assert (first.made, first.reused) == (9, 0)
    assert (second.made, second.reused) == (0, 9)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_recasting_one_role_makes_only_its_takes(tone_story: Path, tmp_path: Path) -> None:
    produce(tone_story, tmp_path / "a.mp3", jobs=1)
    tone_story.with_name("casting.yaml").write_text(TONE_CASTING.replace("350Hz", "300Hz"), encoding="utf-8")
    again = produce(tone_story, tmp_path / "b.mp3", jobs=1)
    assert again.made == sum(line.speaker == "Walter" for line in again.script.lines())


def test_pauses_pans_and_gains_make_no_take(tone_story: Path, tmp_path: Path) -> None:
    produce(tone_story, tmp_path / "a.mp3", jobs=1)
    changed = (
        TONE_CASTING.replace("gender: male", "gender: male\n    pan: 0.5\n    gain: -3") + "pauses:\n  reply: 900\n"
    )
    tone_story.with_name("casting.yaml").write_text(changed, encoding="utf-8")
    assert produce(tone_story, tmp_path / "b.mp3", jobs=1).made == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_take_is_made_again_and_never_played(jobs: int, tone_story: Path, tmp_path: Path) -> None:
    takes = tmp_path / "takes"
    produce(tone_story, tmp_path / "a.mp3", Options(takes=takes), jobs=1)
    for take in sorted(takes.rglob("*.take"))[:3]:
        content = bytearray(take.read_bytes())
        content[-100] ^= 0xFF
        take.write_bytes(content)
    for segment in takes.rglob("*.segment"):
        segment.unlink()
    again = produce(tone_story, tmp_path / "b.mp3", Options(takes=takes), jobs=jobs)
    assert (again.made, again.reused) == (3, 6)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_take_that_vanishes_before_it_is_laid_out_is_made_again(tone_story: Path, tmp_path: Path) -> None:
    takes = tmp_path / "takes"

    class Thief(NullProgress):
        def end(self) -> None:
            for take in sorted(takes.rglob("*.take"))[:2]:
                take.unlink()

    produce(tone_story, tmp_path / "a.mp3", jobs=1)
    produce(tone_story, tmp_path / "b.mp3", Options(takes=takes), jobs=1, progress=Thief())
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_damaged_segment_is_encoded_again_and_never_joined(tone_story: Path, tmp_path: Path) -> None:
    takes = tmp_path / "takes"
    produce(tone_story, tmp_path / "a.mp3", Options(takes=takes), jobs=1)
    segments = sorted(takes.rglob("*.segment"))
    for place, segment in enumerate(segments):
        content = bytearray(segment.read_bytes())
        content[-100 if place % 2 else 60] ^= 0xFF
        segment.write_bytes(content)
    produce(tone_story, tmp_path / "b.mp3", Options(takes=takes), jobs=1)
    assert len(segments) >= 2
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_line_that_cannot_be_spoken_leaves_the_others_standing(tone_story: Path, tmp_path: Path) -> None:
    text = tone_story.read_text(encoding="utf-8").replace("Is it you?", "卐")
    tone_story.write_text(text, encoding="utf-8")
    casting = "engine: tone\nnarrator: 200Hz\nroles:\n  Maud: 500Hz\n  Walter: {engine: espeak, voice: en-us}\n"
    tone_story.with_name("casting.yaml").write_text(casting, encoding="utf-8")
    production = produce(tone_story, tmp_path / "a.mp3", jobs=1)
    assert production.made + len(production.degraded) == 9


def test_a_sound_that_a_cue_names_is_heard_in_its_place(tmp_path: Path) -> None:
    import soundfile

    bell = (0.5 * np.sin(2 * np.pi * 1500 * np.arange(RATE) / RATE)).astype(np.float32)
    soundfile.write(tmp_path / "bell.ogg", bell, RATE)
    script = tmp_path / "bell.script.yaml"
    spoken = pipeline.extract(_write(tmp_path / "s.txt", "It rang.\n\nNobody came.\n"))
    first, second = spoken.lines()
    cue = Line("cue", "narrator", "a bell", sound="bell.ogg")
    files.save_script(replace(spoken, scenes=(Scene((first, cue, second)),)), script)
    production = produce(script, tmp_path / "b.mp3", jobs=1)
    start, end = production.times[1]
    assert end - start == pytest.approx(1000, abs=30)
    piece = decoded(production.master.path)[start * RATE // 1000 : end * RATE // 1000, 0]
    assert pitch(piece) == pytest.approx(1500, abs=5)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_voice_that_does_not_exist_is_never_replaced(tone_story: Path, tmp_path: Path) -> None:
    tone_story.with_name("casting.yaml").write_text("roles:\n  Maud: en-us+f99\n", encoding="utf-8")
    with pytest.raises(CastingError, match=r"casting\.yaml:2.*en-us\+f"):
        produce(tone_story, tmp_path / "a.mp3", jobs=1)
    assert not (tmp_path / "a.mp3").exists()


def test_a_long_paragraph_is_one_line_of_several_takes(tmp_path: Path) -> None:
    counted = [f"The {place} boat of the fleet came in late, and nobody counted the nets." for place in range(70)]
    story, progress = tmp_path / "fleet.txt", StepCounter()
    story.write_text(f'{" ".join(counted)}\n\n"All in," said Ada.\n', encoding="utf-8")
    production = produce(story, tmp_path / "fleet.mp3", progress=progress, jobs=2)
    assert len(production.times) == 3
    assert production.made == 8 == progress.totals["record"]
    (start, end), (following, _), _ = production.times
    assert start < 1000
    assert following - end == pytest.approx(production.cast.pauses.reply, abs=14)
    assert 200_000 < end < production.master.seconds * 1000


def test_an_excerpt_reuses_and_leaves_the_takes_of_the_whole(tone_story: Path, tmp_path: Path) -> None:
    first = produce(tone_story, tmp_path / "first.mp3", Options(excerpt=Excerpt(8.0)), jobs=1)
    assert 1 <= len(first.script.lines()) < 9
    assert first.master.seconds < 10
    assert first.made == len({line.text for line in first.script.lines()})
    whole = produce(tone_story, tmp_path / "whole.mp3", jobs=1)
    assert whole.reused >= first.made
    assert whole.script.lines()[: len(first.script.lines())] == first.script.lines()
    again = produce(tone_story, tmp_path / "first.mp3", Options(excerpt=Excerpt(8.0)), jobs=1)
    assert again.unchanged
    part = produce(tone_story, tmp_path / "first.mp3", Options(excerpt=Excerpt(first=4, last=5)), jobs=1)
    assert part.script.lines() == whole.script.lines()[3:5]
    assert part.voices == whole.voices[3:5]


def test_defaults_count_where_neither_the_story_nor_its_casting_says_otherwise(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    usual = files.parse_casting("engine: tone\nnarrator: 250Hz\n", "settings")
    options = Options(default_casting=usual, default_author="A. Writer")
    production = produce(story, tmp_path / "k.mp3", options, jobs=1)
    assert production.cast.narrator.voice.name == "250Hz"
    assert {role.voice.engine for role in production.cast.roles} == {"tone"}
    assert production.script.author == "A. Writer"
    assert produce(story, tmp_path / "k.mp3", options, jobs=1).unchanged
    (story.parent / "casting.yaml").write_text(TONE_CASTING, encoding="utf-8")
    story.write_text("# Kettle\n\nby Ann Author\n\n" + story.read_text("utf-8"), encoding="utf-8")
    production = produce(story, tmp_path / "k.mp3", options, jobs=1)
    assert (production.cast.narrator.voice.name, production.script.author) == ("200Hz", "Ann Author")


def test_a_drafted_casting_keeps_the_defaults(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(story.parent)
    usual = files.parse_casting("engine: tone\nnarrator: 250Hz\n", "settings")
    written = pipeline.write_casting(story, default_casting=usual)
    casting = files.load_casting(written.path)
    assert (casting.engine, casting.narrator.voice.name) == ("tone", "250Hz")
