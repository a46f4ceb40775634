"""Tables as CSV for a spreadsheet with Vietnamese settings: semicolons, decimal commas, days first, a byte order mark."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.dataset.cells import csv_cell
from pipeline.export.files import Folder
from pipeline.export.source import Outcome, Source, Tell
from pipeline.export.words import TABLE_NAMES

DEFINITIONS = "dinh_nghia.csv"


def write_csv(source: Source, path: Path, tell: Tell) -> Outcome:
    """Write a file for each table into the folder ``path``, and one that says what every column means."""
    folder = Folder(path)
    for table in TABLE_NAMES:
        tell(table)
        columns = [c.name for c in source.columns(table) if (table, c.name) != ("pages", "text")]
        with folder.text(f"{table}.csv", encoding="utf-8-sig") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
            writer.writerow(columns)
            writer.writerows([vietnamese_cell(row[name]) for name in columns] for row in source.rows(table))
    with folder.text(DEFINITIONS, encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(("table", "column", "type", "unit", "label_vi", "label_en"))
        for table in TABLE_NAMES:
            writer.writerows((table, c.name, c.type, c.unit, c.vi, c.en) for c in source.columns(table))
        for spec in source.fields:
            named = (spec["field"], spec["type"], spec["unit"], spec["label_vi"], spec["label_en"])
            writer.writerow(("fields.field", *named))
    return folder.outcome


def vietnamese_cell(value: Any) -> str:
    """Return ``value`` as a spreadsheet with Vietnamese settings reads it; a text never as a formula."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            plain = str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
            return plain.replace(".", ",")
        case datetime():
            return f"{value.astimezone(UTC):%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        case list() | tuple():
            return csv_cell("; ".join(map(str, value)))
        case _:
            return csv_cell(value)
