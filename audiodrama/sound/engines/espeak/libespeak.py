"""Turn text into samples with libespeak-ng, called directly and synchronously, from a fresh library every time.

espeak-ng keeps state from one utterance to the next that no function resets: the same text spoken after different
ones gives different samples. A library that was unloaded and loaded again has no past, so each reading gets one;
loading, initialising and unloading cost half a millisecond together. A fixed seed removes the rest of the chance
(breathy voices use random numbers).

The names and numbers are those of ``speak_lib.h`` and ``espeak_ng.h`` of espeak-ng 1.52.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

from audiodrama.errors import EngineError
from audiodrama.sound.engines.espeak.private_library import closed, private_copy

SYNCHRONOUS = 2
DO_NOT_EXIT = 0x8000
"""Have espeak_Initialize return an error instead of ending the process."""
BUFFER = 1000
"""Milliseconds of sound between two callbacks: long ones save time in Python."""
RATE, PITCH, RANGE = 1, 3, 4
UTF8, END_PAUSE = 1, 0x1000
WORD_EVENT = 1
LONGEST_PATH = 120
"""espeak-ng 1.52 has room for 160 characters of a path to a file of its data."""
LONGEST_VOICE = 38
"""Its buffer for the name of a voice file has 40; a longer name ends the process."""

one_at_a_time = threading.Lock()
"""Held by the thread that has the library loaded; used from two threads it crashes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that decides how espeak-ng speaks a text."""

    language: str
    """The language's file in the data folder ``lang``: "gmw/en-US"."""
    variant: str
    """A file of the data folder ``voices/!v``: "f3"; empty for none."""
    words_per_minute: int
    """80 to 350."""
    pitch: int
    """0 to 99; 50 is the voice's own."""
    span: int
    """Of the melody, 0 to 99; 50 is the voice's own."""
    seed: int
    """For the random numbers of breathy voices."""


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What espeak-ng gave back."""

    pcm: bytes
    """Signed 16-bit samples in the machine's byte order, one channel."""
    rate: int
    """Samples per second."""
    words: tuple[tuple[int, int, int], ...]
    """For each word the sample it begins with, its first character counted from 1, its length in characters."""


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


class _Listener:
    """Collects what the library hands over while it speaks."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.words: list[tuple[int, int, int]] = []
        self.trouble: BaseException | None = None

    def hear(self, samples: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:
        """Keep samples and word events; 1 stops the library, so that Ctrl-C does not get lost in C code."""
        try:
            if self.trouble is not None:
                return 1
            if samples and count > 0:
                self.pieces.append(ctypes.string_at(samples, 2 * count))
            index = 0
            while (event := events[index]).type:
                if event.type == WORD_EVENT:
                    self.words.append((event.sample, event.text_position, event.length))
                index += 1
        except BaseException as trouble:
            self.trouble = trouble
            return 1
        return 0

    @contextmanager
    def attentive(self) -> Iterator[None]:
        """Notice Ctrl-C even in the instant between C code and ``hear``, where nothing can catch it; raise it here."""
        previous_hook = sys.unraisablehook

        def notice(unraisable: sys.UnraisableHookArgs) -> None:
            if unraisable.object == self.hear:
                self.trouble = unraisable.exc_value
            else:
                previous_hook(unraisable)

        sys.unraisablehook = notice
        try:
            yield
        finally:
            sys.unraisablehook = previous_hook
        if self.trouble is not None:
            raise self.trouble


@cache
def shipped_file() -> str:
    """The file of libespeak-ng that ``espeakng-loader`` installed.

    Raises:
        EngineError: it is not installed, or not for this system.
    """
    try:
        import espeakng_loader
    except ImportError as error:
        raise EngineError("The engine 'espeak' needs the package espeakng-loader; install it with pip.") from error
    file = str(espeakng_loader.get_library_path())
    if not os.path.isfile(file):
        raise EngineError(f"The package espeakng-loader has no library for this system ({file}); install it again.")
    return file


@cache
def data_folder() -> str:
    """The folder ``espeak-ng-data`` that ``espeakng-loader`` installed.

    Raises:
        EngineError: it is not installed, or not completely.
    """
    folder = os.path.join(os.path.dirname(shipped_file()), "espeak-ng-data")
    if not os.path.isfile(os.path.join(folder, "phontab")):
        raise EngineError(f"The package espeakng-loader lacks its data ({folder}); install it again.")
    return folder


def synthesize(text: str, setting: Setting) -> Synthesis:
    """Speak ``text``, which must be free of NUL and lone surrogates, with a library that has no past.

    Raises:
        EngineError: the library cannot be loaded or refuses the voice.
    """
    with one_at_a_time, ExitStack() as held, closed(private_copy(shipped_file())) as library:
        rate = library.espeak_Initialize(SYNCHRONOUS, BUFFER, data_path(held), DO_NOT_EXIT)
        if rate <= 0:
            raise EngineError(f"espeak-ng cannot read its data in {data_folder()}; install espeakng-loader again.")
        try:
            seed(library, setting.seed)
            _set_voice(library, setting, held)
            return _spoken(library, text, setting, rate)
        finally:
            library.espeak_Terminate()


def seed(library: ctypes.CDLL, number: int) -> None:
    """Start the library's own source of chance and the C library's (Klatt voices) again at ``number`` (32 bits)."""
    library.espeak_ng_SetRandSeed(ctypes.c_long(number))
    # On Windows each C runtime has its own; the usual one is a guess, and a miss costs only these voices' sameness.
    runtime = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
    runtime.srand(ctypes.c_uint(number))


def _spoken(library: ctypes.CDLL, text: str, setting: Setting, rate: int) -> Synthesis:
    listener = _Listener()
    callback = _Callback(listener.hear)
    library.espeak_SetSynthCallback(callback)
    library.espeak_SetParameter(RATE, setting.words_per_minute, 0)
    library.espeak_SetParameter(PITCH, setting.pitch, 0)
    library.espeak_SetParameter(RANGE, setting.span, 0)
    data = text.encode("utf-8")
    with listener.attentive():
        library.espeak_Synth(
            ctypes.c_char_p(data), ctypes.c_size_t(len(data) + 1), 0, 1, 0, UTF8 | END_PAUSE, None, None
        )
    return Synthesis(b"".join(listener.pieces), rate, tuple(listener.words))


def _set_voice(library: ctypes.CDLL, setting: Setting, held: ExitStack) -> None:
    """Load language and variant from their files.

    By name espeak-ng lower-cases what it is given and, where that is not a file's name (``en-US``), reads all its
    250 voice files to find it: ten times the cost of all else. By file it takes any path that is short and lower
    case, such as an open file's under /proc.
    """
    plus = f"+{setting.variant}" if setting.variant else ""
    file = os.path.join(data_folder(), "lang", *setting.language.split("/"))
    path = held.enter_context(_short_path(file)) + plus
    if path.startswith("/proc") and len(path) < LONGEST_VOICE:
        refused = library.espeak_SetVoiceByFile(path.encode("ascii"))
    else:
        refused = library.espeak_SetVoiceByName((setting.language.lower() + plus).encode("ascii"))
    if refused:
        raise EngineError(f"espeak-ng refuses the voice '{setting.language}{plus}' (code {refused}); choose another.")


def data_path(held: ExitStack) -> bytes:
    """The data folder's path as espeak-ng takes it; valid as long as ``held`` is.

    Raises:
        EngineError: the path is too long for it.
    """
    folder = data_folder()
    if len(os.fsencode(folder)) > LONGEST_PATH:
        folder = held.enter_context(_short_path(folder))
    encoded = folder.encode("mbcs") if sys.platform == "win32" else os.fsencode(folder)
    if len(encoded) > LONGEST_PATH:
        raise EngineError(f"espeak-ng cannot use data below so long a path ({folder}); install it elsewhere.")
    return encoded


@contextmanager
def _short_path(path: str) -> Iterator[str]:
    """Another, short path to an open file or folder where the system has such paths, else ``path`` itself."""
    if sys.platform != "linux":
        yield path
        return
    number = os.open(path, os.O_RDONLY)
    try:
        short = f"/proc/self/fd/{number}"
        yield short if os.path.exists(short) else path
    finally:
        os.close(number)
