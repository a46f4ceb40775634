"""What a table and a column of the dataset are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

ColumnType = Literal["string", "integer", "number", "boolean", "date", "datetime", "list"]


@dataclass(frozen=True)
class Column:
    """One column: its name, type, meaning in Vietnamese and English, unit, and what its values must satisfy.

    ``low`` and ``high`` are inclusive bounds of a number. ``in_csv`` is False for what only Parquet carries.
    ``meanings`` say what each of the ``choices`` means, where their names do not.
    """

    name: str
    type: ColumnType
    vi: str
    en: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None
    in_csv: bool = True
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its name, meaning, columns in order, and the columns that together are its key (or none)."""

    name: str
    vi: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the columns."""
        return frozenset(column.name for column in self.columns)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The names of the columns that hold text, alone or in lists."""
        return tuple(column.name for column in self.columns if column.type in ("string", "list"))


def number(name: str, vi: str, en: str, unit: str = "", **more: float) -> Column:
    """Return a column of numbers."""
    return Column(name, "number", vi, en, unit, low=more.get("low"), high=more.get("high"))


def count(name: str, vi: str, en: str, unit: str = "", low: float | None = 0) -> Column:
    """Return a column of whole numbers."""
    return Column(name, "integer", vi, en, unit, low=low)


def text(name: str, vi: str, en: str, choices: tuple[str, ...] = ()) -> Column:
    """Return a text column."""
    return Column(name, "string", vi, en, choices=choices)


def date(name: str, vi: str, en: str) -> Column:
    """Return a column of days."""
    return Column(name, "date", vi, en)


def items(name: str, vi: str, en: str) -> Column:
    """Return a list column; an empty list, never nothing."""
    return Column(name, "list", vi, en, required=True)


def flag(name: str, vi: str, en: str) -> Column:
    """Return a column of true and false."""
    return Column(name, "boolean", vi, en, required=True)


def named(name: str, vi: str, en: str, choices: tuple[str, ...] = ()) -> Column:
    """Return a text column that is never empty."""
    return Column(name, "string", vi, en, choices=choices, required=True)
