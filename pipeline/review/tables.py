"""Reading a run's tables by document without holding them: 10 000 reports have 700 000 rows of fields."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError

Row = dict[str, Any]
Ints = npt.NDArray[np.int64]

_GROUPS_KEPT = 6
"""Row groups of 5 000 rows held in memory a table: a few megabytes each."""


class DocumentTable:
    """One table of a dataset, its rows found by document. The file stays open, whatever a run puts in its place."""

    def __init__(self, path: Path) -> None:
        """Open the Parquet file ``path``; UsageError when it is not there or is none."""
        try:
            self._file = pq.ParquetFile(path, read_dictionary=["doc_id"])
        except (OSError, pa.ArrowInvalid) as error:
            raise UsageError(
                f"{path}: the table cannot be read ({error}). Give the folder of a finished run (sohoa run … --out DIR)."
            ) from error
        self._mutex = Lock()
        sizes = [self._file.metadata.row_group(n).num_rows for n in range(self._file.num_row_groups)]
        self._offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self._kept: OrderedDict[int, pa.Table] = OrderedDict()
        ids, self.codes = self.coded("doc_id")
        self._ids = {doc_id: code for code, doc_id in enumerate(ids)}
        starts = np.flatnonzero(np.diff(self.codes, prepend=-1))
        stops = np.append(starts[1:], len(self.codes))[: len(starts)]
        self._range = {
            int(self.codes[a]): (int(a), int(b)) for a, b in zip(starts, stops, strict=True) if b > a
        }

    def coded(self, column: str) -> tuple[list[str], Ints]:
        """Return the distinct texts of ``column`` and, for each row, the index of its text (-1: empty)."""
        held = self._file.read([column])[column].combine_chunks()
        if not pa.types.is_dictionary(held.type):
            held = held.dictionary_encode()
        if isinstance(held, pa.ChunkedArray):
            held = pa.concat_arrays(held.unify_dictionaries().chunks) if held.num_chunks else None
        if held is None:
            return [], np.zeros(0, np.int64)
        return held.dictionary.to_pylist(), held.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(
            np.int64
        )

    def column(self, column: str) -> pa.ChunkedArray:
        """Return a whole column."""
        return self._file.read([column])[column]

    def rows(self, doc_id: str) -> list[Row]:
        """Return the rows of a document in the table's order; none when it has none."""
        start, stop = self._range.get(self._ids.get(doc_id, -1), (0, 0))
        return self.slice(start, stop)

    def first(self, doc_id: str) -> int:
        """Return the number of the document's first row, or -1."""
        return self._range.get(self._ids.get(doc_id, -1), (-1, -1))[0]

    def slice(self, start: int, stop: int) -> list[Row]:
        """Return the rows ``start:stop``."""
        found: list[Row] = []
        while start < stop:
            group = int(np.searchsorted(self._offsets, start, side="right")) - 1
            first = int(self._offsets[group])
            end = min(stop, int(self._offsets[group + 1]))
            found += self._group(group).slice(start - first, end - start).to_pylist()
            start = end
        return found

    def _group(self, group: int) -> pa.Table:
        with self._mutex:
            if group not in self._kept:
                self._kept[group] = self._file.read_row_group(group)
                if len(self._kept) > _GROUPS_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(group)
            return self._kept[group]


NAMES = ("documents", "pages", "fields", "alternatives", "sections", "findings")
"""The tables that review needs."""


class Tables:
    """The tables of one finished run, all of the same run."""

    def __init__(self, dataset: Path) -> None:
        """Open the tables in the folder ``dataset``; UsageError when it holds none."""
        for _ in range(3):
            self.identity = identity(dataset)
            held = {name: DocumentTable(dataset / f"{name}.parquet") for name in NAMES}
            if identity(dataset) == self.identity:  # no run swapped the folder meanwhile
                break
        self.documents = held["documents"]
        self.pages = held["pages"]
        self.fields = held["fields"]
        self.alternatives = held["alternatives"]
        self.sections = held["sections"]
        self.findings = held["findings"]


def identity(dataset: Path) -> Sequence[int]:
    """Return what tells one folder of tables from the one that a run puts in its place."""
    try:
        status = (dataset / "fields.parquet").stat()
    except OSError as error:
        raise UsageError(
            f"{dataset}: there are no tables here. Give the folder of a finished run (sohoa run … --out DIR)."
        ) from error
    return status.st_ino, status.st_mtime_ns, status.st_size
