"""Writing a dataset: each table as Parquet and CSV, and the data package, all or nothing."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.cells import Cell, Row, conform, csv_cell
from pipeline.dataset.columns import ColumnType, Table
from pipeline.dataset.dictionary import write_dictionary
from pipeline.dataset.nd30_table import RecordWriter
from pipeline.dataset.package import write_package
from pipeline.dataset.provenance import Making, Tally, write_provenance
from pipeline.dataset.quality_table import Quality, write_quality
from pipeline.dataset.rows import document_rows
from pipeline.dataset.schema import FieldSpec, tables
from pipeline.dataset.swap import replaced_folder
from pipeline.document import Document
from pipeline.errors import OutputError

ROW_GROUP = 5_000
"""Rows of a Parquet row group, and of a table in memory at a time; about 100 MB over all tables at worst."""

_ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("ms", tz="UTC"),
    "list": pa.list_(pa.string()),
}
_PANDAS_TYPES: dict[ColumnType, str] = {"integer": "Int64", "boolean": "boolean"}
"""Types that pandas gives nullable columns, so that a missing count stays missing and the others stay whole."""


def write_dataset(documents: Iterable[Document], out: Path, fields: Sequence[FieldSpec]) -> None:
    """Write ``out/dataset`` with the nine tables of ``documents``, read with a profile that has ``fields``.

    The files are the same bytes for the same documents in any order. Documents are consumed one at a time; only
    one row group of a table is in memory. Whatever stops the writing, ``out/dataset`` is the old one or the new.
    Raises OutputError where the folder cannot be written, UsageError for fields that no table can hold, and
    ValueError when a document comes twice.
    """
    with TemporaryFile() as spool:
        write_rows(_in_order(documents, fields, spool), out, fields)


def write_rows(
    documents: Iterable[Mapping[str, Sequence[Row]]],
    out: Path,
    fields: Sequence[FieldSpec],
    making: Making | None = None,
    quality: Callable[[], Quality] = Quality,
) -> str:
    """Write ``out/dataset`` with the rows of documents by table, given in the order of source and id.

    With ``making``, what made the tables is written beside them, and its identifier returned; else "". ``quality`` is asked
    for what quality control found about the rows once all have been taken.
    Otherwise as :func:`write_dataset`; an exception that ``documents`` raises comes out, and the old tables stay.
    """
    layout, tally = tables(fields), Tally()
    try:
        with replaced_folder(out / "dataset") as folder:
            with ExitStack() as stack:
                writers = [stack.enter_context(_TableWriter(folder, table)) for table in layout]
                records = stack.enter_context(RecordWriter(folder))
                for rows in tally.counted(documents):
                    records.add(rows)
                    for writer in writers:
                        writer.add(rows[writer.table.name])
            found = quality()
            write_quality(folder, found)
            write_dictionary(folder, layout, fields)
            made = write_provenance(folder, making, tally) if making else ""
            write_package(folder, layout, fields, found.summary)
    except OSError as error:
        raise OutputError(
            f"cannot write the dataset in {out}: {error.strerror or error}. "
            "Free space or make the folder writable, then run the same command again."
        ) from error
    return made


def _in_order(
    documents: Iterable[Document], fields: Sequence[FieldSpec], spool: BinaryIO
) -> Iterator[dict[str, list[Row]]]:
    """Yield each document's rows in the order of source and id; until then they wait in the file ``spool``."""
    index: list[tuple[str, str, int]] = []
    for document in documents:
        index.append((document.source, document.doc_id, spool.tell()))
        pickle.dump(document_rows(document, fields), spool, protocol=pickle.HIGHEST_PROTOCOL)
    if len({doc_id for _, doc_id, _ in index}) < len(index):
        raise ValueError("a document was given twice: files with the same bytes are one document with copies")
    for _, _, offset in sorted(index):
        spool.seek(offset)
        yield pickle.load(spool)


def arrow_schema(table: Table) -> pa.Schema:
    """Return the Parquet schema of ``table``, from which pandas restores nullable integers and booleans."""
    schema = pa.schema([(column.name, _ARROW_TYPES[column.type]) for column in table.columns])
    frame = schema.empty_table().to_pandas()
    frame = frame.astype({c.name: _PANDAS_TYPES[c.type] for c in table.columns if c.type in _PANDAS_TYPES})
    metadata = pa.Schema.from_pandas(frame, preserve_index=False).metadata
    return schema.with_metadata(metadata)


class _TableWriter:
    """Appends rows to one table's Parquet and CSV files."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self._folder = folder
        self._schema = arrow_schema(table)
        self._csv_columns = [column.name for column in table.columns if column.in_csv]
        self._waiting: list[dict[str, Cell]] = []

    def __enter__(self) -> _TableWriter:
        with ExitStack() as stack:
            parquet = self._folder / f"{self.table.name}.parquet"
            self._parquet = stack.enter_context(pq.ParquetWriter(parquet, self._schema, compression="zstd"))
            text = (self._folder / f"{self.table.name}.csv").open("w", encoding="utf-8", newline="")
            self._csv = csv.writer(stack.enter_context(text), lineterminator="\n")
            self._csv.writerow(self._csv_columns)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        with self._stack:
            if failed is None:
                self._flush()

    def add(self, rows: Iterable[Row]) -> None:
        """Append ``rows``."""
        for row in rows:
            self._waiting.append(conform(self.table, row))
            if len(self._waiting) == ROW_GROUP:
                self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        self._csv.writerows([csv_cell(row[name]) for name in self._csv_columns] for row in self._waiting)
        self._parquet.write_table(pa.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting = []
