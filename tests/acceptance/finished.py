"""Runs for acceptance tests: started once, then looked at by the names of the contract alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, run

Row = dict[str, Any]


@dataclass(frozen=True)
class Finished:
    """A finished run: its folder and what it said at the end."""

    out: Path
    summary: Summary

    def rows(self, table: str, **equal: object) -> list[Row]:
        """The rows of ``table`` whose columns equal what is given."""
        rows: list[Row] = pq.read_table(self.out / "dataset" / f"{table}.parquet").to_pylist()
        return [row for row in rows if all(row[name] == value for name, value in equal.items())]

    def doc_id(self, stem: str) -> str:
        """The id of the document whose file is called ``stem``."""
        (row,) = [row for row in self.rows("documents") if Path(row["source"]).stem == stem]
        return str(row["doc_id"])

    def field(self, stem: str, name: str) -> Row:
        """The only row of a scalar field of one document."""
        (row,) = self.rows("fields", doc_id=self.doc_id(stem), field=name)
        return row


def finish(out: Path, inputs: Sequence[Path], *, workers: int = 0) -> Finished:
    """Run over ``inputs``, documents with a secrecy mark too."""
    options = RunOptions(tuple(inputs), out, workers=workers, allow_restricted=True)
    return Finished(out, run(options, Silent()))
