"""The tables of a run as read-only views of DuckDB.

A question may read this dataset and nothing else: after the views are made, DuckDB is held to their Parquet files, its
settings are locked, and only SELECT statements are let through, so that no question writes, loads or reaches out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.errors import UsageError

_ROWS_AT_ONCE = 10_000
TABLES = (
    "documents", "pages", "fields", "alternatives", "sections", "delegations", "references", "entities", "findings",
    "reports",
)  # fmt: skip

DICTIONARY = ("table", "column", "type", "vi", "en", "unit")
FIELD_NAMES = ("field", "group", "type", "unit", "label_vi", "label_en")

# Every field value beside who reports it and for when: what most questions begin with.
INDICATORS = """
CREATE VIEW indicators AS
SELECT d.province, d.district, d.report_year AS year, f.field, n.label_vi, n.label_en, f.item, f.state, f.value_number,
       f.value_text, f.value_date, f.unit, f.currency, f.qualifier, f.raw_text, f.confidence, f.needs_review, f.reasons,
       f.page, f.doc_id, d.source
FROM fields f JOIN documents d USING (doc_id) LEFT JOIN field_names n USING (field)
"""
TRUSTED = "CREATE VIEW trusted AS SELECT * FROM indicators WHERE NOT needs_review"


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection to the dataset of the run ``folder`` (or to a dataset folder itself), locked to it.

    Views: the tables of the contract, ``indicators`` (fields with province, district, year and labels), ``trusted``
    (those that need no review), ``field_names`` and ``dictionary`` (every column explained). Raises UsageError.
    """
    tables = dataset_folder(folder)
    files = {name: (tables / f"{name}.parquet").resolve() for name in TABLES}
    missing = [file.name for file in files.values() if not file.is_file()]
    if missing:
        raise UsageError(
            f"{tables}: {', '.join(missing)} is missing. Run again: sohoa run INPUT --out {folder}"
        )
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    try:
        for name, file in files.items():
            con.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({_quoted(str(file))})')
        columns, fields = dictionary(tables)
        for name, listing in (("dictionary", columns), ("field_names", fields)):
            con.register("given", pa.Table.from_pylist(listing) if listing else _nothing(name))
            con.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            con.unregister("given")
        con.execute(INDICATORS)
        con.execute(TRUSTED)
        con.execute("SET temp_directory = ''")
        con.execute(f"SET allowed_paths = [{', '.join(_quoted(str(file)) for file in files.values())}]")
        con.execute("SET python_enable_replacements = false")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        con.close()
        raise UsageError(
            f"{tables}: the tables cannot be opened ({_first_line(error)}). Run again to write them anew."
        ) from error
    return con


def dataset_folder(folder: Path) -> Path:
    """Return where the tables of the run ``folder`` lie; raises UsageError when there are none."""
    for tables in (folder / "dataset", folder):
        if (tables / "documents.parquet").is_file():
            return tables
    raise UsageError(
        f"{folder}: no dataset there. Give the folder of a finished run (sohoa run INPUT --out DIR)."
    )


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> pa.RecordBatchReader:
    """Return the answer to one SELECT question, as it comes. Raises UsageError for all else, and for what DuckDB refuses."""
    try:
        statements = con.extract_statements(sql)
        if len(statements) != 1:
            raise UsageError(f"one question at a time, please: {len(statements)} statements were given.")
        if statements[0].type != duckdb.StatementType.SELECT:
            kind = statements[0].type.name.lower().replace("_", " ")
            raise UsageError(
                f"the dataset is only read here: a statement of kind {kind} is refused; ask with SELECT."
            )
        return con.sql(statements[0].query).to_arrow_reader(_ROWS_AT_ONCE)
    except duckdb.Error as error:
        raise UsageError(f"the question cannot be answered: {_message(error)}") from error


def _message(error: duckdb.Error) -> str:
    text = str(error).strip()
    if isinstance(error, duckdb.PermissionException):
        return f"{_first_line(error)} (only the tables of this dataset can be read)"
    return text


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _nothing(name: str) -> pa.Table:
    columns = FIELD_NAMES if name == "field_names" else DICTIONARY
    return pa.table({column: pa.array([], pa.string()) for column in columns})


def dictionary(tables: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return every column of every table explained, and the labels of the fields, from ``datapackage.json``."""
    try:
        package: dict[str, Any] = json.loads((tables / "datapackage.json").read_text("utf-8"))
    except (OSError, ValueError):
        return [], []
    columns = [
        {
            "table": str(resource["name"]).removesuffix(".parquet"),
            "column": entry["name"],
            "type": entry.get("type", ""),
        }
        | {"vi": entry.get("title", ""), "en": entry.get("description", ""), "unit": entry.get("unit", "")}
        for resource in package.get("resources", [])
        if str(resource.get("path", "")).endswith(".parquet")
        for entry in resource["schema"]["fields"]
    ]
    fields = [
        {key: spec.get(key, "") for key in FIELD_NAMES} for spec in package.get("sohoa", {}).get("fields", [])
    ]
    return columns, fields
