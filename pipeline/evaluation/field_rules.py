"""When a field is right: its state and its value, after the contract's rules for truth files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pipeline.evaluation.run import Record
from pipeline.evaluation.truth import TruthField, Value
from pipeline.review.likeness import alike
from pipeline.text import comparable

Outcome = Literal["right", "excused", "wrong"]

STATEMENTS = {"reported", "none"}
"""States by which a document states something of a field."""


def judge(truth: TruthField, rows: Sequence[Record], handwritten: bool) -> Outcome:
    """Return whether the ``rows`` of one field, in order of item, say what ``truth`` says.

    A handwritten field that is not right but unreadable or marked for review is excused: neither right nor wrong.
    """
    if not rows:
        return "wrong"
    if is_right(truth, rows):
        return "right"
    owned_up = rows[0]["state"] == "unreadable" or any(row["needs_review"] for row in rows)
    return "excused" if handwritten and owned_up else "wrong"


def is_right(truth: TruthField, rows: Sequence[Record]) -> bool:
    """Return whether state and value of ``rows`` (at least one) are those of ``truth`` or acceptable ones."""
    state = rows[0]["state"]
    if state not in {truth.state, *truth.acceptable_states} or any(row["state"] != state for row in rows):
        return False
    if state not in STATEMENTS:
        return True
    if state == "none" and truth.state != "none":
        return rows[0]["value_number"] in {None, 0}
    allowed = truth.values_allowed
    return not allowed or any(_matches(value, rows) for value in allowed)


def _matches(value: Value, rows: Sequence[Record]) -> bool:
    if value.items is not None:
        return len(value.items) == len(rows) and all(
            alike(expected, row["value_text"] or "") for expected, row in zip(value.items, rows, strict=True)
        )
    if len(rows) != 1:
        return False
    (row,) = rows
    if value.value_number is not None:
        right_money = not value.currency or row["currency"] == value.currency
        return bool(row["value_number"] == value.value_number and right_money)
    if value.value_date is not None:
        return bool(row["value_date"] == value.value_date)
    return comparable(row["value_text"] or "") == comparable(value.value_text or "")


def confidence(rows: Sequence[Record]) -> float | None:
    """Return how sure the run is of the field as a whole: the lowest confidence of its rows; None without any."""
    known = [row["confidence"] for row in rows if row["confidence"] is not None]
    return min(known) if known else None


def describe_truth(truth: TruthField) -> str:
    """Return the true state and value as one short text."""
    value: object = truth.items if truth.items is not None else truth.value_date or truth.value_text
    if truth.value_number is not None:
        value = f"{_plain(truth.value_number)} {truth.currency or ''}".strip()
    return _describe(truth.state, value)


def describe_rows(rows: Sequence[Record]) -> str:
    """Return the state and value that the run gives as one short text."""
    if not rows:
        return "no row"
    row = rows[0]
    value: object = row["value_text"] or row["value_date"]
    if len(rows) > 1:
        value = [item["value_text"] for item in rows]
    elif row["value_number"] is not None:
        value = f"{_plain(row['value_number'])} {row['currency'] or ''}".strip()
    return _describe(row["state"], value)


def _plain(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _describe(state: str, value: object) -> str:
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, list | tuple):
        value = " | ".join(str(item) for item in value)
    return f"{state}: {value}" if value not in {None, ""} and state == "reported" else state
