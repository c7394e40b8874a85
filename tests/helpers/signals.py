"""What the tests of sound share: signals and takes of known content, the chain from takes to a file, and ffmpeg."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt

from audiodrama import sound
from audiodrama.model import Clip, Gap, Master, Take, Timeline
from audiodrama.sound.takes.flac import keep

FFMPEG: str = imageio_ffmpeg.get_ffmpeg_exe()
RATE = 22050

Int16Samples = npt.NDArray[np.int16]


def tone(seconds: float, hertz: float = 440.0, level: float = 0.1, rate: int = RATE) -> Int16Samples:
    """Make a sine of ``level`` (1.0 is full scale) with soft edges: shape (samples,)."""
    count = round(seconds * rate)
    samples = level * np.sin(2 * np.pi * hertz * np.arange(count) / rate)
    edge = min(200, count // 2)
    samples[:edge] *= np.linspace(0, 1, edge)
    samples[count - edge :] *= np.linspace(1, 0, edge)
    return np.rint(samples * 32767).astype(np.int16)


def speech_like(seconds: float, level: float = 0.1, rate: int = RATE, seed: int = 1) -> Int16Samples:
    """Make a buzz with syllables and a breath of noise, as loud and as uneven as speech: shape (samples,)."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate)) / rate
    pitch = 120 + 30 * np.sin(2 * np.pi * 0.7 * time + seed)
    phase = np.cumsum(pitch) / rate
    buzz = sum(np.sin(2 * np.pi * k * phase + k * k) / k for k in range(1, 25))
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * time) + 0.4, 0, 1)
    samples = level * syllables * (buzz + 0.1 * rng.standard_normal(len(time)))
    return np.rint(np.clip(samples, -1, 1) * 32767).astype(np.int16)


def stored_take(folder: Path, name: str, pcm: Int16Samples, rate: int = RATE) -> Take:
    """Write samples into the cache of ``folder`` as a take whose key is made of ``name``."""
    return keep(sound.TakeCache(folder), hashlib.sha256(name.encode()).hexdigest(), pcm, rate)


def timeline_of(takes: Sequence[Take], pause: int = 400, pans: Sequence[float] = (0.0,)) -> Timeline:
    """Lay the takes one after the other, ``pause`` milliseconds apart, the pans by turns."""
    items: list[Clip | Gap] = []
    for line, each in enumerate(takes):
        items += (Gap(pause, "reply"), Clip(each, 0.0, pans[line % len(pans)], line))
    return Timeline((*items, Gap(1000, "tail")))


def encode_orders(timeline: Timeline, gain: float | None = None) -> list[sound.EncodeOrder]:
    """List the orders to encode a timeline, at ``gain`` (a factor) or at that of the programme."""
    chosen = sound.programme_gain(timeline) if gain is None else gain
    return [sound.EncodeOrder(segment, chosen) for segment in sound.cut(timeline, sound.RATE)]


def assemble(timeline: Timeline, path: Path, tags: sound.FileTags | None = None) -> Master:
    """Make an MP3 file of a timeline in this process, as a production does behind its takes."""
    chapters = sound.chapter_starts(timeline, sound.RATE)
    gain = sound.programme_gain(timeline)
    while True:
        with sound.Assembly(path, tags or sound.FileTags("Test"), chapters, length_samples(timeline)) as assembly:
            assembly.begin()
            for order in encode_orders(timeline, gain):
                assembly.add(sound.encode(order))
            better = sound.better_gain(gain, assembly.lufs)
            if better is None:
                return assembly.finish()
        gain = better


def length_samples(timeline: Timeline) -> int:
    """Count the samples of the whole programme."""
    return sound.positions(timeline, sound.RATE)[-1]


def decode(path: Path) -> npt.NDArray[np.float32]:
    """Decode a file with ffmpeg: shape (samples, 2), full scale 1.0."""
    run = subprocess.run([FFMPEG, "-v", "error", "-i", path, "-f", "f32le", "-"], capture_output=True, check=True)
    assert not run.stderr
    return np.frombuffer(run.stdout, np.float32).reshape(-1, 2)


def ebur128(path: Path) -> tuple[float, float]:
    """Measure integrated loudness (LUFS) and true peak (dBTP) with ffmpeg's own meter."""
    command: list[str | Path] = [
        FFMPEG,
        "-nostats",
        "-i",
        path,
        "-af",
        "ebur128=peak=true:framelog=quiet",
        "-f",
        "null",
        "-",
    ]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = text[text.rindex("Summary:") :]
    matches = [re.search(pattern, summary) for pattern in (r"I:\s+(-?[\d.]+) LUFS", r"Peak:\s+(-?[\d.]+|-inf) dBFS")]
    loudness, peak = (float(each[1]) for each in matches if each)
    return loudness, peak
