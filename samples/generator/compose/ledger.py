"""The truth while it is written: every mark given out, and what the print under it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from samples.generator.compose.profile import fields
from samples.generator.nouns import Fact, Mark, ReferenceFact

Row = dict[str, Any]

CLOSING = " .,;:/"
"""Closing punctuation that a text value does not carry."""


@dataclass
class Ledger:
    """Marks and truth rows of one document, filled as its words are written."""

    marks: list[Mark] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    entities: list[Row] = field(default_factory=list)
    unmarked: list[tuple[str, str]] = field(default_factory=list)
    """Names (label, words) within texts that were written first and placed later."""
    references: list[Row] = field(default_factory=list)
    delegations: list[Row] = field(default_factory=list)
    sections: list[tuple[str, str, int]] = field(default_factory=list)
    section_keys: list[str] = field(default_factory=list)
    anomalies: list[str] = field(default_factory=list)
    contradictions: list[Row] = field(default_factory=list)
    cited: dict[ReferenceFact, int] = field(default_factory=dict)
    unprinted: list[str] = field(default_factory=list)
    """Fields that the facts state and no wording could print; they became absent."""

    def mark(
        self,
        kind: Literal["field", "decoy", "entity", "reference", "delegation", "section"],
        name: str,
        item: int = 0,
    ) -> int:
        """Return the id of a new mark."""
        self.marks.append(Mark(len(self.marks), kind, name, item))
        return len(self.marks) - 1

    def entity(self, label: str, text: str) -> int:
        """Record an entity and return the mark of its words."""
        self.entities.append({"label": label, "text": text})
        return self.mark("entity", label, len(self.entities) - 1)

    def entities_since(self, marks: int, entities: int) -> None:
        """Take back the entities recorded since there were so many marks and rows: their words bear no mark yet."""
        if any(mark.kind != "entity" for mark in self.marks[marks:]):
            return
        self.unmarked.extend((row["label"], row["text"]) for row in self.entities[entities:])
        del self.marks[marks:], self.entities[entities:]

    def state(self, name: str, row: Row) -> None:
        """Record what the document says of a field; it may be said twice, with one meaning."""
        if name not in fields():
            raise ValueError(f"no such field: {name}")
        self.rows.setdefault(name, row)

    def item(self, name: str, text: str) -> int:
        """Record one more item of a list field; returns the mark of its words."""
        row = self.rows.setdefault(name, {"state": "reported", "items": []})
        row["items"].append(text)
        return self.mark("field", name, len(row["items"]) - 1)

    def reword(self, marks: Iterable[int], before: str, after: str) -> None:
        """Let what was recorded of the marks' words begin as they are now printed: ``after`` for ``before``."""
        for mark in (self.marks[at] for at in marks):
            if mark.kind == "entity" and self.entities[mark.item]["text"].startswith(before):
                row = self.entities[mark.item]
                row["text"] = after + row["text"].removeprefix(before)
            stated = self.rows.get(mark.name, {}) if mark.kind == "field" else {}
            if str(stated.get("value_text", "")).startswith(before):
                stated["value_text"] = after + stated["value_text"].removeprefix(before)
            items = stated.get("items", [])
            if items and items[mark.item].startswith(before):
                items[mark.item] = after + items[mark.item].removeprefix(before)

    def section(self, number: str, heading: str, level: int, key: str) -> int:
        """Record a heading and return the mark of its words."""
        self.sections.append((number, heading, level))
        self.section_keys.append(key)
        return self.mark("section", key, len(self.sections) - 1)

    def field_rows(self) -> dict[str, Row]:
        """Return the rows of all fields in the order of the profile; what nothing states is absent."""
        return {name: dict(self.rows.get(name, {"state": "absent"})) for name in fields()}


def number(value: float) -> int | float:
    """Return the number as the truth files write it: whole numbers without a decimal point."""
    return int(value) if float(value).is_integer() else value


def row_of(fact: Fact, noun: str = "") -> Row:
    """Return the truth row of a fact as far as it does not depend on words: state, number, unit, qualifier."""
    kind = fields()[fact.field]
    row: Row = {"state": fact.state}
    if fact.state == "none" and kind.type in {"count", "money"}:
        row["value_number"] = 0
    if fact.state == "reported" and fact.number is not None and not kind.list:
        row["value_number"] = number(fact.number)
        if fact.currency:
            row["currency"] = fact.currency
        elif noun or fact.unit or kind.unit:
            row["unit"] = noun or fact.unit or kind.unit
        if fact.qualifier != "exact":
            row["qualifier"] = fact.qualifier
    if fact.acceptable:
        row["acceptable"] = [v.isoformat() if isinstance(v, date) else v for v in fact.acceptable]
    return row
