"""What a run's log says of time: the pages that took longest."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class PageTime:
    """Seconds of work that a page took, and its dearest stage."""

    seconds: float
    source: str
    page: int
    stage: str


def slowest_pages(run: Path, most: int, skip: frozenset[str] = frozenset()) -> list[PageTime]:
    """Return the ``most`` pages of the logs of ``run`` that took longest, the slowest first; none without logs.

    ``skip`` are sources that are not to be named. A page read twice counts with its latest reading.
    """
    latest: dict[tuple[str, int], PageTime] = {}
    for log in sorted((run / "log").glob("*.jsonl")):
        for event in _events(log):
            told = _page_time(event)
            if told is not None and told.source not in skip:
                latest[told.source, told.page] = told
    return heapq.nlargest(most, latest.values())


def _events(log: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of ``log``; a line that was cut short by a kill is passed over."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    event = json.loads(line)
                except ValueError:
                    continue
                if isinstance(event, dict):
                    yield event
    except OSError:
        return


def _page_time(event: dict[str, Any]) -> PageTime | None:
    stages = event.get("seconds")
    source, page = event.get("source"), event.get("page")
    if event.get("event") != "page" or not isinstance(stages, dict) or not isinstance(source, str):
        return None
    spent = {str(name): float(value) for name, value in stages.items() if isinstance(value, int | float)}
    if not spent or not isinstance(page, int):
        return None
    return PageTime(round(sum(spent.values()), 2), source, page, max(spent, key=lambda name: spent[name]))


@dataclass(frozen=True, slots=True)
class Effort:
    """What the writing of the tables said of review: rows left to people of all rows, minutes, and the target.

    ``checked`` are bins of what people looked at: rows, the machine's mean confidence, the share they found right.
    """

    review: int
    rows: int
    minutes: float
    measured: bool
    target: float
    expected: float
    checked: list[dict[str, Any]]


def review_effort(run: Path) -> Effort | None:
    """Return what the latest writing of the tables of ``run`` said, or None where no log tells."""
    for log in sorted((run / "log").glob("*.jsonl"), reverse=True):
        told = [event for event in _events(log) if event.get("event") == "dataset" and event.get("dial")]
        if told:
            dial, (minutes, measured) = told[-1]["dial"], told[-1]["minutes"]
            return Effort(
                dial["review"],
                dial["rows"],
                minutes,
                measured,
                dial["target"],
                dial["expected"],
                told[-1]["checked"],
            )
    return None
