"""Handing over an answer: a table on the screen, or CSV, JSON or Parquet on the screen or in a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_SHOWN = 200


class Output(StrEnum):
    """Forms of an answer."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def refuse_unshown(output: Output, out: Path | None) -> None:
    """Raise UsageError where the answer would be bytes on a screen; before any work is done."""
    from pipeline.errors import UsageError

    if output is Output.parquet and out is None:
        raise UsageError("a Parquet file is not shown on a screen; say where it goes with --out FILE.")


def deliver(answer: pa.RecordBatchReader, output: Output, out: Path | None) -> None:
    """Write ``answer`` to the file ``out``, else to the screen. Raises UsageError, OutputError.

    Where no form was asked for, the file's ending says it: .json, .parquet, anything else is CSV.
    """
    from pipeline.query.answers import save, written

    if out is not None:
        ending = out.suffix.lower().removeprefix(".")
        asked = output is not Output.table
        save(answer, output.value if asked or ending not in ("json", "parquet") else ending, out)
    elif output is Output.table:
        show(answer)
    else:
        written(answer, output.value, sys.stdout)


def show(answer: pa.RecordBatchReader) -> None:
    """Print the first rows of ``answer`` as a table, and how many there are."""
    from rich.table import Table
    from rich.text import Text

    from pipeline.cli.console import console
    from pipeline.query.answers import as_text, rows_of

    rows = list(islice(rows_of(answer), _ROWS_SHOWN + 1))
    table = Table()
    for name in answer.schema.names:
        table.add_column(Text(name))
    for row in rows[:_ROWS_SHOWN]:
        table.add_row(*(Text(as_text(value)) for value in row))  # Text: no markup from scans
    console().print(table)
    if len(rows) > _ROWS_SHOWN:
        print(f"The first {_ROWS_SHOWN} rows; all of them with --format csv --out FILE.")
    else:
        print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")
