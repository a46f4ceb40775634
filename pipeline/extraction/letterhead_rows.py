"""Making rows of letterhead fields: one place that sets method, evidence, page and score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from pipeline.document import Box, Evidence, FieldValue, Mark, MarkKind, Page, Word

DOUBT_FACTOR = 0.55
"""A doubt takes nearly half of the belief; two of them leave less than a third."""


def absent(name: str, rule: str, score: float = 0.95) -> FieldValue:
    """Return the row of a field of which the document does not speak."""
    return FieldValue(name, "absent", method="letterhead", rule=rule, score=score)


def reported(
    name: str,
    words: Sequence[Word],
    rule: str,
    *,
    number: int | None = None,
    text: str | None = None,
    day: date | None = None,
    item: int = 0,
    score: float = 0.95,
    doubts: Iterable[str] = (),
) -> FieldValue:
    """Return the row of a value read in ``words``; unsure words and doubts lower the score."""
    doubts = tuple(dict.fromkeys(doubts))
    confidence = sum(word.confidence for word in words) / len(words) if words else 1.0
    return FieldValue(
        name,
        "reported",
        item=item,
        value_number=None if number is None else Decimal(number),
        value_text=text,
        value_date=day,
        method="letterhead",
        rule=rule,
        evidence=Evidence(tuple(words)) if words else None,
        page=words[0].page if words else None,
        score=round(score * min(1.0, 0.3 + 0.75 * confidence) * DOUBT_FACTOR ** len(doubts), 4),
        doubts=doubts,
    )


def not_read(
    name: str,
    state: str,
    words: Sequence[Word],
    rule: str,
    *,
    page: int,
    box: Box,
    doubts: Iterable[str] = (),
    score: float = 0.85,
) -> FieldValue:
    """Return the row of a field whose place is known but holds nothing (``blank``) or nothing legible (``unreadable``)."""
    return FieldValue(
        name,
        "blank" if state == "blank" else "unreadable",
        method="letterhead",
        rule=rule,
        evidence=Evidence(tuple(words)) if words else None,
        page=page,
        box=box,
        score=score,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def page_of(pages: Sequence[Page], number: int) -> Page | None:
    """Return the page with the 1-based ``number``, or None."""
    return next((page for page in pages if page.number == number), None)


def mark_over(page: Page | None, box: Box, kinds: Sequence[MarkKind]) -> Mark | None:
    """Return the surest mark of one of ``kinds`` that covers part of ``box`` or has its middle in it, or None."""
    if page is None:
        return None
    hits = [mark for mark in page.marks if mark.kind in kinds and _touches(mark.box, box)]
    return max(hits, key=lambda mark: mark.score, default=None)


def _touches(mark: Box, box: Box) -> bool:
    inside = box.x0 <= mark.x_centre <= box.x1 and box.y0 <= mark.y_centre <= box.y1
    return inside or mark.overlap(box) > 0.3 or box.overlap(mark) > 0.3
