"""Turn a Script and its Cast into a Performance, and that with its takes into a Layout: the step arrange.

Both need little memory while the workers are busy, which for a long book is hours.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import cast as typed

from audiodrama import sound
from audiodrama.files.arguments import checked
from audiodrama.files.file_path import StrPath, as_path
from audiodrama.model import Cast, Script
from audiodrama.pipeline.compressed import compress, decompress
from audiodrama.pipeline.mastering import Mix, times
from audiodrama.pipeline.recording import Need, Recording, failures, need, takes_of
from audiodrama.sound.engines import VoiceCatalog


@dataclass(frozen=True, slots=True)
class Performance:
    """What is to be performed and by which voices, compressed, and what is to be recorded for it."""

    content: bytes
    """The script and its cast, compressed; ``script_and_cast`` decompresses them."""
    tags: sound.FileTags
    """What a player shows."""
    need: Need
    """What is to be recorded."""
    complaints: tuple[str, ...] = ()
    """What is not as it was asked for, a sentence each."""

    @staticmethod
    @checked
    def of(
        script: Script, cast: Cast, folder: StrPath, title: str = "", complaints: tuple[str, ...] = ()
    ) -> Performance:
        """The performance of a script.

        Args:
            script: what is performed.
            cast: by which voices.
            folder: where takes are kept.
            title: what players show where the script has no title.
            complaints: what is not as it was asked for, a sentence each.
        """
        tags = sound.FileTags(script.title or title, script.author)
        return Performance(compress((script, cast)), tags, need(script, cast, as_path(folder, "a folder")), complaints)

    def script_and_cast(self) -> tuple[Script, Cast]:
        """The script and its cast."""
        return typed(tuple[Script, Cast], decompress(self.content))

    def shortened(self, count: int) -> Performance:
        """The performance of its first ``count`` lines."""
        script, cast = self.script_and_cast()
        part = script.part(0, count)
        return replace(self, content=compress((part, cast)), need=need(part, cast, self.need.folder))


@dataclass(frozen=True, slots=True)
class Layout:
    """What is heard when."""

    mix: Mix
    """What is to be mixed."""
    edges: array[int]
    """Start and end of each line in turn, milliseconds: shape (2 x lines,)."""
    failures: tuple[str, ...]
    """Lines that are silent, a sentence each."""

    def times(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each line, milliseconds."""
        return tuple(zip(self.edges[::2], self.edges[1::2], strict=True))


@checked
def arrange(performance: Performance, recording: Recording) -> Layout:
    """Put what was recorded in the order of the script, with the silence between lines."""
    script, cast = performance.script_and_cast()
    timeline = sound.arrange(script, cast, takes_of(script, cast, recording), VoiceCatalog().levels)
    line_times = times(timeline, len(script.lines()), sound.RATE)
    edges = array("q", (edge for start_and_end in line_times for edge in start_and_end))
    return Layout(Mix.of(timeline), edges, failures(script, cast, recording))
