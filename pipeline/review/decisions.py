"""Replaying the trail: what people's word on each field is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.document import Box
from pipeline.review.trail import Entry
from pipeline.review.values import Value, value_from_json

Key = tuple[str, str]
"""A document's id and a field's name."""


@dataclass(frozen=True)
class Decision:
    """What a person said of a field, and where it stands: the machine's place, an own box, or nowhere on the page."""

    value: Value
    who: str
    at: datetime
    page: int | None = None
    box: Box | None = None
    no_source: bool = False
    entry: str = ""
    """The hash of the entry that decided."""


def place_of(evidence: Mapping[str, Any]) -> tuple[int | None, Box | None, bool]:
    """Return (page, box on the page as scanned, no source) of an entry's evidence. Raises ValueError for nonsense."""
    if not evidence:
        return None, None, False
    if evidence == {"none": True}:
        return None, None, True
    try:
        page, edges = evidence["page"], [float(evidence[name]) for name in ("x0", "y0", "x1", "y1")]
    except (KeyError, TypeError) as error:
        raise ValueError("this is no place on a page") from error
    x0, y0, x1, y1 = edges
    inside = 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1
    if not inside or type(page) is not int or page < 1 or len(evidence) != 5:
        raise ValueError("this is no place on a page")
    return page, Box(x0, y0, x1, y1), False


def decision_of(entry: Entry) -> Decision:
    """Return what a ``set`` says."""
    page, box, no_source = place_of(entry.evidence)
    at = datetime.fromisoformat(entry.at)
    return Decision(value_from_json(entry.new), entry.who, at, page, box, no_source, entry.hash)


def replay(entries: Iterable[Entry]) -> dict[Key, Decision]:
    """Return the decisions in force after ``entries``; a field whose every decision was undone has none."""
    said: defaultdict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.action == "set":
            said[entry.key].append(entry)
        elif entry.action == "undo" and said[entry.key]:
            said[entry.key].pop()
    return {key: decision_of(stack[-1]) for key, stack in said.items() if stack}
