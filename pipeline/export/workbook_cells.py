"""Single cells of a workbook: how a value is written, and how it looks by its kind and by the state of its field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from pipeline.dataset.cells import FORMULA_STARTS, clean
from pipeline.export.source import ColumnMeaning, Row

MOST_CHARACTERS = 32_767
"""Characters of a cell, counted as UTF-16 does."""
MOST_ADDRESS = 2_000
"""Characters of a link, a little under what Excel takes."""
_WHOLE_UP_TO = 10**15
"""Excel keeps 15 digits; a longer number is written as text, so that none of them is lost."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was; an earlier date is text."""
_CUT = " … [cắt bớt, xem Parquet / cut, whole in Parquet]"

Kind = Literal["text", "literal", "number", "decimal", "date", "time", "flag", "link"]
_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"text_wrap": False},
    "literal": {"quote_prefix": True},
    "number": {"num_format": "#,##0"},
    "decimal": {"num_format": "#,##0.######"},
    "date": {"num_format": "dd/mm/yyyy"},
    "time": {"num_format": "dd/mm/yyyy hh:mm:ss"},
    "flag": {"align": "center"},
    "link": {"font_color": "#1155CC", "underline": 1},
}
_LOOKS: dict[str, dict[str, Any]] = {
    "": {},
    "none": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
    "blank": {"bg_color": "#FFF2CC", "pattern": 1},
    "absent": {"bg_color": "#EDEDED", "pattern": 1},
    "unreadable": {"bg_color": "#F8CBAD", "pattern": 1},
}
_REVIEW = {"bottom": 6, "bottom_color": "#C00000", "font_color": "#C00000"}


@dataclass(frozen=True)
class Look:
    """How a cell looks: the state of its field ("" where it has none or is reported), and whether to check it."""

    state: str = ""
    review: bool = False


PLAIN = Look()


class Cells:
    """Writes the cells of one workbook; formats that look alike are one."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[Kind, bool, Look], Format] = {}

    def made(self, **how: Any) -> Format:
        """Return a new format."""
        return self._book.add_format(how)

    def format(self, kind: Kind, look: Look = PLAIN, plain_number: bool = False) -> Format:
        """Return how a cell of a kind looks; a plain number has no dots between its thousands."""
        key = (kind, plain_number, look)
        if key not in self._formats:
            how = {**_FORMATS[kind], **_LOOKS.get(look.state, {}), **(_REVIEW if look.review else {})}
            if plain_number:
                how["num_format"] = "0"
            self._formats[key] = self.made(valign="top", **how)
        return self._formats[key]

    def write(
        self, sheet: Worksheet, row: int, column: int, meaning: ColumnMeaning, value: Any, look: Look
    ) -> None:
        """Write ``value`` as its type has it; None leaves a cell that only looks."""
        plain = not meaning.unit and meaning.type == "integer"  # a year, a page: 2.019 is none
        match value:
            case None:
                if look != PLAIN:
                    sheet.write_blank(row, column, None, self.format("text", look))
            case bool():
                sheet.write_boolean(row, column, value, self.format("flag", look))
            case int() | float() if abs(value) < _WHOLE_UP_TO:
                kind: Kind = "number" if float(value).is_integer() else "decimal"
                sheet.write_number(row, column, value, self.format(kind, look, plain))
            case int() | float():
                sheet.write_string(row, column, str(value), self.format("text", look))
            case datetime():
                utc = value.astimezone(UTC).replace(tzinfo=None)
                sheet.write_datetime(row, column, utc, self.format("time", look))
            case date() if value >= _FIRST_DAY:
                sheet.write_datetime(row, column, value, self.format("date", look))
            case date():
                sheet.write_string(row, column, value.isoformat(), self.format("text", look))
            case list() | tuple():
                self.text(sheet, row, column, "; ".join(map(str, value)), look)
            case _:
                self.text(sheet, row, column, str(value), look)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Look = PLAIN) -> None:
        """Write a text, never as a formula."""
        text = clean(text) or ""
        if not text:
            if look != PLAIN:
                sheet.write_blank(row, column, None, self.format("text", look))
            return
        kind: Kind = "literal" if text.startswith(tuple(FORMULA_STARTS)) else "text"
        sheet.write_string(row, column, short_enough(text), self.format(kind, look))

    def link(self, sheet: Worksheet, row: int, column: int, address: str, shown: str) -> None:
        """Write a link to a file, which shows ``shown``."""
        target = _Beside(f"external:{address}")
        target.text = shown
        sheet.write_url(row, column, target, self.format("link"))


class _Beside(Url):  # type: ignore[misc]  # XlsxWriter has no types
    """A link to a file with slashes, which every office program on every system follows; XlsxWriter turns them round."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


def value_column(meaning: ColumnMeaning, row: Row) -> ColumnMeaning:
    """Return the column value_number as it is meant in ``row``: without unit and currency it is a year or a rank."""
    unit = row["unit"] or row["currency"] or ""
    return replace(meaning, unit=unit, type="number" if unit else "integer")


def short_enough(text: str) -> str:
    """Return ``text`` cut to what a cell holds, which says that it was cut."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
