"""The dataset as an Excel workbook: typed cells, what each column means, and links to the pages.

A sheet a table, its head frozen: labels in both languages, then the column's name, which bears the filter. Dates are
dates, counts are numbers. What a report does not say has a colour of its own by its state, told on the first sheet. Text is
written as text, never as a formula, and marked so that it stays text when a person edits the cell.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline import __version__
from pipeline.dataset.schema import STATES, report_column
from pipeline.errors import OutputError
from pipeline.export.files import replacing
from pipeline.export.page_pictures import PagePictures, link
from pipeline.export.source import ColumnMeaning, Outcome, Row, Source, Tell
from pipeline.export.words import TABLE_NAMES
from pipeline.export.workbook_cells import MOST_ADDRESS, MOST_CHARACTERS, PLAIN, Cells, Look, value_column

MOST_ROWS = 1_048_576
"""Rows of a sheet, heads included."""
MOST_LINKS = 65_530
"""Links of a sheet; what is beyond has the path as text."""
_HEAD_ROWS = 2
_MADE = datetime(2000, 1, 1)
"""A fixed day, so that the same dataset gives the same bytes."""


def write_workbook(
    source: Source, path: Path, tell: Tell, *, pictures: bool = True, most_rows: int = MOST_ROWS
) -> Outcome:
    """Write the workbook ``path`` and, unless ``pictures`` is off, the page pictures it links to in a folder beside it.

    Raises OutputError where ``path`` cannot be written; a scan that is gone only costs its links.
    """
    outcome = Outcome()
    drawn = PagePictures(source, path.with_name(f"{path.stem}_pages") if pictures else None, outcome)
    with replacing(path) as temporary:
        book = xlsxwriter.Workbook(
            str(temporary),
            {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False},
        )  # fmt: skip
        book.set_properties(
            {"title": "Báo cáo hành chính số hóa", "author": f"sohoa {__version__}", "created": _MADE}
        )
        writer = _Book(book, source, path.parent, drawn, most_rows)
        writer.about()
        for table in TABLE_NAMES:
            tell(table)
            writer.table(table)
        writer.definitions()
        try:
            book.close()
        except xlsxwriter.exceptions.XlsxWriterException as error:
            raise OutputError(f"{path}: cannot be written ({error}).") from error
    outcome.files.insert(0, path)
    return outcome


class _Book:
    """The workbook while it is written."""

    def __init__(
        self, book: xlsxwriter.Workbook, source: Source, beside: Path, drawn: PagePictures, most_rows: int
    ) -> None:
        self._book = book
        self._source = source
        self._beside = beside
        self._drawn = drawn
        self._most_rows = most_rows
        self._cells = Cells(book)
        self._head = self._cells.made(
            bold=True, text_wrap=True, valign="top", bg_color="#1F3864", font_color="#FFFFFF", border=1
        )
        self._name = self._cells.made(font_size=8, font_color="#595959", bg_color="#F2F2F2", bottom=1)
        self._titles = self._cells.made(bold=True, font_size=16)
        self._bold = self._cells.made(bold=True)
        self._wrapped = self._cells.made(text_wrap=True, valign="top")
        self._documents = {document.doc_id: document for document in source.documents}
        self._labels = {spec["field"]: (spec["label_vi"], spec["label_en"]) for spec in source.fields}
        self._english = {report_column(spec["field"]): spec["label_en"] for spec in source.fields}

    def about(self) -> None:
        """Write the first sheet: what this is, what the colours mean, what lies on which sheet."""
        sheet = self._book.add_worksheet("Giới thiệu")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 2, 74)
        sheet.hide_gridlines(2)
        documents = self._source.documents
        lines: list[tuple[tuple[str, Format | None], ...]] = [
            (("Báo cáo hành chính số hóa", self._titles),),
            (("Made by", None), (f"sohoa {__version__}", None)),
            (("Văn bản / Documents", None), (str(len(documents)), None)),
        ]
        if self._source.withheld:
            lines.append(
                (
                    ("Văn bản mật / Restricted", None),
                    (f"{self._source.withheld} không có ở đây / left out", None),
                )
            )
        lines += [(), (("Màu của ô / Colours of cells", self._bold),)]
        for state, (vi, en) in STATES.items():
            shown = "" if state == "reported" else state
            lines.append(((state, self._cells.format("text", Look(shown))), (vi, None), (en, None)))
        lines.append(
            (
                ("needs_review", self._cells.format("text", Look(review=True))),
                ("Gạch đỏ: cần người kiểm tra trước khi dùng", None),
                ("Red underline: a person should check it before it is used", None),
            )
        )
        lines += [(), (("Các trang tính / Sheets", self._bold),)]
        for table, (sheet_name, _) in TABLE_NAMES.items():
            vi, en = self._source.title(table)
            lines.append(((sheet_name, None), (vi, None), (en, None)))
        lines += [
            (
                ("Định nghĩa", None),
                ("Ý nghĩa của mọi cột và mọi trường", None),
                ("What every column and field means", None),
            ),
            (),
            (
                ("Ghi chú / Notes", self._bold),
                ("Tiền tính bằng đơn vị của loại tiền ghi trong trang Trường; chiều dài bằng km.", None),
                ("Money is in units of the currency that the sheet Trường names; lengths are in km.", None),
            ),
        ]
        for row, line in enumerate(lines):
            for column, (text, look) in enumerate(line):
                sheet.write_string(row, column, text, look)

    def table(self, table: str) -> None:
        """Write one table, on as many sheets as its rows need."""
        columns = [c for c in self._source.columns(table) if (table, c.name) != ("pages", "text")]
        extra = self._extra(table)
        rows = self._source.rows(table)
        looks = self._looks(table)
        row, part = next(rows, None), 1
        while True:
            sheet, links = self._sheet(table, part, extra, columns), 0
            at = _HEAD_ROWS
            while row is not None and at < self._most_rows:
                links = self._write_extra(sheet, at, table, row, links)
                look = looks(row)
                for column, meaning in enumerate(columns, start=len(extra)):
                    meant = value_column(meaning, row) if meaning.name == "value_number" else meaning
                    self._cells.write(sheet, at, column, meant, row[meaning.name], look(meaning.name))
                row, at = next(rows, None), at + 1
            sheet.autofilter(1, 0, max(at - 1, 1), len(extra) + len(columns) - 1)
            if row is None:
                return
            part += 1

    def _extra(self, table: str) -> list[tuple[str, str, str, int]]:
        """Return the columns that stand before a table's own: Vietnamese, English, name, width."""
        scan = ("Bản quét", "Scan", "→ scan", 12)
        page = ("Xem trang", "See page", "→ page", 12)
        match table:
            case "documents" | "reports":
                return [scan]
            case "fields":
                return [page, ("Nhãn", "Label", "→ label", 30)]
            case (
                "pages" | "delegations" | "references" | "entities" | "findings" | "sections" | "alternatives"
            ):
                return [page]
            case _:
                return []

    def _sheet(
        self, table: str, part: int, extra: list[tuple[str, str, str, int]], columns: list[ColumnMeaning]
    ) -> Worksheet:
        name = TABLE_NAMES[table][0]
        sheet = self._book.add_worksheet(name if part == 1 else f"{name} ({part})")
        sheet.freeze_panes(_HEAD_ROWS, len(extra))
        sheet.set_row(0, 64)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(0, _HEAD_ROWS - 1)
        for column, (vi, en, _, width) in enumerate(extra):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, f"{vi}\n{en}", self._head)
        for column, meaning in enumerate(columns, start=len(extra)):
            sheet.set_column(column, column, _width(meaning))
            en = self._english.get(meaning.name, meaning.en) if table == "reports" else meaning.en
            sheet.write_string(
                0, column, f"{meaning.vi}\n{en}" if en != meaning.vi else meaning.vi, self._head
            )
        for column, (_, _, short, _) in enumerate(extra):
            sheet.write_string(1, column, short, self._name)
        for column, meaning in enumerate(columns, start=len(extra)):
            sheet.write_string(1, column, meaning.name, self._name)
        return sheet

    def _looks(self, table: str) -> Any:
        """Return what tells for a row of ``table`` how its columns look."""
        if table == "fields":
            return _look_of_field
        if table == "reports":
            return self._looks_of_report
        if table in {"delegations", "references"}:
            return lambda row: lambda column: Look(review=row["needs_review"] and column == "raw_text")
        return lambda row: lambda column: PLAIN

    def _looks_of_report(self, row: Row) -> Any:
        """Return how the cells of a row of ``reports`` look, by the states of the document's fields."""
        looks = {
            report_column(field["field"]): Look(
                "" if field["state"] == "reported" else field["state"], field["needs_review"]
            )
            for field in self._source.rows_of("fields", self._documents[row["doc_id"]])
        }
        return lambda column: looks.get(column, PLAIN)

    def _write_extra(self, sheet: Worksheet, at: int, table: str, row: Row, links: int) -> int:
        """Write the columns before a table's own, and return how many links the sheet now has."""
        if table in {"documents", "reports"}:
            target, shown = self._drawn.scan(row["doc_id"]), "Mở / Open"
        else:
            number = row.get("page", row.get("page_first"))
            target = self._drawn.of(row["doc_id"], number) if number else None
            shown = f"Trang {number}"
        if target is not None:
            address = link(target, self._beside)
            if links < MOST_LINKS and len(address) < MOST_ADDRESS:
                self._cells.link(sheet, at, 0, address, shown)
                links += 1
            else:
                sheet.write_string(at, 0, address[:MOST_CHARACTERS], self._cells.format("text"))
        if table == "fields":
            vi, en = self._labels.get(row["field"], (row["field"], ""))
            self._cells.text(sheet, at, 1, f"{vi} / {en}" if en and en != vi else vi)
        return links

    def definitions(self) -> None:
        """Write the last sheet: every column of every table, then every field of the profile."""
        sheet = self._book.add_worksheet("Định nghĩa")
        sheet.freeze_panes(1, 2)
        for column, width in enumerate((18, 34, 10, 14, 52, 70, 40)):
            sheet.set_column(column, column, width)
        head = ("Bảng\nTable", "Cột hoặc trường\nColumn or field", "Kiểu\nType", "Đơn vị\nUnit", "Ý nghĩa\nIn Vietnamese",
                "Tiếng Anh\nIn English", "Giá trị có thể có\nValues")  # fmt: skip
        sheet.set_row(0, 34)
        for column, title in enumerate(head):
            sheet.write_string(0, column, title, self._head)
        entries = [
            (TABLE_NAMES[table][0], c.name, c.type, c.unit, c.vi, c.en, ", ".join(c.choices))
            for table in TABLE_NAMES
            for c in self._source.columns(table)
        ]
        entries += [
            (
                "Hồ sơ / Profile",
                spec["field"],
                spec["type"] + (" (list)" if spec["list"] else ""),
                spec["unit"],
                spec["label_vi"],
                ": ".join(dict.fromkeys(filter(None, (spec["label_en"], spec.get("meaning", ""))))),
                "",
            )
            for spec in self._source.fields
        ]
        for row, entry in enumerate(entries, start=1):
            for column, text in enumerate(entry):
                if text:
                    sheet.write_string(row, column, text, self._wrapped)
        sheet.autofilter(0, 0, len(entries), len(head) - 1)


def _look_of_field(row: Row) -> Any:
    """Return how the columns of a row of ``fields`` look: its state and value in the state's colour."""
    look = Look("" if row["state"] == "reported" else row["state"], row["needs_review"])
    return lambda column: look if column == "state" or column.startswith("value_") else PLAIN


def _width(meaning: ColumnMeaning) -> int:
    """Return the width of a column in characters, by what it holds."""
    if meaning.name == "doc_id":
        return 12
    if meaning.name in {
        "text",
        "raw_text",
        "value_text",
        "subject",
        "message_vi",
        "message_en",
        "heading",
        "purpose",
    }:
        return 44
    return {"integer": 12, "number": 14, "boolean": 9, "date": 12, "datetime": 19}.get(meaning.type, 22)
