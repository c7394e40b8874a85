"""What a person sees of a batch on a terminal, step by step."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from audiodrama.batch import Outcome
from audiodrama.cli.display.batch_progress import BatchTable


def drawn(screen: BatchTable) -> list[list[str]]:
    """The rows of the table, as words."""
    console = Console(file=io.StringIO(), width=100)
    with console.capture() as capture:
        console.print(screen.table())
    return [line.split() for line in capture.get().splitlines()]


def test_the_table_shows_every_step_and_how_far_it_is(tmp_path: Path) -> None:
    stories = [tmp_path / "anchor.txt", tmp_path / "bridge.txt"]
    screen = BatchTable()
    screen.expect(stories)
    post = screen.follow(stories[0])
    assert drawn(screen) == [["story", "step", "progress"], ["anchor.txt", "extract"], ["0", "of", "2"]]
    for step, total in (("record", 12), ("mix", 3)):
        post.begin(step, total)
        assert drawn(screen)[1] == ["anchor.txt", step, "0", "of", str(total)]
        post.advance(2)
        assert drawn(screen)[1] == ["anchor.txt", step, "2", "of", str(total)]
        post.end()
    screen.follow(stories[1])
    assert [row[0] for row in drawn(screen)] == ["story", "anchor.txt", "bridge.txt", "0"]
    screen.finish(Outcome(stories[0], tmp_path / "anchor.mp3", error="It is empty."))
    assert drawn(screen)[1:3] == [["anchor.txt", "failed"], ["bridge.txt", "extract"]]
    assert drawn(screen)[3][:3] == ["1", "of", "2"]
