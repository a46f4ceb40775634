"""Rows of the tables that an extraction fills, with boxes on the page as scanned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dataset.cells import Cell, Row, real
from pipeline.dataset.schema import FieldSpec
from pipeline.document import Box, Evidence, Extraction, FieldValue, Page, Section

BOX_DIGITS = 5
"""Decimals of a box: 1e-5 of a page is a fifth of a pixel on a 20 000-pixel page."""

CONFIDENCE_DIGITS = 4

Pages = Mapping[int, Page]


def _place(pages: Pages, number: int | None, box: Box | None) -> dict[str, Cell]:
    """Return the columns page, x0, y0, x1, y1 of a clean-page ``box``; no box where the page is not known."""
    page = pages.get(number) if number is not None else None
    return _edges(number, page.on_scan(box) if page and box else None)


def _edges(number: int | None, scan: Box | None) -> dict[str, Cell]:
    edges = (scan.x0, scan.y0, scan.x1, scan.y1) if scan else (None, None, None, None)
    names = ("x0", "y0", "x1", "y1")
    return {"page": number, **{n: real(edge, BOX_DIGITS) for n, edge in zip(names, edges, strict=True)}}


def _evidence(pages: Pages, evidence: Evidence | None) -> dict[str, Cell]:
    """Return raw_text, page and box of ``evidence``, all empty without it or without its words."""
    if evidence is None or not evidence.words:
        return {"raw_text": None, **_place(pages, None, None)}
    return {"raw_text": evidence.text, **_place(pages, evidence.page, evidence.box)}


def field_rows(doc_id: str, extraction: Extraction, pages: Pages, fields: Sequence[FieldSpec]) -> list[Row]:
    """Return the rows of ``fields``, in the profile's order and by item."""
    order = {spec.name: position for position, spec in enumerate(fields)}
    types = {spec.name: spec.type for spec in fields}
    ranked = sorted(
        extraction.fields, key=lambda row: (order.get(row.field, len(order)), row.field, row.item)
    )
    return [_field_row(doc_id, row, pages, types.get(row.field, "")) for row in ranked]


def _field_row(doc_id: str, row: FieldValue, pages: Pages, kind: str) -> Row:
    place = _evidence(pages, row.evidence)
    seen = place["page"] is not None
    if row.box is not None or not seen:
        place |= _place(pages, row.evidence.page if row.evidence and seen else row.page, row.box)
    if row.scan_box is not None:
        place |= _edges(row.page, row.scan_box)
    reported = row.state == "reported"
    # "none" is a statement too: nothing counted is 0. The other states carry no value, whatever led to them.
    denied = row.state == "none" and kind in {"count", "money"}
    return {
        "doc_id": doc_id,
        "field": row.field,
        "item": row.item,
        "state": row.state,
        "value_number": real(row.value_number) if reported else 0.0 if denied else None,
        "value_text": row.value_text if reported else None,
        "value_date": row.value_date if reported else None,
        "unit": row.unit if reported or denied else None,
        "currency": row.currency if reported or denied else None,
        "qualifier": row.qualifier if denied or (reported and row.value_number is not None) else None,
        "confidence": real(row.confidence, CONFIDENCE_DIGITS),
        "needs_review": row.needs_review,
        "reasons": row.reasons,
        "method": row.method,
        "rule": row.rule,
        **place,
        "section": row.section,
        "reviewed_by": row.reviewed_by,
        "reviewed_at": row.reviewed_at,
    }


def alternative_rows(
    doc_id: str, extraction: Extraction, pages: Pages, fields: Sequence[FieldSpec]
) -> list[Row]:
    """Return what else the fields could say: the second reader's reading of each row, then the runners-up."""
    order = {spec.name: position for position, spec in enumerate(fields)}
    found: dict[str, list[Row]] = {}
    for row in sorted(
        extraction.fields, key=lambda row: (order.get(row.field, len(order)), row.field, row.item)
    ):
        rows = found.setdefault(row.field, [])
        if row.evidence is not None and row.evidence.words and (seen := row.evidence.other_text):
            rows.append(
                {
                    "source": "second_reader",
                    "state": "reported",
                    **_evidence(pages, row.evidence),
                    "raw_text": seen,
                }
            )
        for rival in row.rivals:
            rows.append({"source": "runner_up", "state": rival.state, **_evidence(pages, rival.evidence)})
    return [
        {"doc_id": doc_id, "field": name, "item": item, **row}
        for name, rows in found.items()
        for item, row in enumerate(rows)
    ]


def section_rows(doc_id: str, extraction: Extraction) -> list[Row]:
    """Return the rows of ``sections`` in reading order."""
    by_path = {section.path: section for section in extraction.sections}
    return [_section_row(doc_id, section, by_path) for section in extraction.sections]


def _section_row(doc_id: str, section: Section, by_path: Mapping[str, Section]) -> Row:
    passages = [passage for passage in (section.heading, *section.body) if passage.words]
    return {
        "doc_id": doc_id,
        "section": section.path,
        "printed_number": printed_number(section, by_path),
        "level": section.level,
        "key": section.key,
        "heading": section.heading.text,
        "text": section.text,
        "page_first": passages[0].page_first if passages else None,
        "page_last": passages[-1].page_last if passages else None,
    }


_COUNTED = {"roman", "letter", "arabic"}
"""Numbering styles that print a section's own number alone: the 9 under II is II.9."""


def printed_number(section: Section, by_path: Mapping[str, Section]) -> str:
    """Return the section's printed number below those of the headings above it, e.g. ``II.9``.

    A decimal number (1.1.2) is printed in full, and a bullet has no number to put in order; both stand alone.
    """
    numbers = [section.printed_number]
    path = section.path
    while section.style in _COUNTED and "." in path:
        path = path.rpartition(".")[0]
        above = by_path.get(path)
        if above is not None and above.printed_number and above.style in {*_COUNTED, "decimal"}:
            numbers.append(above.printed_number)
            if above.style == "decimal":
                break
    return ".".join(reversed(numbers))


def delegation_rows(doc_id: str, extraction: Extraction, pages: Pages) -> list[Row]:
    """Return the rows of ``delegations`` in reading order."""
    return [
        {
            "doc_id": doc_id,
            "item": item,
            "direction": row.direction,
            "delegations": row.delegations,
            "people": row.people,
            "countries": row.countries,
            "organisation": row.organisation,
            "purpose": row.purpose,
            "period_text": row.period_text,
            "started_on": row.started_on,
            "ended_on": row.ended_on,
            "confidence": real(row.confidence, CONFIDENCE_DIGITS),
            "needs_review": row.needs_review,
            **_evidence(pages, row.evidence),
        }
        for item, row in enumerate(extraction.delegations)
    ]


def reference_rows(doc_id: str, extraction: Extraction, pages: Pages) -> list[Row]:
    """Return the rows of ``references`` in reading order."""
    return [
        {
            "doc_id": doc_id,
            "item": item,
            "doc_type": row.doc_type,
            "number": row.number,
            "symbol": row.symbol,
            "issued_on": row.issued_on,
            "issuer": row.issuer,
            "subject": row.subject,
            "confidence": real(row.confidence, CONFIDENCE_DIGITS),
            "needs_review": row.needs_review,
            **_evidence(pages, row.evidence),
        }
        for item, row in enumerate(extraction.references)
    ]


def entity_rows(doc_id: str, extraction: Extraction, pages: Pages) -> list[Row]:
    """Return the rows of ``entities`` in reading order."""
    rows: list[Row] = []
    for item, row in enumerate(extraction.entities):
        place = _evidence(pages, row.evidence)
        del place["raw_text"]  # the entity's own text says it
        rows.append(
            {
                "doc_id": doc_id,
                "item": item,
                "label": row.label,
                "text": row.text,
                "normalised": row.normalised,
                "start": row.start,
                "end": row.end,
                "section": row.section,
                **place,
            }
        )
    return rows


def finding_rows(doc_id: str, extraction: Extraction) -> list[Row]:
    """Return the rows of ``findings`` in the order in which the checks gave them."""
    return [
        {
            "doc_id": doc_id,
            "check": row.check,
            "severity": row.severity,
            "fields": row.fields,
            "message_vi": row.message_vi,
            "message_en": row.message_en,
            "page": row.page,
        }
        for row in extraction.findings
    ]
