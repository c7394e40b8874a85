"""Turn tallies into the tables that the benchmark prints."""

from __future__ import annotations

from collections.abc import Iterator

from audiodrama.bench.attribution.scoring import ALL_KINDS, BUCKETS, Tally, macro, pooled

_PERCENT = 100
_NAME_WIDTH = 27
"""Characters of a novel's name that fit into its column."""
_SURE = 0.9
"""Confidence from which the last row counts."""


def attribution_table(title: str, tallies: list[Tally]) -> Iterator[str]:
    """The lines of a table: a row for each novel, then their mean, then all quotations together."""
    yield f"{title}: percent of quotations with the right speaker; a missed quotation is wrong"
    yield (
        f"{'':28}{'quotes':>8}"
        + "".join(f"{kind:>11}" for kind in ALL_KINDS)
        + f"{'letters P':>11}{'R':>7}{'words/s':>10}"
    )
    for tally in tallies:
        cells = "".join(f"{_PERCENT * tally.accuracy(kind):11.1f}" for kind in ALL_KINDS)
        speed = tally.words / tally.seconds if tally.seconds else 0.0
        letters = f"{_PERCENT * tally.precision:11.1f}{_PERCENT * tally.recall:7.1f}"
        yield f"{tally.name[:_NAME_WIDTH]:28}{tally.quotations['overall']:8}{cells}{letters}{speed:10,.0f}"
    whole = pooled(tallies)
    size = max(1, len(tallies))
    mean_p, mean_r = sum(tally.precision for tally in tallies) / size, sum(tally.recall for tally in tallies) / size
    cells = "".join(f"{_PERCENT * macro(tallies, kind):11.1f}" for kind in ALL_KINDS)
    speed = whole.words / whole.seconds if whole.seconds else 0.0
    count = whole.quotations["overall"]
    yield f"{'mean of the novels':28}{count:8}{cells}{_PERCENT * mean_p:11.1f}{_PERCENT * mean_r:7.1f}{speed:10,.0f}"
    cells = "".join(f"{_PERCENT * whole.accuracy(kind):11.1f}" for kind in ALL_KINDS)
    yield f"{'all quotations':28}{count:8}{cells}{_PERCENT * whole.precision:11.1f}{_PERCENT * whole.recall:7.1f}"
    yield f"missed: {whole.missed}"


def calibration_table(tallies: list[Tally]) -> Iterator[str]:
    """The lines of a table: how many quotations have which confidence, and how often their speaker is right."""
    whole = pooled(tallies)
    total = max(1, whole.quotations["overall"])
    yield "confidence      quotes   share   right"
    for low, high in zip(BUCKETS, (*BUCKETS[1:], 1.0), strict=True):
        if whole.sure[low]:
            share, right = _PERCENT * whole.sure[low] / total, _PERCENT * whole.sure_right[low] / whole.sure[low]
            yield f"{low:4.2f} to {high:4.2f}  {whole.sure[low]:8}{share:7.1f}%{right:7.1f}%"
    sure = sum(whole.sure[edge] for edge in BUCKETS if edge >= _SURE)
    right = sum(whole.sure_right[edge] for edge in BUCKETS if edge >= _SURE)
    if sure:
        yield f"0.90 and more  {sure:6}{_PERCENT * sure / total:7.1f}%{_PERCENT * right / sure:7.1f}%"
