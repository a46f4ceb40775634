"""``datapackage.json``: what every column of every file means, after the Data Package standard (frictionlessdata.io)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.dataset import provenance
from pipeline.dataset.columns import Column, Table
from pipeline.dataset.schema import FieldSpec

TITLE = "Báo cáo hành chính số hóa"
DESCRIPTION = (
    "Tables read from scanned Vietnamese administrative reports by sohoa. Every table comes twice, as CSV and as "
    "Parquet. In CSV an empty cell is a missing value, list cells are JSON arrays, and a text beginning with a "
    "character that spreadsheets take for a formula (= + - @, their full-width forms, tab, line break) has an "
    "apostrophe put in front: drop one apostrophe where such a character follows it. Parquet holds the text itself. "
    "Boxes are fractions of the page as scanned, origin top left. Money is in units of the currency."
)


def write_package(folder: Path, tables: Sequence[Table], fields: Sequence[FieldSpec] = ()) -> None:
    """Write ``folder/datapackage.json`` for the CSV and Parquet files of ``tables`` that lie in ``folder``.

    ``fields`` are those of the profile: the names that the column ``field`` of the table fields holds.
    """
    descriptor = {
        "profile": "data-package",
        "name": "sohoa-dataset",
        "title": TITLE,
        "description": DESCRIPTION,
        "resources": [
            *(resource for table in tables for resource in (_csv(folder, table), _parquet(folder, table))),
            *_provenance(folder / provenance.FILE),
        ],
        "sohoa": {"fields": [_named(spec) for spec in fields]},
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
        "label_en": spec.meaning or spec.label_vi,
    }


def _csv(folder: Path, table: Table) -> dict[str, Any]:
    columns = [column for column in table.columns if column.in_csv]
    return {
        "name": table.name,
        "type": "table",
        **_file(folder / f"{table.name}.csv", table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"csv": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}},
        "schema": _schema(table, columns),
    }


def _parquet(folder: Path, table: Table) -> dict[str, Any]:
    # Typed "file", so that validation checks size and hash: frictionless reads Parquet through pandas, where its
    # missing numbers and list cells fail any schema. The schema is the same as the CSV's, and says what columns mean.
    return {
        "name": f"{table.name}.parquet",
        "type": "file",
        **_file(folder / f"{table.name}.parquet", table),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(table, table.columns),
    }


def _provenance(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    named = _described(
        path,
        "Nguồn gốc của các bảng",
        "What made the tables, of what and with what: inputs, profile, weights, programs and options, in W3C PROV-JSON",
    )
    return [
        {"name": "provenance", "type": "file", **named, "format": "json", "mediatype": "application/json"}
    ]


def _file(path: Path, table: Table) -> dict[str, Any]:
    return _described(path, table.vi, table.en)


def _described(path: Path, title: str, description: str) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "path": path.name,
        "title": title,
        "description": description,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _schema(table: Table, columns: Sequence[Column]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.name != "documents":
        reference = {"resource": "documents", "fields": ["doc_id"]}
        schema["foreignKeys"] = [{"fields": ["doc_id"], "reference": reference}]
    return schema


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
