"""Turn a title, an author and chapter marks into the ID3 tag at the head of an MP3 file, always the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

GENRE = "Audiobook"
NOWHERE = 2**32 - 1
"""A byte offset that is not given; the times count."""
LISTED = 255
"""Entries in one table of contents."""
TOP, ORDERED = 2, 1
"""Flags of a table of contents."""
HEADER = 10
"""Bytes of a tag's header."""


@dataclass(frozen=True, slots=True)
class FileTags:
    """What a player shows."""

    title: str = ""
    """Of the story."""
    artist: str = ""
    """Its author."""
    album: str = ""
    """Of a collection; empty: the title."""
    track: int = 0
    """Number in the collection; 0: none."""


def tag(label: FileTags, chapters: tuple[tuple[str, float], ...], seconds: float) -> bytes:
    """An ID3v2.3 tag, the version that every player reads, with CHAP and CTOC frames for the chapters.

    Args:
        label: What a player shows.
        chapters: (title, second at which it begins), in order; each ends where the next begins.
        seconds: Length of the programme.
    """
    id3 = _id3()
    frames = [id3.TCON(encoding=1, text=GENRE), id3.TSSE(encoding=1, text="audiodrama")]
    for frame, text in ((id3.TIT2, label.title), (id3.TPE1, label.artist), (id3.TALB, label.album or label.title)):
        if text:
            frames.append(frame(encoding=1, text=text))
    if label.track:
        frames.append(id3.TRCK(encoding=0, text=str(label.track)))
    ends = [start for _, start in (*chapters, ("", seconds))][1:]
    names = [f"chp{number:04d}" for number in range(len(chapters))]
    for name, (title, start), end in zip(names, chapters, ends, strict=True):
        times = {"start_time": round(start * 1000), "end_time": round(end * 1000)}
        shown = [id3.TIT2(encoding=1, text=title)]
        frames.append(id3.CHAP(element_id=name, **times, start_offset=NOWHERE, end_offset=NOWHERE, sub_frames=shown))
    return _joined([*frames, *_contents(names)])


def _id3() -> Any:
    """mutagen's frames, which it leaves untyped."""
    from mutagen import id3

    return id3


def _contents(names: list[str]) -> list[Any]:
    """The table of contents; one table cannot list more than 255 chapters, but it can list tables."""
    id3 = _id3()
    if not names:
        return []
    parts = [names[begin : begin + LISTED] for begin in range(0, len(names), LISTED)]
    if len(parts) == 1:
        return [id3.CTOC(element_id="toc", flags=TOP | ORDERED, child_element_ids=names, sub_frames=[])]
    lists = [f"toc{number:04d}" for number in range(len(parts))]
    top = id3.CTOC(element_id="toc", flags=TOP | ORDERED, child_element_ids=lists, sub_frames=[])
    return [top] + [
        id3.CTOC(element_id=name, flags=ORDERED, child_element_ids=part, sub_frames=[])
        for name, part in zip(lists, parts, strict=True)
    ]


def _joined(frames: list[Any]) -> bytes:
    """One tag of the frames in this order. mutagen itself sorts frames by size, which would shuffle the chapters."""
    id3 = _id3()
    body = bytearray()
    for frame in frames:
        tags = id3.ID3()
        tags.add(frame)
        file = io.BytesIO()
        tags.save(file, v1=0, v2_version=3, padding=lambda _: 0)
        body += file.getvalue()[HEADER:]
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + bytes(body)
