"""The records of Decree 30/2020/NĐ-CP, Appendix VI, as a table of the data package: ``nd30.csv``, a document a row."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from pipeline.dataset.cells import Row, clean, csv_cell
from pipeline.dataset.columns import Column, Table
from pipeline.dataset.nd30 import DOCUMENT, document_record

RECORDS = Table(
    "nd30",
    "Thông tin mô tả văn bản theo Phụ lục VI Nghị định 30/2020/NĐ-CP",
    "Metadata of each document after Decree 30/2020/NĐ-CP, Appendix VI",
    tuple(
        Column(
            entry.name,
            {"String": "string", "Number": "integer", "Date": "date"}[entry.type],  # type: ignore[arg-type]
            f"{entry.number}. {entry.vi}" if entry.number else entry.vi,
            entry.en,
            required=entry.name == "DocId",
        )
        for entry in DOCUMENT
    ),
    ("DocId",),
)


class RecordWriter:
    """Writes ``nd30.csv`` into a folder, document by document; one that is restricted or was not read has no record."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{RECORDS.name}.csv"

    def __enter__(self) -> RecordWriter:
        self._file = self._path.open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow([column.name for column in RECORDS.columns])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append the record of one document, given its rows in every table."""
        document = rows["documents"][0]
        if document["status"] in {"ok", "partial"}:
            record = document_record(document, rows["fields"])
            self._csv.writerow(
                [csv_cell(clean(cell) if isinstance(cell, str) else cell) for cell in record.values()]
            )
