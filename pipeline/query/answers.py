"""Answers to questions as rows, text and files."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.cells import csv_cell
from pipeline.errors import OutputError, UsageError

_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}


def rows_of(answer: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``answer`` as Python values. Raises UsageError when the question fails while it runs."""
    try:
        for batch in answer:
            yield from zip(*(_values(column) for column in batch.columns), strict=True)
    except (pa.ArrowException, duckdb.Error) as error:
        raise UsageError(f"the question cannot be answered: {error}") from error


def frame(answer: pa.RecordBatchReader) -> pd.DataFrame:
    """Return ``answer`` as pandas: whole numbers, flags and dates keep their types where some are missing."""
    table: pa.Table = answer.read_all()
    simple = table.cast(pa.schema([field.with_type(_simple(field.type)) for field in table.schema]))
    answered: pd.DataFrame = simple.to_pandas(types_mapper=_NULLABLE.get)
    return answered


def as_text(value: Any) -> str:
    """Return ``value`` as a person reads it; no value is empty, lists are joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(as_text(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return csv_cell(value) if isinstance(value, bool | date | datetime | float) else str(value)


def written(answer: pa.RecordBatchReader, form: str, file: IO[str]) -> None:
    """Write ``answer`` to ``file`` as csv (cells safe for spreadsheets) or json (an array of objects)."""
    if form == "csv":
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([csv_cell(name) for name in answer.schema.names])
        writer.writerows([csv_cell(_cell(value)) for value in row] for row in rows_of(answer))
        return
    file.write("[")
    for at, row in enumerate(rows_of(answer)):
        entry = {name: _plain(value) for name, value in zip(answer.schema.names, row, strict=True)}
        file.write((",\n" if at else "\n") + json.dumps(entry, ensure_ascii=False, allow_nan=False))
    file.write("\n]\n")


def save(answer: pa.RecordBatchReader, form: str, path: Path) -> None:
    """Write ``answer`` to ``path``: a table or csv with a byte order mark for Excel, json, parquet. Raises OutputError."""
    try:
        if form == "parquet":
            with pq.ParquetWriter(path, answer.schema) as writer:
                for batch in answer:
                    writer.write_batch(batch)
            return
        with path.open("w", encoding="utf-8" if form == "json" else "utf-8-sig", newline="") as file:
            written(answer, "json" if form == "json" else "csv", file)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}).") from error
    except (pa.ArrowException, duckdb.Error) as error:
        raise UsageError(f"the question cannot be answered: {error}") from error


def _values(column: pa.Array) -> list[Any]:
    values: list[Any] = column.cast(_simple(column.type)).to_pylist()
    return values


def _simple(kind: pa.DataType) -> pa.DataType:
    """The sums of whole numbers come as decimals of 38 digits: whole numbers of 64 bits hold them here."""
    return pa.int64() if pa.types.is_decimal(kind) and kind.scale == 0 else kind


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return str(value) if isinstance(value, Decimal | UUID | dict | bytes) else value


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool | dict) else str(value)
