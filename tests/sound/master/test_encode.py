"""Segments that are cut where it is not silent are heard as if the whole had been encoded at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from audiodrama import sound
from audiodrama.model import Clip, Gap, Take, Timeline
from audiodrama.sound.dsp.limiter import limit
from audiodrama.sound.master import encode
from audiodrama.sound.master.encode import CEILING
from audiodrama.sound.master.mix import mix
from audiodrama.sound.mpeg import DELAY, FRAME, RATE
from audiodrama.sound.timeline import cuts
from audiodrama.sound.timeline.cuts import clip_samples
from audiodrama.sound.timeline.segments import PlacedClip, Segment
from tests.helpers.signals import (
    Int16Samples,
    assemble,
    decode,
    ebur128,
    length_samples,
    speech_like,
    stored_take,
    tone,
)

Heard = npt.NDArray[np.float32]

COUNT = 24
"""Takes in a programme: about a minute, and six places where it is joined."""


def hiss(seconds: float, level: float, seed: int) -> Int16Samples:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * 22050))
    return np.rint(np.clip(level * noise, -1.0, 1.0) * 32767).astype(np.int16)


SOUNDS: dict[str, Callable[[float, float, int], Int16Samples]] = {
    "speech": lambda seconds, level, line: speech_like(seconds, level, seed=line),
    "tones": lambda seconds, level, line: tone(seconds, 200.0 + 90.0 * line, level),
    "hiss": hiss,
}


@pytest.fixture(autouse=True)
def many_seams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuts, "SOONEST_JOIN", 5.0)
    monkeypatch.setattr(cuts, "LATEST_JOIN", 10.0)


def programme(folder: Path, kind: str, pans: tuple[float, ...]) -> Timeline:
    """Takes with 0 to 70 ms between them."""
    chance = np.random.default_rng(3)
    items: list[Clip | Gap] = []
    for line in range(COUNT):
        seconds, level = 1.0 + 3.0 * chance.random(), 0.05 + 0.1 * chance.random()
        pcm = SOUNDS[kind](seconds, level, line)
        heard = stored_take(folder, f"{kind} {line}", pcm)
        items += (Gap(int(chance.integers(0, 71)), "reply"), Clip(heard, 0.0, pans[line % len(pans)], line))
    return Timeline((*items, Gap(1000, "tail")))


def at_once(drama: Timeline) -> Segment:
    """The whole programme as one segment."""
    starts = sound.positions(drama, RATE)
    placed = tuple(
        PlacedClip(item.take.key, item.take.file, start, clip_samples(item, RATE), item.gain, item.pan)
        for start, item in zip(starts, drama.items, strict=False)
        if isinstance(item, Clip)
    )
    return Segment(placed, starts[-1], RATE, 0, True)


def listened(frames: bytes, samples: int) -> Heard:
    """What a decoder makes of frames: shape (2, samples)."""
    heard, _ = soundfile.read(io.BytesIO(frames), dtype="float32", always_2d=True)
    programme: Heard = heard[DELAY : DELAY + samples].T
    return programme


def around(wrong: Heard, sample: int) -> tuple[float, float]:
    """Root mean square and largest step of an error, a frame on either side of a sample."""
    window = wrong[:, sample - FRAME : sample + FRAME].astype(np.float64)
    return float(np.sqrt(np.mean(window**2))), float(np.abs(np.diff(window)).max())


@pytest.mark.parametrize("pans", [(0.0,), (0.0, -0.6, 0.4)], ids=["centred", "panned"])
@pytest.mark.parametrize("kind", ["speech", "tones", "hiss"])
def test_no_seam_is_worse_than_what_the_encoder_does_elsewhere(
    tmp_path: Path, kind: str, pans: tuple[float, ...]
) -> None:
    drama = programme(tmp_path, kind, pans)
    gain, samples = sound.programme_gain(drama), length_samples(drama)
    segments = sound.cut(drama, RATE)
    encoded = [sound.encode(order) for order in sound.encode_orders(segments, [gain] * len(segments), None)]
    whole = at_once(drama)
    joined = listened(b"".join(each.frames for each in encoded), samples)
    mixed = limit(mix(whole, gain), 10 ** (CEILING / 20), RATE)
    from_whole = listened(sound.encode(sound.EncodeOrder(whole, gain)).frames, samples) - mixed
    wrong = joined - mixed
    assert joined.shape == (2, samples)
    # Here it is joined six times as often as where a user chose short pauses.
    assert np.sqrt(np.mean(wrong**2)) <= 1.15 * np.sqrt(np.mean(from_whole**2))
    usual = np.array([around(from_whole, at) for at in range(FRAME, samples - FRAME, FRAME)]).max(axis=0)
    seams = [segment.start for segment in segments if segment.before]
    assert len(seams) >= 4
    for seam in seams:
        assert around(wrong, seam)[0] <= 1.25 * usual[0]
        assert around(wrong, seam)[1] <= 1.25 * usual[1]


@pytest.mark.parametrize("pans", [(0.0,), (0.0, -0.6, 0.4)], ids=["centred", "panned"])
def test_the_last_pair_always_fits(tmp_path: Path, pans: tuple[float, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "SPARING", encode.SPARING[-1:])
    drama = programme(tmp_path, "hiss", pans)
    segments = sound.cut(drama, RATE)
    orders = sound.encode_orders(segments, [12.0] * len(segments), None)
    frames = b"".join(sound.encode(order).frames for order in orders)
    assert listened(frames, length_samples(drama)).shape == (2, length_samples(drama))


def test_a_master_of_short_pauses_is_as_long_and_as_loud_as_promised(tmp_path: Path) -> None:
    drama = programme(tmp_path, "speech", (0.0, 0.5))
    master = assemble(drama, tmp_path / "drama.mp3")
    loudness, peak = ebur128(master.path)
    assert decode(master.path).shape == (length_samples(drama), 2)
    assert loudness == pytest.approx(-16.0, abs=0.2)
    assert peak <= -1.0


def test_silence_is_joined_to_what_is_heard_before_it(tmp_path: Path) -> None:
    quiet = [stored_take(tmp_path, f"q{i}", np.zeros(3 * 22050, np.int16)) for i in range(6)]
    takes: list[Take] = [stored_take(tmp_path, "loud", speech_like(4.0)), *quiet]
    items = [item for line, each in enumerate(takes) for item in (Gap(10, "reply"), Clip(each, 0.0, 0.0, line))]
    drama = Timeline((*items, Gap(1000, "tail")))
    assert any(segment.before for segment in sound.cut(drama, RATE))
    assert decode(assemble(drama, tmp_path / "drama.mp3").path).shape == (length_samples(drama), 2)


def test_a_clip_that_is_heard_in_two_segments_is_as_loud_in_both(tmp_path: Path) -> None:
    segments = sound.cut(programme(tmp_path, "tones", (0.0,)), RATE)
    gains = [float(number % 3) for number in range(len(segments))]
    orders = list(sound.encode_orders(segments, gains, None))
    heard: dict[str, set[float]] = {}
    for order in orders:
        for clip in order.segment.clips:
            heard.setdefault(clip.key, set()).add(order.gain + clip.gain)
    assert all(len(levels) == 1 for levels in heard.values())
    assert sum(len(order.segment.clips) for order in orders) > COUNT
