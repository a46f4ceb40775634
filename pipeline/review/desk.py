"""The desk: one workspace under review, its tables, its queue, its trail and its pictures, and what can be done there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from threading import RLock
from typing import Any

from pipeline.errors import InputError
from pipeline.extraction.profile import FieldSpec, load_profile
from pipeline.review.decisions import Decision, Key, place_of, replay
from pipeline.review.pictures import Pictures
from pipeline.review.queue import Queue
from pipeline.review.tables import Row, Tables, identity
from pipeline.review.trail import Entry, Trail
from pipeline.review.values import Value, value_from_json

LONGEST_PAUSE = 600.0
"""Seconds beyond which a person was not looking at the field any more."""


class UnknownItemError(Exception):
    """There is no such document or field, or it is not to be shown."""


class Desk:
    """A workspace as reviewers see it. Thread-safe; follows runs into the folder and other people's decisions."""

    def __init__(self, root: Path, profile: str, pictures: Pictures) -> None:
        """Open the workspace ``root``; UsageError when it holds no tables, TrailError when its trail is broken."""
        self.root = root
        self.specs = {spec.name: spec for spec in load_profile(profile).fields}
        self._pictures = pictures
        self._mutex = RLock()
        self.trail = Trail(root)
        self.decisions: dict[Key, Decision] = {}
        self._replayed = -1
        self._open()

    def _open(self) -> None:
        self.tables = Tables(self.root / "dataset")
        self.queue = Queue(self.tables, self.specs)
        self._replayed = -1

    def follow(self) -> None:
        """Take in what a run or another reviewer did since; nearly free when nothing happened."""
        with self._mutex:
            if identity(self.root / "dataset") != self.tables.identity:
                self._open()
            self.trail.refresh()
            if len(self.trail.entries) != self._replayed:
                self._replay()

    def _replay(self) -> None:
        fresh = self.trail.entries[self._replayed :] if self._replayed >= 0 else self.trail.entries
        touched = {entry.key for entry in fresh}
        own = [entry for entry in self.trail.entries if entry.key in touched] if len(touched) < 50 else None
        decided = replay(own if own is not None else self.trail.entries)
        for key in touched:
            item = self.queue.item(*key)
            if item is not None:
                self.queue.settled[item] = key in decided
            if key in decided:
                self.decisions[key] = decided[key]
            else:
                self.decisions.pop(key, None)
        self._replayed = len(self.trail.entries)

    def document(self, doc_id: str) -> Row:
        """Return the row of a document. Raises UnknownItemError, also for one that is withheld."""
        rows = self.tables.documents.rows(doc_id)
        if not rows or rows[0]["status"] not in {"ok", "partial"}:
            raise UnknownItemError
        return rows[0]

    def spec(self, field: str) -> FieldSpec:
        """Return what the profile says of a field; one that it does not know is a text."""
        return self.specs.get(field) or FieldSpec(name=field, group="", type="text", label_vi=field)

    def rows(self, doc_id: str, field: str) -> list[Row]:
        """Return the machine's rows of a field. Raises UnknownItemError."""
        self.document(doc_id)
        item = self.queue.item(doc_id, field)
        if item is None:
            raise UnknownItemError
        return self.tables.fields.slice(int(self.queue.starts[item]), int(self.queue.stops[item]))

    def value(self, doc_id: str, field: str) -> Value:
        """Return what stands in the field now: a person's word, else the machine's."""
        decision = self.decisions.get((doc_id, field))
        return decision.value if decision else value_of_rows(self.spec(field), self.rows(doc_id, field))

    def decide(
        self,
        who: str,
        doc_id: str,
        field: str,
        *,
        seen: str,
        action: str,
        new: Mapping[str, Any] | None = None,
        evidence: Mapping[str, Any] | None = None,
        comment: str = "",
        seconds: float = 0.0,
    ) -> Entry:
        """Write a decision to the trail. Raises UnknownItemError, ValueError, and Conflict as the trail does."""
        with self._mutex:
            self.follow()
            old = self.value(doc_id, field).to_json()
            value = value_from_json(new or {}).to_json() if action == "set" else {}
            page, _, _ = place_of(evidence or {})
            if page is not None and page > self.document(doc_id)["pages"]:
                raise ValueError("there is no such page")
            if action == "undo" and (doc_id, field) not in self.decisions:
                raise ValueError("there is nothing to take back")
            entry = Entry(
                who, doc_id, field, action, old, value, dict(evidence or {}), comment,
                round(min(max(seconds, 0.0), LONGEST_PAUSE), 1),
            )  # fmt: skip
            added = self.trail.append(entry, seen=seen)
            self.follow()
            return added

    def picture(self, doc_id: str, number: int) -> bytes:
        """Return a page as JPEG, upright. Raises UnknownItemError, InputError."""
        document = self.document(doc_id)
        page = next((row for row in self.tables.pages.rows(doc_id) if row["page"] == number), None)
        if page is None:
            raise UnknownItemError
        if page["status"] == "failed":
            raise InputError("the page could not be read", number)
        sources = (document["source"], *document["copies"])
        return self._pictures.page(doc_id, sources, number, page["rotation_deg"] or 0)


def value_of_rows(spec: FieldSpec, rows: list[Row]) -> Value:
    """Return the machine's rows of one field as one value."""
    first = rows[0]
    state = first["state"]
    if state != "reported":
        return Value(state)
    if spec.is_list:
        return Value(state, items=tuple(row["value_text"] for row in rows if row["value_text"]))
    number = first["value_number"]
    return Value(
        state,
        number="" if number is None else format(_decimal(number), "f"),
        text=first["value_text"] or "",
        day=first["value_date"].isoformat() if first["value_date"] else "",
        unit=first["unit"] or "",
        currency=first["currency"] or "",
        qualifier=first["qualifier"] or "exact",
    )


def figure_value(spec: FieldSpec, number: float, currency: str) -> Value:
    """Return a reported figure of the field as a value."""
    unit = "" if spec.type == "money" else spec.unit
    return Value("reported", number=format(_decimal(number), "f"), unit=unit, currency=currency)


def _decimal(number: float) -> Decimal:
    return Decimal(int(number)) if float(number).is_integer() else Decimal(repr(float(number)))
