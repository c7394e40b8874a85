"""Find the ffmpeg that decodes what soundfile cannot: the system's, else the one that imageio-ffmpeg ships."""

from __future__ import annotations

import shutil

from audiodrama.errors import InputError


def ffmpeg() -> str:
    """The program's path.

    Raises:
        InputError: there is none for this machine.
    """
    installed = shutil.which("ffmpeg")
    if installed:
        return installed
    import imageio_ffmpeg

    try:
        shipped: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise InputError(
            "No ffmpeg was found to decode sound files with; install one, or set IMAGEIO_FFMPEG_EXE to its path."
        ) from error
    return shipped
