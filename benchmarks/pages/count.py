"""The unit in which everything is counted: what one page adds to one figure; and all of it for a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.accuracy.tally import Tally


@dataclass(frozen=True)
class Count:
    """``part`` of ``whole`` that page ``page`` adds to ``figure``; ``remark`` says what went wrong there, if anything."""

    figure: str
    page: int
    part: float
    whole: float
    remark: str = ""


def tallied(document: str, preset: str, counts: Iterable[Count]) -> Tally:
    """Return what a document adds to each figure."""
    tally = Tally(document, preset)
    for count in counts:
        tally.add(count.figure, count.part, count.whole)
    return tally
