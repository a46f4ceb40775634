"""Numbers and days written by hand: never a sure value, always a box."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages.count import Count
from benchmarks.pages.reading import ReadDocument
from pipeline.evaluation.field_rules import confidence, describe_rows, is_right
from pipeline.evaluation.result import SURE

WRONG_AND_SURE = "handwriting wrong and sure"
UNREADABLE = "handwriting marked unreadable"
PRINT_REFUSED = "print taken for handwriting"

_FIELDS = ("doc.number", "doc.issued_on")


def handwriting(read: ReadDocument) -> Iterator[Count]:
    """Yield how handwritten numbers and days fare, and how often a printed one is called unreadable.

    Wrong and sure is a value that is not right with a confidence of :data:`pipeline.evaluation.result.SURE` or more.
    """
    for field in _FIELDS:
        truth = read.printed.fields.get(field)
        if truth is None:
            continue
        rows = read.rows.get(field, [])
        places = read.printed.places.get(field, ())
        page = places[0].page if places else 1
        state = rows[0]["state"] if rows else "absent"
        sure = confidence(rows) or 0.0
        remark = f"{field}: {describe_rows(rows)} ({sure:.2f})"
        if field not in read.printed.handwritten:
            if truth.state == "reported":
                refused = state == "unreadable"
                yield Count(PRINT_REFUSED, page, refused, 1, remark if refused else "")
            continue
        wrong = state == "reported" and sure >= SURE and not is_right(truth, rows)
        yield Count(WRONG_AND_SURE, page, wrong, 1, remark if wrong else "")
        marked = state == "unreadable"
        yield Count(UNREADABLE, page, marked, 1, "" if marked else remark)
