"""A row's value in the words in which a Vietnamese reader would write it."""

from __future__ import annotations

from decimal import Decimal

from pipeline.export.source import Row
from pipeline.review.typed import shown
from pipeline.review.values import Value


def plain_value(table: str, row: Row) -> str:
    """Return what a row of ``table`` says, "" where it says nothing."""
    match table:
        case "fields":
            return shown(value_of(row))
        case "delegations":
            parts = (
                row["organisation"],
                row["purpose"],
                "; ".join(row["countries"] or ()),
                row["period_text"],
            )
            return " · ".join(part for part in parts if part) or (row["raw_text"] or "")
        case "references":
            symbol = "/".join(part for part in (row["number"], row["symbol"]) if part)
            return " ".join(part for part in (row["doc_type"], symbol) if part) or (row["raw_text"] or "")
        case _:
            return str(row["normalised"] or row["text"] or "")


def value_of(row: Row) -> Value:
    """Return a row of ``fields`` as a value that a person could have typed."""
    if row["state"] != "reported":
        return Value(row["state"])
    number = row["value_number"]
    return Value(
        "reported",
        number="" if number is None else format(_decimal(number), "f"),
        text=row["value_text"] or "",
        day=row["value_date"].isoformat() if row["value_date"] else "",
        unit=row["unit"] or "",
        currency=row["currency"] or "",
        qualifier=row["qualifier"] or "exact",
    )


def _decimal(number: float) -> Decimal:
    return Decimal(int(number)) if float(number).is_integer() else Decimal(repr(float(number)))
