"""MP3 frames are walked, lifted, counted and joined."""

from __future__ import annotations

import io
import subprocess

import lameenc
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audiodrama.errors import InternalError
from audiodrama.sound import mpeg
from audiodrama.sound.master import mp3
from audiodrama.sound.master.crc16 import crc16, crc16_joined, crc16_of_many
from audiodrama.sound.master.encode import LAME_SCALE
from tests.helpers.signals import FFMPEG, Int16Samples, speech_like


def encoded(pcm: Int16Samples, channels: int, bitrate: int) -> list[bytes]:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(44100)
    encoder.set_channels(channels)
    encoder.set_bit_rate(bitrate)
    encoder.set_quality(5)
    return mp3.frames(bytes(encoder.encode(pcm.tobytes())) + bytes(encoder.flush()))


@pytest.fixture(scope="module")
def speech() -> Int16Samples:
    """Speech with clicks in it, so that the encoder uses every kind of block."""
    pcm = speech_like(6.0, 0.2, 44100)
    pcm[20_000::17_000] = 30_000
    pcm[100_000:120_000] = 0
    return pcm


@pytest.fixture(scope="module")
def single(speech: Int16Samples) -> list[bytes]:
    return encoded(speech, 1, mp3.SINGLE_BITRATE)


def test_a_lifted_channel_is_heard_in_both(single: list[bytes]) -> None:
    before, _ = soundfile.read(io.BytesIO(b"".join(single)))
    after, rate = soundfile.read(io.BytesIO(mp3.pack(mp3.unpack(single, 1))))
    assert rate == 44100
    assert after.shape == (len(before), 2)
    assert np.array_equal(after[:, 0], after[:, 1])
    assert np.abs(after[:, 0] - before).max() < 1e-4


def test_ffmpeg_decodes_lifted_frames_without_complaint(single: list[bytes]) -> None:
    command = [FFMPEG, "-v", "warning", "-f", "mp3", "-i", "-", "-f", "f32le", "-"]
    run = subprocess.run(command, input=mp3.pack(mp3.unpack(single, 1)), capture_output=True, check=True)
    heard = np.frombuffer(run.stdout, np.float32).reshape(-1, 2)
    expected, _ = soundfile.read(io.BytesIO(b"".join(single)))
    assert not run.stderr
    assert np.array_equal(heard[:, 0], heard[:, 1])
    shift = len(expected) - len(heard)
    assert np.abs(heard[:, 0] - expected[shift:]).max() < 1e-4


def test_lifted_frames_are_joint_stereo_at_exactly_128_kbit(single: list[bytes]) -> None:
    lifted = mp3.frames(mp3.pack(mp3.unpack(single, 1)))
    assert len(lifted) == len(single)
    assert {frame[3] >> 4 for frame in lifted} == {6}
    seconds = len(lifted) * mpeg.FRAME / 44100
    assert sum(map(len, lifted)) * 8 / seconds == pytest.approx(128_000, abs=20)


def test_frames_of_two_channels_are_packed_without_the_first_ones(speech: Int16Samples) -> None:
    double = encoded(np.repeat(speech, 2), 2, 112)
    before, _ = soundfile.read(io.BytesIO(b"".join(double)))
    packed = mp3.pack(mp3.unpack(double, 2).part(10, len(double)))
    after, rate = soundfile.read(io.BytesIO(packed))
    seconds = (len(double) - 10) * mpeg.FRAME / rate
    assert len(packed) * 8 / seconds == pytest.approx(128_000, abs=20)
    # The first frame overlaps with the one before it, which is missing.
    assert np.abs(after[2 * mpeg.FRAME :] - before[12 * mpeg.FRAME :]).max() < 1e-4


def test_frames_that_do_not_fit_are_refused(speech: Int16Samples) -> None:
    with pytest.raises(mp3.NoRoomError):
        mp3.pack(mp3.unpack(encoded(np.repeat(speech, 2), 2, 160), 2))


def test_the_encoder_scales_by_what_is_made_up_for(speech: Int16Samples) -> None:
    heard, _ = soundfile.read(io.BytesIO(b"".join(encoded(speech[20_001:36_000], 1, mp3.SINGLE_BITRATE))))
    before = speech[20_001:36_000] / 32768
    assert np.sqrt(np.sum(heard**2) / np.sum(before**2)) == pytest.approx(LAME_SCALE, abs=0.01)


@pytest.mark.parametrize(
    "stream", [b"RIFF", b"\xff", b"\xff\xfb\x90\x64" + bytes(400), b"\xff\xf3\x90\x64" + bytes(413)]
)
def test_what_is_no_frame_is_never_passed_on(stream: bytes) -> None:
    with pytest.raises(InternalError):
        mp3.frames(stream)


def test_the_info_frame_refuses_counts_that_do_not_fit() -> None:
    with pytest.raises(InternalError):
        mp3.info_frame(10, 4180, 11 * mpeg.FRAME, 0)


def test_the_checksum_is_crc_16_arc() -> None:
    assert crc16(b"123456789") == 0xBB3D


@settings(deadline=None)
@given(st.binary(max_size=5000), st.binary(max_size=5000))
def test_checksums_of_parts_join_to_that_of_the_whole(first: bytes, second: bytes) -> None:
    whole = crc16(first + second)
    assert crc16(second, crc16(first)) == whole
    assert crc16_joined(crc16(first), crc16(second), len(second)) == whole
    assert crc16_of_many(first + second) == whole
