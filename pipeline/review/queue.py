"""The queue: which field to look at next, in the order of :mod:`pipeline.review.gain`.

One item is a field of a document, all rows of a list together. What the model is sure of is not in the queue unless it
is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from pipeline.extraction.profile import FieldSpec
from pipeline.review.gain import FINDING_WEIGHT, WEIGHTS, ranked
from pipeline.review.tables import Tables
from pipeline.text import fold

Bools = npt.NDArray[np.bool_]
NEIGHBOURS = 4
"""Other years shown beside a figure: enough to see a leap."""


@dataclass(frozen=True)
class Filter:
    """What to narrow the queue to; empty texts narrow nothing.

    ``settled`` shows what people have decided instead, ``sure`` also what asks for no review.
    """

    group: str = ""
    field: str = ""
    reason: str = ""
    district: str = ""
    year: str = ""
    doc_id: str = ""
    settled: bool = False
    sure: bool = False


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
        self.numbers = table.column("value_number").to_numpy(zero_copy_only=False)[self.starts]
        self._currency_names, currencies = table.coded("currency")
        self._currencies = currencies[self.starts].astype(np.int8)
        self._reasons = self._by_reason(table.column("reasons"))
        self._groups = np.array([_group(fields.get(name)) for name in self.field_names] or [""])
        self._document_columns()
        self._order = self._by_gain(worst)
        self.rank = np.empty(len(self._order), np.int64)
        self.rank[self._order] = np.arange(len(self._order))

    def _by_gain(self, worst: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """Return all items, the flagged ones by what looking at them gains, then the others as they stand."""
        weights = np.array([WEIGHTS.get(name, 1.0) for name in self.field_names] or [1.0])[self.fields]
        weights[self._in_findings()] *= FINDING_WEIGHT
        gains = np.maximum(1.0 - worst, 1e-6) * weights
        flagged = np.flatnonzero(self.flagged)
        order = flagged[ranked(self.docs[flagged], gains[flagged])] if len(flagged) else flagged
        return np.concatenate((order, np.flatnonzero(~self.flagged)))

    def _in_findings(self) -> list[int]:
        """Return the items that a failed check names."""
        findings = self._tables.findings
        rows = zip(
            findings.column("doc_id").to_pylist(),
            findings.column("severity").to_pylist(),
            findings.column("fields").to_pylist(),
            strict=True,
        )
        named = {
            (doc_id, field) for doc_id, severity, fields in rows if severity != "note" for field in fields
        }
        items = (self.item(doc_id, field) for doc_id, field in named)
        return [item for item in items if item is not None]

    def _document_columns(self) -> None:
        rows = {
            row["doc_id"]: row for row in self._tables.documents.slice(0, len(self._tables.documents.codes))
        }
        known = [rows.get(doc_id, {}) for doc_id in self.doc_ids]
        self._districts = np.array([row.get("district") or "" for row in known] or [""])
        self._years = np.array([str(row.get("report_year") or "") for row in known] or [""])
        hidden = np.array([row.get("status") not in {"ok", "partial"} for row in known] or [True])
        self.shown: Bools = ~hidden[self.docs] if len(self.docs) else np.zeros(0, bool)
        """Items of documents that may be shown."""
        self.flagged &= self.shown
        self._issuers = np.unique(
            [fold(row.get("issuer") or "") for row in known] or [""], return_inverse=True
        )[1]
        self._nameless = np.array([not row.get("issuer") for row in known] or [True])

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

    def figure(self, item: int) -> tuple[float, str]:
        """Return the machine's number of an item (not a number where it has none) and its currency."""
        code = int(self._currencies[item])
        return float(self.numbers[item]), self._currency_names[code] if code >= 0 else ""

    def neighbours(self, item: int) -> list[tuple[int, int]]:
        """Return (year, item) of the same field in the nearest other years of the same issuer, by year."""
        doc = int(self.docs[item])
        if self._nameless[doc] or not self._years[doc]:
            return []
        year, field = int(self._years[doc]), self.field_names[self.fields[item]]
        others: dict[int, int] = {}
        for other in np.flatnonzero((self._issuers == self._issuers[doc]) & (self._years != "")):
            found = self.item(self.doc_ids[other], field)
            if found is not None and self.shown[found]:
                others.setdefault(int(self._years[other]), found)
        near = sorted((abs(other - year), other) for other in others if other != year)[:NEIGHBOURS]
        return sorted((other, others[other]) for _, other in near)

    def _chosen(self, asked: Filter) -> npt.NDArray[np.int64]:
        """Return the items that a filter leaves, in order, settled or not as it says."""
        wanted = self.settled if asked.settled else ~self.settled & (self.flagged | asked.sure)
        return self._order[(wanted & self.shown & self.matching(asked))[self._order]]

    def matching(self, asked: Filter) -> Bools:
        """Return which items have what a filter asks for, settled or not."""
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
