"""The index of a dataset's sections: one SQLite file beside the tables, built anew when they have changed.

Restricted documents are not in the tables' sections, and whatever the tables hold of them is left out here again.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.search.wording import form_of, words_of
from pipeline.text import nfc

VERSION = 1
"""Raised whenever the index is made otherwise, also by another form of words."""
_TABLES = ("documents", "sections", "pages")
_DOCUMENT_COLUMNS = (
    "doc_id", "source", "status", "subject", "issuer", "doc_type", "doc_number", "doc_symbol", "issued_on", "province",
    "district", "report_year", "pages",
)  # fmt: skip
_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE documents (
  doc_id TEXT PRIMARY KEY, source TEXT, subject TEXT, issuer TEXT, doc_type TEXT, number TEXT, issued_on TEXT,
  province TEXT, district TEXT, year INTEGER, pages INTEGER, place INTEGER
) WITHOUT ROWID;
CREATE INDEX by_place ON documents (province, district, year);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, doc_id TEXT, section TEXT, heading TEXT, text TEXT, page_first INTEGER, page_last INTEGER
);
CREATE INDEX by_document ON passages (doc_id);
CREATE VIRTUAL TABLE marked USING fts5(heading, text, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE plain USING fts5(heading, text, content='', tokenize='unicode61 remove_diacritics 0');
"""


def stamp(dataset: Path) -> str:
    """Return what tells one state of the tables in ``dataset`` from another. Raises UsageError where there are none."""
    parts = [f"v{VERSION}"]
    for name in _TABLES:
        try:
            status = (dataset / f"{name}.parquet").stat()
        except OSError as error:
            raise UsageError(
                f"{dataset}: {name}.parquet is missing. Give the folder of a finished run (sohoa run … --out DIR)."
            ) from error
        parts.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    return " ".join(parts)


def open_index(dataset: Path, file: Path) -> sqlite3.Connection:
    """Return a connection to the index of ``dataset``, kept in ``file``; it is built where it is missing or old.

    Where ``file`` cannot be written, the index is built in memory. Raises UsageError when the tables cannot be read.
    """
    wanted = stamp(dataset)
    held = _opened(file, wanted)
    if held is not None:
        return held
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".building-", suffix=".sqlite")
        os.close(handle)
    except OSError:
        return _built(dataset, ":memory:", wanted)
    building = Path(name)
    try:
        _built(dataset, name, wanted).close()
        building.replace(file)
    finally:
        building.unlink(missing_ok=True)
    return _opened(file, wanted) or _built(dataset, ":memory:", wanted)


def _opened(file: Path, wanted: str) -> sqlite3.Connection | None:
    """Return a read-only connection to ``file``, None when it is not the wanted index or is damaged."""
    if not file.is_file():
        return None
    con = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    with suppress(sqlite3.Error):
        row = con.execute("SELECT value FROM about WHERE key = 'stamp'").fetchone()
        if row is not None and row[0] == wanted:
            return con
    con.close()
    return None


def _built(dataset: Path, place: str, wanted: str) -> sqlite3.Connection:
    con = sqlite3.connect(place, check_same_thread=False)
    try:
        con.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        with con:
            _fill(con, dataset)
            con.execute("INSERT INTO about VALUES ('stamp', ?)", (wanted,))
    except (pa.ArrowException, OSError) as error:
        con.close()
        raise UsageError(
            f"{dataset}: the tables cannot be read ({error}). Run again to write them anew."
        ) from error
    except BaseException:
        con.close()
        raise
    return con


def _fill(con: sqlite3.Connection, dataset: Path) -> None:
    shown: set[str] = set()
    for number, row in enumerate(_rows(dataset / "documents.parquet", _DOCUMENT_COLUMNS)):
        if row["status"] not in ("ok", "partial"):
            continue
        shown.add(row["doc_id"])
        printed = "/".join(
            str(part) for part in (row["doc_number"], row["doc_symbol"]) if part not in (None, "")
        )
        con.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row["doc_id"], row["source"], row["subject"], row["issuer"], row["doc_type"], printed,
                row["issued_on"] and row["issued_on"].isoformat(), row["province"], row["district"], row["report_year"],
                row["pages"], number,
            ),
        )  # fmt: skip
        if row["subject"]:
            issued = " ".join(part for part in (row["issuer"], row["doc_type"], printed) if part)
            _add(con, row["doc_id"], "", row["subject"], issued, 1, 1)
    with_text = set()
    columns = ("doc_id", "section", "printed_number", "heading", "text", "page_first", "page_last")
    for row in _rows(dataset / "sections.parquet", columns):
        if row["doc_id"] in shown and (row["heading"] or row["text"]):
            with_text.add(row["doc_id"])
            heading = " ".join(part for part in (row["printed_number"], row["heading"]) if part)
            _add(
                con, row["doc_id"], row["section"], heading, row["text"], row["page_first"], row["page_last"]
            )
    # What was not cut into sections (another kind of document) is found by its pages.
    for row in _rows(dataset / "pages.parquet", ("doc_id", "page", "text")):
        if row["doc_id"] in shown and row["doc_id"] not in with_text and row["text"]:
            _add(con, row["doc_id"], "", "", row["text"], row["page"], row["page"])
    con.execute("INSERT INTO marked (marked) VALUES ('optimize')")
    con.execute("INSERT INTO plain (plain) VALUES ('optimize')")


def _add(
    con: sqlite3.Connection, doc_id: str, section: str, heading: str | None, text: str | None,
    first: int | None, last: int | None,
) -> None:  # fmt: skip
    heading, text = nfc(heading or ""), nfc(text or "")
    added = con.execute(
        "INSERT INTO passages (doc_id, section, heading, text, page_first, page_last) VALUES (?, ?, ?, ?, ?, ?)",
        (doc_id, section, heading, text, first, last),
    )
    words = (words_of(heading), words_of(text))
    for table, marks in (("marked", True), ("plain", False)):
        forms = [" ".join([form_of(word, marks) for word in part]) for part in words]
        con.execute(f"INSERT INTO {table} (rowid, heading, text) VALUES (?, ?, ?)", (added.lastrowid, *forms))


def _rows(file: Path, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    with closing(pq.ParquetFile(file)) as table:
        for batch in table.iter_batches(batch_size=2_000, columns=list(columns)):
            yield from batch.to_pylist()
