"""What is exported: the tables of a finished run, the documents chosen among them, and their scans.

A restricted document is no part of it, whatever is asked: its status says so. Who may read such documents runs with
``--allow-restricted``; they are then like any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import regex

from pipeline.document import Page
from pipeline.errors import UsageError
from pipeline.export.kept_pages import KeptPages
from pipeline.query.views import TABLES, dataset_folder
from pipeline.review.scans import Scans
from pipeline.review.tables import DocumentTable

Row = dict[str, Any]

_UNSAFE = regex.compile(r"[^\p{L}\p{M}\p{N}._-]+")
_LONGEST_STEM = 80
_SHOWN_ID = 8
"""Characters of a document's id that tell files of the same name apart."""


@dataclass(frozen=True)
class ColumnMeaning:
    """A column of a table: name, type as in the data package, both labels, unit, and the values that it may have."""

    name: str
    type: str
    vi: str
    en: str
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExportedDocument:
    """A document that is exported: its row of ``documents``, and the name that its files get."""

    row: Row
    name: str

    @property
    def doc_id(self) -> str:
        """The SHA-256 of the file."""
        return str(self.row["doc_id"])

    @property
    def source(self) -> str:
        """The path as given to the run."""
        return str(self.row["source"])

    @property
    def readable(self) -> bool:
        """Whether anything of it was read."""
        return self.row["status"] in {"ok", "partial"}


@dataclass
class Outcome:
    """What an export made: files in the order in which they were written; in plain words what it left out, and remarks."""

    files: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


Tell = Callable[[str], None]
"""Called with the name of what is exported next, for who waits."""


class Source:
    """The run in the folder ``root``, or its dataset folder, with the documents that ``chosen`` names (all without any)."""

    def __init__(self, root: Path, *, chosen: Sequence[str] = (), scans: Iterable[Path] = ()) -> None:
        """Open the tables; ``scans`` are folders where the scans lie now. Raises UsageError."""
        self.folder = dataset_folder(root)
        self.root = self.folder.parent
        missing = [name for name in TABLES if not (self.folder / f"{name}.parquet").is_file()]
        if missing:
            raise UsageError(
                f"{self.folder}: {', '.join(missing)} missing. Run again to write the tables anew."
            )
        self.scans = Scans(scans)
        every: list[Row] = pq.read_table(self.folder / "documents.parquet").to_pylist()
        self.withheld = sum(row["status"] == "restricted" for row in every)
        self.documents = tuple(ExportedDocument(row, _name(row)) for row in _chosen(every, chosen))
        self._ids = pa.array([document.doc_id for document in self.documents], pa.string())
        self._tables: dict[str, DocumentTable] = {}

    @cached_property
    def kept(self) -> KeptPages:
        """The pages as read, with every word and its place."""
        return KeptPages(self.root)

    @property
    def made_at(self) -> datetime:
        """When the run that made the tables began (UTC); without its log, when the tables were written."""
        written = datetime.fromtimestamp((self.folder / "documents.parquet").stat().st_mtime, UTC)
        return (self.kept.read_at or written).astimezone(UTC).replace(microsecond=0)

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of ``table`` that belong to the documents, in the table's order, a batch in memory at a time."""
        for batch in pq.ParquetFile(self.folder / f"{table}.parquet").iter_batches():
            yield from batch.filter(pc.is_in(batch["doc_id"], value_set=self._ids)).to_pylist()

    def rows_of(self, table: str, document: ExportedDocument) -> list[Row]:
        """Return the rows of one document in ``table``."""
        if table not in self._tables:
            self._tables[table] = DocumentTable(self.folder / f"{table}.parquet")
        return self._tables[table].rows(document.doc_id)

    def scan(self, document: ExportedDocument) -> Path:
        """Return the file of ``document``. Raises InputError where it has gone or changed."""
        return self.scans.find(document.doc_id, (document.source, *document.row["copies"]))

    def pages(self, document: ExportedDocument) -> list[Page]:
        """Return the pages of ``document`` as read. Raises InputError where what was read is not kept any more."""
        rows = self.rows_of("pages", document)
        return self.kept.pages(document.doc_id, [(row["page"], row["status"] == "ok") for row in rows])

    @cached_property
    def package(self) -> dict[str, Any]:
        """The data package's description, empty where the file is gone."""
        try:
            held: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return held

    def columns(self, table: str) -> list[ColumnMeaning]:
        """Return what the columns of ``table`` mean, in order."""
        name = f"{table}.parquet"
        described = next((r for r in self.package.get("resources", []) if r.get("name") == name), None)
        if described is None:
            return [ColumnMeaning(column, "any", column, column) for column in self._schema(table).names]
        return [
            ColumnMeaning(
                entry["name"],
                entry.get("type", "any"),
                entry.get("title", entry["name"]),
                entry.get("description", ""),
                entry.get("unit", ""),
                tuple(str(choice) for choice in entry.get("constraints", {}).get("enum", ())),
            )
            for entry in described["schema"]["fields"]
        ]

    def title(self, table: str) -> tuple[str, str]:
        """Return what a row of ``table`` is, in Vietnamese and English."""
        name = f"{table}.parquet"
        described: Row = next((r for r in self.package.get("resources", []) if r.get("name") == name), {})
        return str(described.get("title", table)), str(described.get("description", table))

    @property
    def fields(self) -> list[Row]:
        """The fields of the profile: field, group, type, unit, list, label_vi, label_en and, in newer sets, meaning."""
        held: list[Row] = self.package.get("sohoa", {}).get("fields", [])
        return held

    def _schema(self, table: str) -> pa.Schema:
        return pq.read_schema(self.folder / f"{table}.parquet")


def _chosen(every: Sequence[Row], chosen: Sequence[str]) -> list[Row]:
    """Return the rows of what ``chosen`` names, without what is restricted. Raises UsageError for what is not there."""
    if not chosen:
        return [row for row in every if row["status"] != "restricted"]
    found: set[str] = set()
    for name in chosen:
        matching = [row for row in every if _is_called(row, name)]
        if not matching:
            raise UsageError(
                f"{name}: no such document in the dataset; give a doc_id or a file as documents.csv has it."
            )
        secret = next((row for row in matching if row["status"] == "restricted"), None)
        if secret is not None:
            raise UsageError(f"{secret['source']}: the document is restricted; nothing of it is exported.")
        found |= {row["doc_id"] for row in matching}
    return [row for row in every if row["doc_id"] in found]


def _is_called(row: Row, name: str) -> bool:
    if len(name) >= _SHOWN_ID and row["doc_id"].startswith(name.lower()):
        return True
    paths = (row["source"], *row["copies"])
    if name in paths or name in {PurePath(path).name for path in paths}:
        return True
    return len(PurePath(name).parts) > 1 and Path(name).resolve() in {Path(path).resolve() for path in paths}


def _name(row: Row) -> str:
    """Return a file name for a document, the same whatever else is exported."""
    stem = _UNSAFE.sub("_", PurePath(row["source"]).stem).strip("._") or "document"
    return f"{stem[:_LONGEST_STEM]}-{row['doc_id'][:_SHOWN_ID]}"
