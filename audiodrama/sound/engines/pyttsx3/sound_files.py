"""Turn a sound file that a system's speech wrote (WAV, AIFF) into 16-bit samples of one channel."""

from __future__ import annotations

import wave


def read(path: str) -> tuple[bytes, int]:
    """The samples, little-endian, and how many there are per second; no samples if the file holds none.

    Raises:
        OSError: there is no such file.
        ValueError: it cannot be decoded.
    """
    try:
        with wave.open(path, "rb") as file:
            if file.getnchannels() == 1 and file.getsampwidth() == 2:
                return file.readframes(file.getnframes()), file.getframerate()
    except (wave.Error, EOFError):
        pass
    return _read_any(path)


def _read_any(path: str) -> tuple[bytes, int]:
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    except soundfile.SoundFileError as error:
        raise ValueError(str(error)) from error
    return samples.mean(axis=1).round().astype("<i2").tobytes(), int(rate)
