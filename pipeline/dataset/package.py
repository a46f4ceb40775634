"""``datapackage.json``: what every column of every file means, after the Data Package standard v2 (datapackage.org)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.dataset import provenance
from pipeline.dataset.columns import Column, Table
from pipeline.dataset.dictionary import PROFILE_FIELDS
from pipeline.dataset.nd30_table import RECORDS
from pipeline.dataset.quality_table import QUALITY
from pipeline.dataset.schema import FieldSpec

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLE = "Báo cáo hành chính số hóa"
DESCRIPTION = (
    "Tables read from scanned Vietnamese administrative reports by sohoa. Every table comes twice, as CSV and as "
    "Parquet. In CSV an empty cell is a missing value, list cells are JSON arrays, and a text beginning with a "
    "character that spreadsheets take for a formula (= + - @, their full-width forms, tab, line break) has an "
    "apostrophe put in front: drop one apostrophe where such a character follows it. Parquet holds the text itself. "
    "Boxes are fractions of the page as scanned, origin top left. Money is in units of the currency. "
    "dictionary.md says the same in Vietnamese and English."
)
_MISSING = "không có giá trị / no value"
_MISSING_IN = {
    "fields": "không có giá trị, cột state nói vì sao / no value, the column state says why",
    "reports": "không có giá trị, bảng fields nói vì sao / no value, the table fields says why",
    RECORDS.name: "bản quét không cho biết, cơ quan lưu trữ điền / the scan does not tell, for the archive to fill in",
}
"""What an empty cell means."""


def write_package(
    folder: Path,
    tables: Sequence[Table],
    fields: Sequence[FieldSpec] = (),
    quality: Mapping[str, Any] | None = None,
) -> None:
    """Write ``folder/datapackage.json`` for the files that lie in ``folder``, the dictionary of ``tables`` among them.

    ``fields`` are those of the profile: the names that the column ``field`` of the table fields holds. ``quality`` is what
    quality control found about the tables, if anything.
    """
    descriptor = {
        "$schema": PROFILE,
        "name": "sohoa-dataset",
        "title": TITLE,
        "description": DESCRIPTION,
        "contributors": [{"title": f"sohoa {__version__}", "roles": ["creator"]}],
        "resources": [
            *(resource for table in tables for resource in (_csv(folder, table), _parquet(folder, table))),
            _csv(folder, RECORDS),
            _csv(folder, PROFILE_FIELDS),
            _csv(folder, QUALITY),
            *_provenance(folder / provenance.FILE),
        ],
        "sohoa": {"fields": [_named(spec) for spec in fields], **({"quality": quality} if quality else {})},
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _named(spec: FieldSpec) -> dict[str, Any]:
    return {
        "field": spec.name,
        "group": spec.group,
        "type": spec.type,
        "unit": spec.unit,
        "list": spec.is_list,
        "label_vi": spec.label_vi,
        "label_en": spec.label_en or spec.meaning or spec.label_vi,
        "meaning": spec.meaning,
    }


def _csv(folder: Path, table: Table) -> dict[str, Any]:
    columns = [column for column in table.columns if column.in_csv]
    return {
        "name": table.name,
        "type": "table",
        **_file(folder / f"{table.name}.csv", table.vi, table.en),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(table, columns),
    }


def _parquet(folder: Path, table: Table) -> dict[str, Any]:
    # No "type": "table", and a format that frictionless does not know: so it checks size and hash. It reads Parquet through
    # pandas, where missing numbers and list cells fail any schema. The schema is the CSV's, and says what columns mean.
    return {
        "name": f"{table.name}.parquet",
        **_file(folder / f"{table.name}.parquet", table.vi, table.en),
        "format": "apache-parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(table, table.columns),
    }


def _provenance(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    named = _file(
        path,
        "Nguồn gốc của các bảng",
        "What made the tables, of what and with what: inputs, profile, weights, programs and options, in W3C PROV-JSON",
    )
    return [
        {"name": "provenance", "type": "file", **named, "format": "json", "mediatype": "application/json"}
    ]


def _file(path: Path, vi: str, en: str) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "path": path.name,
        "title": vi,
        "description": en,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _schema(table: Table, columns: Sequence[Column]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "missingValues": [{"value": "", "label": _MISSING_IN.get(table.name, _MISSING)}],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {"fields": [own], "reference": {"resource": other, "fields": [named]}}
        for own, other, named in _references(table)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _references(table: Table) -> list[tuple[str, str, str]]:
    """Return the foreign keys of ``table``: own column, table it leads to, column there."""
    if table.name in {"documents", PROFILE_FIELDS.name}:
        return []
    if table.name == QUALITY.name:
        return [("field", PROFILE_FIELDS.name, "field")]
    if table.name == RECORDS.name:
        return [("DocId", "documents", "doc_id")]
    to_documents = [("doc_id", "documents", "doc_id")]
    return (
        [*to_documents, ("field", PROFILE_FIELDS.name, "field")] if table.name == "fields" else to_documents
    )


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": "array" if column.type == "list" else column.type,
        "title": column.vi,
        "description": column.en,
    }
    if column.type == "list":
        field["arrayItem"] = {"type": "string"}
    if column.type == "datetime":
        field["format"] = "%Y-%m-%dT%H:%M:%SZ"
    if column.unit:
        field["unit"] = column.unit
    if column.meanings:
        pairs = zip(column.choices, column.meanings, strict=True)
        field["categories"] = [{"value": value, "label": label} for value, label in pairs]
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = [int(c) if column.type == "integer" else c for c in column.choices]
    for name, bound in (("minimum", column.low), ("maximum", column.high)):
        if bound is not None:
            constraints[name] = int(bound) if float(bound).is_integer() else bound
    if constraints:
        field["constraints"] = constraints
    return field
