"""Turn text into a sound file with pyttsx3, driven so that no take is lost, empty or in another's voice.

pyttsx3 2.99 must be handled with care, on each system in its own way; its sources say why:

- Its espeak driver speaks on another thread while ``runAndWait`` returns; what is asked for next renames, cuts or
  re-voices what is under way. So: properties first, wait until espeak is idle (else the end of the loop cancels what
  follows), one text, wait for its end.
- Its NSSpeech driver ends a second text as soon as the loop begins, unless the text is still in the queue by then.
- Its SAPI5 driver writes the file before ``save_to_file`` is done and never tells that an utterance is finished.
- All of them print; espeak's print would come from its own thread. Their modules get a ``print`` that does not.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from audiodrama.errors import EngineError
from audiodrama.sound.engines.espeak import libespeak
from audiodrama.sound.engines.espeak.private_library import closed, private_copy

ESPEAK_MODULES = ("pyttsx3.drivers.espeak", "pyttsx3.drivers._espeak")
LEAST_PATIENCE = 30
"""Seconds that a driver has for the shortest text."""
SLOWEST_TEXT = 100
"""Characters a second that a driver speaks to a file at least, on a busy machine."""
IDLE = 0.0005
"""Seconds between two looks whether espeak is idle."""


@dataclass(frozen=True, slots=True)
class DriverRequest:
    """What a driver is asked for."""

    text: str
    """What to speak."""
    voice: str
    """The voice's id."""
    properties: tuple[tuple[str, float], ...]
    """Other properties of pyttsx3 in the order they are set: rate, pitch."""
    span: int = 50
    """Of the melody; espeak only."""
    seed: int = 1
    """For the random numbers of breathy voices; espeak only."""

    @property
    def patience(self) -> float:
        """Seconds that may pass until it is spoken: a hundred times what a busy machine needs."""
        return LEAST_PATIENCE + len(self.text) / SLOWEST_TEXT


def save(wish: DriverRequest, path: str) -> None:
    """Write ``wish`` to the file ``path``.

    Raises:
        EngineError: pyttsx3 does not work here, or did not come to an end in time.
    """
    with libespeak.one_at_a_time, ExitStack() as held:
        if sys.platform in ("win32", "darwin"):
            _save_with(_system_engine(), wish, path)
        else:
            engine, espeak = held.enter_context(_espeak_engine())
            libespeak.seed(espeak, wish.seed)
            espeak.espeak_SetParameter(libespeak.RANGE, wish.span, 0)
            _save_with_espeak(engine, espeak, wish, path)


def _save_with_espeak(engine: Any, espeak: ctypes.CDLL, wish: DriverRequest, path: str) -> None:
    deadline = time.monotonic() + wish.patience
    finished = threading.Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    failures = _set(engine, wish)
    while espeak.espeak_IsPlaying():
        if time.monotonic() > deadline:
            raise EngineError("The engine 'pyttsx3' does not become idle; try again, or use the engine 'espeak'.")
        time.sleep(IDLE)
    engine.save_to_file(wish.text, path)
    engine.runAndWait()
    _complain(failures)
    if not finished.wait(max(0.0, deadline - time.monotonic())):
        raise EngineError("The engine 'pyttsx3' did not finish in time; try again, or use the engine 'espeak'.")


def _save_with(engine: Any, wish: DriverRequest, path: str) -> None:
    """Have a driver that works inside its loop carry out everything there, in order."""
    # Busy, it queues what it is asked for instead of beginning outside the loop, where the loop's start would end it.
    engine.proxy.setBusy(True)
    failures = _set(engine, wish)
    engine.save_to_file(wish.text, path)
    engine.runAndWait()
    _complain(failures)


def _set(engine: Any, wish: DriverRequest) -> list[Exception]:
    """Set voice and properties; what fails, now or later, is put into the list and not raised by pyttsx3."""
    failures: list[Exception] = []
    engine._connects.pop("error", None)
    engine.connect("error", lambda exception, **_: failures.append(exception))
    engine.setProperty("voice", wish.voice)
    for name, value in wish.properties:
        engine.setProperty(name, value)
    return failures


def _complain(failures: list[Exception]) -> None:
    if failures:
        raise EngineError(
            f"The engine 'pyttsx3' reports {type(failures[0]).__name__} ({failures[0]}); use another voice or engine."
        ) from failures[0]


@contextmanager
def _espeak_engine() -> Iterator[tuple[Any, ctypes.CDLL]]:
    """A pyttsx3 engine with an espeak library of its own, both without a past; afterwards nothing of them is left.

    espeak keeps state from one utterance to the next, and its threads would not survive a fork of the process.
    """
    file = libespeak.shipped_file()
    with ExitStack() as held, closed(private_copy(file)) as library, _data_at(libespeak.data_path(held)):
        with _without_modules(ESPEAK_MODULES), _every_library_is(library):
            engine = _quiet_engine("espeak")
        driver = engine.proxy._driver
        # Called whenever the garbage collector gets to it, when the library may be gone.
        driver.destroy = lambda: None
        try:
            # The loop runs once for nothing: from now on properties are set at once and not later, in the loop.
            engine.runAndWait()
            yield engine, library
        finally:
            library.espeak_Terminate()


def _quiet_engine(driver: str = "") -> Any:
    """A pyttsx3 engine with this driver, or the system's, that neither prints nor gives the root logger a handler."""
    try:
        from pyttsx3.engine import Engine, default_engine_by_sys_platform

        driver = driver or default_engine_by_sys_platform()
        module = importlib.import_module(f"pyttsx3.drivers.{driver}")
        vars(module).update(print=lambda *_, **__: None, logging=logging.getLogger("pyttsx3"))
        return Engine(driver)
    except Exception as error:
        raise EngineError(
            f"The engine 'pyttsx3' does not work here ({type(error).__name__}: {error}); use the engine 'espeak'."
        ) from error


@contextmanager
def _without_modules(names: tuple[str, ...]) -> Iterator[None]:
    """Have these modules executed again when they are imported, and put the earlier ones back at the end."""
    removed = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    drivers = importlib.import_module("pyttsx3.drivers")
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)
            vars(drivers).pop(name.rpartition(".")[2], None)
        sys.modules.update(removed)
        vars(drivers).update({name.rpartition(".")[2]: module for name, module in removed.items()})


@contextmanager
def _every_library_is(library: ctypes.CDLL) -> Iterator[None]:
    """A library that is asked for by name is this one: pyttsx3 tries a list of places, the copy is in none of them."""
    ctypes.cdll.LoadLibrary = lambda name: library  # type: ignore[method-assign]
    try:
        yield
    finally:
        del ctypes.cdll.LoadLibrary


@contextmanager
def _data_at(path: bytes) -> Iterator[None]:
    """Tell espeak where its data are while it starts."""
    previous_path = os.environ.get("ESPEAK_DATA_PATH")
    os.environ["ESPEAK_DATA_PATH"] = os.fsdecode(path)
    try:
        yield
    finally:
        if previous_path is None:
            del os.environ["ESPEAK_DATA_PATH"]
        else:
            os.environ["ESPEAK_DATA_PATH"] = previous_path


_engine: Any = None


def _system_engine() -> Any:
    """The one engine of this process; its drivers bear no second one."""
    global _engine
    if _engine is None:
        _engine = _quiet_engine()
    return _engine


def system_voices() -> list[Any]:
    """pyttsx3's voices on Windows and macOS.

    Raises:
        EngineError: pyttsx3 does not work here.
    """
    return list(_system_engine().getProperty("voices"))
