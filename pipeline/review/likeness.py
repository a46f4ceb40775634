"""When two people gave the same value: the rules by which a run is compared with truth, between two words."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.review.values import Value
from pipeline.text import comparable

ALIKE = 92.0
"""Per cent of likeness from which two list items, or two headings, count as the same."""


def alike(one: str, other: str) -> bool:
    """Return whether two texts are :data:`ALIKE` once case, tone placement, spaces and closing stops are folded."""
    return fuzz.ratio(comparable(one), comparable(other)) >= ALIKE


def same(one: Value, other: Value) -> bool:
    """Return whether two values are one: numbers and dates exactly, texts folded, lists item by item and nearly.

    A currency counts where both name one; unit and qualifier do not count, as in ``pipeline.evaluation``.
    """
    if one.state != other.state:
        return False
    if one.items or other.items:
        return len(one.items) == len(other.items) and all(map(alike, one.items, other.items))
    if one.number and other.number:
        same_money = not (one.currency and other.currency) or one.currency == other.currency
        return one.decimal == other.decimal and same_money
    return (bool(one.number), one.day, comparable(one.text)) == (
        bool(other.number),
        other.day,
        comparable(other.text),
    )


def category(value: Value) -> str:
    """Return the value as a category for Cohen's kappa: equal for values that are written differently only."""
    if value.state != "reported":
        return value.state
    if value.items:
        return "\n".join(map(comparable, value.items))
    if value.number:
        number = value.decimal
        assert number is not None
        return f"{format(number.normalize(), 'f')} {value.currency}".strip()
    return value.day or comparable(value.text)
