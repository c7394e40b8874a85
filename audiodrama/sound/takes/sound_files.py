"""Turn a sound file of any format into a take: decoded by pydub and ffmpeg, one channel, 16 bits. For workers.

The head of this module can be imported without an array library.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiodrama.cache.input_file import LARGEST_SOUND, read_input
from audiodrama.errors import InputError
from audiodrama.model import Take
from audiodrama.sound.ffmpeg import ffmpeg
from audiodrama.sound.takes.cache import TakeCache, sound_key


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """A sound file to be imported by one worker."""

    file: Path
    """The sound file."""
    folder: Path
    """The store's folder."""


def import_sound(order: ImportOrder) -> Take:
    """Keep a sound file's samples as a take, found again by the file's content.

    Raises:
        InputError: the file is missing, empty, or nothing that ffmpeg can decode.
        OutputError: the store cannot be written.
    """
    content = read_input(order.file, LARGEST_SOUND, InputError, "sound")
    store = TakeCache(order.folder)
    key = sound_key(content)
    cached = store.find(key)
    if cached is not None:
        return cached
    from audiodrama.sound.takes.flac import keep

    pcm, rate = _decoded(order.file, content)
    return keep(store, key, pcm, rate)


def _decoded(file: Path, content: bytes) -> tuple[Any, int]:
    """The samples of one channel and their rate."""
    import io

    import numpy as np

    pydub = _pydub()
    try:
        # Given a path, pydub forgets to close a WAV file; given a stream, ffmpeg cannot jump about in other formats.
        is_wav = content[:4] == b"RIFF" and content[8:12] == b"WAVE"
        source, form = (io.BytesIO(content), "wav") if is_wav else (str(file.resolve()), None)
        heard = pydub.AudioSegment.from_file(source, form).set_channels(1).set_sample_width(2)
    except (pydub.exceptions.PydubException, OSError, ValueError, IndexError, EOFError) as error:
        raise InputError(f"{file}: this is no sound that can be decoded; use a WAV, MP3, OGG or FLAC file.") from error
    if not heard.raw_data:
        raise InputError(f"{file}: the sound is empty; use another file.")
    return np.frombuffer(heard.raw_data, np.dtype("<i2")), int(heard.frame_rate)


def _pydub() -> Any:
    """pydub, with our ffmpeg.

    It warns when it is imported if none is on the path. It asks ffprobe for what ffmpeg finds out again by itself;
    imageio-ffmpeg ships no ffprobe.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub
        import pydub.audio_segment
        import pydub.exceptions
    pydub.AudioSegment.converter = ffmpeg()
    pydub.audio_segment.mediainfo_json = _nothing_known
    return pydub


def _nothing_known(*_: object, **__: object) -> None:
    return None
