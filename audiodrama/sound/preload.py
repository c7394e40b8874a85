"""Have a worker process import, ahead of its first order, what the orders need."""

from __future__ import annotations


def preload() -> None:
    """Import the libraries and the modules of the worker processes; a third of a second of work."""
    import lameenc  # noqa: F401

    import audiodrama.sound.dsp.limiter
    import audiodrama.sound.engines
    import audiodrama.sound.master.mix  # noqa: F401
