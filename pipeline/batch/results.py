"""What was understood of a document, kept under a key of everything that shaped it.

Kept are rows of the tables that nobody changes afterwards (pages, alternatives, sections, delegations, references,
entities), and the fields themselves, since what people decide and what other documents of a run tell still falls on
them. So tables are written without a page being looked at again. A document's path is in none of it: an archive that
moves is not understood anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from pipeline.batch.coding import Damage, decoder, encode
from pipeline.batch.entries import Entries
from pipeline.batch.judgement import Status
from pipeline.batch.store import store_at
from pipeline.checks.across import Identity
from pipeline.dataset.cells import Row, conform
from pipeline.dataset.columns import ColumnType, Table
from pipeline.dataset.rows import found_rows, judged_rows
from pipeline.dataset.schema import FieldSpec, tables
from pipeline.document import Document, Extraction, FieldValue, Finding, Page, State

FORMAT = 2
"""Raise when the meaning of an entry changes; it is part of every key."""

_TYPES: dict[ColumnType, Any] = {
    "string": str | None,
    "integer": int | None,
    "number": float | None,
    "boolean": bool | None,
    "date": date | None,
    "datetime": datetime | None,
    "list": tuple[str, ...] | None,
}
_KEPT: dict[str, Table] = {
    table.name: table
    for table in tables(())
    if table.name in {"pages", "alternatives", "sections", "delegations", "references", "entities"}
}
_JUDGED = ("delegations", "references")
"""The kept tables whose rows have a confidence."""
_ROWS = {
    name: decoder(list[tuple[tuple(_TYPES[column.type] for column in table.columns)]])  # type: ignore[misc]
    for name, table in _KEPT.items()
}


@dataclass(frozen=True)
class Outcome:
    """How a document ended; ``error`` names it by :data:`pipeline.batch.judgement.PLACE`, ``identity`` has no source.

    ``secrecy`` is the mark of a secret document that was read because it was allowed.
    """

    status: Status
    error: str
    pages: int
    secrecy: str = ""
    identity: Identity | None = None


@dataclass(frozen=True)
class Substance:
    """What the rows of a document are made of; ``pages`` without what was read from them, ``rows`` by table."""

    pages: tuple[Page, ...]
    fields: tuple[FieldValue, ...]
    findings: tuple[Finding, ...]
    rows: dict[str, msgspec.Raw]


@dataclass(frozen=True)
class FieldSureness:
    """How sure a row of a field is, and what says whether a person must see it however sure it is."""

    field: str
    state: State
    method: str
    confidence: float
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Sureness:
    """What the dial must know of a document: a small part of its substance, ``rows`` by table."""

    fields: tuple[FieldSureness, ...]
    rows: dict[str, msgspec.Raw]

    def others(self) -> Iterator[float]:
        """Yield how sure each row of the other tables is; Damage when one makes no sense."""
        for name in _JUDGED:
            at = [column.name for column in _KEPT[name].columns].index("confidence")
            for row in _ROWS[name].decode(self.rows[name]):
                yield float(row[at])


@dataclass(frozen=True)
class _Stored:
    outcome: Outcome
    substance: msgspec.Raw


_STORED = decoder(_Stored)
_SUBSTANCE = decoder(Substance)
_SURENESS = decoder(Sureness)


def result_key(parts: Mapping[str, object]) -> str:
    """Return the key of a result: the SHA-256 (hex) over all that shaped it."""
    text = json.dumps({"results": FORMAT, **parts}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class ResultCache:
    """Results by key, in a folder or at a URL. They can be made anew in moments, so nothing waits for the disk."""

    def __init__(self, place: Path | str) -> None:
        self.entries = Entries(store_at(place), ".result")

    def put(self, key: str, document: Document, outcome: Outcome, fields: Sequence[FieldSpec]) -> None:
        """Keep ``document``, understood with a profile that has ``fields``, under ``key``."""
        stored = _Stored(outcome, msgspec.Raw(encode(_substance(document, fields))))
        self.entries.put(key, document.doc_id, encode(stored), lasting=False)

    def __contains__(self, key: str) -> bool:
        """Return whether an entry lies there; only :meth:`get` knows whether it is sound."""
        return key in self.entries

    def outcome(self, key: str) -> Outcome | None:
        """Return how the document of the entry ``key`` ended, or None when there is none or it is damaged."""
        stored = self._stored(key)
        return stored.outcome if stored else None

    def get(self, key: str) -> Substance | None:
        """Return the substance of the entry ``key``, or None when there is none or it is damaged."""
        substance: Substance | None = self._part(key, _SUBSTANCE)
        return substance

    def sureness(self, key: str) -> Sureness | None:
        """Return how sure the rows of the entry ``key`` are, or None when there is none or it is damaged."""
        sureness: Sureness | None = self._part(key, _SURENESS)
        return sureness

    def _part(self, key: str, part: msgspec.msgpack.Decoder[Any]) -> Any:
        stored = self._stored(key)
        if stored is None:
            return None
        try:
            return part.decode(stored.substance)
        except Damage:
            return None

    def sound(self, key: str) -> bool:
        """Return whether the entry ``key`` is as it was written, to the last cell."""
        substance = self.get(key)
        try:
            return substance is not None and all(
                _ROWS[name].decode(substance.rows[name]) is not None for name in _KEPT
            )
        except (*Damage, KeyError):
            return False

    def _stored(self, key: str) -> _Stored | None:
        content = self.entries.get(key)
        try:
            stored: _Stored | None = _STORED.decode(content) if content is not None else None
        except Damage:
            return None
        return stored


def _substance(document: Document, fields: Sequence[FieldSpec]) -> Substance:
    rows = found_rows(document, fields)
    extraction = document.extraction or Extraction(())
    return Substance(
        pages=tuple(replace(page, lines=(), marks=(), grids=()) for page in document.pages),
        fields=extraction.fields,
        findings=extraction.findings,
        rows={
            name: msgspec.Raw(encode([tuple(conform(table, row).values()) for row in rows[name]]))
            for name, table in _KEPT.items()
        },
    )


def rows_from(
    document: Document, substance: Substance, fields: Sequence[FieldSpec], threshold: float
) -> dict[str, list[Row]]:
    """Return the rows of ``document`` by table; its fields and findings are its own, all else is of ``substance``.

    Kept rows with a confidence below ``threshold`` are for review. Raises one of
    :data:`pipeline.batch.coding.Damage` when that makes no sense.
    """
    made = judged_rows(document, fields)
    for name, table in _KEPT.items():
        names = [column.name for column in table.columns]
        cells = _ROWS[name].decode(substance.rows[name])
        rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cells]
        for row in rows if name in _JUDGED else ():
            row["needs_review"] = row["confidence"] < threshold
        made[name] = list(rows)
    return made
