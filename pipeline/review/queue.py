"""The queue: which field to look at next.

One item is a field of a document, all rows of a list together. What looking gains is the chance that the row is wrong;
among those with the same chance (to a tenth, which is as much as an uncalibrated confidence can tell) the fields of one
document stand together, in the profile's order, because turning to another page costs a person more than all else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from pipeline.extraction.profile import FieldSpec
from pipeline.review.tables import Tables

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Filter:
    """What to narrow the queue to; empty texts narrow nothing. ``settled`` shows what people have decided instead."""

    group: str = ""
    field: str = ""
    reason: str = ""
    district: str = ""
    year: str = ""
    doc_id: str = ""
    settled: bool = False


class Queue:
    """The items of a dataset in the order in which to look at them, and which of them are settled."""

    def __init__(self, tables: Tables, fields: Mapping[str, FieldSpec]) -> None:
        """Number the items: a few arrays, whatever the size of the texts."""
        table = tables.fields
        self._tables = tables
        self.doc_ids, doc_codes = tables.fields.coded("doc_id")
        self.field_names, field_codes = table.coded("field")
        new = np.diff(doc_codes, prepend=-1) != 0
        new |= np.diff(field_codes, prepend=-1) != 0
        self.starts = np.flatnonzero(new)
        self.stops = np.append(self.starts[1:], len(doc_codes))[: len(self.starts)]
        self.docs, self.fields = doc_codes[self.starts], field_codes[self.starts]
        flagged = table.column("needs_review").to_numpy(zero_copy_only=False).astype(bool)
        sure = pc.fill_null(table.column("confidence"), 0.0).to_numpy()
        some = len(self.starts) > 0
        self.flagged: Bools = np.logical_or.reduceat(flagged, self.starts) if some else np.zeros(0, bool)
        worst = np.minimum.reduceat(sure, self.starts) if some else np.zeros(0)
        self.settled: Bools = np.zeros(len(self.starts), bool)
        tenths = np.floor((1.0 - worst) * 10 + 1e-9)
        order = np.lexsort((np.arange(len(worst)), -tenths))
        self.rank = np.empty(len(order), np.int64)
        self.rank[order] = np.arange(len(order))
        self._order = order
        self._reasons = self._by_reason(table.column("reasons"))
        self._groups = np.array([_group(fields.get(name)) for name in self.field_names] or [""])
        self._document_columns()

    def _document_columns(self) -> None:
        rows = {
            row["doc_id"]: row for row in self._tables.documents.slice(0, len(self._tables.documents.codes))
        }
        known = [rows.get(doc_id, {}) for doc_id in self.doc_ids]
        self._districts = np.array([row.get("district") or "" for row in known] or [""])
        self._years = np.array([str(row.get("report_year") or "") for row in known] or [""])
        hidden = np.array([row.get("status") not in {"ok", "partial"} for row in known] or [True])
        self._shown: Bools = ~hidden[self.docs] if len(self.docs) else np.zeros(0, bool)
        self.flagged &= self._shown

    def _by_reason(self, reasons: Any) -> dict[str, Bools]:
        """Return for each reason the items that have it."""
        parents = pc.list_parent_indices(reasons).to_numpy(zero_copy_only=False)
        held = pc.list_flatten(reasons).to_pylist()
        items = np.searchsorted(self.starts, parents, side="right") - 1
        found: dict[str, Bools] = {}
        for item, reason in zip(items, held, strict=True):
            if self.flagged[item]:
                found.setdefault(reason, np.zeros(len(self.starts), bool))[item] = True
        return found

    def item(self, doc_id: str, field: str) -> int | None:
        """Return the number of an item, or None when there is none."""
        first = self._tables.fields.first(doc_id)
        if first < 0:
            return None
        at = int(np.searchsorted(self.starts, first))
        while at < len(self.starts) and self.doc_ids[self.docs[at]] == doc_id:
            if self.field_names[self.fields[at]] == field:
                return at
            at += 1
        return None

    def key(self, item: int) -> tuple[str, str]:
        """Return document and field of an item."""
        return self.doc_ids[self.docs[item]], self.field_names[self.fields[item]]

    def _chosen(self, asked: Filter) -> npt.NDArray[np.int64]:
        """Return the items that a filter leaves, in order, settled or not as it says."""
        mask = self.settled & self._shown if asked.settled else self.flagged & ~self.settled
        return self._order[(mask & self._matching(asked))[self._order]]

    def _matching(self, asked: Filter) -> Bools:
        mask = np.ones(len(self.starts), bool)
        if asked.group:
            mask &= (self._groups == asked.group)[self.fields]
        if asked.field:
            mask &= np.array([name == asked.field for name in self.field_names])[self.fields]
        if asked.reason:
            mask &= self._reasons.get(asked.reason, np.zeros(len(self.starts), bool))
        if asked.district:
            mask &= (self._districts == asked.district)[self.docs]
        if asked.year:
            mask &= (self._years == asked.year)[self.docs]
        if asked.doc_id:
            mask &= np.array([doc_id == asked.doc_id for doc_id in self.doc_ids])[self.docs]
        return mask

    def after(
        self, item: int | None, asked: Filter, limit: int, *, back: bool = False
    ) -> tuple[list[int], int]:
        """Return up to ``limit`` items that follow ``item`` (None: the start), going round, and how many are open.

        With ``back`` they are those before it, the nearest first.
        """
        chosen = self._chosen(asked)
        if back:
            chosen = chosen[::-1]
        if item is not None and len(chosen):
            ranks = self.rank[chosen]
            later = ranks < self.rank[item] if back else ranks > self.rank[item]
            turned = np.concatenate((chosen[later], chosen[~later]))
            chosen_now = turned[turned != item]
        else:
            chosen_now = chosen
        return [int(number) for number in chosen_now[:limit]], len(chosen)

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """Return what can be filtered by, with the number of flagged items, the commonest first."""
        open_items = self.flagged & ~self.settled
        docs, fields = self.docs[open_items], self.fields[open_items]
        return {
            "group": _counted(self._groups[fields]),
            "field": _counted(np.array(self.field_names or [""])[fields]),
            "reason": sorted(
                ((name, int((mask & open_items).sum())) for name, mask in self._reasons.items()),
                key=lambda pair: (-pair[1], pair[0]),
            ),
            "district": _counted(self._districts[docs]),
            "year": _counted(self._years[docs]),
        }


def _group(spec: FieldSpec | None) -> str:
    return spec.group if spec else ""


def _counted(values: npt.NDArray[Any]) -> list[tuple[str, int]]:
    names, counts = np.unique(values, return_counts=True)
    pairs: Sequence[tuple[str, int]] = [
        (str(name), int(count)) for name, count in zip(names, counts, strict=True) if name
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
