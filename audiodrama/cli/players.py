"""Turn an audio file into sound from the loudspeakers, with whatever player the system has."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple


class Player(NamedTuple):
    """A program that plays a file and ends with it."""

    command: tuple[str, ...]
    """The program and its arguments before the file's name."""
    only_wav: bool = False
    """Whether it plays WAV files only."""


PLAYERS = (
    Player(("mpv", "--no-video", "--really-quiet", "--")),
    Player(("ffplay", "-nodisp", "-autoexit", "-loglevel", "error", "-i")),
    Player(("mpg123", "-q", "--")),
    Player(("afplay",)),
    Player(("cvlc", "--play-and-exit", "--quiet")),
    Player(("pw-play",), only_wav=True),
    Player(("paplay",), only_wav=True),
    Player(("aplay", "-q", "--"), only_wav=True),
)
"""Players of Linux and macOS, best first: those that play MP3 files themselves, then those of the sound servers."""
_POWERSHELL = "(New-Object System.Media.SoundPlayer $args[0]).PlaySync()"


def find_player(file: Path) -> Player | None:
    """The player for a file; None if the system has none."""
    if sys.platform == "win32":
        return Player(("powershell", "-NoProfile", "-Command", f"& {{{_POWERSHELL}}}"), only_wav=True)
    return next((player for player in PLAYERS if shutil.which(player.command[0])), None)


def play(file: Path, player: Player) -> bool:
    """Play a file to its end; False if the player failed. It is stopped with this program."""
    with (
        _playable(file, player) as playable,
        subprocess.Popen([*player.command, os.fspath(playable)], stdin=subprocess.DEVNULL) as process,
    ):
        try:
            return process.wait() == 0
        finally:
            if process.poll() is None:
                process.terminate()


def open_file(file: Path) -> bool:
    """Have the desktop open a file with the program that the user has for it; False if there is no desktop."""
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    quiet = subprocess.DEVNULL
    return opener is not None and not subprocess.run([opener, file], stdout=quiet, stderr=quiet, check=False).returncode


@contextlib.contextmanager
def _playable(file: Path, player: Player) -> Iterator[Path]:
    """The file itself, or a WAV file of it for a player that wants one."""
    if not player.only_wav or file.suffix.lower() == ".wav":
        yield file.absolute()
        return
    import soundfile

    with TemporaryDirectory(prefix="audiodrama-") as folder:
        wav = Path(folder) / f"{file.stem}.wav"
        with soundfile.SoundFile(file) as source:
            form = {"samplerate": source.samplerate, "channels": source.channels, "subtype": "PCM_16"}
            with soundfile.SoundFile(wav, "w", format="WAV", **form) as target:
                for block in source.blocks(source.samplerate, dtype="float32"):
                    target.write(block)
        yield wav
