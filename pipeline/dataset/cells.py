"""Single cells: text without illegal characters, numbers as a table can hold them, the text of a CSV cell."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import regex

from pipeline.dataset.columns import Table

Cell = str | int | float | bool | date | datetime | tuple[str, ...] | None
Row = Mapping[str, Cell]

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""First characters that spreadsheets take for a formula or strip before looking for one; full-width ones too."""

_RISKY = frozenset(f"'{FORMULA_STARTS}")
_NEW_LINE = regex.compile(r"\r\n?")
_ILLEGAL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_INT64 = 2**63


def clean(text: str) -> str | None:
    """Return ``text`` with every line end a line feed and without control characters, or None when nothing is left.

    A lone surrogate (a byte of a file name that is no UTF-8) becomes U+FFFD: no file format here can hold it.
    """
    if not text.isprintable():
        text = _SURROGATE.sub("\ufffd", _ILLEGAL.sub("", _NEW_LINE.sub("\n", text)))
    return text if text.strip() else None


def whole(value: Decimal | None) -> int | None:
    """Return ``value`` as a 64-bit integer, or None when it is none (1.5 people, or more digits than that)."""
    if value is None or not value.is_finite() or value != value.to_integral_value() or abs(value) >= _INT64:
        return None
    return int(value)


def real(value: Decimal | float | None, digits: int | None = None) -> float | None:
    """Return ``value`` as a finite float, rounded to ``digits`` decimals, or None when it is none."""
    if value is None or (isinstance(value, Decimal) and value.is_nan()):
        return None
    number = float(value)
    if not math.isfinite(number):
        return None
    return (number if digits is None else round(number, digits)) + 0.0  # no negative zero


def conform(table: Table, row: Row) -> dict[str, Cell]:
    """Return ``row`` in the order of ``table`` with its texts cleaned; blank texts become None.

    Raises ValueError when the row's columns are not the table's.
    """
    if row.keys() != table.names:
        odd = sorted(row.keys() ^ table.names)
        raise ValueError(f"row of {table.name} does not fit its columns: {', '.join(odd)}")
    cells: dict[str, Cell] = {column.name: row[column.name] for column in table.columns}
    for name in table.texts:
        value = cells[name]
        if isinstance(value, str):
            cells[name] = clean(value)
        elif isinstance(value, tuple):
            cells[name] = tuple(item for item in map(clean, value) if item is not None)
    return cells


def csv_cell(value: Cell) -> str:
    """Return the CSV form of ``value``: ISO dates, dot decimals without exponent, lists as JSON arrays.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; so does one that already has such
    an apostrophe, which makes the change reversible: drop one apostrophe where formula starts follow.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        risky = value[:1] in _RISKY and value.lstrip("'").startswith(tuple(FORMULA_STARTS))
        return f"'{value}" if risky else value
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            if value.is_integer():
                return str(int(value))
            printed = repr(value)
            return f"{Decimal(printed):f}" if "e" in printed else printed
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case tuple():
            return json.dumps(value, ensure_ascii=False)
