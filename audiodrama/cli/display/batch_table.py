"""Turn what became, or would become, of the stories of a batch into a table that fits the terminal."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audiodrama.cli.display.summaries import amount, clock, of_forecast, span

if TYPE_CHECKING:
    from rich.text import Text

    from audiodrama.batch import Outcome
    from audiodrama.pipeline import Forecast

_FIGURES = ("time", "lines", "made", "reused")
"""The columns behind the result, the first ones the most important."""
_WIDTH = 8
"""Columns of the terminal that a figure takes, the gap included."""
_NAMES = 28
"""Columns of the terminal that names keep at least: figures are left out of the table before names become narrower."""


def of_batch(outcomes: Sequence[Outcome]) -> str:
    """A row a story, the sentences of those that failed, then the totals."""
    rows: list[tuple[str, ...]] = [("story", "result", *_FIGURES)]
    for outcome in outcomes:
        master = outcome.master
        figures = () if master is None else (outcome.lines, outcome.made, outcome.reused)
        result = outcome.output.name if outcome.result == "made" else outcome.result
        time = clock(master.seconds) if master else ""
        rows.append((outcome.story.name, result, time, *map(str, figures or ("",) * 3)))
    failures = [(outcome.story, outcome.error) for outcome in outcomes if outcome.error]
    good = sum(outcome.good for outcome in outcomes)
    return "\n".join(
        [_fitted(rows), *_sentences(failures), f"{good} of {amount(len(outcomes), 'story', 'stories')} good"]
    )


def of_forecasts(forecasts: Sequence[Forecast]) -> str:
    """A sentence a story, then the totals of the batch."""
    takes, lines = sum(forecast.made for forecast in forecasts), sum(forecast.lines for forecast in forecasts)
    failures = sum(bool(forecast.error) for forecast in forecasts)
    stories = amount(sum(not forecast.unchanged and not forecast.error for forecast in forecasts), "story", "stories")
    took = span(sum(forecast.seconds for forecast in forecasts))
    sentences = [
        sentence
        for forecast in forecasts
        for sentence in (
            _sentences([(forecast.story, forecast.error)]) if forecast.error else _wrapped(of_forecast(forecast))
        )
    ]
    failing = f", {failures} would fail" if failures else ""
    total = f"{stories} of {len(forecasts)} to be made, {takes} of {amount(lines, 'line')}, about {took}{failing}"
    return "\n".join([*sentences, *_wrapped(total)])


def _fitted(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as columns that are no wider together than the terminal: long names go on below, figures are left out."""
    from rich.table import Table

    width = max(1, shutil.get_terminal_size().columns)
    figures = max(0, min(len(_FIGURES), (width - _NAMES) // _WIDTH))
    table = Table(*rows[0][: 2 + figures], box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
    for column in table.columns[:2]:
        column.overflow = "fold"
    for column in table.columns[2:]:
        column.no_wrap = True
    for row in rows[1:]:
        table.add_row(*map(_plain, row[: 2 + figures]))
    return _printed(table, width)


def _plain(cell: str) -> Text:
    from rich.text import Text

    return Text(cell)


def _printed(content: object, width: int) -> str:
    """What rich makes of ``content``, without colours and without spaces at the ends of lines."""
    import io

    from rich.console import Console

    console = Console(
        file=io.StringIO(), width=max(1, width), color_system=None, force_terminal=False, legacy_windows=False
    )
    with console.capture() as capture:
        console.print(content)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _sentences(failures: Sequence[tuple[Path, str]]) -> list[str]:
    """Why stories failed, wrapped at the width of the terminal; each sentence names its story."""
    return [line for story, error in failures for line in _wrapped(f"failed: {named(story, error)}")]


def named(story: Path, error: str) -> str:
    """An error's sentence with the story that it is about, which most sentences name themselves."""
    return error if error.startswith((str(story), story.name)) else f"{story.name}: {error}"


def _wrapped(sentence: str) -> list[str]:
    """A sentence as lines no wider than the terminal, the second and later ones indented."""
    from rich.padding import Padding
    from rich.text import Text

    width = max(1, shutil.get_terminal_size().columns)
    first, *others = _printed(Text(sentence, overflow="fold"), width).splitlines() or [""]
    rest = sentence[len(first) :].strip() if others else ""
    return [first, *(_printed(Padding(Text(rest, overflow="fold"), (0, 0, 0, 2)), width).splitlines() if rest else ())]
