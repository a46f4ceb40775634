"""Reading the CSV tables that ship inside the package."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table ``name`` (without ``.csv``) as dictionaries of strings."""
    table = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


def several(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, separated by ``|``."""
    return tuple(cell.split("|")) if cell else ()


def day(cell: str) -> date | None:
    """Return the date of an ISO cell, None for an empty one."""
    return date.fromisoformat(cell) if cell else None
