"""The limiter keeps its promise."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from audiodrama.sound.dsp.limiter import limit

signals = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 2), st.integers(0, 3000)),
    elements=st.floats(-4, 4, width=32),
    fill=st.sampled_from([0.0, 0.5, -1.5]),
)


@settings(deadline=None)
@given(signals, st.floats(0.01, 1.0), st.sampled_from([8000, 22050, 44100]))
def test_nothing_is_ever_above_the_ceiling(heard: np.typing.NDArray[np.float32], ceiling: float, rate: int) -> None:
    limited = limit(heard, ceiling, rate)
    assert limited.shape == heard.shape
    assert np.abs(limited).max(initial=0.0) <= np.float32(ceiling)


@settings(deadline=None)
@given(signals, st.floats(0.01, 1.0))
def test_sound_is_only_made_softer_and_never_turned_over(heard: np.typing.NDArray[np.float32], ceiling: float) -> None:
    limited = limit(heard, ceiling, 22050)
    assert (np.abs(limited) <= np.abs(heard)).all()
    assert (limited * heard >= 0).all()


def test_samples_below_the_ceiling_come_back_as_the_same_array() -> None:
    heard = np.full((2, 5000), 0.5, np.float32)
    assert limit(heard, 0.5, 44100) is heard


def test_the_gain_alone_does_the_work_and_not_a_clip() -> None:
    time = np.arange(44100) / 44100
    heard = (np.sin(2 * np.pi * 200 * time) * np.where((time > 0.4) & (time < 0.6), 1.0, 0.3)).astype(np.float32)[None]
    limited = limit(heard, 0.5, 44100)
    # From one sample to the next the gain hardly moves: the waveform keeps its shape.
    clear = np.flatnonzero(np.abs(heard[0]) > 0.1)
    gain = limited[0, clear] / heard[0, clear]
    assert np.abs(np.diff(gain)[np.diff(clear) == 1]).max() < 0.01
    assert np.abs(limited).max() > 0.49
    assert np.array_equal(limited[0, :15_000], heard[0, :15_000])


def test_both_channels_get_the_same_gain() -> None:
    rng = np.random.default_rng(3)
    heard = rng.standard_normal((1, 44100)).astype(np.float32)
    limited = limit(np.concatenate((heard, heard / 4)), 0.7, 44100)
    assert np.allclose(limited[0], limited[1] * 4, atol=1e-5)
