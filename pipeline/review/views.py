"""What the browser gets: items, documents and progress as JSON, texts as they are; the page writes them as text only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from math import isnan
from pathlib import PurePath
from statistics import median
from typing import Any

from pipeline.extraction.profile import FieldSpec
from pipeline.review.alternatives import Alternative, alternatives
from pipeline.review.blind import blind_item, blind_summary, withheld
from pipeline.review.control import Kind
from pipeline.review.decisions import Decision
from pipeline.review.desk import Desk
from pipeline.review.quality import figures_of
from pipeline.review.tables import Row
from pipeline.review.trail import Entry
from pipeline.review.typed import choices, shown
from pipeline.review.values import Value, figure_value, value_of_rows
from pipeline.review.words import labels

Json = dict[str, Any]

ALIKE = 0.6
"""Of two texts that share less, the letters that differ are most of them: marking them would tell nothing."""
CONTEXT = 700
"""Characters of a section that are shown before and after the evidence."""


def _value(value: Value) -> Json:
    return {**value.to_json(), "shown": shown(value)}


def _place(row: Row) -> Json | None:
    if row["page"] is None:
        return None
    box = [row[name] for name in ("x0", "y0", "x1", "y1")]
    return {"page": row["page"], "box": None if None in box else box}


def _places(rows: Sequence[Row], decision: Decision | None) -> list[Json]:
    """Return where a field stands: a person's word on it, else the machine's."""
    if decision is not None and decision.no_source:
        return []
    if decision is not None and decision.box is not None:
        box = decision.box
        return [{"page": decision.page, "box": [box.x0, box.y0, box.x1, box.y1]}]
    return [place for row in rows if (place := _place(row))]


def _alternative(alternative: Alternative, value: Value) -> Json:
    """Return a choice with its text in pieces, each with whether the value on the screen has other letters there."""
    told = _value(alternative.value)
    place = alternative.place
    letters = SequenceMatcher(None, shown(value), told["shown"], autojunk=False)
    marked = letters.ratio() >= ALIKE
    parts = [
        [told["shown"][start:end], marked and kind != "equal"]
        for kind, _, _, start, end in letters.get_opcodes()
        if end > start
    ]
    return {**told, "parts": parts, "place": _place(place) if place else None}


def _neighbours(desk: Desk, spec: FieldSpec, doc_id: str, who: str) -> list[Json]:
    """Return a figure's values in other years of the same issuer: how likely it is. None that ``who`` must not see."""
    item = desk.queue.item(doc_id, spec.name)
    if item is None or spec.type not in ("count", "money", "percent", "length", "number"):
        return []
    found = []
    for year, other in desk.queue.neighbours(item):
        key = desk.queue.key(other)
        if desk.control.blind(who, key):
            continue
        decision = desk.decisions.get(key)
        number, currency = desk.queue.figure(other)
        if decision is not None:
            found.append({"year": year, **_value(decision.value)})
        elif not isnan(number):
            found.append(
                {
                    "year": year,
                    **_value(figure_value("" if spec.type == "money" else spec.unit, number, currency)),
                }
            )
    return found


def _decided(decision: Decision | None) -> Json | None:
    if decision is None:
        return None
    box = decision.box
    return {
        "who": decision.who,
        "at": decision.at.isoformat(),
        "no_source": decision.no_source,
        "page": decision.page,
        "box": [box.x0, box.y0, box.x1, box.y1] if box else None,
    }


def item(desk: Desk, doc_id: str, field: str, who: str, kind: Kind = "review") -> Json:
    """Return everything the page shows ``who`` of one item. Raises UnknownItemError.

    Where a word of their own is asked of them, they see no other's, whatever they came for (``kind``).
    """
    rows = desk.rows(doc_id, field)
    about = withheld(desk, who, doc_id).without(_about(desk, doc_id, field))
    key = doc_id, field
    if (asked := desk.control.blind(who, key)) or (kind == "adjudicate" and desk.control.may_rule(who, key)):
        return blind_item(desk, key, about, asked or kind)
    spec = desk.spec(field)
    value = desk.value(doc_id, field)
    sections = desk.tables.sections.rows(doc_id)
    section = next((row for row in sections if row["section"] == rows[0]["section"]), None)
    text = (section["text"] or "") if section else ""
    first_raw = rows[0]["raw_text"] or ""
    named = [row for row in desk.tables.alternatives.rows(doc_id) if row["field"] == field]
    return {
        **about,
        "kind": "audit" if kind == "audit" and desk.control.outcomes.get(key) == "open" else "review",
        "blind": False,
        "value": _value(value),
        "machine": _value(value_of_rows(rows, is_list=spec.is_list)),
        "raw_text": "; ".join(dict.fromkeys(row["raw_text"] for row in rows if row["raw_text"])),
        "confidence": min(row["confidence"] or 0.0 for row in rows),
        "reasons": list(dict.fromkeys(reason for row in rows for reason in row["reasons"])),
        "places": [place for row in rows if (place := _place(row))],
        "decided": _decided(desk.decisions.get(key)),
        "alternatives": [
            _alternative(other, value) for other in alternatives(spec, value, first_raw, named, text)
        ],
        "neighbours": _neighbours(desk, spec, doc_id, who),
        "heading": " ".join(filter(None, (section["printed_number"], section["heading"]))) if section else "",
        "context": _context(text, first_raw),
        "history": [_entry(entry) for entry in desk.control.history(key)],
    }


def _about(desk: Desk, doc_id: str, field: str) -> Json:
    """Return what may be shown of an item to anybody: which field of which document it is, and its pages."""
    document, spec = desk.document(doc_id), desk.spec(field)
    return {
        "doc_id": doc_id,
        "field": field,
        "label": labels(spec),
        "group": spec.group,
        "type": spec.type,
        "list": spec.is_list,
        "unit": spec.unit,
        "choices": list(choices(spec)),
        "source": PurePath(document["source"]).name,
        "year": document["report_year"],
        "district": document["district"] or document["province"] or "",
        "pages": [
            {"page": row["page"], "rotation": row["rotation_deg"] or 0, "failed": row["status"] == "failed"}
            for row in desk.tables.pages.rows(doc_id)
        ],
        "seen": desk.trail.seen(doc_id, field),
    }


def _context(text: str, raw: str) -> Json:
    """Return the section's text around ``raw`` in three parts, so that the page can light the middle one."""
    at = text.find(raw) if raw else -1
    if at < 0:
        return {"before": "", "raw": "", "after": text[: 2 * CONTEXT]}
    end = at + len(raw)
    return {"before": text[max(0, at - CONTEXT) : at], "raw": raw, "after": text[end : end + CONTEXT]}


def _entry(entry: Entry) -> Json:
    names = ("who", "at", "action", "comment", "seconds")
    new = {name: held for name, held in entry.new.items() if name != "items"}
    return {**{name: getattr(entry, name) for name in names}, "new": new}


def document(desk: Desk, doc_id: str, who: str) -> Json:
    """Return all fields of a document, its outline and what the checks found. Raises UnknownItemError.

    Values are left out where ``who`` is to give a word of their own.
    """
    row, unseen = desk.document(doc_id), withheld(desk, who, doc_id)
    by_field: dict[str, list[Row]] = {}
    for held in desk.tables.fields.rows(doc_id):
        by_field.setdefault(held["field"], []).append(held)
    return {
        "doc_id": doc_id,
        **unseen.without({name: row[name] for name in ("status", "doc_type", "issuer", "subject", "pages")}),
        "source": PurePath(row["source"]).name,
        "fields": [_summary(desk, doc_id, field, rows, field in unseen.fields) for field, rows in by_field.items()],
        "outline": [
            {"level": s["level"], "heading": " ".join(filter(None, (s["printed_number"], s["heading"]))),
             "page": s["page_first"]}
            for s in desk.tables.sections.rows(doc_id)
            if s["heading"]
        ],
        "findings": [
            {"severity": f["severity"], "vi": f["message_vi"], "en": f["message_en"], "page": f["page"]}
            for f in desk.tables.findings.rows(doc_id)
            if unseen.fields.isdisjoint(f["fields"])
        ],
    }  # fmt: skip


def _summary(desk: Desk, doc_id: str, field: str, rows: Sequence[Row], unseen: bool) -> Json:
    spec = desk.spec(field)
    decision = desk.decisions.get((doc_id, field))
    value = decision.value if decision else value_of_rows(rows, is_list=spec.is_list)
    told = {
        "field": field,
        "group": spec.group,
        "label": labels(spec),
        "blind": False,
        "value": _value(value),
        "places": _places(rows, decision),
        "confidence": min(row["confidence"] or 0.0 for row in rows),
        "flagged": any(row["needs_review"] for row in rows),
        "decided": decision.who if decision else "",
    }
    return blind_summary(told) if unseen else told


def progress(desk: Desk) -> Json:
    """Return how far the review is, how fast it goes, and how often people agree with the machine."""
    queue = desk.queue
    asked = queue.flagged | queue.settled
    last: dict[tuple[str, str], Entry] = {}
    for entry in desk.trail.entries:
        if entry.action == "set":
            last[entry.key] = entry
    sets = [entry for key, entry in last.items() if key in desk.decisions]
    seconds = [entry.seconds for entry in sets if entry.seconds > 0]
    return {
        "flagged": int(asked.sum()),
        "settled": int(queue.settled.sum()),
        "documents": len({queue.docs[n] for n in asked.nonzero()[0]}),
        "seconds": round(median(seconds), 1) if seconds else None,
        "people": _tally(sets, lambda entry: entry.who),
        "groups": _tally(sets, lambda entry: desk.spec(entry.field).group),
        "fields": _tally(sets, lambda entry: entry.field),
        "entries": len(desk.trail.entries),
        "head": desk.trail.head,
        "quality": figures_of(desk.control).to_json(),
    }


def _tally(sets: Sequence[Entry], key: Any) -> list[Mapping[str, Any]]:
    """Count decisions, and those that left the value as it was on the screen, by ``key``; the commonest first."""
    found: dict[str, list[Entry]] = {}
    for entry in sets:
        found.setdefault(key(entry), []).append(entry)
    rows = [
        {"name": name, "settled": len(held), "agreed": sum(entry.new == entry.old for entry in held)}
        for name, held in found.items()
    ]
    return sorted(rows, key=lambda row: (-int(row["settled"]), row["name"]))
