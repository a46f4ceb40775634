"""What a person sees of a field on which they are to give a word of their own: the page and the place, and no value.

Left out are the machine's value, its readings, its certainty and its reasons, what was said of the field before and by whom.
The place is shown, or else finding it would take longer than reading it: one box a page around all that was lit, so that
not even the number of a list's items shows. Choices are all that the field can say, whatever this one says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pipeline.review.control import Kind
from pipeline.review.decisions import Key
from pipeline.review.desk import Desk
from pipeline.review.tables import Row
from pipeline.review.typed import choices, shown
from pipeline.review.values import Value, value_from_json
from pipeline.search.find import Document

Json = dict[str, Any]


def blind_item(desk: Desk, key: Key, about: Json, kind: Kind) -> Json:
    """Return the field ``key`` without any value; for a ruling, the two words side by side, without names.

    ``about`` is what may be shown of the field and its document.
    """
    spec = desk.spec(key[1])
    seen: Json = {
        **about,
        "kind": kind,
        "blind": True,
        "places": _places(desk, key),
        "alternatives": [_told(Value("reported", text=choice)) for choice in choices(spec)],
    }
    pair = desk.control.pairs.get(key)
    if kind == "adjudicate" and pair is not None:
        seen["words"] = [_told(value_from_json(word.new)) for word in pair.sides]
    return seen


def blind_summary(about: Json) -> Json:
    """Return a field's line in the list of its document, without any value."""
    return {**about, "blind": True, "value": {"state": "", "shown": ""}, "decided": "", "places": []}


COLUMNS = {
    "doc.type": "doc_type",
    "doc.number": "number",
    "doc.symbol": "number",
    "doc.issued_on": "issued_on",
    "doc.issuer": "issuer",
    "doc.subject": "subject",
    "report.year": "year",
    "report.province": "province",
    "report.district": "district",
}
"""Fields whose values stand in lists of documents, too, and under which name there."""
WITHHELD = "▒▒▒"


@dataclass(frozen=True)
class Withheld:
    """What one person must not see of a document, for they are to give a word of their own on it."""

    fields: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    """Sections in which something was read for these fields."""

    @property
    def columns(self) -> set[str]:
        """The names under which lists of documents show something of it."""
        names = {COLUMNS[field] for field in self.fields if field in COLUMNS}
        return names | {"district"} if "province" in names else names  # the one stands in for the other

    def of(self, document: Document) -> Document:
        """Return a line of a list of documents without it."""
        empty: dict[str, Any] = {name: None if name == "year" else WITHHELD for name in self.columns}
        return replace(document, **empty)

    def without(self, told: Json) -> Json:
        """Return what the page is told of a document, or of an item, without it."""
        return {name: None if name in self.columns else held for name, held in told.items()}


def withheld(desk: Desk, who: str, doc_id: str) -> Withheld:
    """Return what ``who`` must not see of a document."""
    control = desk.control
    fields = {field for field in control.decided_in(doc_id) if control.blind(who, (doc_id, field))}
    if not fields:
        return Withheld()
    rows = [row for row in desk.tables.fields.rows(doc_id) if row["field"] in fields]
    return Withheld(frozenset(fields), frozenset(row["section"] for row in rows if row["section"]))


def _told(value: Value) -> Json:
    return {**value.to_json(), "shown": shown(value)}


def _places(desk: Desk, key: Key) -> list[Json]:
    """Return one box a page around what people pointed at, else around the machine's evidence."""
    decision = desk.decisions.get(key)
    if decision is not None and decision.box is not None:
        box = decision.box
        return [{"page": decision.page, "box": [box.x0, box.y0, box.x1, box.y1]}]
    by_page: dict[int, list[Row]] = {}
    for row in desk.rows(*key):
        if row["page"] is not None and row["x0"] is not None:
            by_page.setdefault(row["page"], []).append(row)
    return [{"page": page, "box": _around(rows)} for page, rows in sorted(by_page.items())]


def _around(rows: list[Row]) -> list[float]:
    low = [min(row[name] for row in rows) for name in ("x0", "y0")]
    return low + [max(row[name] for row in rows) for name in ("x1", "y1")]
